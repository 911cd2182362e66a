import Bus
import Foundation
import Messages
import Synchronization

/// Carries out what ``BrokerCore`` decides. Confined to the thread or queue that drives it: the two
/// drivers are ``ZeroMQBroker`` and, for tests, ``MemoryBroker``.
final class BrokerEngine {
  private var core: BrokerCore
  private let log: any LogWorker
  private let results: LogResults
  private let send: (consuming Frame, PeerID) -> Bool
  /// Told of what was refused; must not wait.
  var onRefused: (Refused) -> Void = { _ in }
  /// Told of who has asked for more than is approved, and for what; must not wait.
  var onAskedForMore: (String, Recourse_Bus_V1_Manifest) -> Void = { _, _ in }

  /// - Parameters:
  ///   - settings: with the log's head.
  ///   - send: hands a frame to a peer without waiting; false if the peer is gone.
  ///   - wake: makes the driver call ``takeLogResults(now:)`` soon; called from any thread.
  ///   - makeLog: makes what does the log's work and reports it as it is told here.
  init(
    settings: BrokerCore.Settings, send: @escaping (consuming Frame, PeerID) -> Bool,
    wake: @escaping @Sendable () -> Void,
    makeLog: (@escaping @Sendable ([LogResult]) -> Void) -> any LogWorker
  ) {
    core = BrokerCore(settings)
    let results = LogResults()
    self.results = results
    self.send = send
    log = makeLog { news in
      results.add(news)
      wake()
    }
  }

  /// The log works on threads of its own.
  convenience init(
    settings: BrokerCore.Settings, store: LogStore, clock: @escaping @Sendable () -> Date,
    send: @escaping (consuming Frame, PeerID) -> Bool, wake: @escaping @Sendable () -> Void
  ) throws {
    var settings = settings
    settings.logHead = try store.head()
    settings.logGenerations = try store.generations()
    self.init(settings: settings, send: send, wake: wake) { report in
      let thread = LogThread(store: store, clock: clock, report: report)
      thread.start()
      return thread
    }
  }

  func handle(_ event: consuming BrokerCore.Event, now: UInt64) {
    core.handle(event, now: now)
    carryOut(now)
  }

  /// A frame that came: the way that nearly everything takes.
  func take(_ frame: consuming Frame, from peer: PeerID, now: UInt64) {
    core.now = now
    core.take(frame, from: peer)
    carryOut(now)
  }

  /// Whether a key may connect.
  func admits(_ key: PublicKey, now: UInt64) -> Bool {
    core.now = now
    defer { carryOut(now) }
    return core.admits(key)
  }

  private func carryOut(_ now: UInt64) {
    while let action = core.nextAction() {
      switch consume action {
      case .send(let frame, let peer):
        if !send(frame, peer) { core.handle(.unreachable(peer), now: now) }
      case .log(let request): log.ask(request)
      case .logCallOver(let call): log.leaveOut(call)
      case .refused(let refused): onRefused(refused)
      case .askedForMore(let principal, let manifest): onAskedForMore(principal, manifest)
      }
    }
  }

  /// How the broker is.
  var figures: BrokerFigures { core.figures }

  /// True while the driver is to send `probe` every few milliseconds.
  var isProbing: Bool { core.isProbing }

  var hasLogResults: Bool { !results.isEmpty }

  func takeLogResults(now: UInt64) {
    for result in results.take() { handle(.log(result), now: now) }
  }

  /// Finishes what the log has queued and closes it. Blocks.
  func stop() { log.stop() }
}

/// What the log's threads have done and the driver has not yet heard of; bounded by ``LogLoad``.
private final class LogResults: Sendable {
  private let queue = Mutex<[LogResult]>([])

  func add(_ results: [LogResult]) { queue.withLock { $0.append(contentsOf: results) } }

  var isEmpty: Bool { queue.withLock { $0.isEmpty } }

  func take() -> [LogResult] {
    queue.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}
