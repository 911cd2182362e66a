public import Bus
public import Foundation
import Glibc
public import Logging

/// Who may connect to a broker.
public enum BrokerAdmission: Sendable {
  /// Who shows, by CURVE, a key that is admitted by the ring in this file. The broker itself has this pair.
  case enrolled(broker: KeyPair, ringPath: String)
  /// Whoever reaches the address, as what he says that he is: for tests and for nothing else.
  case anybodyForTests
}

/// Where a broker listens and what it keeps.
public struct BrokerOptions: Sendable {
  /// `ipc://PATH` or `tcp://HOST:PORT`; a port of `*` lets the system choose.
  public var address: String
  /// The log's file. Its folder exists.
  public var logPath: String
  /// Who may connect.
  public var admission: BrokerAdmission
  /// What each principal may do; nil lets everybody do everything: for tests and for nothing else.
  public var approvals: ApprovalFolder?
  /// Told of what was refused, on the broker's thread: must not wait.
  public var onRefused: @Sendable (Refused) -> Void
  /// The time that events are recorded at.
  public var clock: @Sendable () -> Date
  public var logger: Logger

  public init(
    address: String, logPath: String, admission: BrokerAdmission,
    approvals: ApprovalFolder? = nil,
    onRefused: @escaping @Sendable (Refused) -> Void = { _ in },
    clock: @escaping @Sendable () -> Date, logger: Logger
  ) {
    self.address = address
    self.logPath = logPath
    self.admission = admission
    self.approvals = approvals
    self.onRefused = onRefused
    self.clock = clock
    self.logger = logger
  }
}

/// The broker as a process runs it.
public enum BrokerProcess {
  /// Serves until the task is cancelled, then ends in order: what producers were told is durable.
  ///
  /// A second broker on the same log or the same `ipc://` path is refused: locks beside both are held while
  /// it runs, since a second bind would silently take the path over.
  /// - Parameters:
  ///   - window: shows the broker while it runs.
  ///   - onReady: gets the address that it ended up with. By then the broker has shown, over that address,
  ///     that it lets no stranger in.
  /// - Throws: ``LogError`` if the log cannot be opened; ``FileLockError``; ``KeyError`` if the ring cannot be read;
  ///   ``AdmissionError`` if strangers are let in.
  public static func run(
    _ options: BrokerOptions, window: BrokerWindow? = nil,
    onReady: @escaping @Sendable (String) -> Void
  ) async throws {
    raiseDescriptorsLimit()
    let logLock = try FileLock(path: options.logPath + ".lock")
    var locks = [logLock]
    if let path = socketPath(of: options.address) {
      locks.append(try FileLock(path: path + ".lock"))
    }
    defer { withExtendedLifetime(locks) {} }
    let logger = options.logger
    let store = try open(options.logPath, logLock) { logger.error("\($0)") }
    let broker = try ZeroMQBroker()
    var settings = BrokerCore.Settings(
      processID: UInt32(getpid()), start: .random(in: 1...(.max)),
      pingSecret: (0..<Self.pingSecretBytes).map { _ in .random(in: .min ... .max) })
    var gate: ZeroMQBroker.Gate?
    var trial: AdmissionTrial?
    if case .enrolled(let pair, let ringPath) = options.admission {
      // Of the system's time, not of one that stands still for a test: an end of a key comes all the same.
      let watch = try KeyRingWatch(path: ringPath, now: Date())
      settings.keys = watch.standing
      let stranger = try KeyPair.make()
      settings.trialKey = stranger.publicKey
      gate = ZeroMQBroker.Gate(secret: pair.secretKey, watch: watch, logger: logger)
      trial = AdmissionTrial(broker: pair.publicKey, stranger: stranger)
    }
    let approvals = options.approvals.map { folder in
      ApprovalWatch(folder) { error in
        logger.error(
          error.isUnseen
            ? "what is approved stays as it was, and this is tried again: \(error)"
            : "for whom this is nothing is approved: \(error)")
      }
    }
    settings.approvals = approvals?.approvals
    let address = try await broker.start(
      address: options.address, settings: settings, gate: gate, approvals: approvals, store: store,
      clock: options.clock, onRefused: options.onRefused)
    do {
      try await trial?.run(at: address)
      await broker.endTrial()
    } catch {
      await broker.stop()
      if error is CancellationError { return }
      throw error
    }
    options.logger.info("broker listens", metadata: ["address": "\(address)"])
    window?.show(broker)
    onReady(address)
    await untilCancelled()
    options.logger.info("broker leaves")
    window?.show(nil)
    await broker.stop()
  }

  /// Opens the log and closes it again, so that what is wrong with it is told before processes are started.
  /// A log that a broker still has is left to the one that is to follow it.
  /// - Throws: ``LogError``.
  public static func checkLog(at path: String) throws {
    guard let lock = try? FileLock(path: path + ".lock") else { return }
    defer { withExtendedLifetime(lock) {} }
    try open(path, lock).close()
  }

  /// The lock's file says from then on that there is a log.
  private static func open(
    _ path: String, _ lock: FileLock, complain: @escaping @Sendable (LogError) -> Void = { _ in }
  ) throws -> LogStore {
    let store = try LogStore(path: path, wasMade: lock.isMarked, complain: complain)
    lock.mark()
    return store
  }

  /// Each connection takes a descriptor: as many as the system allows the process. Where that fails it goes on with
  /// those that it has.
  static func raiseDescriptorsLimit() {
    // RLIMIT_NOFILE, which Glibc's module does not have as a number.
    let files = __rlimit_resource_t(7)
    var limit = rlimit()
    guard getrlimit(files, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(files, &limit)
  }

  private static let pingSecretBytes = 32

  /// Nil where the system itself refuses a second bind.
  private static func socketPath(of address: String) -> String? {
    let prefix = "ipc://"
    return address.hasPrefix(prefix) ? String(address.dropFirst(prefix.count)) : nil
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
