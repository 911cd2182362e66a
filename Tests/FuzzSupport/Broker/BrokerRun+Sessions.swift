import Messages
import SwiftProtobuf
import ZeroMQ

@testable import Broker
@testable import Bus

extension BrokerRun {
  func peer(_ step: Step) -> PeerID { step.pick(1, connections) }

  // MARK: Greetings

  /// 2: the worker's name; 3: what it offers; 4: an oddity.
  mutating func greet(_ step: Step) throws(Breach) {
    let peer = peer(step)
    var hello = Recourse_Bus_V1_Hello()
    hello.wireVersionMin = 1
    hello.wireVersionMax = 1
    hello.worker = step.pick(2, ["w0", "w1", "w0", "client"])
    hello.instance = "i\(step[1] % UInt8(Self.peers))"
    hello.stateless = step[3] & 0x80 != 0
    hello.features = [WireFeature.waitForReady]
    attempts += 1
    hello.attempt = attempts
    for (bit, name) in Names.offers.enumerated() where step[3] & (1 << bit) != 0 {
      hello.services.append(Self.offer(name))
    }
    switch step.oddity(4) {
    case 1: hello.wireVersionMin = 2
    case 2: hello.services = [Self.offer(["t.S"] + Names.many(BrokerCore.offeredMethodsLimit))]
    case 3: hello.services = [Self.offer(["t.S"] + Names.many(BrokerCore.offeredMethodsLimit + 1))]
    case 4: hello.instance = step.pick(5, Names.noInstances)
    case 5: hello.services += Names.many(200).map { Self.offer(["\($0).\(attempts)", "M"]) }
    case 6: hello.services.append(Self.offer(["", ""]))
    case 14: hello.features = ["another"]
    case 11: hello.worker = step.pick(5, Names.noWorkers)
    case 13: hello.services = Names.many(5000).map { Self.offer([$0]) }
    case 12: hello.services.append(Self.offer(["t.S", String(repeating: "m", count: 1 << 20)]))
    default: break
    }
    var frame = Frame(.hello, flags: .message, body: Bodies.encoded(hello))
    switch step.oddity(4) {
    case 7: frame = greetings[peer] ?? frame
    case 8: frame.session = session(of: peer)
    case 9: frame.body = [0xFF]
    case 10: (frame.body, frame.flags) = (nil, [])
    default: break
    }
    greetings[peer] = frame
    if let body = frame.body, let hello = try? Recourse_Bus_V1_Hello(serializedBytes: body) {
      ledger.mayReturn(hello, core)
    }
    try say(frame, from: peer)
  }

  private static func offer(_ names: [String]) -> Recourse_Bus_V1_ServiceOffer {
    var offer = Recourse_Bus_V1_ServiceOffer()
    offer.name = names[0]
    offer.methods = Array(names.dropFirst())
    offer.kinds = offer.methods.map { _ in .unary }
    return offer
  }

  /// 2 and 3: so many greet that sessions may run out.
  mutating func crowd(_ step: Step) throws(Breach) {
    let free = BrokerCore.sessionsLimit - core.sessions.count
    let count = step[2] < 0xF0 ? Int(step[2] % 8) : free + Int(step[3] % 3)
    for _ in 0..<count {
      let peer = newConnection()
      others.append(peer)
      var hello = Recourse_Bus_V1_Hello()
      hello.wireVersionMin = 1
      hello.wireVersionMax = 1
      (hello.worker, hello.instance) = ("client", "c\(peer.number)")
      try say(Frame(.hello, flags: .message, body: Bodies.encoded(hello)), from: peer)
    }
  }

  // MARK: Other frames of a session

  /// 2: the kind; 3: fields; 4: an oddity.
  mutating func saySession(_ step: Step) throws(Breach) {
    let peer = peer(step)
    let kinds: [FrameKind] = [.pong, .ping, .drain, .bye, .pong, .ping, .welcome, .refuse]
    let kind = step.pick(2, kinds)
    var fields = WireBytes()
    switch step[3] % 5 {
    case 0: fields = ledger.seats[peer]?.asked ?? []
    case 1: fields = WireBytes((ledger.seats[peer]?.sent ?? 0).bigEndianBytes)
    case 2:
      // More than it has read, by the tag of what it has.
      let tag = [UInt8](ledger.seats[peer]?.asked ?? []).suffix(8)
      fields = WireBytes((ledger.seats[peer]?.sent ?? 0).bigEndianBytes + tag)
    case 3: fields = WireBytes([UInt8](repeating: 7, count: Int(step[5])))
    default: fields = kind == .ping ? Bodies.zeros(WireLimits.fieldBytesLimit) : []
    }
    var session = session(of: peer)
    switch step.oddity(4) {
    case 1: session += 1
    case 2: session = 0
    case 3: session = self.session(of: step.pick(5, connections))
    default: break
    }
    for _ in 0..<min(step.times(6), 17) {
      try say(Frame(kind, session: session, fields: fields), from: peer)
    }
  }

  /// A frame with byte 4 (modulo 24) set to 5, cut to 6 if that is among the last 64, in 7 parts.
  mutating func sayRaw(_ step: Step) throws(Breach) {
    let peer = peer(step)
    let kind = step.pick(3, FrameKind.allCases)
    var bytes = Frame(kind, session: session(of: peer), stream: kind.isCall ? 1 : 0)
      .encoded().head.withUnsafeBytes { [UInt8]($0) }
    bytes[Int(step[4]) % bytes.count] = step[5]
    if step[6] >= 0xC0 { bytes = Array(bytes.prefix(Int(step[6] & 31))) }
    let body: Part? =
      switch step[7] % 4 {
      case 0: Part?.none
      case 1: Part(uninitialized: 0)
      case 2: Part(uninitialized: Int(step[2]))
      default: step[2] < 8 ? Self.tooLarge : nil
      }
    let parts = step[2] == 9 ? 0 : step[2] == 10 ? 3 : body == nil ? 1 : 2
    let message = ZeroMQ.Message(
      head: parts == 0 ? Part(uninitialized: 0) : bytes.withUnsafeBytes { Part(copying: $0) },
      body: body, parts: parts)
    do {
      try say(Frame(decoding: message), from: peer)
    } catch let error as WireError {
      try happen(.malformed(error, from: peer))
    } catch let breach as Breach {
      throw breach
    } catch {
      throw Breach("\(error)")
    }
  }

  private static let tooLarge = Part(uninitialized: WireLimits.bodyBytesLimit + 1)

  // MARK: Leaving

  /// 2: how.
  mutating func leave(_ step: Step) throws(Breach) {
    let peer = peer(step)
    let place = Int(step[1]) % connections.count
    switch step[2] % 4 {
    case 0:
      try happen(.unreachable(peer))
    case 1:
      // Nobody tells the broker before it sends something.
      vanished.insert(peer)
      others.append(peer)
      connections[place] = newConnection()
    default:
      try happen(.unreachable(peer))
      vanished.insert(peer)
      connections[place] = newConnection()
      if step[2] & 4 != 0 { try happen(.connectionBroke) }
    }
  }

  // MARK: Time

  /// 2: how much; 3: what the driver does then; 4: how often; 5: whether peers answer.
  mutating func passTime(_ step: Step) throws(Breach) {
    let milliseconds: [UInt64] = [
      250, 1000, 0, 5, 100, 1999, 2000, 4000, 30_000, 60_000, 3_600_000, 250, 1000, 1, 3999, 250,
    ]
    for _ in 0..<min(step.times(4), 70) {
      now += step.pick(2, milliseconds) * 1_000_000
      if step[5] & 1 != 0 { try answerPings() }
      switch step[3] % 6 {
      case 0...2:
        try happen(.tick)
        try check()
        try BrokerInvariants.checkTimes(core, now: now)
      case 3: try happen(.probe)
      case 4: try happen(.connectionBroke)
      default: break
      }
    }
  }

  private mutating func answerPings() throws(Breach) {
    for peer in ledger.seats.keys.sorted(by: { $0.number < $1.number }) {
      guard let seat = ledger.seats[peer], !vanished.contains(peer) else { continue }
      try say(Frame(.pong, session: seat.session, fields: seat.asked), from: peer)
    }
  }
}

/// Names of services and methods that peers offer and ask for.
enum Names {
  /// A service and its methods, by bit.
  static let offers = [
    ["t.S", "M", "N"], ["t.T", "M"], ["t.S", "N"], ["t.Empty"],
    ["recourse.bus.v1.EventLog", "Append", "Read"], ["recourse.bus.v1.Directory", "List"],
    ["a/b", "M"],
  ]

  static let methods = [
    "t.S/M", "t.S/N", "t.T/M", "t.S/M", "recourse.bus.v1.EventLog/Append",
    "recourse.bus.v1.EventLog/Read", "recourse.bus.v1.EventLog/ReadByKey",
    "recourse.bus.v1.Directory/List", "t.S/Missing", "t.Missing/M", "t.Empty/M", "nonsense", "",
    "a/b/M", "recourse.bus.v1.EventLog/Missing", "/",
  ]

  static let targets = [
    "", "", "", "w0", "w1", "w0/i0", "w0/i1", "broker", "w1/i2", "/", "nobody", "", "w0/", "/i0",
    "w0/i0/",
  ]

  /// What is no name of an instance, or of a worker: too long, too short, or of other letters. The sign of
  /// Kelvin is a small k in lower case.
  static let noInstances = [String(repeating: "i", count: 65), "", "i/0", "\u{212A}", "é", "I 0"]
  static let noWorkers = [String(repeating: "w", count: 65), "", "w/0", "broker", "W0", "w.0"]

  static func many(_ count: Int) -> [String] { (0..<count).map { "N\($0)" } }
}
