import Dispatch
import Synchronization
import ZeroMQ

/// A link over ZeroMQ: one DEALER on a bus thread of its own, connected to the broker's ROUTER.
///
/// The socket connects again by itself. What was on its way when the connection broke may be lost or
/// come late; session ids tell late frames apart.
public actor ZeroMQLink: Link {
  public nonisolated let address: String
  private nonisolated let thread: BusThread
  private nonisolated let outgoing = Mutex<[Frame]>([])
  private nonisolated let isTerminated = Mutex(false)
  private nonisolated let context: Context
  private var dealer: Socket?
  private var monitor: Socket?
  private var handler: (@Sendable (LinkEvent) -> Void)?
  private var lastTick: UInt64 = 0

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// Milliseconds that queued frames get to leave when the link is closed.
  static let lingerMilliseconds: Int32 = 500
  /// Milliseconds between ticks, and so the longest that a change can go unnoticed.
  static let tickMilliseconds = 250
  /// Messages taken from the socket in one turn before others get theirs.
  static let turnMessagesLimit = 256
  private static let monitorAddress = "inproc://dealer-monitor"

  /// A link to an address such as `ipc:///run/recourse.sock`; `start` connects it.
  public init(address: String) throws {
    self.address = address
    thread = try BusThread(tickMilliseconds: Self.tickMilliseconds)
    context = try Context()
  }

  public nonisolated func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    try await thread.start(
      name: "bus",
      open: { try self.assumeIsolated { link in try link.open(handler) } },
      turn: { self.assumeIsolated { link in link.turn() } },
      close: { self.assumeIsolated { link in link.closeSockets() } })
  }

  public nonisolated func send(_ frame: Frame) {
    let isFirst = outgoing.withLock { queue in
      queue.append(frame)
      return queue.count == 1
    }
    if isFirst { thread.wake() }
  }

  public nonisolated func close() async {
    await thread.stop()
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
    try dealer.monitorDisconnections(at: Self.monitorAddress)
    let monitor = try Socket(.pair, in: context)
    try monitor.set(.linger, 0)
    try monitor.connect(Self.monitorAddress)
    try dealer.connect(address)
    self.dealer = dealer
    self.monitor = monitor
    return [dealer.pollTarget, monitor.pollTarget]
  }

  private func turn() -> Int {
    guard let dealer, let monitor, let handler else { return Self.tickMilliseconds }
    // A broken connection is told before what a new one brings.
    while let event = try? monitor.receive(), !event.isEmpty { handler(.lost) }
    var taken = 0
    while taken < Self.turnMessagesLimit, let frames = try? dealer.receive() {
      taken += 1
      do {
        handler(.frame(try Frame(decoding: frames[...])))
      } catch {
        handler(.malformed(error))
      }
    }
    // After what has come: a process that stood still must not take waiting messages for silence.
    tick(handler)
    sendQueued(over: dealer)
    return taken == Self.turnMessagesLimit ? 0 : Self.tickMilliseconds
  }

  private func sendQueued(over dealer: Socket) {
    let frames = outgoing.withLock { queue in
      let frames = queue
      queue.removeAll(keepingCapacity: true)
      return frames
    }
    // Without a high-water mark a DEALER takes everything.
    for frame in frames { try? dealer.send(frame.encoded()) }
  }

  private func tick(_ handler: @Sendable (LinkEvent) -> Void) {
    let now = DispatchTime.now().uptimeNanoseconds
    guard now >= lastTick + UInt64(Self.tickMilliseconds) * 1_000_000 else { return }
    lastTick = now
    handler(.tick(now))
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
