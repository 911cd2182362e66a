import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

extension TestPlace {
  /// Announces that an application was taken back, and waits until everybody has heard.
  func takeBack(
    _ reference: CaseReference, on day: String = "2026-03-18", underPressure: Bool = false
  ) async throws {
    let event = Recourse_Intake_V1_ApplicationWithdrawn.with {
      $0.caseReference = reference.description
      $0.withdrawnOn = day
      $0.underPressure = underPressure
    }
    try await announce(event, key: reference.key, by: "source")
    try await settle()
  }
}

/// What an application that was taken back comes to.
@Suite(.timeLimit(.minutes(1))) struct WithdrawalTests {
  let reference = Fixture.reference()
  let pack = TestPack.with(
    clocks: "stage: acknowledge, period: 2 workingDays, from: receipt",
    "stage: information, period: 5 workingDays, from: receipt",
    "stage: decide, period: 15 workingDays, from: receipt")

  @Test func `its clocks end and owe no notice, and their stages are not done for that`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, through: "PAPER")
      try await place.takeBack(reference, underPressure: true)
      let shown = try await place.assessment(reference)
      #expect(shown.withdrawnOn == "2026-03-18" && shown.withdrawnUnderPressure)
      #expect(shown.clocks.count == 3)
      for clock in shown.clocks {
        #expect(clock.endedOn == "2026-03-18" && clock.doneOn.isEmpty && clock.dueOn.isEmpty)
        #expect(!clock.late && !clock.paused)
      }
      try await place.go(to: "2026-06-01")
      #expect(try await place.owed().isEmpty)
      #expect(try await place.assessment(reference, for: .letter).withdrawnOn == "2026-03-18")
    }
  }

  @Test func `what was late when it was taken back stays late`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack)
      try await place.go(to: "2026-04-20")
      #expect(try await place.owed("decide").count == 1)
      try await place.takeBack(reference, on: "2026-04-20")
      #expect(try await place.reading(reference, "decide").late)
      #expect(try await place.reading(reference, "decide").endedOn == "2026-04-20")
    }
  }

  @Test func `nobody decides, asks or appeals any more, and what comes late starts nothing`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, through: "PAPER", awaitsConsent: true)
      try await place.ask(reference, ["city"])
      _ = try await place.putOff(reference, to: "2026-03-31")
      try await place.takeBack(reference)
      #expect(try await place.assessment(reference).deferredUntil.isEmpty)
      let refusals = [
        try await refusal { try await place.decide(reference, met: false, reason: "Too few") },
        try await refusal { try await place.putOff(reference, to: "2026-04-01") },
        try await refusal { try await place.ask(reference, ["police"]) },
        try await refusal { try await place.chase(reference, "city") },
        try await refusal { try await place.change(reference, .paused) },
      ]
      #expect(refusals.allSatisfy { $0.code == "withdrawn" && $0.kind == .state })
      let assessed = try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self).count
      // What somebody knows of the time before is still taken down.
      try await place.answer(reference, "city", [finding(0)])
      try await place.acknowledge(reference)
      try await place.consent(
        reference, to: "SHARE_WITH_RELEVANT_BODIES", on: "2026-03-17", awaits: false)
      try await place.announceMore(reference, [complaint(1, to: "city")])
      try await place.go(to: "2026-06-01")
      #expect(
        try await place.events(Recourse_Threshold_V1_ThresholdAssessed.self).count == assessed)
      #expect(try await place.readings(reference).allSatisfy { $0.endedOn == "2026-03-18" })
      #expect(try await place.audited("threshold.information-overdue").isEmpty)
      #expect(try await place.owed().isEmpty)
    }
  }

  @Test func `what was decided before it stands`() async throws {
    try await Fixture.place { place in
      try await place.announce(reference, [complaint(0), complaint(1), complaint(2)])
      try await place.decide(reference, met: true)
      try await place.takeBack(reference)
      let shown = try await place.assessment(reference)
      #expect(shown.hasDecision && shown.decision.met && shown.withdrawnOn == "2026-03-18")
      #expect(!shown.withdrawnUnderPressure)
      // Heard of twice, it is one.
      try await place.takeBack(reference, on: "2026-03-19")
      #expect(try await place.assessment(reference).withdrawnOn == "2026-03-18")
      #expect(try await place.audited("threshold.withdrawn").count == 1)
    }
  }

  @Test func `one that is heard of without its application is passed over`() async throws {
    try await Fixture.place { place in
      try await place.takeBack(reference)
      #expect(try await refusal { try await place.assessment(reference) }.code == "unknown-case")
    }
  }
}
