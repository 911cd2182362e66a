import CaseModel
import Foundation
import Messages
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// Which appeals are not taken, and why.
@Suite struct AppealRefusalTests {
  let procedure = Procedure(
    appeals: "{subject: handling, grounds: [threshold-was-met], window: 10 days, stages: 2}")
  static let day: TimeInterval = 86_400

  /// A case that was decided not met on 16 March 2026.
  private func decided(
    _ procedure: Procedure, _ body: (TestPlace, CaseReference) async throws -> Void
  ) async throws {
    try await procedure.place { place, reference in
      try await place.decide(reference, met: false, reason: "Too few")
      try await body(place, reference)
    }
  }

  @Test func `there must be a decision`() async throws {
    try await procedure.place { place, reference in
      let early = try await refusal { try await place.appeal(reference) }
      #expect(early.kind == .state && early.code == "not-decided-yet")
      let unknown = try await refusal { try await place.appeal(Fixture.reference(2)) }
      #expect(unknown.code == "unknown-case")
    }
  }

  @Test func `the ground must be one of the procedure's`() async throws {
    try await decided(procedure) { place, reference in
      let other = try await refusal { try await place.appeal(reference, on: "any") }
      #expect(other.code == "ground-not-in-procedure" && other.path == "ground")
      #expect(other.message.contains("threshold-was-met"))
      let none = try await refusal { try await place.appeal(reference, on: "unfair") }
      #expect(none.kind == .input && none.code == "unknown-ground")
      let aboutNothing = try await refusal {
        try await place.appeal(reference, about: .unspecified)
      }
      #expect(aboutNothing.code == "missing" && aboutNothing.path == "subject")
    }
  }

  @Test func `its window bars nobody, for the day on which they were told is not kept`()
    async throws
  {
    try await decided(procedure) { place, reference in
      place.clock.advance(by: 11 * Self.day)
      #expect(try await place.appeal(reference).madeOn == "2026-03-27")
      try await place.decideAppeal(reference, 1, .dismissed)
      // Nor does the end of the first stage begin the second's.
      place.clock.advance(by: 11 * Self.day)
      #expect(try await place.appeal(reference).madeOn == "2026-04-07")
    }
  }

  @Test func `a procedure that is not known to say when keeps nobody from it`() async throws {
    try await decided(Procedure()) { place, reference in
      place.clock.advance(by: 200 * Self.day)
      #expect(try await place.appeal(reference, on: "any").windowUnknown)
      #expect(try await place.assessment(reference).appeals.map(\.windowUnknown) == [true])
      let recorded = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows("SELECT reason FROM kit_audit WHERE action = 'threshold.make-appeal'")
          .map { try $0.text("reason") }
      }
      #expect(recorded?.first?.hasSuffix("the procedure is not known to say by when") == true)
    }
  }

  @Test(arguments: [
    ("2026-03-17", "date-in-future"), ("2026-03-15", "date-before-decision"),
    ("2026-02-30", "not-a-date"),
  ])
  func `a day on which nobody can have made it is refused`(day: String, code: String) async throws {
    try await decided(procedure) { place, reference in
      let refused = try await refusal { try await place.appeal(reference, made: day) }
      #expect(refused.code == code && refused.path == "madeOn")
    }
  }

  @Test func `one is open at a time about the same, and as many as there are stages`() async throws
  {
    try await decided(procedure) { place, reference in
      try await place.appeal(reference)
      let open = try await refusal { try await place.appeal(reference) }
      #expect(open.kind == .state && open.code == "appeal-open")
      try await place.decideAppeal(reference, 1, .dismissed)
      place.clock.advance(by: 5 * Self.day)
      #expect(try await place.appeal(reference).number == 2)
      try await place.decideAppeal(reference, 2, .dismissed)
      let third = try await refusal { try await place.appeal(reference) }
      #expect(third.code == "no-further-stage" && third.message.contains("2 stages"))
    }
  }

  @Test func `of three stages each may be used, about the review anew once one was upheld`()
    async throws
  {
    let procedure = Procedure(
      appeals: "{subject: review, grounds: [any], window: 10 days, stages: 3}")
    try await procedure.place { place, reference in
      try await place.decide(reference, met: true, reason: "Harm is great")
      let outcomes: [Recourse_Threshold_V1_AppealOutcome.Value] = [
        .dismissed, .dismissed, .referredBack, .dismissed, .dismissed, .dismissed,
      ]
      for (index, outcome) in outcomes.enumerated() {
        let number = UInt32(index + 1)
        let made = try await place.appeal(reference, about: .review, on: "any")
        #expect(made.number == number)
        try await place.decideAppeal(reference, number, outcome)
      }
      let further = try await refusal {
        try await place.appeal(reference, about: .review, on: "any")
      }
      #expect(further.code == "no-further-stage" && further.message.contains("3 stages"))
    }
  }

  @Test func `while it is to be decided again there is nothing to appeal against`() async throws {
    try await decided(procedure) { place, reference in
      try await place.appeal(reference)
      try await place.decideAppeal(reference)
      let refused = try await refusal { try await place.appeal(reference) }
      #expect(refused.kind == .state && refused.code == "being-decided-anew")
      #expect(refused.path == "subject")
      try await place.decide(
        reference, met: false, officer: "Officer Three", reason: "Still too few")
      #expect(try await place.appeal(reference).number == 2)
    }
  }

  @Test func `without a review there is none about it`() async throws {
    try await decided(procedure) { place, reference in
      let refused = try await refusal {
        try await place.appeal(reference, about: .review, on: "any")
      }
      #expect(refused.code == "no-review" && refused.path == "subject")
    }
  }

  @Test func `about handling and about the review may be open together`() async throws {
    try await Procedure().place { place, reference in
      try await place.decide(reference, met: true, reason: "Harm is great")
      try await place.appeal(reference)
      #expect(try await place.appeal(reference, about: .review).number == 2)
    }
  }

  @Test func `it is decided once, by a name, with a reason and an outcome`() async throws {
    try await decided(procedure) { place, reference in
      let none = try await refusal { try await place.decideAppeal(reference) }
      #expect(none.kind == .notFound && none.code == "unknown-appeal")
      try await place.appeal(reference)
      let wrong = try await refusal { try await place.decideAppeal(reference, 2) }
      #expect(wrong.code == "unknown-appeal" && wrong.message.contains("open: 1"))
      let open = try await refusal { try await place.decideAppeal(reference, 1, .unspecified) }
      #expect(open.code == "missing" && open.path == "outcome")
      let silent = try await refusal { try await place.decideAppeal(reference, reason: " ") }
      #expect(silent.code == "missing" && silent.path == "reason")
      let unsigned = try await refusal { try await place.decideAppeal(reference, by: "") }
      #expect(unsigned.code == "missing" && unsigned.path == "officer")
      // Nor does the procedure say who hears it.
      let nobody = try await refusal { try await place.decideAppeal(reference, as: "") }
      #expect(nobody.code == "capacity-needed" && nobody.path == "capacity")
      let dismissed = try await place.decideAppeal(reference, 1, .dismissed)
      #expect(dismissed.capacity == "Appeals panel")
      let again = try await refusal { try await place.decideAppeal(reference) }
      #expect(again.kind == .state && again.code == "appeal-already-decided")
    }
  }

  @Test func `a window that ends beyond the known bank holidays keeps nobody from it`() async throws
  {
    let procedure = Procedure(
      appeals: "{subject: handling, grounds: [any], window: 1000 workingDays}")
    try await decided(procedure) { place, reference in
      let made = try await place.appeal(reference, on: "any")
      #expect(made.number == 1)
    }
  }
}
