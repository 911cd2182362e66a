import Bus
import Dispatch
import Foundation
import Logging
import Synchronization
import ZeroMQ

/// The broker over ZeroMQ: one ROUTER that binds, on a bus thread of its own. Nothing else here touches a socket.
actor ZeroMQBroker {
  private nonisolated let thread: BusThread
  private let context: Context
  private var router: Socket?
  private var monitor: Socket?
  private var engine: BrokerEngine?
  private var gate: Gate?
  private var approvals: ApprovalWatch?
  private var zap: ZAPSocket?
  /// Peers that have named themselves, by their names.
  private var named = Strangers()
  private var lastTick: UInt64 = 0
  /// When the broker begins to record who is refused by the socket itself, as its ticks go.
  private var recordsFrom = UInt64.max
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
  /// Milliseconds that a connection has to show its key, while it holds a descriptor.
  private static let handshakeMilliseconds: Int32 = 5000
  private static let monitorAddress = "inproc://router-monitor"
  /// Numbers of the targets.
  private static let monitorTarget = 1
  private static let zapTarget = 2

  /// Who is let in, and by what the broker shows that it is the broker.
  struct Gate: Sendable {
    let secret: SecretKey
    var watch: KeyRingWatch
    let logger: Logger

    /// What libzmq says with each question who may connect.
    static let domain = "recourse"
  }

  init() throws {
    thread = try BusThread(tickMilliseconds: Self.tickMilliseconds)
    context = try Context()
  }

  /// Binds and serves until ``stop()``. Returns the address that it ended up with.
  /// - Parameters:
  ///   - gate: nil lets anybody in.
  ///   - approvals: nil lets everybody do everything.
  ///   - onRefused: told of what was refused, on the broker's thread.
  nonisolated func start(
    address: String, settings: BrokerCore.Settings, gate: Gate?, approvals: ApprovalWatch?,
    store: LogStore,
    clock: @escaping @Sendable () -> Date, onRefused: @escaping @Sendable (Refused) -> Void
  ) async throws -> String {
    let bound = Mutex("")
    try await thread.start(
      name: "broker",
      open: {
        let (targets, endpoint) = try self.assumeIsolated { broker in
          broker.approvals = approvals
          return try broker.open(address, settings, gate, store, clock, onRefused)
        }
        bound.withLock { $0 = endpoint }
        return targets
      },
      turn: { signals in self.assumeIsolated { broker in broker.turn(signals) } },
      hasWork: { self.assumeIsolated { broker in broker.engine?.hasLogResults ?? false } },
      close: { self.assumeIsolated { broker in broker.close() } })
    return bound.withLock { $0 }
  }

  /// How it is; nil once it has stopped.
  func figures() -> BrokerFigures? { engine?.figures }

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
    _ address: String, _ settings: BrokerCore.Settings, _ gate: Gate?, _ store: LogStore,
    _ clock: @escaping @Sendable () -> Date, _ onRefused: @escaping @Sendable (Refused) -> Void
  ) throws -> ([PollTarget], String) {
    // Before anybody can connect: who cannot be asked about is not let in.
    let zap = try gate.map { _ in try ZAPSocket(in: context) }
    let router = try Socket(.router, in: context)
    try router.set(.linger, Self.lingerMilliseconds)
    try router.set(.sendHighWaterMark, 0)
    try router.set(.receiveHighWaterMark, Self.receivedMessagesLimit)
    try router.set(.routerMandatory, 1)
    try router.set(.handshakeInterval, Self.handshakeMilliseconds)
    try router.setNetworkPatience(milliseconds: ZeroMQLink.networkPatienceMilliseconds)
    let overhead = gate == nil ? 0 : Curve.frameBytes
    try router.setMaximumMessageSize(Int64(WireLimits.bodyBytesLimit + overhead))
    if let gate { try router.requireCurve(secretKey: gate.secret.reveal(), domain: Gate.domain) }
    try router.monitorPeers(at: Self.monitorAddress)
    let monitor = try Socket(.pair, in: context)
    try monitor.set(.linger, 0)
    try monitor.connect(Self.monitorAddress)
    try router.bind(address)
    let thread = thread
    let engine = try BrokerEngine(
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
    engine.onRefused = { refused in
      var refused = refused
      refused.at = clock()
      onRefused(refused)
    }
    if let folder = approvals?.folder {
      // Without the file an operator sees less; the peer waits all the same.
      engine.onAskedForMore = { principal, manifest in
        try? folder.keep(asked: manifest, by: principal)
      }
    }
    self.engine = engine
    self.router = router
    self.monitor = monitor
    self.zap = zap
    self.gate = gate
    var targets = [try router.pollTarget(), try monitor.pollTarget()]
    if let zap { targets.append(try zap.pollTarget()) }
    return (targets, try router.lastEndpoint())
  }

  /// Milliseconds between two questions of a probe.
  private static let probeMilliseconds = 5

  private func turn(_ signals: PollSignals) -> Int {
    guard let router, let monitor, let engine else { return Self.tickMilliseconds }
    let now = DispatchTime.now().uptimeNanoseconds
    engine.takeLogResults(now: now)
    if let zap, signals.contains(Self.zapTarget) {
      lookAtChanges(engine, now)
      try? zap.answerWaiting { request in Self.admits(request, engine, now) }
    }
    var broke = false
    if signals.contains(Self.monitorTarget) {
      while let report = try? monitor.receivePeerReport() {
        broke = true
        if recordsFrom <= lastTick, let refused = Self.refusal(report) { engine.onRefused(refused) }
      }
    }
    var hasMore = takeWaiting(from: router, engine)
    if lookAround(engine, broke: broke, DispatchTime.now().uptimeNanoseconds) {
      // Taking to the end must come after all sending (``BusThread``).
      hasMore = takeWaiting(from: router, engine) || hasMore
    }
    if hasMore { return 0 }
    return engine.isProbing ? Self.probeMilliseconds : Self.tickMilliseconds
  }

  /// The broker's trial of itself is over: what the socket refuses is somebody else's soon, when what the trial has
  /// left to be told has come.
  func endTrial() {
    let now = DispatchTime.now().uptimeNanoseconds
    recordsFrom = now + 2 * UInt64(Self.tickMilliseconds) * 1_000_000
  }

  /// Whom the socket refuses before anybody is asked about its key, as it is recorded; nil for others.
  private static func refusal(_ report: PeerReport) -> Refused? {
    switch report {
    case .otherMechanism:
      Refused(principal: "", kind: .noCurve, detail: "wanted to connect without CURVE")
    case .otherServer:
      Refused(
        principal: "", kind: .otherBroker,
        detail: "wanted to connect, and took another public key for the broker's")
    case .gone, .malformed: nil
    }
  }

  private static func admits(_ request: ZAPRequest, _ engine: BrokerEngine, _ now: UInt64) -> Bool {
    guard request.domain == Gate.domain, let bytes = request.publicKey,
      let key = PublicKey(bytes: bytes)
    else { return false }
    return engine.admits(key, now: now)
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
    guard case .told = named.takeRefusal(of: refusal.bytes, to: peer) else { return }
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
      lookAtChanges(engine, now)
      engine.handle(.tick, now: now)
    }
    return broke || wasProbing || isDue
  }

  /// Takes over what an operator has changed: whoever was enrolled a moment ago is faster here than the next tick.
  private func lookAtChanges(_ engine: BrokerEngine, _ now: UInt64) {
    if let changed = approvals?.look() { engine.handle(.approvals(changed), now: now) }
    guard let logger = gate?.logger else { return }
    let changed = gate?.watch.look(at: Date()) { error in
      logger.error(
        "the ring of keys cannot be read: it stays as it was",
        metadata: ["code": "\(error.code)", "path": "\(error.place)"])
    }
    if let changed { engine.handle(.keys(changed), now: now) }
  }

  private func take(
    _ message: consuming Message, from peer: PeerID, _ engine: BrokerEngine, _ now: UInt64
  ) {
    // Asked of greetings alone: from then on the session stands for the key.
    let isGreeting = message.head.withUnsafeBytes { bytes in
      bytes.count >= WireLimits.headerBytes && bytes[2] == FrameKind.hello.rawValue
    }
    let key = isGreeting ? message.head.userID.flatMap { PublicKey($0) } : nil
    do {
      let frame = try Frame(decoding: message)
      if isGreeting {
        engine.handle(.hello(frame, from: peer, key: key), now: now)
      } else {
        engine.take(frame, from: peer, now: now)
      }
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
    zap?.close()
    engine = nil
    zap = nil
    gate = nil
    monitor = nil
    router = nil
  }
}
