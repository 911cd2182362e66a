public import Bus
public import Foundation
import Glibc
public import Logging

/// How a worker's process is set up.
public struct WorkerOptions: Sendable {
  /// The broker's address.
  public var address: String
  /// The worker's slice is `slices/NAME.sqlite` in here.
  public var dataDirectory: URL
  /// Where the worker may put files for the outside world.
  public var outputDirectory: URL?
  /// By which the worker shows the broker who it is; nil reads `keys/NAME.secret` and `keys/broker.public` of the
  /// data directory.
  public var keys: PeerKeys?
  public var clock: any WorkerClock
  /// Wait beside an active instance on the same host and take over when it has ended or no longer works.
  public var standsBy: Bool
  public var logger: Logger

  public init(
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
public enum SliceLocation: Sendable {
  /// A file; its folder exists. A lock beside it keeps a second process out.
  case file(URL)
  /// In memory, gone with the worker: for tests.
  case memory
  /// A file that is used on the thread of whoever asks and has no lock: for a simulation, which decides by
  /// itself what runs when. `force` writes a file of its disk anew and syncs it.
  case inline(path: String, force: @Sendable (String) throws -> Void)
}

/// Starts a worker. Built-in workers and plugins start the same way.
public enum WorkerMain {
  /// Runs a worker in a process of its own until the task is cancelled, then drains and leaves.
  /// - Parameters:
  ///   - window: shows the worker while it runs.
  ///   - onStandby: called once, if another instance is active and this one waits for its place.
  ///   - onReady: called once, when the worker has caught up with the log and can do its work.
  /// - Throws: ``KeyError`` if the worker has no key; ``BrokerRefusal`` if the broker does not admit it.
  public static func run(
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
  /// - Parameters:
  ///   - onConnected: called once, when the worker answers calls and may not yet be ready.
  ///   - onReady: called once, when the worker has caught up with the log and can do its work.
  public static func run(
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
    var lock = lock
    let slice: Slice
    switch location {
    case .file(let url):
      // Opening a slice takes it from whoever has it: not from one that is running.
      let held = try lock ?? FileLock(path: lockPath(of: url))
      // Asked now and not before: one that stands by may have waited for a restore to end.
      try refuseHalfRestored(url)
      slice = try held.beating(every: Bounds.openingBeatSeconds) {
        try Slice.open(path: url.path, for: worker, clock: clock, wasMade: held.isMarked)
      }
      held.mark()
      lock = held
    case .inline(let path, let force):
      slice = try Slice.open(
        path: path, for: worker, clock: clock, isInline: true, force: force)
    case .memory:
      slice = try Slice.inMemory(for: worker, clock: clock)
    }
    defer { withExtendedLifetime(lock) {} }
    let identity = PeerIdentity(
      worker: worker.name, instance: RandomKey.make(), processID: UInt32(getpid()))
    let runtime = WorkerRuntime(
      worker: worker, slice: slice, link: link, clock: clock, logger: logger,
      outputDirectory: outputDirectory, identity: identity)
    try await runtime.run(onConnected: onConnected, onReady: onReady)
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
