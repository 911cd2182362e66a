import CaseModel
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A review cannot be run without some consents: the clock stands still for them, and nothing is decided
/// by their want.
@Suite(.timeLimit(.minutes(1))) struct ConsentTests {
  let reference = Fixture.reference()
  let pack = TestPack.with()
  let sharing = "SHARE_WITH_RELEVANT_BODIES"
  let authority = "THIRD_PARTY_AUTHORITY"

  @Test func `the clock for the decision stands still from receipt until the consent is there`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      var shown = try await place.assessment(reference)
      #expect(shown.awaitsConsent && shown.hasAssessment && !shown.hasDecision)
      var decide = try await place.reading(reference, "decide")
      #expect(decide.paused && decide.dueOn.isEmpty && decide.anchorOn == Fixture.receivedOn)
      try await place.go(to: "2026-05-01")
      #expect(try await place.owed("decide").isEmpty)
      try await place.consent(reference, to: "SUPPORT_REFERRAL")
      #expect(try await place.assessment(reference).awaitsConsent)
      try await place.consent(reference, to: sharing)
      shown = try await place.assessment(reference)
      decide = try await place.reading(reference, "decide")
      #expect(!shown.awaitsConsent && !decide.paused)
      // The first day that counts is the one on which it came, the 1st of May.
      #expect(decide.dueOn == "2026-05-22")
      let events = try await place.events(Recourse_Threshold_V1_ClockChanged.self)
      #expect(events.map(\.change) == [.paused, .resumed])
      #expect(events.map(\.changedOn) == [Fixture.receivedOn, "2026-05-01"])
      #expect(events.map(\.dueOn) == ["", decide.dueOn])
    }
  }

  @Test func `what was given with the application is not what it waits for`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true, consents: [sharing])
      #expect(try await place.assessment(reference).awaitsConsent)
      try await place.consent(reference, to: authority)
      #expect(try await !place.assessment(reference).awaitsConsent)
      #expect(try await place.reading(reference, "decide").dueOn == Fixture.decideBy)
    }
  }

  @Test func `the authority alone does not end it`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      try await place.consent(reference, to: authority)
      #expect(try await place.assessment(reference).awaitsConsent)
      try await place.consent(reference, to: sharing)
      #expect(try await !place.assessment(reference).awaitsConsent)
    }
  }

  @Test func `a clock that the policy does not let stand still runs on`() async throws {
    let strict = TestPack.with(clocks: "stage: decide, period: 5 workingDays, from: receipt")
    try await Fixture.place(of: [strict]) { place in
      try await place.receive(reference, under: strict, awaitsConsent: true)
      #expect(try await place.assessment(reference).awaitsConsent)
      let decide = try await place.reading(reference, "decide")
      #expect(!decide.paused && decide.dueOn == "2026-03-23")
      try await place.consent(reference, to: sharing)
      #expect(try await !place.assessment(reference).awaitsConsent)
      #expect(try await place.reading(reference, "decide") == decide)
    }
  }

  @Test func `what somebody else has let stand still is left to them`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      try await place.change(reference, .resumed)
      try await place.change(reference, .paused)
      try await place.consent(reference, to: sharing)
      #expect(try await place.reading(reference, "decide").paused)
    }
  }

  @Test func `an application that waits for nothing has a clock that runs`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      #expect(try await !place.assessment(reference).awaitsConsent)
      try await place.consent(reference, to: authority)
      #expect(try await place.reading(reference, "decide").dueOn == Fixture.decideBy)
      #expect(try await place.events(Recourse_Threshold_V1_ClockChanged.self).isEmpty)
    }
  }

  @Test
  func `8: a consent that is missing stops the clock, and is never a threshold that is not met`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      let other = Fixture.reference(2)
      try await place.receive(other, under: pack, consents: [sharing])
      // What the rules say of it is what they say of one that waits for nothing.
      let (waiting, plain) = (
        try await place.assessment(reference).assessment,
        try await place.assessment(other).assessment
      )
      #expect(waiting.outcome == plain.outcome && waiting.counted == plain.counted)
      try await place.go(to: "2026-06-01")
      let shown = try await place.assessment(reference)
      #expect(shown.awaitsConsent && !shown.hasDecision)
      #expect(try await place.reading(reference, "decide").paused)
      #expect(Set(try await place.owed("decide").map(\.caseReference)) == [other.description])
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdDecided.self).isEmpty)
    }
  }
}
