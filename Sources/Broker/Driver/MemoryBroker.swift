public import Bus
import Dispatch
public import Foundation
public import Messages

/// A whole broker on a ``MemoryNetwork``, with its log in memory: the same cores as in a process, for
/// tests of workers and plugins. A cut link is noticed at once, so its heartbeat is an hour; deadlines and
/// waiting go by the real clock.
public final class MemoryBroker: Sendable {
  private let network: MemoryNetwork
  private let holder = EngineHolder()
  // Made once; cancelling it is all that is done with it, from any thread.
  private nonisolated(unsafe) let ticks: any DispatchSourceTimer

  /// - Parameters:
  ///   - clock: the time that events are recorded at.
  ///   - approvals: approved manifests by principal, which is the worker's name, and `operator` for clients; nil lets
  ///     everybody do everything.
  ///   - onRefused: told of what is refused, while the network waits.
  public init(
    on network: MemoryNetwork, clock: @escaping @Sendable () -> Date,
    approvals: [String: Recourse_Bus_V1_Manifest]? = nil,
    onRefused: @escaping @Sendable (Refused) -> Void = { _ in }
  ) throws {
    self.network = network
    let holder = holder
    let settings = BrokerCore.Settings(
      heartbeat: Self.heartbeat, start: 1, approvals: approvals)
    let engine = try BrokerEngine(
      settings: settings, store: LogStore(), clock: clock,
      send: { frame, peer in network.send(frame, to: peer.number) },
      wake: { network.queue.async { holder.use { $0.takeLogResults(now: Self.now) } } })
    engine.onRefused = onRefused
    holder.hold(engine)
    network.setHub { event in
      holder.use { engine in
        switch event {
        case .frame(let frame, let id): engine.take(frame, from: PeerID(id), now: Self.now)
        case .gone(let id): engine.handle(.unreachable(PeerID(id)), now: Self.now)
        }
      }
    }
    ticks = DispatchSource.makeTimerSource(queue: network.queue)
    ticks.schedule(deadline: .now() + Self.tick, repeating: Self.tick)
    ticks.setEventHandler { holder.use { $0.handle(.tick, now: Self.now) } }
    ticks.resume()
  }

  private static let heartbeat: UInt64 = 3_600_000_000_000
  private static let tick = DispatchTimeInterval.milliseconds(250)
  private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

  /// Approves these manifests, and nothing else, from now on.
  public func approve(_ approvals: [String: Recourse_Bus_V1_Manifest]) {
    network.queue.async { [holder] in
      holder.use { $0.handle(.approvals(approvals), now: Self.now) }
    }
  }

  /// Ends the log's threads. Blocks.
  public func stop() {
    ticks.cancel()
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
