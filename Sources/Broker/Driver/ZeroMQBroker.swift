import Bus
import Dispatch
import Foundation
import Synchronization
import ZeroMQ

/// The broker over ZeroMQ: one ROUTER that binds, on a bus thread of its own. The only place in the
/// broker that touches a socket.
actor ZeroMQBroker {
  private nonisolated let thread: BusThread
  private let context: Context
  private var router: Socket?
  private var monitor: Socket?
  private var engine: BrokerEngine?
  /// Peers that have named themselves, by their names.
  private var named = Strangers()
  private var lastTick: UInt64 = 0
  private var isTerminated = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Milliseconds between ticks.
  private static let tickMilliseconds = 250
  /// Messages taken from the socket in one turn.
  private static let turnMessagesLimit = 256
  /// Milliseconds that queued frames get to leave at the end.
  private static let lingerMilliseconds: Int32 = 500
  /// Messages of one connection that wait for the broker; beyond, they wait at their sender.
  private static let receivedMessagesLimit: Int32 = 1000
  private static let monitorAddress = "inproc://router-monitor"
  /// Numbers of the targets.
  private static let monitorTarget = 1

  init() throws {
    thread = try BusThread(tickMilliseconds: Self.tickMilliseconds)
    context = try Context()
  }

  /// Binds and serves until ``stop()``. Returns the address that it ended up with.
  nonisolated func start(
    address: String, settings: BrokerCore.Settings, store: LogStore,
    clock: @escaping @Sendable () -> Date
  ) async throws -> String {
    let bound = Mutex("")
    try await thread.start(
      name: "broker",
      open: {
        let (targets, endpoint) = try self.assumeIsolated { broker in
          try broker.open(address, settings, store, clock)
        }
        bound.withLock { $0 = endpoint }
        return targets
      },
      turn: { signals in self.assumeIsolated { broker in broker.turn(signals) } },
      hasWork: { self.assumeIsolated { broker in broker.engine?.hasLogResults ?? false } },
      close: { self.assumeIsolated { broker in broker.close() } })
    return bound.withLock { $0 }
  }

  nonisolated func stop() async {
    await thread.stop()
    await terminate()
  }

  /// Once alone: it frees the context.
  private func terminate() {
    guard !isTerminated else { return }
    isTerminated = true
    context.terminate()
  }

  private func open(
    _ address: String, _ settings: BrokerCore.Settings, _ store: LogStore,
    _ clock: @escaping @Sendable () -> Date
  ) throws -> ([PollTarget], String) {
    let router = try Socket(.router, in: context)
    try router.set(.linger, Self.lingerMilliseconds)
    try router.set(.sendHighWaterMark, 0)
    try router.set(.receiveHighWaterMark, Self.receivedMessagesLimit)
    try router.set(.routerMandatory, 1)
    try router.setMaximumMessageSize(Int64(WireLimits.bodyBytesLimit))
    try router.monitorDisconnections(at: Self.monitorAddress)
    let monitor = try Socket(.pair, in: context)
    try monitor.set(.linger, 0)
    try monitor.connect(Self.monitorAddress)
    try router.bind(address)
    let thread = thread
    engine = try BrokerEngine(
      settings: settings, store: store, clock: clock,
      send: { frame, peer in
        do throws(ZeroMQError) {
          let (head, body) = frame.encoded()
          try router.send(head, body, to: RoutingID(number: peer.number))
          return true
        } catch {
          return !error.isUnreachable
        }
      },
      wake: { thread.wake() })
    self.router = router
    self.monitor = monitor
    return ([try router.pollTarget(), try monitor.pollTarget()], try router.lastEndpoint())
  }

  /// Milliseconds between two questions of a probe.
  private static let probeMilliseconds = 5

  private func turn(_ signals: PollSignals) -> Int {
    guard let router, let monitor, let engine else { return Self.tickMilliseconds }
    let now = DispatchTime.now().uptimeNanoseconds
    engine.takeLogResults(now: now)
    var broke = false
    if signals.contains(Self.monitorTarget) {
      while (try? monitor.receive()) != nil { broke = true }
    }
    var hasMore = takeWaiting(from: router, engine)
    if lookAround(engine, broke: broke, DispatchTime.now().uptimeNanoseconds) {
      // Taking to the end must come after all sending (``BusThread``).
      hasMore = takeWaiting(from: router, engine) || hasMore
    }
    if hasMore { return 0 }
    return engine.isProbing ? Self.probeMilliseconds : Self.tickMilliseconds
  }

  /// Takes what has come. False if there is nothing more, true if others are to get their turn before the rest.
  private func takeWaiting(from router: Socket, _ engine: BrokerEngine) -> Bool {
    for _ in 0..<Self.turnMessagesLimit {
      guard let (sender, message) = try? router.receiveRouted() else { return false }
      switch sender {
      // The time of each: a process that stood still within a turn must not take who speaks for silent.
      case .connection(let id):
        take(message, from: PeerID(id.number), engine, DispatchTime.now().uptimeNanoseconds)
      case .named(let name):
        refuse(name, router)
      }
    }
    return true
  }

  /// Who names its own connection could name another's: it gets no session.
  private func refuse(_ name: Part, _ router: Socket) {
    var hasher = Hasher()
    name.withUnsafeBytes { hasher.combine(bytes: $0) }
    let peer = PeerID(UInt64(bitPattern: Int64(hasher.finalize())))
    let refusal = BrokerCore.refusalOfName
    guard named.takeRefusal(of: refusal.bytes, to: peer) else { return }
    let (head, body) = refusal.encoded()
    do throws(ZeroMQError) { try router.send(head, body, toName: name) } catch {
      // Its connection is gone: one that comes by the same name begins anew.
      if error.isUnreachable { named.forget(peer) }
    }
  }

  /// What is not an answer to a message. True if it may have sent something.
  private func lookAround(_ engine: BrokerEngine, broke: Bool, _ now: UInt64) -> Bool {
    let isDue = now >= lastTick + UInt64(Self.tickMilliseconds) * 1_000_000
    let wasProbing = engine.isProbing
    // After what had come: a peer's last words count before its end is noticed.
    if broke {
      engine.handle(.connectionBroke, now: now)
    } else if wasProbing {
      engine.handle(.probe, now: now)
    }
    if isDue {
      lastTick = now
      engine.handle(.tick, now: now)
    }
    return broke || wasProbing || isDue
  }

  private func take(
    _ message: consuming Message, from peer: PeerID, _ engine: BrokerEngine, _ now: UInt64
  ) {
    do {
      engine.take(try Frame(decoding: message), from: peer, now: now)
    } catch {
      engine.handle(.malformed(error, from: peer), now: now)
    }
  }

  private func close() {
    engine?.stop()
    engine?.takeLogResults(now: DispatchTime.now().uptimeNanoseconds)
    router?.endMonitoring()
    monitor?.close()
    router?.close()
    engine = nil
    monitor = nil
    router = nil
  }
}
