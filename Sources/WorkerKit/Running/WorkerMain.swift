import Bus
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
  public var clock: any WorkerClock
  public var logger: Logger

  public init(
    address: String, dataDirectory: URL, outputDirectory: URL? = nil,
    clock: any WorkerClock = SystemClock(), logger: Logger
  ) {
    self.address = address
    self.dataDirectory = dataDirectory
    self.outputDirectory = outputDirectory
    self.clock = clock
    self.logger = logger
  }
}

/// Starts a worker in a process of its own. Built-in workers and plugins start the same way.
public enum WorkerMain {
  /// Runs until the task is cancelled, then drains and leaves.
  /// - Parameter onReady: called once, when the worker has caught up with the log and can do its work.
  public static func run(
    _ worker: Worker, _ options: WorkerOptions, onReady: @escaping @Sendable () -> Void
  ) async throws {
    let folder = options.dataDirectory.appendingPathComponent("slices")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let slice = try Slice.open(
      path: folder.appendingPathComponent("\(worker.name).sqlite").path, for: worker,
      clock: options.clock)
    let identity = PeerIdentity(
      worker: worker.name, instance: UUID().uuidString.lowercased(), processID: UInt32(getpid()))
    let runtime = WorkerRuntime(
      worker: worker, slice: slice, link: try ZeroMQLink(address: options.address),
      clock: options.clock, logger: options.logger, outputDirectory: options.outputDirectory,
      identity: identity)
    try await runtime.run(onReady: onReady)
  }
}
