import Bus
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

@Suite("Who answers a call")
struct RoutingTests {
  private static let method = "t.S/M"

  @Test func `an OPEN goes to whoever serves it, on an even stream of the callee's session`() throws
  {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(2)
    place.say(CoreFixture.open(Self.method, session: client, stream: 5), from: 2)
    let open = try #require(place.take(1).first)
    #expect(open.kind == .open)
    #expect(open.session == worker)
    #expect(open.stream == 2)
    #expect(open.body == [1])
    place.say(CoreFixture.status(.ok, session: worker, stream: 2), from: 1)
    let status = try #require(place.take(2).first)
    #expect(status.session == client)
    #expect(status.stream == 5)
    #expect(status.code == .ok)
    #expect(place.core.calls.isEmpty)
  }

  @Test func `instances without a slice share calls, the least busy first`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    var workers: [UInt64: UInt64] = [:]
    for peer in 1...3 as ClosedRange<UInt64> {
      workers[peer] = try place.join(
        peer, "w", instance: "\(peer)", serving: ["t.S/M"], stateless: true)
    }
    for stream in [1, 3, 5, 7] as [UInt64] {
      place.say(CoreFixture.open(Self.method, session: client, stream: stream), from: 9)
    }
    #expect((1...3).map { place.take($0).count } == [2, 1, 1])
    // The second is done with its call and so the least busy.
    let second = try #require(workers[2])
    place.say(CoreFixture.status(.ok, session: second, stream: 2), from: 2)
    place.say(CoreFixture.open(Self.method, session: client, stream: 9), from: 9)
    #expect((1...3).map { place.take($0).count } == [0, 1, 0])
  }

  @Test func `a worker with a slice has one active instance, and the next takes its place`() throws
  {
    var place = CoreFixture()
    let active = try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    try place.join(2, "w", instance: "b", serving: ["t.S/M"])
    let client = try place.join(9)
    for stream in [1, 3] as [UInt64] {
      place.say(CoreFixture.open(Self.method, session: client, stream: stream), from: 9)
    }
    #expect(place.take(1).count == 2)
    #expect(place.take(2).isEmpty)
    place.say(Frame(.bye, session: active), from: 1)
    place.say(CoreFixture.open(Self.method, session: client, stream: 5), from: 9)
    #expect(place.take(2).map(\.kind) == [.open])
  }

  @Test func `a standby answers who asks for that very instance`() throws {
    var place = CoreFixture()
    try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    try place.join(2, "w", instance: "b", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(
      CoreFixture.open(Self.method, session: client, stream: 1, target: "w/b"), from: 9)
    #expect(place.take(2).map(\.kind) == [.open])
    place.say(CoreFixture.open(Self.method, session: client, stream: 3, target: "w"), from: 9)
    #expect(place.take(1).map(\.kind) == [.open])
  }

  @Test func `who drains gets no new calls and finishes the old`() throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open(Self.method, session: client, stream: 1), from: 9)
    place.say(Frame(.drain, session: worker), from: 1)
    place.say(CoreFixture.open(Self.method, session: client, stream: 3), from: 9)
    let refused = place.take(9)
    #expect(refused.map(\.code) == [.unavailable])
    #expect(refused.map(\.delivered) == ["no"])
    place.say(CoreFixture.status(.ok, session: worker, stream: 2), from: 1)
    #expect(place.take(9).map(\.code) == [.ok])
  }

  @Test(
    arguments: [
      ("t.S/M", "other", Status.Code.unavailable, "no"),
      ("t.S/M", "w/other", .unavailable, "no"),
      ("t.S/N", "", .unimplemented, nil),
      ("t.T/M", "", .unimplemented, nil),
      ("t.S", "", .unimplemented, nil),
      ("t.S/M/M", "", .unimplemented, nil),
      ("recourse.bus.v1.EventLog/Nothing", "", .unimplemented, nil),
    ] as [(String, String, Status.Code, String?)])
  func `a call that nobody can answer is answered by the broker`(
    _ method: String, _ target: String, _ code: Status.Code, _ delivered: String?
  ) throws {
    var place = CoreFixture()
    try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open(method, session: client, stream: 1, target: target), from: 9)
    let answers = place.take(9)
    #expect(answers.map(\.code) == [code])
    #expect(answers.map(\.delivered) == [delivered])
    #expect(place.core.calls.isEmpty)
  }

  @Test(arguments: ["/", "/x", "w/", "w/a/", "w/a/b", "w//a", "W", "w/ä", " w"])
  func `a target that nobody can have as a name is malformed`(_ target: String) throws {
    var place = CoreFixture()
    try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    let client = try place.join(9)
    var open = CoreFixture.open(Self.method, session: client, stream: 1, target: target)
    open.flags.insert(.wait)
    place.say(open, from: 9)
    #expect(place.take(9).map(\.code) == [.internalError])
    #expect(place.take(1).isEmpty)
    #expect(place.core.calls.isEmpty)
  }

  @Test func `nobody takes over what the broker answers by offering it`() throws {
    var place = CoreFixture()
    try place.join(1, "w", serving: ["recourse.bus.v1.Directory/List", "t.S/M"])
    let client = try place.join(9)
    place.say(
      CoreFixture.open("recourse.bus.v1.Directory/List", session: client, stream: 1), from: 9)
    #expect(place.take(1).isEmpty)
    #expect(place.take(9).map(\.code) == [.ok])
  }

  @Test func `a service whose last worker has gone is unavailable, not unimplemented`() throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(Frame(.bye, session: worker), from: 1)
    place.say(CoreFixture.open(Self.method, session: client, stream: 1), from: 9)
    #expect(place.take(9).map(\.code) == [.unavailable])
  }

  @Test func `a method that only some instances have goes to those`() throws {
    var place = CoreFixture()
    try place.join(1, "w", instance: "old", serving: ["t.S/M"], stateless: true)
    try place.join(2, "w", instance: "new", serving: ["t.S/M/N"], stateless: true)
    let client = try place.join(9)
    for stream in [1, 3] as [UInt64] {
      place.say(CoreFixture.open("t.S/N", session: client, stream: stream), from: 9)
    }
    #expect(place.take(1).isEmpty)
    #expect(place.take(2).map(\.kind) == [.open, .open])
  }

  @Test func `one call more than a session may have open is refused, at the caller's end`() throws {
    var place = CoreFixture()
    try place.join(1, "w", instance: "a", serving: ["t.S/M"], stateless: true)
    try place.join(2, "w", instance: "b", serving: ["t.S/M"], stateless: true)
    let client = try place.join(9)
    for number in 0...UInt64(WireLimits.openCallsLimit) {
      place.say(CoreFixture.open(Self.method, session: client, stream: 2 * number + 1), from: 9)
    }
    #expect(place.take(9).map(\.code) == [.resourceExhausted])
    #expect(place.core.calls.count == WireLimits.openCallsLimit)
  }

  @Test func `one call more than a session may have open is refused, at the callee's end`() throws {
    var place = CoreFixture()
    try place.join(1, "w", serving: ["t.S/M"])
    let clients = try [8, 9].map { ($0, try place.join($0)) } as [(UInt64, UInt64)]
    for number in 0..<UInt64(WireLimits.openCallsLimit) {
      let (peer, client) = clients[Int(number % 2)]
      place.say(CoreFixture.open(Self.method, session: client, stream: number | 1), from: peer)
    }
    #expect(place.take(8).isEmpty && place.take(9).isEmpty)
    let (peer, client) = clients[0]
    place.say(CoreFixture.open(Self.method, session: client, stream: 9999), from: peer)
    #expect(place.take(8).map(\.code) == [.resourceExhausted])
  }

  @Test func `the directory says who is connected and how far the log is`() throws {
    var place = CoreFixture(logHead: 12)
    try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    try place.join(2, "w", instance: "b", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open(Self.method, session: client, stream: 1), from: 9)
    place.say(
      CoreFixture.open("recourse.bus.v1.Directory/List", session: client, stream: 3, message: []),
      from: 9)
    let answer = try #require(place.take(9).first)
    #expect(answer.code == .ok)
    let list = try Recourse_Bus_V1_DirectoryResponse(serializedBytes: answer.body ?? [])
    #expect(list.logHead == 12)
    #expect(list.brokerProcessID == 99)
    #expect(list.sessions.map(\.worker) == ["w", "w", "client"])
    #expect(list.sessions.map(\.standby) == [false, true, false])
    #expect(list.sessions.map(\.openCalls) == [1, 0, 0])
    #expect(list.sessions.map(\.services) == [["t.S"], ["t.S"], []])
  }
}
