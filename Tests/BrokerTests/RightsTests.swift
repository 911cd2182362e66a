import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// What a principal may do: what it asks for and its operator has approved, and nothing else.
@Suite("Rights at the broker")
struct RightsTests {
  typealias Manifest = Recourse_Bus_V1_Manifest

  // MARK: HELLO

  @Test func `who asks for what is approved is let in, and nobody is told of`() throws {
    let fixture = try RightsFixture()
    #expect(fixture.ask != 0)
    #expect(fixture.answer != 0)
    #expect(fixture.place.refused.isEmpty)
    #expect(fixture.place.askedForMore.isEmpty)
  }

  struct More: Sendable, CustomTestStringConvertible {
    let line: String
    let add: @Sendable (inout Manifest) -> Void
    var testDescription: String { line }
  }
  static let more: [More] = [
    More(line: "serves t.T") { $0.serves.append("t.T") },
    More(line: "calls t.S/O") { $0.calls.append("t.S/O") },
    More(line: "calls t.S/*") { $0.calls.append("t.S/*") },
    More(line: "publishes t.Other") { $0.publishes.append("t.Other") },
    More(line: "subscribes to u.*") { $0.subscribes.append("u.*") },
    More(line: "asks t.S/M for name, for help") {
      $0.disclosures = [
        .with {
          $0.method = "t.S/M"
          $0.purposes = ["help"]
          $0.fields = ["name"]
        }
      ]
    },
  ]

  @Test(arguments: more)
  func `who asks for more waits, is told of what, and the instance that serves goes on`(
    _ more: More
  ) throws {
    var fixture = try RightsFixture()
    var asked = RightsFixture.asks
    more.add(&asked)
    fixture.place.say(
      try CoreFixture.hello("ask", "next", [], false, 1, WireFeature.all, asked), from: 3)
    let frame = try #require(fixture.place.take(3).first)
    let refuse = try Recourse_Bus_V1_Refuse(serializedBytes: frame.body ?? [])
    #expect(refuse.code == .notApproved)
    #expect(refuse.message.contains(more.line), "\(refuse.message)")
    #expect(refuse.message.contains("recourse rights diff ask"))
    #expect(fixture.place.askedForMore == ["ask"])
    #expect(fixture.place.refused.map(\.kind) == [.notApproved])
    #expect(fixture.place.refused.map(\.principal) == ["ask"])
    #expect(fixture.place.core.sessions[fixture.ask] != nil)

    fixture.approve(asked)
    fixture.place.say(
      try CoreFixture.hello("ask", "next", [], false, 1, WireFeature.all, asked), from: 3)
    #expect(fixture.place.take(3).map(\.kind) == [.welcome])
  }

  @Test func `who waits for approval is in the directory until it is let in or has given up`()
    throws
  {
    let list = "recourse.bus.v1.Directory/List"
    var fixture = try RightsFixture(asked: .with { $0.calls = [list] })
    func waiting() throws -> [Recourse_Bus_V1_Waiting] {
      let heard = try fixture.call(list, Recourse_Bus_V1_DirectoryRequest())
      let body = try #require(heard.last { $0.kind == .status }?.body)
      return try Recourse_Bus_V1_DirectoryResponse(serializedBytes: body).waiting
    }
    #expect(try waiting().isEmpty)
    var more = RightsFixture.answers
    more.calls = ["t.S/O"]
    let hello = try CoreFixture.hello("answer", "next", [], false, 1, WireFeature.all, more)
    fixture.place.say(hello, from: 3)
    #expect(try waiting().map(\.principal) == ["answer"])
    #expect(try waiting().first?.why.contains("calls t.S/O") == true)
    fixture.place.now += WaitingPrincipals.memory
    #expect(try waiting().isEmpty)
    fixture.place.say(hello, from: 3)
    #expect(try waiting().map(\.principal) == ["answer"])
    fixture.place.handle(
      .approvals(["answer": more, "ask": .with { $0.calls = [list] }]))
    fixture.place.say(hello, from: 3)
    #expect(try waiting().isEmpty)
  }

  @Test func `no more who wait are remembered than the limit, and who has given up makes room`() {
    var waiting = WaitingPrincipals()
    for number in 0...WaitingPrincipals.limit { waiting.note("p\(number)", "more", now: 0) }
    #expect(waiting.list(now: 0).count == WaitingPrincipals.limit)
    #expect(!waiting.list(now: 0).contains { $0.principal == "p\(WaitingPrincipals.limit)" })
    let later = WaitingPrincipals.memory
    waiting.note("late", "more", now: later)
    #expect(waiting.list(now: later).map(\.principal) == ["late"])
  }

  @Test func `to read by key is asked for by itself`() throws {
    var less = RightsFixture.asks
    less.readsByKey = false
    #expect(try RightsFixture(approved: less).ask == 0)
    var fixture = try RightsFixture(asked: less)
    let heard = try fixture.call(
      "recourse.bus.v1.EventLog/ReadByKey",
      Recourse_Bus_V1_ReadByKeyRequest.with { $0.key = "case/4F7K-2M9X" })
    #expect(heard.ending?.code == .permissionDenied)
  }

  @Test func `nobody is let in whom nothing is approved for, the operator neither`() throws {
    var place = CoreFixture(approvals: [:])
    #expect(try place.join(1, "answer", asking: RightsFixture.answers) == 0)
    #expect(try place.join(2) == 0)
    #expect(place.refused.map(\.principal) == ["answer", "operator"])
    #expect(place.refused.allSatisfy { $0.kind == .notApproved })
  }

  @Test func `a service that the manifest does not ask for is not offered`() throws {
    var place = CoreFixture(approvals: ["answer": RightsFixture.answers])
    let session = try place.join(
      1, "answer", serving: ["t.S/M", "t.T/M"], asking: RightsFixture.answers)
    #expect(session == 0)
    #expect(place.refused.first?.detail.contains("may not serve t.T") == true)
  }

  @Test func `a manifest beyond its bounds is no HELLO`() throws {
    var place = CoreFixture(approvals: ["ask": Manifest()])
    let names = (0...NamePatterns.namesLimit).map { "t.S/M\($0)" }
    let asked = Manifest.with { $0.calls = names }
    place.say(try CoreFixture.hello("ask", "i", [], false, 1, [], asked), from: 1)
    #expect(place.take(1).map(\.refusal) == [.malformed])
  }

  // MARK: Calls

  struct Denied: Sendable, CustomTestStringConvertible {
    let method: String
    let kind: Refused.Kind
    let words: String
    var request: (any SwiftProtobuf.Message & Sendable)?
    var testDescription: String { "\(method): \(words)" }
  }
  private static let log = "recourse.bus.v1.EventLog"
  static let denied: [Denied] = [
    Denied(
      method: "t.S/O", kind: .call,
      words: "ask may not call t.S/O: its manifest does not ask for it"),
    Denied(
      method: "recourse.bus.v1.Directory/List", kind: .call,
      words: "its manifest does not ask for it"),
    Denied(
      method: "recourse.bus.v1.LogBackup/Take", kind: .call,
      words: "its manifest does not ask for it"),
    Denied(
      method: "\(log)/Append", kind: .publish, words: "ask may not publish t.Other",
      request: Batch.of([1], worker: "ask", type: "t.Other")),
    Denied(
      method: "\(log)/Append", kind: .publish, words: "ask may not publish t.u.Deep",
      request: Batch.of([1], worker: "ask", type: "t.u.Deep")),
    Denied(
      method: "\(log)/Append", kind: .producer, words: "in the name of another worker",
      request: Batch.of([1], worker: "answer")),
    Denied(
      method: "\(log)/Read", kind: .subscribe, words: "ask may not read t.Secret",
      request: LogClient.request(types: ["t.Happened", "t.Secret"])),
    Denied(
      method: "\(log)/Read", kind: .subscribe, words: "may not read every event",
      request: LogClient.request()),
  ]

  @Test(arguments: denied)
  func `what is not asked for is denied with what is missing, and recorded`(_ denied: Denied) throws
  {
    var fixture = try RightsFixture()
    let heard = try fixture.call(denied.method, denied.request)
    let ending = try #require(heard.ending)
    #expect(ending.code == .permissionDenied)
    #expect(ending.message.contains(denied.words), "\(ending.message)")
    #expect(fixture.place.refused.map(\.kind) == [denied.kind])
    #expect(fixture.place.refused.map(\.principal) == ["ask"])
    #expect(fixture.place.core.calls.isEmpty)
    #expect(fixture.place.takeAsked().isEmpty, "the log was asked all the same")
    #expect(fixture.place.take(1).isEmpty, "the handler heard of it")
  }

  @Test func `what is asked for and approved is let through`() throws {
    var fixture = try RightsFixture()
    #expect(try fixture.call("t.S/M").isEmpty)
    #expect(try fixture.call("t.S/N").isEmpty)
    #expect(fixture.place.take(1).map(\.kind) == [.open, .open])
    #expect(try fixture.append(Batch.of([1], worker: "ask", type: "u.Any")).isEmpty)
    #expect(
      try fixture.call("\(Self.log)/Read", LogClient.request(types: ["t.Other"], follow: true))
        .isEmpty)
    #expect(fixture.place.refused.isEmpty)
  }

  @Test func `a slice is its first producer's, and nobody else appends for it`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1], worker: "intake")).get()
    #expect(
      store.append(Batch.of([2], worker: "panel")) == .failure(.foreign(owner: "intake")))
    #expect(
      store.append(Batch.of([2], incarnation: 2, worker: "panel", branch: (1, 1)))
        == .failure(.foreign(owner: "intake")), "nor in a later incarnation")
    _ = try store.append(Batch.of([2], incarnation: 2, worker: "intake", branch: (1, 1))).get()
    #expect(
      store.append(Batch.of([3], incarnation: 2, worker: "panel"))
        == .failure(.foreign(owner: "intake")))
  }

  @Test func `who appends for another's slice is told so, and it is recorded`() throws {
    var fixture = try RightsFixture()
    _ = try fixture.append(Batch.of([1], worker: "ask"))
    guard case .append(let call, _)? = fixture.place.takeAsked().first else {
      Issue.record("the log was not asked")
      return
    }
    fixture.place.handle(.log(.appended(call: call, .failure(.foreign(owner: "intake")))))
    #expect(fixture.place.take(2).ending?.code == .permissionDenied)
    #expect(fixture.place.refused.map(\.kind) == [.producer])
  }

  // MARK: Who calls

  private func caller(_ frames: [Frame]) throws -> [String] {
    try frames.filter { $0.kind == .open }.map { try RouteFields(decoding: $0.fields).target }
  }

  @Test func `a handler is told who calls, whatever the caller says`() throws {
    var fixture = try RightsFixture()
    for target in ["", "answer", "answer/1"] {
      let opening = CoreFixture.open(
        "t.S/M", session: fixture.ask, stream: fixture.next(), target: target)
      fixture.place.say(opening, from: 2)
      #expect(try caller(fixture.place.take(1)) == ["ask"])
    }
  }

  @Test func `with the principal come the purposes that are approved for this method`() throws {
    var asked = RightsFixture.asks
    asked.disclosures = [
      .with {
        $0.method = "t.S/M"
        $0.purposes = ["help", "write"]
        $0.fields = ["ways", "name"]
      },
      .with {
        $0.method = "t.S/M"
        $0.purposes = ["progress"]
      },
    ]
    var fixture = try RightsFixture(asked: asked)
    _ = try fixture.call("t.S/M")
    _ = try fixture.call("t.S/N")
    #expect(
      try caller(fixture.place.take(1)) == ["ask;help:name,ways;progress:;write:name,ways", "ask"])
  }

  @Test func `a handler that does not know of it gets OPEN as it came`() throws {
    var place = CoreFixture(approvals: ["answer": RightsFixture.answers, "ask": RightsFixture.asks])
    _ = try place.join(1, "answer", serving: ["t.S/M"], asking: RightsFixture.answers)
    let ask = try place.join(2, "ask", asking: RightsFixture.asks)
    place.say(CoreFixture.open("t.S/M", session: ask, stream: 1, target: "answer"), from: 2)
    #expect(try caller(place.take(1)) == ["answer"])
  }

  @Test func `a call that waited says who calls too`() throws {
    var place = CoreFixture(approvals: ["answer": RightsFixture.answers, "ask": RightsFixture.asks])
    let ask = try place.join(2, "ask", features: WireFeature.all, asking: RightsFixture.asks)
    var opening = CoreFixture.open("t.S/M", session: ask, stream: 1)
    opening.flags.insert(.wait)
    place.say(opening, from: 2)
    #expect(place.take(2).isEmpty)
    place.say(
      try CoreFixture.hello(
        "answer", "i", ["t.S/M"], false, 1, WireFeature.all, RightsFixture.answers), from: 1)
    #expect(try caller(place.take(1)) == ["ask"])
  }

  @Test func `OPEN that is filled to the brim is refused, for nobody could say who calls`() throws {
    var fixture = try RightsFixture()
    var fields = OpenFields(method: "t.S/M")
    let room = WireLimits.fieldBytesLimit - fields.encoded().count - 6
    fields.metadata.addString(String(repeating: "x", count: room), forKey: "")
    let opening = Frame(
      .open, flags: [.end, .message], session: fixture.ask, stream: fixture.next(),
      fields: fields.encoded(), body: [1])
    #expect(opening.fields.count == WireLimits.fieldBytesLimit)
    fixture.place.say(opening, from: 2)
    #expect(fixture.place.take(2).ending?.code == .resourceExhausted)
    #expect(fixture.place.take(1).isEmpty)
  }
}
