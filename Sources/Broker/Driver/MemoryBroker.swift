public import Bus
import Dispatch
public import Foundation

/// A whole broker on a ``MemoryNetwork``, with its log in memory: the same cores as in a process, for
/// tests of workers and plugins. It has no heartbeats: a cut link is noticed at once.
public final class MemoryBroker: Sendable {
  private let network: MemoryNetwork
  private let holder = EngineHolder()

  /// - Parameter clock: the time that events are recorded at.
  public init(on network: MemoryNetwork, clock: @escaping @Sendable () -> Date) throws {
    self.network = network
    let holder = holder
    let engine = try BrokerEngine(
      settings: BrokerCore.Settings(start: 1), store: LogStore(), clock: clock,
      send: { frame, peer in network.send(frame, to: peer.number) },
      wake: { network.queue.async { holder.use { $0.takeLogResults(now: 0) } } })
    holder.hold(engine)
    network.setHub { event in
      holder.use { engine in
        switch event {
        case .frame(let frame, let id): engine.handle(.frame(frame, from: PeerID(id)), now: 0)
        case .gone(let id): engine.handle(.unreachable(PeerID(id)), now: 0)
        }
      }
    }
  }

  /// Ends the log's threads. Blocks.
  public func stop() {
    network.setHub(nil)
    holder.letGo()?.stop()
  }
}

/// Holds the engine, which is used by one thread at a time: whoever has the lock.
private final class EngineHolder: @unchecked Sendable {
  // Every access to `engine` and through it happens under the lock.
  private let lock = NSRecursiveLock()
  private var engine: BrokerEngine?

  func hold(_ engine: BrokerEngine) { lock.withLock { self.engine = engine } }

  func use(_ body: (BrokerEngine) -> Void) { lock.withLock { if let engine { body(engine) } } }

  func letGo() -> BrokerEngine? {
    lock.withLock {
      defer { engine = nil }
      return engine
    }
  }
}
