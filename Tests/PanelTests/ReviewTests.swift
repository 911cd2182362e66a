import CaseModel
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// s.104(1): a met threshold makes a review owed.
@Suite struct ReviewTests {
  let reference = Fixture.reference()

  @Test func `a met decision opens a review with the area's bodies and a lent clock`() async throws
  {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let opened = try await place.events(
        Recourse_Panel_V1_ReviewOpened.self, key: reference.key.description)
      try #require(opened.count == 1)
      #expect(opened[0].openedOn == Fixture.decidedOn && opened[0].dueOn == Fixture.dueOn)
      #expect(opened[0].requiredBodies == [Fixture.council, Fixture.police])
      #expect(opened[0].policyDigest == Fixture.plymouth)
      let review = try await place.review(reference)
      #expect(review.clockSource == "recourse-default" && review.dueOn == Fixture.dueOn)
      #expect(try await place.audited("panel.read-review") == 1)
    }
  }

  @Test func `a decision that is not met opens nothing`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference, met: false)
      #expect(try await place.events(Recourse_Panel_V1_ReviewOpened.self).isEmpty)
      let refused = try await refusal { try await place.review(reference) }
      #expect(refused.kind == .notFound && refused.code == "no-review")
    }
  }

  @Test func `a case that is not known here is refused`() async throws {
    try await Fixture.place { place in
      let unknown = try await refusal { try await place.review(reference) }
      #expect(unknown.kind == .notFound && unknown.code == "unknown-case")
      let wrong = try await refusal {
        try await place.panel.getReview(
          .with {
            $0.caseReference = "U"
            $0.purpose = .progress
          })
      }
      #expect(wrong.code == "invalid-reference" && wrong.path == "caseReference")
    }
  }

  @Test func `a clock of the area's own may count from the day of receipt`() async throws {
    let own =
      BuiltInPolicyDocuments.plymouth.replacing("  - clocks\n", with: "")
      + "\nclocks:\n  - {stage: panel, period: 28 workingDays, from: receipt}\n"
    try await Fixture.place(documents: [BuiltInPolicyDocuments.recourseDefault, own]) { place in
      place.clock.advance(by: 4 * Fixture.day)
      try await place.announceDecided(
        reference, on: "2026-03-20", digest: PolicyDocument.digest(of: own))
      let review = try await place.review(reference)
      #expect(review.clockSource == "plymouth")
      #expect(review.openedOn == "2026-03-20" && review.dueOn == "2026-04-27")
    }
  }

  /// Plymouth's procedure with something of its own at the end.
  private func plymouth(_ own: String) -> String {
    BuiltInPolicyDocuments.plymouth.replacing("  - clocks\n", with: "") + "\n" + own + "\n"
  }

  @Test func `on days on which the offices are closed no panel meets`() async throws {
    let document = BuiltInPolicyDocuments.plymouth
      .replacing("  - calendar.closures\n", with: "")
      .replacing(
        "calendar: {division: england-and-wales}",
        with: "calendar: {division: england-and-wales, closures: [2026-03-17, 2026-03-18]}")
    try await Fixture.place(documents: [BuiltInPolicyDocuments.recourseDefault, document]) {
      place in
      try await place.addAvailability([
        (Fixture.council, "2026-03-17", "2026-04-30"), (Fixture.police, "2026-03-17", "2026-04-30"),
      ])
      try await place.announceDecided(reference, digest: PolicyDocument.digest(of: document))
      #expect(try await place.review(reference).panelOn == "2026-03-19")
    }
  }

  @Test func `a review that is overdue is put on record, and only once it is`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      place.clock.advance(by: 30 * Fixture.day)
      try await place.settle()
      #expect(try await place.breach(reference) == nil)
      place.clock.advance(by: Fixture.day)
      try await place.settle()
      #expect(try await place.breach(reference) == CalendarDate("2026-04-16"))
      #expect(try await place.audited("panel.overdue") == 1)
    }
  }

  @Test func `a meeting in time that is recorded late takes the breach back`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      place.clock.advance(by: 31 * Fixture.day)
      try await place.settle()
      try await place.hold(reference, on: Fixture.dueOn)
      #expect(try await place.breach(reference) == nil)
      #expect(try await place.audited("panel.withdraw-breach") == 1)
    }
  }

  @Test func `a meeting that was late leaves the breach on record`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      place.clock.advance(by: 31 * Fixture.day)
      try await place.settle()
      try await place.hold(reference, on: "2026-04-16")
      #expect(try await place.breach(reference) != nil)
    }
  }

  @Test func `a review that was held in time is never overdue`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference)
      place.clock.advance(by: 60 * Fixture.day)
      try await place.settle()
      #expect(try await place.breach(reference) == nil)
    }
  }
}
