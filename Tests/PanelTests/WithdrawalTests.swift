import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// What becomes of a review when the application is taken back.
@Suite(.timeLimit(.minutes(1))) struct WithdrawalTests {
  let reference = Fixture.reference()

  private func withdraw(in place: TestPlace, on day: String = "2026-03-20") async throws {
    let event = Recourse_Intake_V1_ApplicationWithdrawn.with {
      $0.caseReference = reference.description
      $0.withdrawnOn = day
    }
    try await place.announce(event, key: reference.key, by: "source")
    try await place.settle()
  }

  @Test func `a review that is owed ends as withdrawn, and is never overdue`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await withdraw(in: place)
      let review = try await place.review(reference)
      #expect(review.state == .withdrawn && review.withdrawnOn == "2026-03-20")
      #expect(review.dueOn == Fixture.dueOn && review.openedOn == Fixture.decidedOn)
      #expect(try await place.audited("panel.end-review") == 1)
      place.clock.advance(by: 60 * Fixture.day)
      try await place.settle()
      #expect(try await place.breach(reference) == nil)
    }
  }

  @Test func `no day is looked for any more`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await withdraw(in: place)
      try await place.addAvailability([
        (Fixture.council, "2026-03-17", "2026-04-10"), (Fixture.police, "2026-03-17", "2026-04-10"),
      ])
      try await place.settle()
      #expect(try await place.review(reference).panelOn.isEmpty)
      #expect(try await place.events(Recourse_Panel_V1_PanelScheduled.self).isEmpty)
    }
  }

  @Test func `a review that was held stays held`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference)
      try await withdraw(in: place)
      let review = try await place.review(reference)
      #expect(review.state == .held && review.withdrawnOn == "2026-03-20")
      #expect(review.recommendations.count == 1)
      #expect(try await place.audited("panel.end-review") == 0)
    }
  }

  @Test func `a meeting of before the withdrawal may be recorded after it, and no later one`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      place.clock.advance(by: 10 * Fixture.day)
      try await withdraw(in: place)
      let later = try await refusal { try await place.hold(reference, on: "2026-03-23") }
      #expect(later.code == "withdrawn" && later.path == "heldOn")
      try await place.hold(reference, on: "2026-03-19")
      #expect(try await place.review(reference).state == .held)
    }
  }

  @Test func `what is decided after it opens no review`() async throws {
    try await Fixture.place { place in
      try await withdraw(in: place)
      try await place.announceDecided(reference)
      #expect(try await place.events(Recourse_Panel_V1_ReviewOpened.self).isEmpty)
      #expect(try await place.audited("panel.open-no-review") == 1)
    }
  }
}
