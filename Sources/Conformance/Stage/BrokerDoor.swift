import Bus
import Foundation
import Synchronization
import ZeroMQ

/// A broker's socket for one plugin: a ROUTER with CURVE, behind which each connection is a link of a network in
/// memory, where the real broker's cores are. Between the two every frame passes a ``BrokerScript``.
actor BrokerDoor {
  private nonisolated let thread: BusThread
  private nonisolated let network: MemoryNetwork
  private nonisolated let script: Mutex<BrokerScript>
  /// Frames for the plugin, by the number of its connection.
  private nonisolated let outgoing = Mutex<[(connection: UInt64, frame: Frame)]>([])
  private let context: Context
  private var router: Socket?
  private var zap: ZAPSocket?
  private var admitted: PublicKey?
  private var connections: [UInt64: Connection] = [:]

  private enum Connection {
    /// Frames that came before the link was there.
    case opening([Frame])
    case open(MemoryLink)
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Milliseconds between turns at the most.
  private static let tickMilliseconds = 100
  private static let domain = "recourse"
  private static let zapTarget = 1

  init(to network: MemoryNetwork, _ script: BrokerScript) throws {
    thread = try BusThread(tickMilliseconds: Self.tickMilliseconds)
    context = try Context()
    self.network = network
    self.script = Mutex(script)
  }

  /// Binds, and lets in who shows the key.
  nonisolated func open(at address: String, secret: SecretKey, admitting key: PublicKey)
    async throws
  {
    try await thread.start(
      name: "door",
      open: { try self.assumeIsolated { door in try door.bind(address, secret, key) } },
      turn: { signals in self.assumeIsolated { door in door.turn(signals) } },
      hasWork: { self.outgoing.withLock { !$0.isEmpty } },
      close: { self.assumeIsolated { door in door.closeSockets() } })
  }

  /// What is done to frames from now on.
  nonisolated func follow(_ script: BrokerScript) { self.script.withLock { $0 = script } }

  /// Closes the socket and ends all sessions that came by it, as the end of a broker's process would.
  nonisolated func shut() async {
    await cutAll()
    await thread.stop()
    await terminate()
  }

  /// Ends all sessions, as when the plugin's process has gone.
  func cutAll() {
    for case .open(let link) in connections.values { network.cut(link.id) }
    connections = [:]
    outgoing.withLock { $0 = [] }
  }

  private func terminate() { context.terminate() }

  private func bind(_ address: String, _ secret: SecretKey, _ key: PublicKey) throws -> [PollTarget]
  {
    // Before anybody can connect: who cannot be asked about is not let in.
    let zap = try ZAPSocket(in: context)
    let router = try Socket(.router, in: context)
    try router.set(.linger, 0)
    try router.set(.sendHighWaterMark, 0)
    try router.set(.receiveHighWaterMark, 0)
    try router.set(.routerMandatory, 1)
    try router.requireCurve(secretKey: secret.reveal(), domain: Self.domain)
    try router.bind(address)
    self.zap = zap
    self.router = router
    admitted = key
    return [try router.pollTarget(), try zap.pollTarget()]
  }

  private func turn(_ signals: PollSignals) -> Int {
    guard let router else { return Self.tickMilliseconds }
    if let zap, let admitted, signals.contains(Self.zapTarget) {
      try? zap.answerWaiting { request in
        request.publicKey.flatMap { PublicKey(bytes: $0) } == admitted
      }
    }
    sendQueued(over: router)
    // Taking to the end comes after sending (``BusThread``).
    while let received = try? router.receiveRouted() {
      guard case .connection(let id) = received.from,
        let frame = try? Frame(decoding: received.message)
      else { continue }
      for frame in script.withLock({ $0.toBroker })(frame) { pass(frame, from: id.number) }
    }
    return Self.tickMilliseconds
  }

  private func pass(_ frame: Frame, from id: UInt64) {
    switch connections[id] {
    case .open(let link): link.send(frame)
    case .opening(let frames): connections[id] = .opening(frames + [frame])
    case nil:
      connections[id] = .opening([frame])
      let link = network.makeLink()
      Task {
        try await link.start { [weak self] event in
          guard case .frame(let frame) = event else { return }
          self?.queue(frame, for: id)
        }
        self.adopt(link, as: id)
      }
    }
  }

  private func adopt(_ link: MemoryLink, as id: UInt64) {
    guard case .opening(let frames) = connections[id] else { return network.cut(link.id) }
    connections[id] = .open(link)
    for frame in frames { link.send(frame) }
  }

  private nonisolated func queue(_ frame: Frame, for id: UInt64) {
    let frames = script.withLock { $0.toPlugin }(frame)
    guard !frames.isEmpty else { return }
    outgoing.withLock { $0 += frames.map { (id, $0) } }
    thread.wake()
  }

  private func sendQueued(over router: Socket) {
    let frames = outgoing.withLock { queue in
      defer { queue = [] }
      return queue
    }
    for (id, frame) in frames {
      let (head, body) = frame.encoded()
      do throws(ZeroMQError) { try router.send(head, body, to: RoutingID(number: id)) } catch {
        guard error.isUnreachable, case .open(let link)? = connections.removeValue(forKey: id)
        else { continue }
        network.cut(link.id)
      }
    }
  }

  private func closeSockets() {
    router?.close()
    zap?.close()
    router = nil
    zap = nil
  }
}
