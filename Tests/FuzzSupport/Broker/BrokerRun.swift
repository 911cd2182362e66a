import Messages

@testable import Broker
@testable import Bus

/// A broker's core, peers around it that do what an input says, and a ledger that checks what they hear.
///
/// An input is one byte of settings and then steps (``Step``). Actions are carried out as the broker's
/// engine does.
struct BrokerRun {
  /// Peers that an input can name.
  static let peers = 6
  /// Events in one run: an input that asks for more ends there.
  private static let eventsLimit = 3000
  static let heartbeat: UInt64 = 2_000_000_000

  var core: BrokerCore
  var ledger = Ledger(heartbeat: Self.heartbeat)
  var now: UInt64 = 1_000_000_000
  /// Who is connected under each number, and everybody else who ever was.
  var connections: [PeerID] = (0..<UInt64(Self.peers)).map { PeerID($0) }
  var others: [PeerID] = []
  private var lastConnection: UInt64 = 100
  /// Connections that are gone; nobody has told the broker.
  var vanished: Set<PeerID> = []
  /// The last HELLO of each.
  var greetings: [PeerID: Frame] = [:]
  var attempts: UInt64 = 0
  /// What the log was asked and has not answered, and its newest position.
  var appends: [UInt64] = []
  var reads: [(call: UInt64, query: LogQuery)] = []
  var storedHead: UInt64
  /// Snapshots and copies that it was asked for and has not made.
  var backups: [(call: UInt64, copies: Bool)] = []
  private var events = 0
  private let tell: ((String) -> Void)?

  private init(_ settings: UInt8, _ tell: ((String) -> Void)?) {
    self.tell = tell
    storedHead = settings & 4 == 0 ? 0 : 5
    core = BrokerCore(
      BrokerCore.Settings(
        heartbeat: Self.heartbeat, start: settings & 8 == 0 ? 7 : .max, logHead: storedHead))
  }

  static func run(_ bytes: [UInt8], _ tell: ((String) -> Void)? = nil) throws(Breach) {
    var input = Input(bytes)
    let settings = input.byte()
    var run = BrokerRun(settings, tell)
    var number = 0
    while !input.isAtEnd, run.events < eventsLimit {
      let step = Step(&input)
      do {
        try run.take(step)
        try run.check()
      } catch {
        throw Breach("step \(number), \(step.kind) \(step.bytes): \(error)")
      }
      number += 1
    }
    do { try run.close(settings & 3) } catch { throw Breach("at the end: \(error)") }
  }

  private mutating func take(_ step: Step) throws(Breach) {
    switch step.kind {
    case .greet: try greet(step)
    case .open: try open(step)
    case .speak: try speak(step)
    case .session: try saySession(step)
    case .raw: try sayRaw(step)
    case .leave: try leave(step)
    case .time: try passTime(step)
    case .log: try answerLog(step)
    case .brim: try fillToTheBrim(step)
    case .crowd: try crowd(step)
    }
  }

  // MARK: Events

  mutating func happen(_ event: BrokerCore.Event) throws(Breach) {
    events += 1
    tell?(Telling.of(event, at: now))
    ledger.note(event, now: now)
    core.handle(event, now: now)
    while let action = core.nextAction() {
      tell?(Telling.of(action))
      switch action {
      case .send(_, let peer) where vanished.contains(peer):
        ledger.gone(peer)
        core.handle(.unreachable(peer), now: now)
      case .send(let frame, let peer): try ledger.deliver(frame, to: peer, core)
      case .log(.append(let call, _)): appends.append(call)
      case .log(.read(let call, let query)): reads.append((call, query))
      case .logCallOver, .refused, .askedForMore: break
      case .log(.snapshot(let call)): backups.append((call, false))
      case .log(.copy(let call, _)): backups.append((call, true))
      case .log(.discard(let call)): backups.removeAll { $0.call == call }
      }
    }
  }

  mutating func say(_ frame: Frame, from peer: PeerID) throws(Breach) {
    try happen(.frame(frame, from: peer))
  }

  /// Nothing is left to be done: the tables agree, with one another and with what was heard.
  mutating func check() throws(Breach) {
    try ledger.settle(core, now: now)
    try BrokerInvariants.check(core)
  }

  /// The session that a peer was told of last, or one that never was.
  func session(of peer: PeerID) -> UInt64 { ledger.seats[peer]?.session ?? 3 }

  /// A connection that there has not been.
  mutating func newConnection() -> PeerID {
    lastConnection += 1
    return PeerID(lastConnection)
  }

  // MARK: The end

  /// Everybody goes; then nothing is left.
  private mutating func close(_ way: UInt8) throws(Breach) {
    if way == 0 {
      for _ in 0..<2 {
        now += 2 * Self.heartbeat
        try happen(.tick)
      }
    } else {
      for peer in Set(ledger.seats.keys).union(connections).sorted(by: { $0.number < $1.number }) {
        if way == 1 { try say(Frame(.bye, session: session(of: peer)), from: peer) }
        try happen(.unreachable(peer))
      }
    }
    try check()
    now += BrokerCore.probeWindow
    try happen(.probe)
    while !appends.isEmpty || !reads.isEmpty { try answerLog(Step(.log, appends.isEmpty ? 1 : 0)) }
    try check()
    try BrokerInvariants.checkEmpty(core)
  }
}
