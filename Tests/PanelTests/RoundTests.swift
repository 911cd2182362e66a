import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// Sch. 4 para 3: an appeal about the review that is upheld has it carried out again.
@Suite struct RoundTests {
  let reference = Fixture.reference()

  /// A review whose panel met in time, and an appeal about it that was upheld on 30 March 2026.
  private func upheld(_ body: (TestPlace) async throws -> Void) async throws {
    try await Fixture.place { place in
      try await place.addAvailability([
        (Fixture.council, "2026-03-17", "2026-04-30"), (Fixture.police, "2026-03-17", "2026-04-30"),
      ])
      try await place.announceDecided(reference)
      place.clock.advance(by: Fixture.day)
      try await place.hold(reference, on: "2026-03-17")
      place.clock.advance(by: 13 * Fixture.day)
      try await place.announceAppeal(reference, on: "2026-03-30")
      try await body(place)
    }
  }

  @Test func `a second round is opened with a day and a deadline of its own`() async throws {
    try await upheld { place in
      let opened = try await place.events(Recourse_Panel_V1_ReviewOpened.self)
      #expect(opened.map(\.round) == [1, 2])
      #expect(opened.map(\.openedOn) == [Fixture.decidedOn, "2026-03-30"])
      // 20 working days from there; Good Friday and Easter Monday lie between.
      #expect(opened.map(\.dueOn) == [Fixture.dueOn, "2026-04-29"])
      let review = try await place.review(reference)
      #expect(review.state == .scheduled && review.panelOn == "2026-03-31")
      #expect(review.recommendations.isEmpty && review.heldOn.isEmpty)
      #expect(
        review.explanation
          == "This is round 2 of the review: an appeal about the one before was upheld on "
          + "30 March 2026.")
    }
  }

  @Test func `it is held like the first, which stays on record`() async throws {
    try await upheld { place in
      let early = try await refusal { try await place.hold(reference, on: "2026-03-29") }
      #expect(early.code == "date-before-decision")
      try await place.hold(reference, on: "2026-03-30") {
        $0.recommendations[0].text = "Change the locks"
      }
      let again = try await refusal { try await place.hold(reference, on: "2026-03-30") }
      #expect(again.code == "already-held")
      let held = try await place.events(Recourse_Panel_V1_PanelHeld.self)
      #expect(held.map(\.heldOn) == ["2026-03-17", "2026-03-30"])
      #expect(try await place.review(reference).recommendations.map(\.text) == ["Change the locks"])
      let earlier = try await place.context(of: "panel")?.slice.read { slice in
        try slice.rows(
          """
          SELECT held_on, recommendation_text FROM earlier_round
            JOIN earlier_recommendation
              ON earlier_recommendation.case_reference = earlier_round.case_reference
          """
        ).map { [try $0.text("held_on"), try $0.text("recommendation_text")] }
      }
      #expect(earlier == [["2026-03-17", "Visit weekly"]])
    }
  }

  @Test func `its deadline is watched as well`() async throws {
    try await upheld { place in
      place.clock.advance(by: 32 * Fixture.day)
      try await place.settle()
      #expect(try await place.breach(reference) == CalendarDate("2026-05-01"))
      #expect(try await place.audited("panel.overdue") == 1)
    }
  }

  @Test func `a third one follows the second`() async throws {
    try await upheld { place in
      try await place.hold(reference, on: "2026-03-30")
      try await place.announceAppeal(reference, on: "2026-03-30")
      let rounds = try await place.events(Recourse_Panel_V1_ReviewOpened.self).map(\.round)
      #expect(rounds == [1, 2, 3])
      try await place.hold(reference, on: "2026-03-30")
    }
  }

  @Test func `a review whose panel has not met is owed as before`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let before = try await place.review(reference)
      try await place.announceAppeal(reference, on: Fixture.decidedOn)
      #expect(try await place.review(reference) == before)
      #expect(try await place.audited("panel.keep-review") == 1)
    }
  }

  @Test(
    arguments: [(.review, .dismissed), (.handling, .referredBack)]
      as [(
        Recourse_Threshold_V1_AppealSubject.Value, Recourse_Threshold_V1_AppealOutcome.Value
      )])
  func `any other appeal opens nothing`(
    subject: Recourse_Threshold_V1_AppealSubject.Value,
    outcome: Recourse_Threshold_V1_AppealOutcome.Value
  ) async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference)
      try await place.announceAppeal(reference, on: Fixture.decidedOn, about: subject, outcome)
      #expect(try await place.review(reference).state == .held)
      #expect(try await place.events(Recourse_Panel_V1_ReviewOpened.self).count == 1)
    }
  }
}
