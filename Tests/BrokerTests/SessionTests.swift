import Bus
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

@Suite("Sessions at the broker")
struct SessionTests {
  @Test func `WELCOME says session, heartbeat, log head and the attempt that it answers`() throws {
    var place = CoreFixture(logHead: 5)
    place.say(try CoreFixture.hello("w", "i", [], false, 77), from: 1)
    let frame = try #require(place.take(1).first)
    let welcome = try Recourse_Bus_V1_Welcome(serializedBytes: frame.body ?? [])
    #expect(frame.kind == .welcome)
    #expect(frame.session == 7 << 42 | 1 << 10)
    #expect(welcome.attempt == 77)
    #expect(welcome.heartbeatMilliseconds == 2000)
    #expect(welcome.logHead == 5)
    #expect(welcome.wireVersion == 1)
  }

  @Test func `the same HELLO again keeps the session and its calls`() throws {
    var place = CoreFixture()
    try place.join(1, "w", serving: ["t.S/M"])
    let first = try place.join(9, attempt: 4)
    place.say(CoreFixture.open("t.S/M", session: first, stream: 1), from: 9)
    #expect(try place.join(9, attempt: 4) == first)
    #expect(place.core.calls.count == 1)
  }

  @Test func `a HELLO of another attempt ends the session and begins a new one`() throws {
    var place = CoreFixture()
    try place.join(1, "w", serving: ["t.S/M"])
    let first = try place.join(9, attempt: 4)
    place.say(CoreFixture.open("t.S/M", session: first, stream: 1), from: 9)
    let second = try place.join(9, attempt: 5)
    #expect(second != first)
    #expect(place.core.sessions.count == 2)
    #expect(place.take(1).map(\.kind) == [.open, .cancel])
    #expect(place.core.calls.isEmpty)
  }

  @Test func `an instance that comes back by another connection takes the place of its ghost`()
    throws
  {
    var place = CoreFixture()
    let ghost = try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1), from: 9)
    let back = try place.join(2, "w", instance: "a", serving: ["t.S/M"], attempt: 2)
    #expect(place.core.sessions[ghost] == nil)
    #expect(place.core.sessions[back]?.isStandby == false)
    #expect(place.take(9).map(\.delivered) == ["unknown"])
    place.say(CoreFixture.open("t.S/M", session: client, stream: 3), from: 9)
    #expect(place.take(2).map(\.kind) == [.open])
    place.say(Frame(.pong, session: ghost), from: 1)
    #expect(place.take(1).last?.refusal == .unknownSession)
  }

  @Test func `a HELLO that is refused ends nobody's session, and names alone are no ghost`() throws
  {
    var place = CoreFixture()
    let first = try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    let methods = (0...BrokerCore.offeredMethodsLimit).map { "M\($0)" }.joined(separator: "/")
    place.say(try CoreFixture.hello("w", "a", ["t.S/\(methods)"]), from: 2)
    try place.join(3, "w", instance: "b", serving: ["t.S/M"])
    try place.join(4, "v", instance: "a", serving: ["t.S/M"])
    #expect(place.core.sessions[first]?.isStandby == false)
    #expect(place.core.sessions.count == 3)
  }

  @Test func `an instance comes back though all sessions are taken`() throws {
    var place = CoreFixture()
    for peer in 1...UInt64(BrokerCore.sessionsLimit) { try place.join(peer) }
    #expect(try place.join(5000, instance: "7") != 0)
    #expect(place.core.sessions.count == BrokerCore.sessionsLimit)
  }

  @Test(arguments: [(2, 3), (0, 0)] as [(UInt32, UInt32)])
  func `a HELLO without a common version is refused`(_ lowest: UInt32, _ highest: UInt32) throws {
    var place = CoreFixture()
    var hello = Recourse_Bus_V1_Hello()
    hello.wireVersionMin = lowest
    hello.wireVersionMax = highest
    place.say(Frame(.hello, flags: .message, body: try hello.serializedBytes()), from: 1)
    let answers = place.take(1)
    #expect(answers.map(\.refusal) == [.wireVersion])
    #expect(answers.map(\.session) == [0])
    #expect(place.core.sessions.isEmpty)
  }

  @Test func `a HELLO whose body is no Hello is refused`() {
    var place = CoreFixture()
    place.say(Frame(.hello, flags: .message, body: [0xFF]), from: 1)
    #expect(place.take(1).map(\.refusal) == [.malformed])
  }

  @Test(
    arguments: [
      ("", "i"), ("broker", "i"), ("Intake", "i"), ("a/b", "i"), ("w", ""), ("w", "a/b"),
      (String(repeating: "w", count: 65), "i"),
    ])
  func `a name that could not stand in a target is refused`(_ worker: String, _ instance: String)
    throws
  {
    var place = CoreFixture()
    #expect(try place.join(1, worker, instance: instance) == 0)
    #expect(place.core.sessions.isEmpty)
  }

  @Test func `a peer that offers more methods than the limit is refused`() throws {
    var place = CoreFixture()
    let methods = (0...BrokerCore.offeredMethodsLimit).map { "M\($0)" }.joined(separator: "/")
    place.say(try CoreFixture.hello("w", "i", ["t.S/\(methods)"]), from: 1)
    #expect(place.take(1).map(\.refusal) == [.malformed])
  }

  @Test(arguments: FrameKind.allCases.filter { ![.hello, .bye, .refuse].contains($0) })
  func `a frame of an unknown session is refused by the session that it names`(
    _ kind: FrameKind
  ) {
    var place = CoreFixture()
    place.say(Frame(kind, session: 66, stream: kind.isCall ? 1 : 0), from: 1)
    let answers = place.take(1)
    #expect(answers.map(\.refusal) == [.unknownSession])
    #expect(answers.map(\.session) == [66])
  }

  @Test(arguments: [FrameKind.bye, .refuse])
  func `last words of an unknown session need no answer`(_ kind: FrameKind) {
    var place = CoreFixture()
    place.say(Frame(kind, session: 66), from: 1)
    #expect(place.take(1).isEmpty)
  }

  @Test func `another peer's session is an unknown one`() throws {
    var place = CoreFixture()
    let session = try place.join(1)
    try place.join(2)
    place.say(Frame(.bye, session: session), from: 2)
    place.say(Frame(.drain, session: session), from: 2)
    #expect(place.take(2).map(\.refusal) == [.unknownSession])
    #expect(place.core.sessions[session]?.isDraining == false)
  }

  @Test func `one session more than the limit is refused, and a place that gets free is given`()
    throws
  {
    var place = CoreFixture()
    var sessions: [UInt64] = []
    for peer in 1...UInt64(BrokerCore.sessionsLimit) { sessions.append(try place.join(peer)) }
    place.say(try CoreFixture.hello("client"), from: 5000)
    #expect(place.take(5000).map(\.refusal) == [.tooManySessions])
    place.say(Frame(.bye, session: sessions[3]), from: 4)
    #expect(try place.join(5000) != 0)
  }

  @Test(arguments: [
    (WireError.notAFrame, Recourse_Bus_V1_Refuse.Code.malformed),
    (.version(2), .wireVersion),
    (.tooLarge(part: "fields", bytes: 2, limit: 1), .tooLarge),
  ])
  func `who sends what is no frame loses the session`(
    _ error: WireError, _ code: Recourse_Bus_V1_Refuse.Code
  ) throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1), from: 9)
    place.handle(.malformed(error, from: CoreFixture.peer(1)))
    let refused = place.take(1).last
    #expect(refused?.refusal == code)
    #expect(refused?.session == worker)
    #expect(place.take(9).map(\.code) == [.unavailable])
    place.handle(.malformed(error, from: CoreFixture.peer(77)))
    #expect(place.take(77).map(\.session) == [0])
  }

  // MARK: Heartbeats

  @Test func `a silent peer is asked each half heartbeat and given up after two`() throws {
    var place = CoreFixture()
    let session = try place.join(1)
    let start = place.now
    var pings: [UInt64] = []
    for quarter in 1...8 as ClosedRange<UInt64> {
      place.now = start + quarter * CoreFixture.heartbeat / 4
      place.handle(.tick)
      if place.take(1).map(\.kind) == [.ping] { pings.append(quarter) }
      #expect((place.core.sessions[session] != nil) == (quarter < 8))
    }
    #expect(pings == [2, 4, 6])
  }

  @Test func `two heartbeats of silence less a nanosecond do not end a session`() throws {
    var place = CoreFixture()
    let session = try place.join(1)
    place.now += 2 * CoreFixture.heartbeat - 1
    place.handle(.tick)
    #expect(place.core.sessions[session] != nil)
  }

  @Test(arguments: [FrameKind.pong, .ping])
  func `a peer that is heard stays`(_ kind: FrameKind) throws {
    var place = CoreFixture()
    let session = try place.join(1)
    for _ in 0..<10 {
      place.now += CoreFixture.heartbeat
      place.say(Frame(kind, session: session), from: 1)
      place.handle(.tick)
    }
    #expect(place.core.sessions[session] != nil)
  }

  @Test func `a peer that is heard all the time still hears the broker each half heartbeat`() throws
  {
    var place = CoreFixture()
    let session = try place.join(1)
    for _ in 0..<8 {
      place.now += CoreFixture.heartbeat / 4
      place.say(Frame(.pong, session: session), from: 1)
      place.handle(.tick)
    }
    #expect(place.take(1).map(\.kind) == [.ping, .ping, .ping, .ping])
  }

  @Test func `PING comes back as PONG with its fields`() throws {
    var place = CoreFixture()
    let session = try place.join(1)
    place.say(Frame(.ping, session: session, fields: [1, 2]), from: 1)
    #expect(place.take(1) == [Frame(.pong, session: session, fields: [1, 2])])
  }

  @Test func `a connection that broke has everybody asked at once, and who is gone is forgotten`()
    throws
  {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1), from: 9)
    _ = place.take(1)
    place.handle(.connectionBroke)
    #expect(place.take(1).map(\.kind) == [.ping])
    #expect(place.take(9).map(\.kind) == [.ping])
    place.handle(.unreachable(CoreFixture.peer(1)))
    #expect(place.core.sessions[worker] == nil)
    #expect(place.take(9).map(\.code) == [.unavailable])
  }
}
