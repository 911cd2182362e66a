import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What a decision was signed on stands beside it, whatever the rules say by now.
@Suite(.timeLimit(.minutes(1))) struct SignedAssessmentTests {
  let reference = Fixture.reference()
  let strict = TestPack(givesBenefitOfTheDoubt: false)

  @Test func `a decision is shown with what it was signed on, and not with what came in since`()
    async throws
  {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, [complaint(0), complaint(1)])
      #expect(!(try await place.assessment(reference).hasDecisionAssessment))
      try await place.ask(reference, ["city"])
      try await place.decide(reference, met: false, reason: "Two count")
      let signed = try await place.assessment(reference)
      #expect(signed.decisionAssessment == signed.assessment)

      try await place.answer(reference, "city", [finding(0, .bodyDisputes)])
      try await place.appeal(reference, on: "any")
      try await place.decideAppeal(reference)
      let now = try await place.assessment(reference)
      #expect(now.assessment.counted == 1 && now.assessment.revision == 2)
      #expect(now.decisionAssessment == signed.assessment && now.decisionAssessment.counted == 2)

      try await place.decide(reference, met: false, officer: "Officer Three", reason: "One counts")
      let anew = try await place.assessment(reference)
      #expect(anew.decisionAssessment == anew.assessment && anew.assessment.revision == 2)
    }
  }

  @Test func `what nobody announced yet is announced before it is signed`() async throws {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, [complaint(0)])
      try await place.ask(reference, ["city"])
      place.clock.advance(by: Fixture.untilOverdue)
      try await place.timersToFire()
      try await place.decide(reference, met: false, reason: "One counts")
      try await place.settle()
      let assessed = try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self)
      let last = try #require(assessed.last)
      #expect(last.revision > 0 && last.information.overdue == 1)
      #expect(try await place.assessment(reference).decisionAssessment == last)
    }
  }

  @Test func `a second signature is of what the first one was, and what is overdue by then`()
    async throws
  {
    let procedure = Procedure(asksForTwo: true)
    try await procedure.place { place, reference in
      try await place.ask(reference, ["plymouth-city-council"])
      try await place.decide(reference, met: false, reason: "Too few")
      place.clock.advance(by: Fixture.untilOverdue)
      try await place.timersToFire()
      #expect(try await place.countersign(reference).hasDecision)
      let shown = try await place.assessment(reference)
      #expect(shown.decisionAssessment == shown.assessment)
      #expect(shown.assessment.information.overdue == 1)
      #expect(try await place.audited("threshold.drop-pending").isEmpty)
    }
  }

  @Test func `of a decision from before it was kept, it is known where nothing was assessed since`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0)])
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.context(of: "threshold")?.slice.write {
        try $0.execute("UPDATE decision SET revision = NULL")
      }
      let shown = try await place.assessment(reference)
      #expect(shown.decisionAssessment == shown.assessment)
    }
  }
}
