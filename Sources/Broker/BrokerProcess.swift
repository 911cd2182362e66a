import Bus
public import Foundation
import Glibc
public import Logging

/// Where a broker listens and what it keeps.
public struct BrokerOptions: Sendable {
  /// `ipc://PATH` or `tcp://HOST:PORT`; a port of `*` lets the system choose.
  public var address: String
  /// The log's file. Its folder exists.
  public var logPath: String
  /// The time that events are recorded at.
  public var clock: @Sendable () -> Date
  public var logger: Logger

  public init(
    address: String, logPath: String, clock: @escaping @Sendable () -> Date, logger: Logger
  ) {
    self.address = address
    self.logPath = logPath
    self.clock = clock
    self.logger = logger
  }
}

/// Why a broker cannot start.
public enum BrokerError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Another broker has this log.
  case logInUse(path: String)

  public var description: String {
    switch self {
    case .logInUse(let path): "another broker keeps the log \(path)"
    }
  }
}

/// The broker as a process runs it.
public enum BrokerProcess {
  /// Serves until the task is cancelled, then ends in order: what producers were told is durable.
  ///
  /// A second broker on the same log is refused: a lock on `LOG.lock` is held while it runs, since a
  /// second bind would silently take over an `ipc://` path.
  /// - Parameter onReady: gets the address that it ended up with.
  public static func run(
    _ options: BrokerOptions, onReady: @escaping @Sendable (String) -> Void
  ) async throws {
    let lock = try FileLock(path: options.logPath + ".lock")
    defer { lock.release() }
    let store = try LogStore(path: options.logPath)
    let broker = try ZeroMQBroker()
    let settings = BrokerCore.Settings(
      processID: UInt32(getpid()), start: .random(in: 1...(.max)))
    let address = try await broker.start(
      address: options.address, settings: settings, store: store, clock: options.clock)
    options.logger.info("broker listens", metadata: ["address": "\(address)"])
    onReady(address)
    await untilCancelled()
    options.logger.info("broker leaves")
    await broker.stop()
  }

  private static func untilCancelled() async {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    await withTaskCancellationHandler {
      for await _ in stream {}
    } onCancel: {
      continuation.finish()
    }
  }
}

/// A lock that the system takes back when the process ends, however it ends.
final class FileLock {
  private let descriptor: Int32

  init(path: String) throws {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if descriptor >= 0 { close(descriptor) }
      throw BrokerError.logInUse(path: path)
    }
  }

  func release() { close(descriptor) }
}
