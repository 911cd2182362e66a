import Bus
import GRPCCore
import Testing

@testable import Broker

/// Peers that say anything at any time: the broker falls over nothing, keeps its bounds, and every
/// call that was opened hears its last word once.
@Suite("Anything at any time")
struct RandomFramesTests {
  private struct CallName: Hashable {
    let session: UInt64
    let stream: UInt64
  }

  private static let peers: ClosedRange<UInt64> = 1...6
  private static let methods = [
    "t.S/M", "t.S/N", "t.T/M", "recourse.bus.v1.Directory/List", "recourse.bus.v1.EventLog/Append",
    "recourse.bus.v1.EventLog/Read", "nonsense",
  ]

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `every call gets one STATUS, unless its caller has cancelled it or is gone`(
    _ seed: UInt64
  ) throws {
    var random = Seeded(seed)
    var place = CoreFixture()
    var sessions: [UInt64: UInt64] = [:]
    var opened: Set<CallName> = []
    var answers: [CallName: Int] = [:]
    var cancelled: Set<CallName> = []
    var sequences: [CallName: UInt32] = [:]

    for step in 0..<3000 {
      let peer = UInt64.random(in: Self.peers, using: &random)
      switch Int.random(in: 0..<40, using: &random) {
      case 0:
        let serves = Bool.random(using: &random) ? ["t.S/M/N", "t.T/M"] : []
        place.say(
          try CoreFixture.hello(
            "w\(peer % 3)", "i\(peer)", serves, Bool.random(using: &random), UInt64(step)),
          from: peer)
      case 1: place.say(Frame(.bye, session: sessions[peer] ?? 0), from: peer)
      case 2: place.handle(.unreachable(CoreFixture.peer(peer)))
      case 3: place.handle(.connectionBroke)
      case 4: place.handle(.malformed(.notAFrame, from: CoreFixture.peer(peer)))
      case 5:
        place.now += 100_000_000
        place.handle(.tick)
      case 6...15:
        let session = sessions[peer] ?? 3
        let stream = UInt64.random(in: 0...9, using: &random) * 2 + 1
        let call = CallName(session: session, stream: stream)
        let isOpen = place.core.sessions[session]?.calling[stream] != nil
        var open = CoreFixture.open(
          Self.methods[Int.random(in: 0..<Self.methods.count, using: &random)], session: session,
          stream: stream, target: Bool.random(using: &random) ? "" : "w1")
        if Int.random(in: 0..<8, using: &random) == 0 { open.fields = [1] }
        place.say(open, from: peer)
        if place.core.sessions[session] != nil, !isOpen {
          // A name that is used again is a new call.
          opened.insert(call)
          answers[call] = 0
          cancelled.remove(call)
          sequences[call] = 1
        }
      default:
        let session = sessions[peer] ?? 3
        let stream = UInt64.random(in: 1...20, using: &random)
        let call = CallName(session: session, stream: stream)
        let kinds: [FrameKind] = [.data, .end, .status, .cancel, .credit, .pong, .drain]
        let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
        let isRight = Int.random(in: 0..<8, using: &random) > 0
        let sequence = isRight ? sequences[call] ?? 0 : 1000
        let wasOpen = place.core.sessions[session]?.calling[stream] != nil
        place.say(Self.frame(kind, session, stream, sequence, &random), from: peer)
        sequences[call] = sequence &+ 1
        if kind == .cancel, wasOpen, place.core.sessions[session]?.calling[stream] == nil {
          cancelled.insert(call)
        }
      }
      for request in place.takeAsked() {
        // The storage answers some of what it is asked, well or badly.
        guard Bool.random(using: &random) else { continue }
        switch request {
        case .append(let call, _):
          place.handle(.log(.appended(call: call, .failure(.storage("x")))))
        case .read(let call, let query):
          let page = LogPage(events: [], scanned: query.after + 1)
          place.handle(.log(.read(call: call, .success(page))))
        case .snapshot, .copy, .discard: break
        }
      }
      for peer in Self.peers {
        for frame in place.take(peer) {
          if frame.kind == .welcome { sessions[peer] = frame.session }
          if frame.kind == .status {
            answers[CallName(session: frame.session, stream: frame.stream), default: 0] += 1
          }
        }
      }
      try Self.checkBounds(place.core)
    }

    for call in opened {
      let isOpen = place.core.sessions[call.session]?.calling[call.stream] != nil
      let isGone = place.core.sessions[call.session] == nil
      let heard = answers[call] ?? 0
      let isWell =
        if isOpen { heard == 0 } else if isGone { heard <= 1 } else {
          heard == 1 || heard == 0 && cancelled.contains(call)
        }
      if !isWell { Issue.record("\(call) heard \(heard) times, open \(isOpen), gone \(isGone)") }
    }
    for peer in Self.peers { place.handle(.unreachable(CoreFixture.peer(peer))) }
    #expect(place.core.sessions.isEmpty)
    #expect(place.core.sessionOfPeer.isEmpty)
    #expect(place.core.calls.isEmpty)
  }

  @Test func `names of services that come and go are remembered up to a limit`() throws {
    var place = CoreFixture()
    for attempt in 1...60 as ClosedRange<UInt64> {
      try place.join(
        1, "w", serving: (0..<100).map { "t.S\(attempt)x\($0)/M" }, attempt: attempt)
    }
    #expect(place.core.methods.servicesSeen.count == MethodIndex.servicesSeenLimit)
  }

  private static func frame(
    _ kind: FrameKind, _ session: UInt64, _ stream: UInt64, _ sequence: UInt32,
    _ random: inout Seeded
  ) -> Frame {
    guard kind.isCall else { return Frame(kind, session: session) }
    let isWhole = Bool.random(using: &random)
    var fields = WireBytes()
    if isWhole, kind == .status {
      fields = StatusFields(status: Status(code: .ok, message: "")).encoded()
    } else if isWhole, kind == .credit {
      fields = [0, 0, 0, 1, 0, 0, 0, 1]
    }
    let body: WireBytes? = kind == .data && isWhole ? [1, 2] : nil
    return Frame(
      kind, flags: body == nil ? [] : .message, session: session, stream: stream,
      sequence: sequence, fields: fields, body: body)
  }

  /// Each table agrees with the others, and nothing is left behind in any.
  private static func checkBounds(_ core: BrokerCore) throws {
    try #require(core.sessions.count == core.sessionOfPeer.count)
    let sessions = core.sessions.numbers.compactMap { core.sessions[$0] }
    let calling = sessions.reduce(0) { $0 + $1.calling.count }
    let answering = sessions.reduce(0) { $0 + $1.answering.count }
    try #require(calling == core.calls.count)
    try #require(answering <= core.calls.count)
    for worker in Set(sessions.map(\.worker)) {
      let active = sessions.filter {
        $0.worker == worker && $0.serves && !$0.isStateless && !$0.isStandby
      }
      try #require(active.count <= 1)
    }
  }
}
