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
  private var lastTick: UInt64 = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Milliseconds between ticks.
  private static let tickMilliseconds = 250
  /// Messages taken from the socket in one turn.
  private static let turnMessagesLimit = 256
  /// Milliseconds that queued frames get to leave at the end.
  private static let lingerMilliseconds: Int32 = 500
  private static let monitorAddress = "inproc://router-monitor"

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
      turn: { self.assumeIsolated { broker in broker.turn() } },
      close: { self.assumeIsolated { broker in broker.close() } })
    return bound.withLock { $0 }
  }

  nonisolated func stop() async {
    await thread.stop()
    await terminate()
  }

  private func terminate() { context.terminate() }

  private func open(
    _ address: String, _ settings: BrokerCore.Settings, _ store: LogStore,
    _ clock: @escaping @Sendable () -> Date
  ) throws -> ([PollTarget], String) {
    let router = try Socket(.router, in: context)
    try router.set(.linger, Self.lingerMilliseconds)
    try router.set(.sendHighWaterMark, 0)
    try router.set(.receiveHighWaterMark, 0)
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
          try router.send([peer.bytes] + frame.encoded())
          return true
        } catch {
          return !error.isUnreachable
        }
      },
      wake: { thread.wake() })
    self.router = router
    self.monitor = monitor
    return ([router.pollTarget, monitor.pollTarget], try router.lastEndpoint())
  }

  /// Milliseconds between two questions of a probe.
  private static let probeMilliseconds = 5

  private func turn() -> Int {
    guard let router, let monitor, let engine else { return Self.tickMilliseconds }
    let now = DispatchTime.now().uptimeNanoseconds
    engine.takeLogResults(now: now)
    var broke = false
    while let event = try? monitor.receive(), !event.isEmpty { broke = true }
    var taken = 0
    while taken < Self.turnMessagesLimit, let frames = try? router.receive() {
      taken += 1
      take(frames, engine, now)
    }
    // After what had come: a peer's last words count before its end is noticed.
    if broke {
      engine.handle(.connectionBroke, now: now)
    } else if engine.isProbing {
      engine.handle(.probe, now: now)
    }
    if now >= lastTick + UInt64(Self.tickMilliseconds) * 1_000_000 {
      lastTick = now
      engine.handle(.tick, now: now)
    }
    if taken == Self.turnMessagesLimit { return 0 }
    return engine.isProbing ? Self.probeMilliseconds : Self.tickMilliseconds
  }

  private func take(_ frames: Frames, _ engine: BrokerEngine, _ now: UInt64) {
    guard let first = frames.first else { return }
    let peer = PeerID(bytes: first)
    do {
      engine.handle(.frame(try Frame(decoding: frames.dropFirst()), from: peer), now: now)
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
