import CHermetic
import DequeModule
import ZeroMQ

@testable import Bus

/// The network between the processes and the broker: connections that carry frames in order, each after a time
/// of its own, and that break.
///
/// As with ZeroMQ's DEALER a link connects again by itself. Of what was on its way when a connection broke a
/// part arrives late, over the next one, and the rest never.
final class Network: @unchecked Sendable {
  /// What the broker hears.
  struct Hub {
    let owner: Owner
    let take: (Frame, UInt64) -> Void
    let gone: (UInt64) -> Void
  }

  struct Counters {
    var frames = 0
    var dropped = 0
    var late = 0
    var breaks = 0
    /// Frames that overtook some of another connection that were sent before them.
    var reordered = 0
  }

  private final class Connection {
    let id: UInt64
    let link: SimulatedLink
    var up = Deque<Frame>()
    var down = Deque<Frame>()
    /// When the newest frame of each direction arrives.
    var upTime: UInt64 = 0
    var downTime: UInt64 = 0

    init(_ id: UInt64, _ link: SimulatedLink) {
      self.id = id
      self.link = link
    }
  }

  private let scheduler = Scheduler.shared
  private var hub: Hub?
  private var connections: [UInt64: Connection] = [:]
  /// Broken, and the broker has not noticed: what it sends there goes nowhere.
  private var unnoticed: Set<UInt64> = []
  private var last: UInt64 = 0
  private var links: [SimulatedLink] = []
  private var newestArrival: UInt64 = 0
  private(set) var counters = Counters()
  /// Frames take this many times longer.
  var slowness: UInt64 = 1
  /// If there is one, a connection breaks as soon as a frame is on its way up it, and this is called.
  var whenBroken: (() -> Void)?

  func makeLink(for owner: Owner) -> SimulatedLink {
    let link = SimulatedLink(owner: owner, network: self)
    links.append(link)
    return link
  }

  // MARK: - The broker's side

  func setHub(_ hub: Hub?) {
    self.hub = hub
    guard hub == nil else { return }
    unnoticed = []
    for connection in connections.values.sorted(by: { $0.id < $1.id }) { breakUp(connection) }
    unnoticed = []
  }

  /// False if the connection is known to be gone.
  func send(_ frame: Frame, to id: UInt64) -> Bool {
    guard let connection = connections[id] else {
      if unnoticed.contains(id) { counters.dropped += 1 }
      return unnoticed.contains(id)
    }
    connection.down.append(Self.copied(frame))
    connection.downTime = arrival(after: connection.downTime)
    scheduler.after(connection.downTime - scheduler.now, for: connection.link.owner) { [self] in
      guard let frame = connection.down.popFirst() else { return }
      counters.frames += 1
      connection.link.hear(.frame(frame))
    }
    return true
  }

  // MARK: - The links' side

  fileprivate func send(_ frame: Frame, from link: SimulatedLink) {
    guard let connection = connections[link.connection] else {
      link.pending.append(Self.copied(frame))
      return
    }
    sendUp(Self.copied(frame), connection)
    guard let whenBroken else { return }
    self.whenBroken = nil
    breakUp(connection)
    whenBroken()
  }

  private func sendUp(_ frame: Frame, _ connection: Connection) {
    connection.up.append(frame)
    connection.upTime = arrival(after: connection.upTime)
    guard let hub else { return }
    scheduler.after(connection.upTime - scheduler.now, for: hub.owner) { [self] in
      guard let frame = connection.up.popFirst() else { return }
      counters.frames += 1
      self.hub?.take(frame, connection.id)
    }
  }

  private func arrival(after earlier: UInt64) -> UInt64 {
    let usual = UInt64.microseconds(Chance.number(30..<(Chance.oneIn(50) ? 40_000 : 2000)))
    let time = max(earlier + 1, scheduler.now + usual * slowness)
    if time < newestArrival { counters.reordered += 1 } else { newestArrival = time }
    return time
  }

  fileprivate func connect(_ link: SimulatedLink) {
    guard !link.isClosed, scheduler.isAlive(link.owner), connections[link.connection] == nil else {
      return
    }
    guard hub != nil else { return reconnect(link) }
    last += 1
    let connection = Connection(last, link)
    connections[last] = connection
    link.connection = last
    let pending = link.pending
    link.pending = []
    for frame in pending { sendUp(frame, connection) }
  }

  private func reconnect(_ link: SimulatedLink) {
    scheduler.after(.milliseconds(Chance.number(20..<500)), for: link.owner) { [self] in
      connect(link)
    }
  }

  // MARK: - Breaking

  /// Breaks one of the connections. False if there is none.
  func breakOne() -> Bool {
    let all = connections.values.sorted { $0.id < $1.id }
    guard !all.isEmpty else { return false }
    breakUp(Chance.one(of: all))
    return true
  }

  private func breakUp(_ connection: Connection) {
    connections[connection.id] = nil
    unnoticed.insert(connection.id)
    counters.breaks += 1
    counters.dropped += connection.down.count
    connection.down = []
    let link = connection.link
    let kept = connection.up.count - Chance.number(0..<connection.up.count + 1)
    counters.dropped += connection.up.count - kept
    counters.late += kept
    link.pending = Deque(connection.up.suffix(kept)) + link.pending
    connection.up = []
    notice(connection.id)
    scheduler.after(.milliseconds(Chance.number(0..<6)), for: link.owner) { [self] in
      link.hear(.lost)
      reconnect(link)
    }
  }

  /// The process behind the link is gone: what it had handed over arrives, or some of it if it was killed.
  func cut(_ link: SimulatedLink, isOrderly: Bool = false) {
    link.isClosed = true
    guard let connection = connections.removeValue(forKey: link.connection) else { return }
    if !isOrderly {
      let lost = Chance.number(0..<connection.up.count + 1)
      connection.up.removeLast(lost)
      counters.dropped += lost
    }
    unnoticed.insert(connection.id)
    counters.dropped += connection.down.count
    connection.down = []
    notice(connection.id)
  }

  fileprivate func close(_ link: SimulatedLink) { cut(link, isOrderly: true) }

  private func notice(_ id: UInt64) {
    guard let hub else { return }
    scheduler.after(.milliseconds(Chance.number(0..<8)), for: hub.owner) { [self] in
      unnoticed.remove(id)
      self.hub?.gone(id)
    }
  }

  /// As a socket would: nothing that cannot be encoded gets through.
  private static func copied(_ frame: Frame) -> Frame {
    let (head, body) = frame.encoded()
    let message = Message(head: head, body: body, parts: body == nil ? 1 : 2)
    return (try? Frame(decoding: message)) ?? frame
  }
}

/// A process's end of the simulated network.
final class SimulatedLink: Link, @unchecked Sendable {
  let owner: Owner
  var address: String { "simulated:\(owner.node)" }
  fileprivate let network: Network
  fileprivate var connection: UInt64 = 0
  /// Waits for a connection.
  fileprivate var pending = Deque<Frame>()
  fileprivate var isClosed = false
  private var handler: (@Sendable (LinkEvent) -> Void)?
  /// When the next tick is due at the latest.
  private var wakeTime = UInt64.max
  private static let tick = UInt64.milliseconds(250)

  init(owner: Owner, network: Network) {
    self.owner = owner
    self.network = network
  }

  func start(_ handler: @escaping @Sendable (LinkEvent) -> Void) async throws {
    self.handler = handler
    network.connect(self)
    tickOn()
  }

  private func tickOn() {
    Scheduler.shared.after(Self.tick, for: owner) { [self] in
      guard !isClosed else { return }
      handler?(.tick(now))
      tickOn()
    }
  }

  func send(_ frame: Frame) {
    guard !isClosed, Scheduler.shared.isAlive(owner) else { return }
    network.send(frame, from: self)
  }

  var now: UInt64 { hermetic_now() }

  func wake(at time: UInt64) {
    guard time < wakeTime else { return }
    wakeTime = time
    Scheduler.shared.after(time > now ? time - now : 0, for: owner) { [self] in
      // A later wish was overtaken by a sooner one, whose tick asks for the next by itself.
      guard now >= wakeTime else { return }
      wakeTime = .max
      handler?(.tick(now))
    }
  }

  func close() async {
    network.close(self)
    handler = nil
  }

  fileprivate func hear(_ event: LinkEvent) { if !isClosed { handler?(event) } }
}
