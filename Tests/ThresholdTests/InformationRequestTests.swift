import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Sch. 4 para 7: bodies are asked for what they know.
@Suite(.timeLimit(.minutes(1))) struct InformationRequestTests {
  let reference = Fixture.reference()

  @Test func `all notified bodies are asked, by the lent clock, and who acts publicly must answer`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let response = try await place.ask(reference)
      try await place.settle()
      #expect(response.requests.map(\.body) == NotificationTests.bodies)
      #expect(response.requests.allSatisfy { $0.dueOn == Fixture.dueOn && $0.state == .requested })
      #expect(response.requests.allSatisfy { $0.requestedOn == Fixture.receivedOn })
      #expect(response.requests.map(\.mandatory).prefix(3) == [true, true, true])
      let events = try await place.events(
        Recourse_Threshold_V1_InformationRequested.self, key: reference.key.description)
      #expect(events.map(\.body) == NotificationTests.bodies)
      #expect(
        events.allSatisfy { $0.policyDigest == Fixture.plymouth && $0.dueOn == Fixture.dueOn })
      #expect(try await place.audited("threshold.request-information").first == "Officer One")
    }
  }

  @Test func `a provider of housing is asked, and need not answer`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let response = try await place.ask(reference, ["livewest", "nhs-devon-icb"])
      #expect(response.requests.map(\.mandatory) == [false, true])
      let events = try await place.events(Recourse_Threshold_V1_InformationRequested.self)
      #expect(events.map(\.mandatory) == [false, true])
    }
  }

  @Test func `a body is asked once, however often and beside whom`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), [complaint(0)])
      let first = try await place.ask(reference, ["city", "city"])
      #expect(first.requests.count == 1 && !first.repeated)
      #expect(try await place.ask(reference, ["city"]).repeated)
      let both = try await place.ask(reference)
      #expect(both.requests.map(\.body) == ["city", "homes"] && !both.repeated)
      try await place.settle()
      let events = try await place.events(Recourse_Threshold_V1_InformationRequested.self)
      #expect(events.map(\.body) == ["city", "homes"])
    }
  }

  @Test func `the area's own clock goes first`() async throws {
    try await Fixture.place(of: [TestPack()]) { place in
      try await place.announce(reference, under: TestPack(), [complaint(0)])
      #expect(try await place.ask(reference).requests.map(\.dueOn) == ["2026-03-23", "2026-03-23"])
    }
  }

  @Test func `asked when the clock has run out, a body has as long from that day`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      place.clock.advance(by: 30 * Fixture.day)
      let request = try await place.ask(reference, ["livewest"]).requests[0]
      #expect(request.requestedOn == "2026-04-15" && request.dueOn == "2026-04-29")
    }
  }

  @Test func `what is not answered is overdue when its day is over in London, and may still come`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.ask(reference, ["livewest", "guinness"])
      try await place.answer(reference, "guinness")
      place.clock.advance(by: Fixture.untilOverdue - 1)
      try await place.timersToFire()
      #expect(try await place.request(reference, "livewest").state == .requested)
      place.clock.advance(by: 1)
      try await place.timersToFire()
      #expect(try await place.request(reference, "livewest").state == .overdue)
      #expect(try await place.request(reference, "guinness").state == .returned)
      #expect(try await place.audited("threshold.information-overdue") == ["threshold"])

      try await place.answer(reference, "livewest")
      let late = try await place.request(reference, "livewest")
      #expect(late.state == .returned && late.answeredOn == "2026-03-31")
      #expect(late.dueOn == Fixture.dueOn)
    }
  }

  @Test func `a day that goes by while nobody runs is noticed at the next start`() async throws {
    try await Fixture.place(onDisk: true) { place in
      try await place.announce(reference, [complaint(0)])
      try await place.ask(reference, ["livewest"])
      await place.kill("threshold")
      place.clock.advance(by: Fixture.untilOverdue)
      try await place.restart("threshold")
      try await place.timersToFire()
      #expect(try await place.request(reference, "livewest").state == .overdue)
    }
  }

  @Test func `who is late is chased, once a day`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.ask(reference, ["livewest"])
      let early = try await refusal { try await place.chase(reference, "livewest") }
      #expect(early.kind == .state && early.code == "not-overdue")
      place.clock.advance(by: Fixture.untilOverdue)
      try await place.timersToFire()
      #expect(try await !place.chase(reference, "livewest").repeated)
      #expect(try await place.chase(reference, "livewest").repeated)
      place.clock.advance(by: Fixture.day)
      #expect(try await !place.chase(reference, "livewest").repeated)
      try await place.settle()
      let days = ["2026-03-31", "2026-04-01"]
      #expect(try await place.request(reference, "livewest").chasedOn == days)
      let events = try await place.events(Recourse_Threshold_V1_InformationChased.self)
      #expect(events.map(\.chasedOn) == days && events.allSatisfy { $0.body == "livewest" })
    }
  }

  @Test func `who was not asked, or has answered, is not chased`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      let nobody = try await refusal { try await place.chase(reference, "livewest") }
      #expect(nobody.code == "not-asked" && nobody.path == "body")
      try await place.ask(reference, ["livewest"])
      try await place.answer(reference, "livewest")
      let answered = try await refusal { try await place.chase(reference, "livewest") }
      #expect(answered.kind == .state && answered.code == "already-answered")
    }
  }

  @Test func `a body that the pack does not have on the day is refused with those that it has`()
    async throws
  {
    try await Fixture.place(of: [TestPack()]) { place in
      let unknown = try await refusal { try await place.ask(reference) }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      try await place.announce(reference, under: TestPack(), [complaint(0)])
      for wrong in ["nobody", "old-health"] {
        let refused = try await refusal { try await place.ask(reference, ["city", wrong]) }
        #expect(refused.code == "unknown-body" && refused.path == "bodies[1]")
        #expect(refused.message.contains("city, homes"))
      }
      try await place.settle()
      #expect(try await place.events(Recourse_Threshold_V1_InformationRequested.self).isEmpty)
    }
  }

  @Test func `without a clock, without anybody, or beyond the known holidays nobody is asked`()
    async throws
  {
    let bodies = "bodies:\n  - {key: city, name: City, kind: council, notified: false}"
    let bare = TestPack(rest: bodies)
    try await Fixture.place(of: [bare], lending: false) { place in
      try await place.announce(reference, under: bare, [complaint(0)])
      let nobody = try await refusal { try await place.ask(reference) }
      #expect(nobody.kind == .state && nobody.code == "nobody-to-ask")
      let clockless = try await refusal { try await place.ask(reference, ["city"]) }
      #expect(clockless.kind == .state && clockless.code == "no-information-clock")
    }
    // 29 December 2028, 10:00.
    try await Fixture.place(of: [TestPack()], now: Date(timeIntervalSince1970: 1_861_696_800)) {
      place in
      try await place.announce(
        reference, under: TestPack(), receivedOn: "2028-12-29", [complaint(0)])
      let beyond = try await refusal { try await place.ask(reference) }
      #expect(beyond.kind == .state && beyond.code == "beyond-horizon")
    }
  }
}
