import CaseModel
import Messages
import Policy
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What is answered about a consent after the application, and what a clock does about it.
@Suite(.timeLimit(.minutes(1))) struct LaterConsentTests {
  let reference = Fixture.reference()
  let pack = TestPack.with()
  let sharing = "SHARE_WITH_RELEVANT_BODIES"
  let authority = "THIRD_PARTY_AUTHORITY"

  @Test
  func `the clock runs again from the day on which it was given, not from when it was heard of`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      try await place.go(to: "2026-05-08")
      // The 1st of May was a Friday: fifteen working days with it, and a bank holiday between.
      try await place.consent(reference, to: sharing, on: "2026-05-01", awaits: false)
      let decide = try await place.reading(reference, "decide")
      #expect(!decide.paused && decide.dueOn == "2026-05-22")
      #expect(decide.changes.map(\.change) == [.paused, .resumed])
      #expect(decide.changes.map(\.changedOn) == [Fixture.receivedOn, "2026-05-01"])
      #expect(decide.changes.allSatisfy { $0.officer.isEmpty && !$0.reason.isEmpty })
    }
  }

  @Test func `one that was given so long ago that the day is gone owes a notice`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      try await place.go(to: "2026-06-10")
      try await place.consent(reference, to: sharing, on: "2026-05-01", awaits: false)
      try await place.timersToFire()
      #expect(try await place.owed("decide").map(\.dueOn) == ["2026-05-22"])
      #expect(try await place.reading(reference, "decide").late)
    }
  }

  @Test func `one that is of before receipt lets the clock run as if it had never stood`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      try await place.consent(reference, to: sharing, on: "2026-03-02", awaits: false)
      #expect(try await place.reading(reference, "decide").dueOn == Fixture.decideBy)
    }
  }

  @Test func `it runs when Intake says that nothing is waited for, and no sooner`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, awaitsConsent: true)
      try await place.consent(reference, to: sharing, on: "2026-03-17", awaits: true)
      #expect(try await place.reading(reference, "decide").paused)
      // The last victim who had not been asked says no: it goes on for the others.
      try await place.refuse(reference, authority, on: "2026-03-17", awaits: false)
      #expect(try await !place.assessment(reference).awaitsConsent)
      #expect(try await !place.reading(reference, "decide").paused)
    }
  }

  @Test
  func `what is withdrawn lets the clock stand still again, from the day on which it is heard of`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      try await place.go(to: "2026-03-25")
      try await place.withdraw(reference, sharing, on: "2026-03-23")
      var decide = try await place.reading(reference, "decide")
      #expect(try await place.assessment(reference).awaitsConsent)
      #expect(
        decide.paused && decide.dueOn.isEmpty && decide.changes.map(\.changedOn) == ["2026-03-25"])
      try await place.go(to: "2026-05-01")
      #expect(try await place.owed().filter { $0.stage == "decide" }.isEmpty)
      try await place.consent(reference, to: sharing, on: "2026-03-30", awaits: false)
      decide = try await place.reading(reference, "decide")
      // It stood still for the three working days from the 25th to the 27th.
      #expect(decide.daysAdded == 3 && decide.dueOn == "2026-04-13")
      let events = try await place.events(Recourse_Threshold_V1_ClockChanged.self)
      #expect(events.map(\.change) == [.paused, .resumed])
      #expect(events.map(\.dueOn) == ["", decide.dueOn])
    }
  }

  @Test func `an answer about something else never lets the clock stand still`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      try await place.refuse(reference, "FEEDBACK", on: Fixture.receivedOn, awaits: true)
      try await place.withdraw(reference, "SUPPORT_REFERRAL", on: Fixture.receivedOn)
      let decide = try await place.reading(reference, "decide")
      #expect(!decide.paused && decide.dueOn == Fixture.decideBy && decide.changes.isEmpty)
      try await place.refuse(reference, authority, on: Fixture.receivedOn, awaits: true)
      #expect(try await place.reading(reference, "decide").paused)
    }
  }

  @Test func `a withdrawal that leaves others changes nothing`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      try await place.withdraw(reference, authority, on: Fixture.receivedOn, awaits: false)
      let decide = try await place.reading(reference, "decide")
      #expect(!decide.paused && decide.dueOn == Fixture.decideBy && decide.changes.isEmpty)
    }
  }

  @Test func `a clock that may not stand still runs on, and the case says that one is waited for`()
    async throws
  {
    let strict = TestPack.with(clocks: "stage: decide, period: 5 workingDays, from: receipt")
    try await Fixture.place(of: [strict]) { place in
      try await place.receive(reference, under: strict, consents: [sharing])
      try await place.withdraw(reference, sharing, on: Fixture.receivedOn)
      #expect(try await place.assessment(reference).awaitsConsent)
      let decide = try await place.reading(reference, "decide")
      #expect(!decide.paused && decide.changes.isEmpty)
    }
  }

  @Test func `a deadline that is gone is not moved by a withdrawal of before it`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      try await place.go(to: "2026-05-01")
      try await place.withdraw(reference, sharing, on: "2026-03-23")
      let decide = try await place.reading(reference, "decide")
      #expect(decide.late && decide.dueOn == Fixture.decideBy && decide.paused)
      #expect(decide.changes.map(\.changedOn) == ["2026-05-01"])
    }
  }

  @Test func `what an officer let stand still is left to them`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      try await place.change(reference, .paused, by: "Officer Two", reason: "Away")
      try await place.withdraw(reference, sharing, on: Fixture.receivedOn)
      try await place.consent(reference, to: sharing, on: Fixture.receivedOn, awaits: false)
      let decide = try await place.reading(reference, "decide")
      #expect(decide.paused && decide.changes.map(\.officer) == ["Officer Two"])
      #expect(decide.changes.map(\.reason) == ["Away"])
    }
  }

  @Test func `a decision that was made stands, whatever is withdrawn after it`() async throws {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      try await place.decide(reference, met: false, reason: "Too few complaints")
      try await place.withdraw(reference, sharing, on: Fixture.receivedOn)
      let shown = try await place.assessment(reference)
      #expect(shown.hasDecision && shown.awaitsConsent)
      #expect(try await place.reading(reference, "decide").changes.isEmpty)
    }
  }

  @Test func `a clock that has been changed too often is left as it is, and the case goes on`()
    async throws
  {
    try await Fixture.place(of: [pack]) { place in
      try await place.receive(reference, under: pack, consents: [sharing])
      let source = try #require(place.context(of: "source"))
      try await source.slice.write { tx in
        for number in 0...(RunningClock.changesLimit) {
          let awaits = number.isMultiple(of: 2)
          try tx.emit(
            Recourse_Intake_V1_ConsentRefused.with {
              $0.caseReference = reference.description
              $0.purpose = sharing
              $0.awaitsConsent = awaits
            }, key: reference.key)
        }
      }
      try await place.settle()
      let decide = try await place.reading(reference, "decide")
      #expect(!decide.paused && decide.changes.count == RunningClock.changesLimit)
      #expect(try await place.audited("threshold.clock-left") == ["threshold"])
    }
  }
}
