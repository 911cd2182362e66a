package import Bus
package import Foundation
import Glibc
package import Logging

/// How a worker's process is set up.
package struct WorkerOptions: Sendable {
  /// The broker's address.
  package var address: String
  /// The worker's slice is `slices/NAME.sqlite` in here.
  package var dataDirectory: URL
  /// Where the worker may put files for the outside world.
  package var outputDirectory: URL?
  /// By which the worker shows the broker who it is; nil reads `keys/NAME.secret` and `keys/broker.public` of the
  /// data directory.
  package var keys: PeerKeys?
  package var clock: any WorkerClock
  /// Wait beside an active instance on the same host and take over when it has ended or no longer works.
  package var standsBy: Bool
  package var logger: Logger

  package init(
    address: String, dataDirectory: URL, outputDirectory: URL? = nil, keys: PeerKeys? = nil,
    clock: any WorkerClock = SystemClock(), standsBy: Bool = false, logger: Logger
  ) {
    self.address = address
    self.dataDirectory = dataDirectory
    self.outputDirectory = outputDirectory
    self.keys = keys
    self.clock = clock
    self.standsBy = standsBy
    self.logger = logger
  }
}

/// Where a worker's slice is.
package enum SliceLocation: Sendable {
  /// A file; its folder exists. A lock beside it keeps a second process out.
  case file(URL)
  /// In memory, gone with the worker: for tests.
  case memory
  /// A file that is used on the thread of whoever asks and has no lock: for a simulation, which decides by
  /// itself what runs when. `force` writes a file of its disk anew and syncs it.
  case inline(path: String, force: @Sendable (String) throws -> Void)
}

/// Starts a worker. Built-in workers and plugins start the same way.
package enum WorkerMain {
  /// Runs a worker in a process of its own until the task is cancelled, then drains and leaves.
  /// - Parameters:
  ///   - window: shows the worker while it runs.
  ///   - onStandby: called once, if another instance is active and this one waits for its place.
  ///   - onReady: called once, when the worker has caught up with the log and can do its work.
  /// - Throws: ``KeyError`` if the worker has no key; ``BrokerRefusal`` if the broker does not admit it.
  package static func run(
    _ worker: Worker, _ options: WorkerOptions, window: WorkerWindow? = nil,
    onStandby: @Sendable () -> Void = {}, onReady: @escaping @Sendable () -> Void
  ) async throws {
    defer { window?.close() }
    let folder = KeyFolder(options.dataDirectory.appendingPathComponent(KeyFolder.name).path)
    let keys = try options.keys ?? folder.keys(of: worker.name)
    try await run(
      worker, options, keys, window: window, onStandby: onStandby, onReady: onReady)
  }

  private static func run(
    _ worker: Worker, _ options: WorkerOptions, _ keys: PeerKeys, window: WorkerWindow?,
    onStandby: @Sendable () -> Void, onReady: @escaping @Sendable () -> Void
  ) async throws {
    let folder = options.dataDirectory.appendingPathComponent("slices")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = folder.appendingPathComponent("\(worker.name).sqlite")
    var lock: FileLock?
    if options.standsBy {
      let standby = Standby(
        worker: worker.name, manifest: try worker.manifest(), lockPath: lockPath(of: file),
        link: try ZeroMQLink(address: options.address, keys: keys), logger: options.logger)
      lock = try await standby.takeTurn {
        window?.showStandby()
        onStandby()
      }
    }
    try await run(
      worker, over: ZeroMQLink(address: options.address, keys: keys), slice: .file(file),
      lock: lock,
      clock: options.clock, logger: options.logger, outputDirectory: options.outputDirectory,
      onConnected: { window?.show(worker, $0) },
      onReady: { _ in
        window?.showReady()
        onReady()
      })
  }

  /// Runs a worker over any link until the task is cancelled, then drains and leaves.
  ///
  /// It asks the broker first: until it has been admitted with all that it asks for, its slice is neither made nor
  /// opened nor migrated, so that an operator who does not admit it can put the old program back.
  /// - Parameters:
  ///   - onConnected: called once, when the worker answers calls and may not yet be ready.
  ///   - onReady: called once, when the worker has caught up with the log and can do its work.
  package static func run(
    _ worker: Worker, over link: any Link, slice location: SliceLocation, clock: any WorkerClock,
    logger: Logger, outputDirectory: URL? = nil,
    onConnected: @escaping @Sendable (WorkerContext) -> Void = { _ in },
    onReady: @escaping @Sendable (WorkerContext) -> Void
  ) async throws {
    try await run(
      worker, over: link, slice: location, lock: nil, clock: clock, logger: logger,
      outputDirectory: outputDirectory, onConnected: onConnected, onReady: onReady)
  }

  /// - Parameter lock: the lock beside the slice, if this process has it already.
  private static func run(
    _ worker: Worker, over link: any Link, slice location: SliceLocation, lock: FileLock?,
    clock: any WorkerClock, logger: Logger, outputDirectory: URL?,
    onConnected: @escaping @Sendable (WorkerContext) -> Void,
    onReady: @escaping @Sendable (WorkerContext) -> Void
  ) async throws {
    let signals = Signals()
    let identity = PeerIdentity(
      worker: worker.name, instance: RandomKey.make(), processID: UInt32(getpid()),
      manifest: try worker.manifest())
    let peer = Peer(identity, over: link, onRefused: { signals.refused.raise() })
    let slice: Slice
    let held: FileLock?
    do {
      // Whoever has stood by has been admitted just now.
      if lock == nil {
        try look(at: location)
        try await peer.admit(logger)
      }
      (slice, held) = try open(location, for: worker, lock, clock)
    } catch {
      await peer.close()
      // It was told to leave before it was let in.
      if Task.isCancelled, error is CancellationError { return }
      throw error
    }
    defer { withExtendedLifetime(held) {} }
    let runtime = WorkerRuntime(
      worker: worker, slice: slice, peer: peer, signals: signals, clock: clock, logger: logger,
      outputDirectory: outputDirectory)
    try await runtime.run(onConnected: onConnected, onReady: onReady)
  }

  /// Sees whether the slice could be opened, as far as that can be seen without touching it: who waits for an
  /// operator would hide for as long that it could not, and keeps the lock from nobody.
  private static func look(at location: SliceLocation) throws {
    guard case .file(let url) = location else { return }
    let lock = try FileLock(path: lockPath(of: url))
    try refuseHalfRestored(url)
    try Slice.refuseMissing(url.path, wasMade: lock.isMarked)
  }

  /// - Parameter lock: the lock beside the slice, if this process has it already.
  private static func open(
    _ location: SliceLocation, for worker: Worker, _ lock: FileLock?, _ clock: any WorkerClock
  ) throws -> (Slice, FileLock?) {
    switch location {
    case .file(let url):
      // Opening a slice takes it from whoever has it: not from one that is running.
      let held = try lock ?? FileLock(path: lockPath(of: url))
      // Asked now and not before alone: who waits may have waited for a restore to end.
      try refuseHalfRestored(url)
      let slice = try held.beating(every: Bounds.openingBeatSeconds) {
        try Slice.open(path: url.path, for: worker, clock: clock, wasMade: held.isMarked)
      }
      held.mark()
      return (slice, held)
    case .inline(let path, let force):
      let slice = try Slice.open(
        path: path, for: worker, clock: clock, isInline: true, force: force)
      return (slice, nil)
    case .memory:
      return (try Slice.inMemory(for: worker, clock: clock), nil)
    }
  }

  /// - Throws: ``StorageFailure`` if a restore of the data directory that the slice is in was interrupted.
  private static func refuseHalfRestored(_ slice: URL) throws {
    let folder = slice.deletingLastPathComponent()
    guard folder.lastPathComponent == "slices" else { return }
    let marker = folder.deletingLastPathComponent().appending(path: RestoredSlice.markerName).path
    if access(marker, F_OK) == 0 { throw StorageFailure(.halfRestored, path: slice.path) }
  }

  private static func lockPath(of slice: URL) -> String { slice.path + ".lock" }
}
