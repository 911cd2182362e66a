import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// An operator changes what is approved while everything runs.
@Suite("Approvals that change")
struct ApprovalTests {
  private static let log = "recourse.bus.v1.EventLog"

  @Test func `a call that is not allowed any more ends, and others go on`() throws {
    var fixture = try RightsFixture()
    #expect(try fixture.call("t.S/M").isEmpty)
    #expect(try fixture.call("t.S/N").isEmpty)
    _ = fixture.place.take(1)
    var less = RightsFixture.asks
    less.calls.removeAll { $0 == "t.S/M" }
    fixture.approve(less)
    let heard = fixture.place.take(2)
    #expect(heard.map(\.stream) == [1])
    #expect(heard.ending?.code == .permissionDenied)
    #expect(fixture.place.take(1).map(\.kind) == [.cancel])
    #expect(fixture.place.core.calls.count == 1)
    #expect(fixture.place.refused.map(\.kind) == [.call])

    let again = try fixture.call("t.S/M")
    #expect(again.ending?.code == .permissionDenied)
    #expect(again.ending?.message.contains("not approved; recourse rights approve ask") == true)
    #expect(try fixture.call("t.S/N").isEmpty)
  }

  /// A star is asked for: what of it is approved when the call begins, and what then.
  @Test(arguments: [
    (["t.S/*"], ["t.S/M"]), (["t.S/*"], ["t.S/M", "t.S/N"]), (["t.S/M", "t.S/N"], ["t.S/M"]),
    (["t.S/M"], ["t.S/*"]),
  ])
  func `an open call that stays allowed goes on when what was approved is narrowed around it`(
    _ before: [String], _ after: [String]
  ) throws {
    var fixture = try RightsFixture(asked: .with { $0.calls = ["t.S/*"] })
    fixture.approve(.with { $0.calls = before })
    #expect(try fixture.call("t.S/M").isEmpty)
    fixture.approve(.with { $0.calls = after })
    #expect(fixture.place.take(2).isEmpty)
    #expect(fixture.place.core.calls.count == 1)
    fixture.approve(.with { $0.calls = ["t.S/N"] })
    #expect(fixture.place.take(2).ending?.code == .permissionDenied)
    #expect(fixture.place.core.calls.count == 0)
  }

  @Test func `what is approved again is allowed again, in the same session`() throws {
    var fixture = try RightsFixture()
    var less = RightsFixture.asks
    less.calls.removeAll { $0 == "t.S/M" }
    fixture.approve(less)
    fixture.approve(RightsFixture.asks)
    #expect(try fixture.call("t.S/M").isEmpty)
    #expect(fixture.place.take(1).map(\.kind) == [.open])
  }

  @Test func `a reader of events that are not approved any more hears no more of them`() throws {
    var fixture = try RightsFixture()
    let request = LogClient.request(types: ["t.Happened", "t.Other"], follow: true)
    #expect(try fixture.call("\(Self.log)/Read", request).isEmpty)
    #expect(
      try fixture.call("\(Self.log)/Read", LogClient.request(types: ["t.Happened"], follow: true))
        .isEmpty)
    var less = RightsFixture.asks
    less.subscribes = ["t.Happened"]
    fixture.approve(less)
    let heard = fixture.place.take(2)
    #expect(heard.map(\.stream) == [1])
    #expect(heard.ending?.code == .permissionDenied)
    #expect(fixture.place.core.calls.count == 1)
  }

  @Test func `a producer is stopped at its next batch`() throws {
    var fixture = try RightsFixture()
    let stream = fixture.next()
    fixture.place.say(
      CoreFixture.open("\(Self.log)/Append", session: fixture.ask, stream: stream, message: nil),
      from: 2)
    var less = RightsFixture.asks
    less.publishes = []
    fixture.approve(less)
    #expect(fixture.place.take(2).isEmpty)
    fixture.place.say(
      Frame(
        .data, flags: .message, session: fixture.ask, stream: stream, sequence: 1,
        body: try Batch.of([1], worker: "ask").serializedBytes()), from: 2)
    #expect(fixture.place.take(2).ending?.code == .permissionDenied)
  }

  @Test func `who is not approved any more loses the session, and greets in vain`() throws {
    var fixture = try RightsFixture()
    #expect(try fixture.call("t.S/M").isEmpty)
    fixture.approve(nil)
    #expect(fixture.place.take(2).map(\.refusal) == [.notApproved])
    #expect(fixture.place.take(1).map(\.kind) == [.open, .cancel])
    #expect(fixture.place.core.sessions.count == 1)
    let back = try fixture.place.join(2, "ask", attempt: 2, asking: RightsFixture.asks)
    #expect(back == 0)
  }

  @Test func `a worker whose service is not approved any more serves no more`() throws {
    var fixture = try RightsFixture()
    fixture.place.handle(.approvals(["ask": RightsFixture.asks, "answer": .init()]))
    #expect(fixture.place.take(1).map(\.refusal) == [.notApproved])
    #expect(try fixture.call("t.S/M").ending?.code == .unavailable)
  }

  @Test func `a service that was asked for whole can be approved in part`() throws {
    let asked = Recourse_Bus_V1_Manifest.with { $0.calls = ["t.S/*"] }
    var fixture = try RightsFixture(asked: asked)
    #expect(try fixture.call("t.S/M").isEmpty)
    fixture.approve(.with { $0.calls = ["t.S/N"] })
    #expect(fixture.place.take(2).ending?.code == .permissionDenied)
    #expect(try fixture.call("t.S/N").isEmpty)
    #expect(try fixture.call("t.S/M").ending?.code == .permissionDenied)
  }

  @Test func `nothing changes where nothing is checked`() throws {
    var place = CoreFixture()
    _ = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1), from: 9)
    #expect(place.take(1).map(\.kind) == [.open])
    #expect(place.refused.isEmpty)
    #expect(place.core.accounts.isEmpty)
  }
}
