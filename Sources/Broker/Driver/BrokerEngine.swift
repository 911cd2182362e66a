import Bus
import Foundation
import Synchronization

/// Carries out what ``BrokerCore`` decides. Confined to the thread or queue that drives it: the two
/// drivers are ``ZeroMQBroker`` and, for tests, ``MemoryBroker``.
final class BrokerEngine {
  private var core: BrokerCore
  private let log: LogThread
  private let results: LogResults
  private let send: (Frame, PeerID) -> Bool

  /// - Parameters:
  ///   - send: hands a frame to a peer without waiting; false if the peer is gone.
  ///   - wake: makes the driver call ``takeLogResults(now:)`` soon; called from any thread.
  init(
    settings: BrokerCore.Settings, store: LogStore, clock: @escaping @Sendable () -> Date,
    send: @escaping (Frame, PeerID) -> Bool, wake: @escaping @Sendable () -> Void
  ) throws {
    var settings = settings
    settings.logHead = try store.head()
    core = BrokerCore(settings)
    let results = LogResults()
    self.results = results
    self.send = send
    log = LogThread(store: store, clock: clock) { news in
      results.add(news)
      wake()
    }
    log.start()
  }

  func handle(_ event: BrokerCore.Event, now: UInt64) {
    var gone: [PeerID] = []
    for action in core.handle(event, now: now) {
      switch action {
      case .send(let frame, let peer): if !send(frame, peer) { gone.append(peer) }
      case .log(let request): log.ask(request)
      }
    }
    for peer in gone { handle(.unreachable(peer), now: now) }
  }

  /// True while the driver is to send `probe` every few milliseconds.
  var isProbing: Bool { core.isProbing }

  func takeLogResults(now: UInt64) {
    for result in results.take() { handle(.log(result), now: now) }
  }

  /// Finishes what the log has queued and closes it. Blocks.
  func stop() { log.stop() }
}

/// What the log's threads have done and the driver has not yet heard of; bounded by the callers' credit.
private final class LogResults: Sendable {
  private let queue = Mutex<[LogResult]>([])

  func add(_ results: [LogResult]) { queue.withLock { $0.append(contentsOf: results) } }

  func take() -> [LogResult] {
    queue.withLock { queue in
      defer { queue = [] }
      return queue
    }
  }
}
