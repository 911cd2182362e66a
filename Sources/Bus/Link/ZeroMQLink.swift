import DequeModule
import Dispatch
import Synchronization
import ZeroMQ

/// A link over ZeroMQ: one DEALER on a bus thread of its own, connected to the broker's ROUTER.
///
/// The socket connects again by itself. What was on its way when the connection broke may be lost or
/// come late; session ids tell late frames apart.
public actor ZeroMQLink: Link {
  public nonisolated let address: String
  private nonisolated let keys: PeerKeys?
  private nonisolated let thread: BusThread
  /// Nil once the link is closed.
  private nonisolated let outgoing = Mutex<Deque<Frame>?>([])
  /// When the next tick is due at the latest.
  private nonisolated let wakeTime = Mutex(UInt64.max)
  private nonisolated let isTerminated = Mutex(false)
  private nonisolated let context: Context
  private var dealer: Socket?
  private var monitor: Socket?
  private var handler: (@Sendable (LinkEvent) -> Void)?
  private var lastTick: UInt64 = 0
  /// A connection stands. While none does nothing is handed to the socket, which would keep it for the next one
  /// without bound; what was queued for a session ends with it.
  private var isConnected = false
  /// The newest HELLO that waits for a connection.
  private var greeting: Frame?
  /// The wished time of the next tick that the thread is about to wait for.
  private var plannedTick = UInt64.max

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Milliseconds without a sign from the other side after which either gives up a connection over tcp: two heartbeats.
  public static let networkPatienceMilliseconds: Int32 = 4_000
  /// Milliseconds that queued frames get to leave when the link is closed.
  static let lingerMilliseconds: Int32 = 500
  /// Milliseconds between ticks, and so the longest that a change can go unnoticed.
  static let tickMilliseconds = 250
  /// Messages taken from the socket in one turn before others get theirs.
  static let turnMessagesLimit = 256
  private static let monitorAddress = "inproc://dealer-monitor"
  private static let monitorTarget = 1

  /// A link to an address such as `ipc:///run/recourse.sock`; `start` connects it.
  /// - Parameter keys: by which this process shows who it is, and knows the broker (CURVE). Nil shows nothing: only
  ///   a broker of a test lets that in.
  public init(address: String, keys: PeerKeys?) throws {
    self.address = address
    self.keys = keys
    thread = try BusThread(tickMilliseconds: Self.tickMilliseconds)
    context = try Context()
  }

  public nonisolated func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    try await thread.start(
      name: "bus",
      open: { try self.assumeIsolated { link in try link.open(handler) } },
      turn: { signals in self.assumeIsolated { link in link.turn(signals) } },
      hasWork: { self.assumeIsolated { link in link.hasWork } },
      close: { self.assumeIsolated { link in link.closeSockets() } })
  }

  public nonisolated func send(_ frame: Frame) {
    let isFirst = outgoing.withLock { queue in
      queue?.append(frame)
      return queue?.count == 1
    }
    if isFirst { thread.wake() }
  }

  public nonisolated var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

  public nonisolated func wake(at time: UInt64) {
    let isSooner = wakeTime.withLock { wakeTime in
      defer { wakeTime = min(wakeTime, time) }
      return time < wakeTime
    }
    if isSooner { thread.wake() }
  }

  public nonisolated func close() async {
    await thread.stop()
    outgoing.withLock { $0 = nil }
    let isFirst = isTerminated.withLock { isTerminated in
      defer { isTerminated = true }
      return !isTerminated
    }
    if isFirst { context.terminate() }
  }

  private func open(_ handler: @escaping @Sendable (LinkEvent) -> Void) throws -> [PollTarget] {
    self.handler = handler
    let dealer = try Socket(.dealer, in: context)
    try dealer.set(.linger, Self.lingerMilliseconds)
    try dealer.set(.sendHighWaterMark, 0)
    try dealer.set(.receiveHighWaterMark, 0)
    try dealer.set(.reconnectInterval, 20)
    try dealer.set(.reconnectIntervalMaximum, 500)
    try dealer.setNetworkPatience(milliseconds: Self.networkPatienceMilliseconds)
    if let keys {
      try dealer.useCurve(
        serverKey: keys.broker.text, publicKey: keys.own.publicKey.text,
        secretKey: keys.own.secretKey.reveal())
    }
    try dealer.monitorConnections(at: Self.monitorAddress)
    let monitor = try Socket(.pair, in: context)
    try monitor.set(.linger, 0)
    try monitor.connect(Self.monitorAddress)
    try dealer.connect(address)
    self.dealer = dealer
    self.monitor = monitor
    return [try dealer.pollTarget(), try monitor.pollTarget()]
  }

  private func turn(_ signals: PollSignals) -> Int {
    guard let dealer, let monitor, let handler else { return Self.tickMilliseconds }
    // A broken connection is told before what a new one brings.
    if signals.contains(Self.monitorTarget) {
      while let report = try? monitor.receiveReport() {
        isConnected = report == .stands
        switch report {
        case .stands: break
        case .lost: handler(.lost)
        case .keyRefused, .mechanismRefused: handler(.refused(refusal(report)))
        }
      }
    }
    // What is queued leaves first: taking from the socket to its end must come last (``BusThread``).
    sendQueued(over: dealer)
    var taken = 0
    while taken < Self.turnMessagesLimit, let message = try? dealer.receive() {
      taken += 1
      do {
        handler(.frame(try Frame(decoding: message)))
      } catch {
        handler(.malformed(error))
      }
    }
    // After what has come: a process that stood still must not take waiting messages for silence.
    let patience = tick(handler)
    return taken == Self.turnMessagesLimit ? 0 : patience
  }

  /// Why the other side does not let this process in, for an operator.
  private func refusal(_ report: ConnectionReport) -> String {
    guard let keys else { return "the broker lets nobody in who shows no key" }
    guard report == .keyRefused else {
      return "what listens at \(address) asks for no key: it is not the broker"
    }
    let fingerprint = keys.own.publicKey.fingerprint
    return "the broker does not admit the key \(fingerprint): it is not enrolled, or revoked"
  }

  private func sendQueued(over dealer: Socket) {
    var frames = Deque<Frame>()
    outgoing.withLock { queue in
      guard queue?.isEmpty == false else { return }
      frames = queue.take() ?? []
      queue = []
    }
    guard isConnected else {
      greeting = frames.last { $0.kind == .hello } ?? greeting
      return
    }
    if let greeting, !frames.contains(where: { $0.kind == .hello }) { frames.prepend(greeting) }
    greeting = nil
    // Without a high-water mark a DEALER takes everything.
    while let frame = frames.popFirst() {
      let (head, body) = frame.encoded()
      try? dealer.send(head, body)
    }
  }

  /// Something has been queued, or a tick wished for sooner, since the turn looked.
  private var hasWork: Bool {
    outgoing.withLock { $0?.isEmpty == false } || wakeTime.withLock { $0 } < plannedTick
  }

  /// Ticks if it is time to; returns the milliseconds until the next time.
  private func tick(_ handler: @Sendable (LinkEvent) -> Void) -> Int {
    let now = now
    let isAsked = wakeTime.withLock { wakeTime in
      guard now >= wakeTime else { return false }
      wakeTime = .max
      return true
    }
    if isAsked || now >= lastTick + UInt64(Self.tickMilliseconds) * 1_000_000 {
      lastTick = now
      handler(.tick(now))
    }
    let next = wakeTime.withLock { $0 }
    plannedTick = next
    guard next > now else { return 0 }
    return Int(clamping: min((next - now + 999_999) / 1_000_000, UInt64(Self.tickMilliseconds)))
  }

  private func closeSockets() {
    if let dealer {
      sendQueued(over: dealer)
      dealer.endMonitoring()
    }
    monitor?.close()
    dealer?.close()
    monitor = nil
    dealer = nil
    handler = nil
  }
}
