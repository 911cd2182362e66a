import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// A decision that is put off is put off to a day.
@Suite struct DeferralTests {
  @Test func `it is announced and shown, and deciding ends it`() async throws {
    try await Procedure().place { place, reference in
      _ = try await place.putOff(reference, to: "2026-03-31")
      try await place.settle()
      let deferred = try await place.events(Recourse_Threshold_V1_ThresholdDeferred.self)
      #expect(deferred.map(\.until) == ["2026-03-31"])
      #expect(deferred.map(\.deferredOn) == [Fixture.receivedOn])
      var shown = try await place.assessment(reference)
      #expect(shown.deferredUntil == "2026-03-31" && shown.deferralReason == "Reported last week")
      #expect(!shown.hasDecision)
      #expect(try await place.audited("threshold.defer") == ["Officer One"])

      try await place.decide(reference, met: false, reason: "Too few")
      shown = try await place.assessment(reference)
      #expect(shown.deferredUntil.isEmpty && shown.deferralReason.isEmpty && shown.hasDecision)
    }
  }

  @Test func `putting it off again moves the day`() async throws {
    try await Procedure().place { place, reference in
      _ = try await place.putOff(reference, to: "2026-03-31")
      _ = try await place.putOff(reference, to: "2026-03-16", reason: "It is clear now")
      #expect(try await place.assessment(reference).deferredUntil == "2026-03-16")
      try await place.settle()
      #expect(try await place.events(Recourse_Threshold_V1_ThresholdDeferred.self).count == 2)
    }
  }

  @Test(arguments: [
    ("2026-03-15", "date-in-past"), ("2026-02-30", "not-a-date"), ("", "missing"),
    ("2029-01-02", "beyond-horizon"),
  ])
  func `a day that has gone by or is none is refused`(day: String, code: String) async throws {
    try await Procedure().place { place, reference in
      let refused = try await refusal { try await place.putOff(reference, to: day) }
      #expect(refused.code == code && refused.path == "until")
      #expect(try await place.assessment(reference).deferredUntil.isEmpty)
    }
  }

  @Test func `when its day is over and nobody has decided, it is over, and that is on record`()
    async throws
  {
    try await Procedure().place { place, reference in
      _ = try await place.putOff(reference, to: "2026-03-18")
      place.clock.advance(by: 2 * Fixture.day)
      try await place.timersToFire()
      #expect(try await place.assessment(reference).deferredUntil == "2026-03-18")
      #expect(try await place.audited("threshold.deferral-over").isEmpty)
      place.clock.advance(by: Fixture.day)
      try await place.timersToFire()
      let shown = try await place.assessment(reference)
      #expect(shown.deferredUntil.isEmpty && shown.deferralReason.isEmpty && !shown.hasDecision)
      #expect(try await place.audited("threshold.deferral-over") == ["threshold"])
      _ = try await place.putOff(reference, to: "2026-03-20")
      #expect(try await place.assessment(reference).deferredUntil == "2026-03-20")
    }
  }

  @Test func `to a day after the decision is due it is put off, and that is said`() async throws {
    try await Procedure().place { place, reference in
      // 15 working days after receipt; Good Friday and Easter Monday lie between.
      _ = try await place.putOff(reference, to: "2026-04-08", reason: "In time")
      _ = try await place.putOff(reference, to: "2026-04-09", reason: "Later")
      let reasons = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows(
          "SELECT reason FROM kit_audit WHERE action = 'threshold.defer' ORDER BY sequence"
        ).map { try $0.text("reason") }
      }
      #expect(reasons == ["", "(to 2026-04-09, after the decision is due by 2026-04-08)"])
    }
  }

  @Test func `it takes a name and a reason, which stay here`() async throws {
    try await Procedure().place { place, reference in
      let silent = try await refusal {
        try await place.putOff(reference, to: "2026-03-31", reason: " ")
      }
      #expect(silent.code == "missing" && silent.path == "reason")
      let unsigned = try await refusal {
        try await place.putOff(reference, to: "2026-03-31", by: "")
      }
      #expect(unsigned.code == "missing" && unsigned.path == "officer")
      _ = try await place.putOff(
        reference, to: "2026-03-31", by: "Zebedee Marker", reason: "Quokka words")
      try await place.settle()
      for logged in try await place.events(key: reference.key.description) {
        for marker in ["Zebedee", "Quokka"] {
          #expect(logged.event.payload.range(of: Data(marker.utf8)) == nil)
        }
      }
    }
  }

  @Test func `what is decided, or waits for a second signature, is not put off`() async throws {
    try await Procedure(asksForTwo: true).place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      let waiting = try await refusal { try await place.putOff(reference, to: "2026-03-31") }
      #expect(waiting.code == "awaits-second-signature")
      try await place.countersign(reference)
      let decided = try await refusal { try await place.putOff(reference, to: "2026-03-31") }
      #expect(decided.kind == .state && decided.code == "already-decided")
    }
  }

  @Test func `a first signature leaves it put off, in case the second is declined`() async throws {
    try await Procedure(asksForTwo: true).place { place, reference in
      _ = try await place.putOff(reference, to: "2026-03-31")
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.countersign(reference, declined: true, reason: "One was missed")
      #expect(try await place.assessment(reference).deferredUntil == "2026-03-31")
      try await place.decide(reference, met: false, reason: "Too few")
      try await place.countersign(reference)
      #expect(try await place.assessment(reference).deferredUntil.isEmpty)
    }
  }
}
