import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Sch. 4 para 3: what somebody does who is dissatisfied with how the application was handled, or with
/// the review.
@Suite struct AppealTests {
  let procedure = Procedure(
    appeals: "{subject: handling, grounds: [threshold-was-met, facts-not-considered], "
      + "window: 10 workingDays, handler: Neighbouring partnership}")

  @Test func `an appeal is announced and shown, due by the clock that is lent for it`() async throws
  {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      let appeal = try await place.appeal(reference, words: "Quokka words")
      #expect(appeal.number == 1 && appeal.subject == .handling && appeal.outcome == .unspecified)
      // 15 working days; Good Friday and Easter Monday lie between.
      #expect(appeal.madeOn == Fixture.receivedOn && appeal.dueOn == "2026-04-08")
      try await place.settle()
      let made = try await place.events(Recourse_Threshold_V1_AppealMade.self)
      #expect(made.map(\.ground) == ["threshold-was-met"] && made.map(\.dueOn) == ["2026-04-08"])
      #expect(made.map(\.number) == [1] && made.map(\.subject) == [.handling])
      let shown = try await place.assessment(reference)
      #expect(shown.appeals == [appeal] && appeal.reason == "Quokka words")
      #expect(try await place.audited("threshold.make-appeal") == ["Clerk"])
    }
  }

  @Test func `an appeal that is dismissed leaves the decision as it is`() async throws {
    try await procedure.place { place, reference in
      let decision = try await place.decide(reference, met: false, reason: "Too few").decision
      try await place.appeal(reference, words: "Not all was looked at")
      let decided = try await place.decideAppeal(reference, 1, .dismissed, reason: "All was seen")
      #expect(decided.outcome == .dismissed && decided.decidedBy == "Officer Nine")
      let shown = try await place.assessment(reference)
      #expect(shown.appeals == [decided] && shown.decision == decision)
      #expect(shown.appeals.first?.decisionReason == "All was seen")
      // Beside it stands who put it on record, and what whoever appeals says.
      #expect(decided.officer == "Clerk" && decided.reason == "Not all was looked at")
      try await place.settle()
      let events = try await place.events(Recourse_Threshold_V1_AppealDecided.self)
      #expect(events.map(\.outcome) == [.dismissed] && events.map(\.number) == [1])
      #expect(events.first?.officerKey.count == 32)
      #expect(try await place.audited("threshold.decide-appeal") == ["Officer Nine"])
      let refused = try await refusal {
        try await place.decide(reference, met: true, officer: "Officer Three", reason: "Harm")
      }
      #expect(refused.code == "already-decided")
    }
  }

  @Test func `one that is upheld is decided anew, once, by somebody else`() async throws {
    try await procedure.place { place, reference in
      let first = try await place.decide(reference, met: false, reason: "Too few").decision
      try await place.appeal(reference)
      try await place.decideAppeal(reference)
      // What was decided stands until then.
      #expect(try await place.assessment(reference).decision == first)
      let same = try await refusal {
        try await place.decide(reference, met: true, officer: "officer one ", reason: "Harm")
      }
      #expect(same.kind == .state && same.code == "same-officer" && same.path == "officer")

      let second = try await place.decide(
        reference, met: true, officer: "Officer Three", reason: "Harm is great"
      ).decision
      #expect(second.number == 2 && second.met && second.clause == "s.104(5)")
      #expect(try await place.decisions() == [first, second])
      #expect(try await place.assessment(reference).decision == second)
      let again = try await refusal {
        try await place.decide(reference, met: false, officer: "Officer Four", reason: "Too few")
      }
      #expect(again.code == "already-decided")
    }
  }

  @Test func `it is due by its clock, however that was changed`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      #expect(try await place.appeal(reference).dueOn == "2026-04-08")
      _ = try await place.threshold.changeClock(
        .with {
          $0.caseReference = reference.description
          $0.stage = "appeal"
          $0.change = .extended
          $0.workingDays = 2
          $0.reason = "The applicant asked for time"
          $0.officer = "Clerk"
        })
      let shown = try await place.assessment(reference)
      #expect(shown.appeals.map(\.dueOn) == ["2026-04-10"])
      #expect(shown.clocks.first { $0.stage == "appeal" }?.dueOn == "2026-04-10")
      #expect(try await place.decideAppeal(reference).dueOn == "2026-04-10")
    }
  }

  @Test func `whoever signed, first or second, neither hears the appeal nor decides anew`()
    async throws
  {
    try await Procedure(asksForTwo: true).place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.countersign(reference)
      try await place.appeal(reference)
      for name in ["OFFICER ONE", "Officer Two"] {
        let refused = try await refusal { try await place.decideAppeal(reference, by: name) }
        #expect(refused.code == "same-officer" && refused.path == "officer")
      }
      try await place.decideAppeal(reference)
      try await place.decide(reference, met: false, officer: "Officer Three", reason: "Too few")
      for name in ["Officer One", "officer two", "Officer Three"] {
        let refused = try await refusal { try await place.countersign(reference, by: name) }
        #expect(refused.code == "same-officer")
      }
      let second = try await place.countersign(reference, by: "Officer Four").decision
      #expect(second.number == 2)
    }
  }

  @Test func `a decision anew can be appealed against as well`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.appeal(reference)
      try await place.decideAppeal(reference)
      try await place.decide(reference, met: false, officer: "Officer Three", reason: "Too few")
      #expect(try await place.appeal(reference).number == 2)
      try await place.decideAppeal(reference, 2)
      let third = try await place.decide(
        reference, met: true, officer: "Officer Four", reason: "Harm is great")
      #expect(third.decision.number == 3)
    }
  }

  @Test func `one about the review is heard, and opens nothing again`() async throws {
    try await Procedure().place { place, reference in
      try await place.decide(reference, met: true, reason: "Harm is great")
      try await place.appeal(reference, about: .review, on: "facts-not-considered")
      let decided = try await place.decideAppeal(reference)
      #expect(decided.outcome == .referredBack && decided.subject == .review)
      let refused = try await refusal {
        try await place.decide(reference, met: false, officer: "Officer Three", reason: "Too few")
      }
      #expect(refused.code == "already-decided")
    }
  }

  @Test func `names and words of an appeal stay in the slice`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.appeal(reference, words: "Quokka words")
      try await place.decideAppeal(reference, by: "Zebedee Marker", reason: "Wombat words")
      try await place.settle()
      for logged in try await place.events(key: reference.key.description) {
        for marker in ["Zebedee", "Quokka", "Wombat"] {
          #expect(logged.event.payload.range(of: Data(marker.utf8)) == nil)
        }
      }
    }
  }

  @Test func `an appeal that is recorded twice under one key is one`() async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      let request = Recourse_Threshold_V1_MakeAppealRequest.with {
        $0.caseReference = reference.description
        $0.subject = .handling
        $0.ground = "threshold-was-met"
        $0.officer = "Clerk"
        $0.idempotencyKey = "k"
      }
      let first = try await place.threshold.makeAppeal(request)
      let again = try await place.threshold.makeAppeal(request)
      #expect(!first.repeated && again.repeated && again.appeal == first.appeal)
    }
  }
}
