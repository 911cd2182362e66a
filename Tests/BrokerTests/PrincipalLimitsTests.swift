import Bus
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// What one principal alone can take of the broker.
@Suite("Limits of one principal")
struct PrincipalLimitsTests {
  private static func join(_ fixture: inout RightsFixture, _ peer: UInt64) throws -> [Frame] {
    fixture.place.say(
      try CoreFixture.hello("ask", "\(peer)", [], false, peer, WireFeature.all, RightsFixture.asks),
      from: peer)
    return fixture.place.take(peer)
  }

  @Test func `a principal has so many sessions, and others have theirs all the same`() throws {
    var fixture = try RightsFixture()
    let limit = UInt64(BrokerCore.principalSessionsLimit)
    // One of them is the fixture's.
    for peer in 101..<100 + limit {
      #expect(try Self.join(&fixture, peer).map(\.kind) == [.welcome])
    }
    #expect(try Self.join(&fixture, 900).map(\.refusal) == [.tooManySessions])
    #expect(fixture.place.refused.map(\.kind) == [.quota])
    // The same instance by another connection takes the place of itself.
    fixture.place.say(
      try CoreFixture.hello("ask", "101", [], false, 7, WireFeature.all, RightsFixture.asks),
      from: 901)
    #expect(fixture.place.take(901).map(\.kind) == [.welcome])
    #expect(fixture.place.core.sessions.count == Int(limit) + 1)
    fixture.place.say(Frame(.bye, session: fixture.ask), from: 2)
    #expect(try Self.join(&fixture, 900).map(\.kind) == [.welcome])
    fixture.place.say(
      try CoreFixture.hello(
        "answer", "next", [], false, 1, WireFeature.all, RightsFixture.answers), from: 902)
    #expect(fixture.place.take(902).map(\.kind) == [.welcome])
  }

  @Test func `what is asked for in vain is kept once a second, also when nobody is told`() throws {
    var fixture = try RightsFixture()
    var asked = RightsFixture.asks
    asked.calls.append("t.S/O")
    func greet(_ peer: UInt64, _ attempt: UInt64) throws {
      fixture.place.say(
        try CoreFixture.hello("ask", "next", [], false, attempt, WireFeature.all, asked),
        from: peer)
    }
    for attempt in 1...5 as ClosedRange<UInt64> { try greet(3, attempt) }
    #expect(fixture.place.refused.count == 5)
    #expect(fixture.place.askedForMore == ["ask"])
    fixture.place.now += BrokerCore.askedInterval
    try greet(3, 6)
    #expect(fixture.place.askedForMore == ["ask", "ask"])
    // Until it is not told any more.
    while !fixture.place.take(3).isEmpty { try greet(3, 7) }
    fixture.place.now += BrokerCore.askedInterval
    try greet(3, 8)
    #expect(fixture.place.take(3).isEmpty)
    #expect(fixture.place.askedForMore == ["ask", "ask", "ask"])
    try greet(4, 9)
    #expect(fixture.place.askedForMore == ["ask", "ask", "ask"])
  }

  @Test func `why not is told in so many words, whatever was asked for`() throws {
    // The longest name of a method that counts.
    let long = "t.S/" + String(repeating: "M", count: NamePatterns.nameBytesLimit - 4)
    let rights = Rights(["ask": RightsFixture.asks])
    let manifests = [
      (Recourse_Bus_V1_Manifest.with { $0.calls = [long] }, [String]()),
      (RightsFixture.asks, [long + "\u{1B}[2J"]),
    ]
    for (manifest, services) in manifests {
      guard case .denied(let why) = rights.admit("ask", manifest, serving: services) else {
        Issue.record("it was let in")
        continue
      }
      #expect(why.unicodeScalars.count <= Refused.detailScalarsLimit)
      #expect(why == Refused.fitting(why))
    }
    let name = String(repeating: "a", count: 64)
    guard case .denied(let why) = Rights([name: .init()]).admit(name, manifests[0].0, serving: [])
    else {
      Issue.record("it was let in")
      return
    }
    #expect(why == Refused.fitting(why))
    #expect(why.hasSuffix("recourse rights approve \(name) allows it"))
  }
}
