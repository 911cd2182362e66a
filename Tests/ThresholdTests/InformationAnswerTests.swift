import CaseModel
import Foundation
import Messages
import PolicyDocuments
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What bodies answer is evidence; the application is assessed anew with it.
@Suite(.timeLimit(.minutes(1))) struct InformationAnswerTests {
  let reference = Fixture.reference()
  let three = [complaint(0), complaint(1), complaint(2)]
  /// What nobody stands behind does not count.
  let strict = TestPack(givesBenefitOfTheDoubt: false)

  @Test func `an answer is announced, and then the assessment with it`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      try await place.ask(reference, ["plymouth-city-council", "livewest"])
      let response = try await place.answer(reference, "plymouth-city-council", [finding(1)])
      try await place.settle()
      let returned = try await place.events(Recourse_Threshold_V1_InformationReturned.self)
      #expect(returned.map(\.body) == ["plymouth-city-council"])
      #expect(returned.map(\.returnedOn) == [Fixture.receivedOn])
      let assessed = try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self)
      #expect(assessed.map(\.revision) == [0, 1] && assessed.last == response.assessment)
      #expect(!assessed[0].hasInformation)
      #expect(assessed[1].information.asked == 2 && assessed[1].information.returned == 1)
      #expect(
        assessed[1].routes[0].complaints.map(\.standing) == [
          .applicantSays, .bodyConfirms, .applicantSays,
        ])
      #expect(try await place.assessment(reference).assessment == assessed[1])
      #expect(try await place.audited("threshold.record-information") == ["Officer One"])
    }
  }

  @Test func `who has been asked and is silent is told, though nothing is assessed anew`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      try await place.ask(reference, ["livewest", "guinness"])
      var shown = try await place.assessment(reference).assessment
      #expect(shown.information.asked == 2 && shown.information.overdue == 0)
      place.clock.advance(by: Fixture.untilOverdue)
      try await place.timersToFire()
      shown = try await place.assessment(reference).assessment
      #expect(shown.information.asked == 2 && shown.information.overdue == 2)
      #expect(shown.revision == 0)
    }
  }

  @Test func `while a decision stands, its assessment says how far the bodies had got by then`()
    async throws
  {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, three)
      try await place.ask(reference)
      try await place.decide(reference, met: true)
      let late = try await place.answer(reference, "homes", [finding(0, .bodyDisputes)])
      for shown in [late.assessment, try await place.assessment(reference).assessment] {
        #expect(shown.met && shown.information.asked == 2 && shown.information.returned == 0)
      }
    }
  }

  @Test func `before all complaints are there an answer is kept and nothing is assessed`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, expecting: 2, [complaint(0)])
      try await place.ask(reference, ["livewest"])
      #expect(try await !place.answer(reference, "livewest", [finding(1)]).hasAssessment)
      try await place.announceMore(reference, [complaint(1)])
      let assessed = try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self)
      try #require(assessed.count == 1)
      #expect(assessed[0].revision == 0 && assessed[0].information.returned == 1)
      #expect(assessed[0].routes[0].complaints[1].standing == .bodyConfirms)
    }
  }

  @Test func `a day that is not known is settled by what a body has on record`() async throws {
    try await Fixture.place { place in
      var unsure = complaint(2)
      (unsure.behaviourFrom, unsure.behaviourTo) = ("2026-02-01", "2026-02-01")
      (unsure.complaintFrom, unsure.complaintTo) = ("2026-02-20", "2026-03-15")
      try await place.announce(reference, [complaint(0), complaint(1), unsure])
      try await place.ask(reference, ["plymouth-city-council"])
      let days = finding(2, made: "2026-03-10")
      let assessment = try await place.answer(reference, "plymouth-city-council", [days]).assessment
      #expect(assessment.outcome == .notMet && assessment.counted == 2)
      let line = assessment.routes[0].complaints[2]
      #expect(line.reason.code == "complaint-too-late" && line.standing == .bodyConfirms)
      #expect(line.reason.details.contains { $0.value == "2026-03-10" })
    }
  }

  @Test func `a report that nobody logged counts, where the policy gives the benefit of the doubt`()
    async throws
  {
    let kind = TestPack()
    try await Fixture.place(of: [kind, strict]) { place in
      for (pack, met) in [(kind, true), (strict, false)] {
        let reference = Fixture.reference(met ? 1 : 2)
        try await place.announce(reference, under: pack, three)
        try await place.ask(reference, ["city"])
        let assessment = try await place.answer(reference, "city", [finding(0, .nobodyKnows)])
          .assessment
        #expect(assessment.met == met && assessment.counted == (met ? 3 : 2))
        #expect(assessment.routes[0].complaints[0].standing == .nobodyKnows)
      }
    }
  }

  @Test func `a complaint that a body disputes may change the outcome, and what can be signed`()
    async throws
  {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, three)
      try await place.ask(reference, ["city"])
      #expect(try await place.assessment(reference).assessment.outcome == .met)
      #expect(
        try await refusal { try await place.decide(reference, met: false, reason: "No") }.code
          == "must-be-met")
      let assessment = try await place.answer(reference, "city", [finding(1, .bodyDisputes)])
        .assessment
      #expect(assessment.outcome == .notMet && assessment.counted == 2)
      #expect(assessment.routes[0].complaints[1].reason.code == "disputed")
      #expect(!(try await place.decide(reference, met: false, reason: "Two count").decision.met))
    }
  }

  @Test func `with refused and silent bodies it goes on, and says what is lacking`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      try await place.ask(reference, ["livewest", "guinness", "anchor"])
      place.clock.advance(by: Fixture.untilOverdue)
      try await place.timersToFire()
      let response = try await place.answer(reference, "guinness", refused: .dataProtection)
      let information = response.assessment.information
      #expect(information.asked == 3 && information.returned == 0)
      #expect(information.refused == 1 && information.overdue == 2)
      let refused = try await place.events(Recourse_Threshold_V1_InformationRefused.self)
      #expect(refused.map(\.ground) == [.dataProtection] && refused[0].refusedOn == "2026-03-31")
      let request = try await place.request(reference, "guinness")
      #expect(request.state == .refused && request.ground == .dataProtection)
      #expect(try await place.decide(reference, met: true).decision.met)
    }
  }

  @Test func `an answer is put right before the decision, and both stay on record`() async throws {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, three)
      try await place.ask(reference, ["city"])
      try await place.answer(reference, "city", [finding(1, .bodyDisputes)])
      #expect(try await place.answer(reference, "city", [finding(1)]).assessment.outcome == .met)
      let again = try await place.answer(reference, "city", [finding(1)])
      #expect(again.assessment.revision == 2, "the same once more changes nothing")
      let answers = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows("SELECT standing FROM information_finding ORDER BY number")
          .map { try $0.text("standing") }
      }
      #expect(answers == ["BODY_DISPUTES", "BODY_CONFIRMS", "BODY_CONFIRMS"])
    }
  }

  @Test func `after the decision a first answer is kept, none is put right, nothing is assessed`()
    async throws
  {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, three)
      try await place.ask(reference)
      try await place.answer(reference, "city")
      try await place.decide(reference, met: true)
      let corrected = try await refusal {
        try await place.answer(reference, "city", [finding(0, .bodyDisputes)])
      }
      #expect(corrected.kind == .state && corrected.code == "already-answered")
      let late = try await place.answer(reference, "homes", [finding(0, .bodyDisputes)])
      #expect(late.assessment.revision == 1 && late.assessment.met)
      #expect(try await place.request(reference, "homes").state == .returned)
      try await place.settle()
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self).count == 2)
    }
  }

  @Test func `an upheld appeal opens the case to what has come in since`() async throws {
    try await Fixture.place(of: [strict]) { place in
      try await place.announce(reference, under: strict, [complaint(0), complaint(1)])
      try await place.ask(reference, ["city"])
      try await place.decide(reference, met: false, reason: "Two count")
      let late = try await place.answer(reference, "city", [finding(0, .bodyDisputes)])
      #expect(late.assessment.counted == 2)
      let appeal = try await place.threshold.makeAppeal(
        .with {
          $0.caseReference = reference.description
          $0.subject = .handling
          $0.ground = "any"
          $0.reason = "Not all was looked at"
          $0.officer = "Officer One"
        }
      ).appeal
      try await place.putAtIntake(reference)
      _ = try await place.threshold.decideAppeal(
        .with {
          $0.caseReference = reference.description
          $0.number = appeal.number
          $0.outcome = .referredBack
          $0.officer = "Officer Two"
          $0.reason = "It was not"
        })
      // Revision 1 is what was signed: that one body had been asked, and nothing had come.
      let anew = try await place.assessment(reference).assessment
      #expect(anew.revision == 2 && anew.counted == 1)
      try await place.decide(
        reference, met: false, officer: "Officer Three", reason: "One counts")
      let replayed = try await place.rederive()
      #expect(replayed.lookedAt == 2 && replayed.differences.isEmpty)
    }
  }

  @Test func `a policy that is published meanwhile does not touch the case`() async throws {
    let newer = TestPack(version: "100", required: 1, givesBenefitOfTheDoubt: false)
    try await Fixture.place(onDisk: true) { place in
      try await place.announce(reference, [complaint(0)])
      await place.kill("threshold")
      try await place.start(
        ThresholdWorker.worker(documents: BuiltInPolicyDocuments.all + [newer.document]))
      try await place.ask(reference, ["livewest"])
      #expect(try await place.request(reference, "livewest").dueOn == Fixture.dueOn)
      let assessment = try await place.answer(reference, "livewest", [finding(0)]).assessment
      #expect(assessment.policyDigest == Fixture.plymouth && assessment.required == 3)
    }
  }

  @Test func `an assessment of before its inputs were kept can be read, and made anew`()
    async throws
  {
    try await Fixture.place { place in
      try await place.announce(reference, three)
      try await place.context(of: "threshold")?.slice.write { tx in
        try tx.execute("UPDATE assessment SET input = NULL")
      }
      #expect(try await place.assessment(reference).assessment.met)
      try await place.ask(reference, ["livewest"])
      #expect(try await place.answer(reference, "livewest").assessment.revision == 1)
    }
  }
}
