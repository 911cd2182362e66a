import CaseModel
import Foundation
import Messages
import PanelRules
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Panel

/// s.104(7): whoever something is recommended to must have regard to it, and says what it makes of it.
@Suite struct FollowUpTests {
  let reference = Fixture.reference()

  private func held(
    _ change: (inout Recourse_Panel_V1_HoldRequest) -> Void = { _ in },
    _ body: (TestPlace) async throws -> Void
  ) async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.hold(reference, change)
      try await body(place)
    }
  }

  @Test func `a recommendation waits for its answer by the clock of the procedure`() async throws {
    try await held { place in
      let followUp = try await place.followUp(reference)
      #expect(followUp.round == 1 && followUp.number == 1 && followUp.body == Fixture.council)
      #expect(followUp.answerDueOn == Fixture.answerDueOn)
      #expect(followUp.awaited == .answer && followUp.dueOn == Fixture.answerDueOn)
      #expect(followUp.answer == .unspecified && !followUp.overdue && followUp.doBy.isEmpty)
      let made = try #require(
        try await place.events(Recourse_Panel_V1_RecommendationMade.self).first)
      #expect(made.round == 1 && made.answerDueOn == Fixture.answerDueOn && made.doBy.isEmpty)
    }
  }

  @Test func `an answer is kept with its reasons, which no event has`() async throws {
    try await held { place in
      let answered = try await place.answer(reference) {
        $0.answer = .acceptedInPart
        $0.reason = "Twice a month, for want of officers"
      }
      #expect(answered.followUp.answer == .acceptedInPart && answered.followUp.awaited == .action)
      #expect(answered.followUp.answerReason.isEmpty)
      let kept = try await place.followUp(reference)
      #expect(kept.answerReason == "Twice a month, for want of officers")
      #expect(kept.answeredOn == Fixture.decidedOn && kept.dueOn == "2026-06-30")
      let events = try await place.events(Recourse_Panel_V1_RecommendationAnswered.self)
      #expect(events.map(\.answer) == [.acceptedInPart] && events.map(\.doBy) == ["2026-06-30"])
      for event in try await place.events(key: reference.key.description).map(\.event.payload) {
        #expect(!String(decoding: event, as: UTF8.self).contains("officers"))
      }
    }
  }

  @Test(
    arguments: [
      (.caseWork, true), (.ownCase, true), (.letter, true), (.progress, false),
    ] as [(Recourse_Panel_V1_ReviewPurpose.Value, Bool)])
  func `what bodies wrote is told for the purposes that need it`(
    purpose: Recourse_Panel_V1_ReviewPurpose.Value, isTold: Bool
  ) async throws {
    try await held { place in
      try await place.answer(reference) { $0.reason = "Gladly" }
      try await place.report(reference) { $0.text = "Every Monday" }
      let review = try await place.panel.getReview(
        .with {
          $0.caseReference = reference.description
          $0.purpose = purpose
        })
      let followUp = try #require(review.recommendations.first).followUp
      #expect(followUp.answer == .accepted && followUp.action == .done)
      #expect(followUp.answerReason == (isTold ? "Gladly" : ""))
      #expect(followUp.reportText == (isTold ? "Every Monday" : ""))
      #expect(followUp.evidence == (isTold ? "Photographs of the day" : ""))
    }
  }

  @Test func `what is not accepted is waited for no more`() async throws {
    try await held { place in
      let silent = try await refusal {
        try await place.answer(reference) {
          $0.answer = .notAccepted
          $0.doBy = ""
        }
      }
      #expect(silent.code == "missing" && silent.path == "reason")
      try await place.answer(reference) {
        $0.answer = .notAccepted
        $0.doBy = ""
        $0.reason = "The lease does not allow it"
      }
      let followUp = try await place.followUp(reference)
      #expect(followUp.awaited == .unspecified && followUp.dueOn.isEmpty && followUp.doBy.isEmpty)
      #expect(try await place.followUps().followUps.isEmpty)
      let refused = try await refusal { try await place.report(reference) }
      #expect(refused.kind == .state && refused.code == "not-accepted")
    }
  }

  @Test func `what was accepted is waited for until it is done, with what shows it`() async throws {
    try await held { place in
      let early = try await refusal { try await place.report(reference) }
      #expect(early.kind == .state && early.code == "not-answered")
      try await place.answer(reference)
      try await place.report(reference) {
        $0.action = .underWay
        $0.text = "The lock is ordered"
        $0.evidence = ""
      }
      #expect(try await place.followUp(reference).awaited == .action)
      let bare = try await refusal { try await place.report(reference) { $0.evidence = " " } }
      #expect(bare.code == "missing" && bare.path == "evidence")
      place.clock.advance(by: 2 * Fixture.day)
      try await place.report(reference) { $0.reportedOn = "2026-03-17" }
      let done = try await place.followUp(reference)
      #expect(done.action == .done && done.reportedOn == "2026-03-17" && done.reports == 2)
      #expect(done.awaited == .unspecified && done.evidence == "Photographs of the day")
      let events = try await place.events(Recourse_Panel_V1_ActionReported.self)
      #expect(events.map(\.action) == [.underWay, .done] && events.map(\.revision) == [1, 2])
      let late = try await refusal { try await place.answer(reference) }
      #expect(late.kind == .state && late.code == "already-done")
    }
  }

  @Test func `the day that the panel asks for stands, and a later one needs a reason`() async throws
  {
    try await held {
      $0.recommendations[0].doBy = "2026-05-29"
    } _: { place in
      let later = try await refusal { try await place.answer(reference) }
      #expect(later.code == "missing" && later.path == "reason")
      try await place.answer(reference) { $0.doBy = "" }
      #expect(try await place.followUp(reference).doBy == "2026-05-29")
      try await place.answer(reference) { $0.reason = "The builder is ill" }
      let moved = try await place.followUp(reference)
      #expect(moved.doBy == "2026-06-30" && moved.answers == 2)
      #expect(try await place.review(reference).recommendations[0].doBy == "2026-05-29")
    }
  }

  @Test func `an answer that is sent twice is on record once`() async throws {
    try await held { place in
      let first = try await place.answer(reference) { $0.idempotencyKey = "k" }
      let again = try await place.answer(reference) { $0.idempotencyKey = "k" }
      #expect(!first.repeated && again.repeated && again.followUp == first.followUp)
      #expect(try await place.events(Recourse_Panel_V1_RecommendationAnswered.self).count == 1)
      #expect(try await place.audited("panel.answer") == 1)
    }
  }

  @Test func `words that name the other party are refused by their path`() async throws {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      try await place.putAtIntake(reference, complainingOf: "Bartholomew Quillfeather")
      try await place.hold(reference)
      let reason = try await refusal {
        try await place.answer(reference) { $0.reason = "Mr Quillfeather objects" }
      }
      #expect(reason.code == "names-the-other-party" && reason.path == "reason")
      try await place.answer(reference)
      let evidence = try await refusal {
        try await place.report(reference) { $0.evidence = "A letter to B. Quillfeather" }
      }
      #expect(evidence.code == "names-the-other-party" && evidence.path == "evidence")
      #expect(try await place.followUp(reference).action == .unspecified)
      try await place.report(reference) {
        $0.evidence = "Judgment in Quillfeather v Council"
        $0.guardOverride = "A case of that name"
      }
      #expect(try await place.audited("guard.override") == 1)
    }
  }

  @Test func `what cannot be is refused by its path`() async throws {
    try await held { place in
      let long = String(repeating: "a", count: 2_001)
      let rows:
        [(
          String, String, @Sendable (inout Recourse_Panel_V1_AnswerRecommendationRequest) -> Void
        )] = [
          ("unknown-recommendation", "number", { $0.number = 2 }),
          ("unknown-recommendation", "round", { $0.round = 2 }),
          ("missing", "number", { $0.number = 0 }),
          ("missing", "answer", { $0.answer = .unspecified }),
          ("missing", "doBy", { $0.doBy = "" }),
          ("not-a-date", "doBy", { $0.doBy = "soon" }),
          ("not-a-date", "on", { $0.answeredOn = "2026-02-30" }),
          ("date-in-future", "on", { $0.answeredOn = "2026-03-17" }),
          ("date-before-meeting", "on", { $0.answeredOn = "2026-03-15" }),
          ("date-before-answer", "doBy", { $0.doBy = "2026-03-15" }),
          ("date-too-far", "doBy", { $0.doBy = "2029-01-01" }),
          ("too-long", "reason", { $0.reason = long }),
        ]
      for (code, path, change) in rows {
        let refused = try await refusal { try await place.answer(reference, change) }
        #expect(refused.code == code && refused.path == path, "\(code) \(path)")
      }
      #expect(try await place.audited("panel.answer") == 0)
      try await place.answer(reference) { $0.reason = String(long.dropFirst()) }
    }
  }

  @Test(arguments: [("2026-03-15", "date-before-meeting"), ("2028-04-01", "date-too-far")])
  func `a panel asks for something within a time that is watched`(day: String, code: String)
    async throws
  {
    try await Fixture.place { place in
      try await place.announceDecided(reference)
      let refused = try await refusal {
        try await place.hold(reference) { $0.recommendations[0].doBy = day }
      }
      #expect(refused.code == code && refused.path == "recommendations[0].doBy")
    }
  }

  @Test func `where nothing was recommended there is nothing to answer`() async throws {
    try await held {
      $0.recommendations = []
      $0.none = true
    } _: { place in
      let refused = try await refusal { try await place.answer(reference) }
      #expect(refused.kind == .state && refused.code == "no-recommendations")
    }
  }
}
