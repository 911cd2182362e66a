import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WordsGuard
import WorkerKit
import WorkerKitTesting

@testable import Threshold

/// What an officer writes does not name the other party, or an officer has looked at it.
@Suite struct GuardedWordsTests {
  let procedure = Procedure(
    asksForTwo: true,
    appeals: "{subject: handling, grounds: [threshold-was-met], handler: Somebody else}")
  let alleged = "Bartholomew Quillfeather"

  private func overrides(_ place: TestPlace) async throws -> [[String]] {
    try await place.context(of: "threshold")?.slice.read { slice in
      try slice.rows(
        """
        SELECT actor, reason, words FROM kit_audit JOIN kit_audit_words USING (sequence)
        WHERE action = 'guard.override' ORDER BY sequence
        """
      ).map { try [$0.text("actor"), $0.text("reason"), $0.text("words")] }
    } ?? []
  }

  private func expectRefused(_ refused: Refusal, at path: String = "reason") {
    #expect(refused.kind == .state && refused.code == "names-the-other-party")
    #expect(refused.path == path && refused.message.contains("--guard-override"))
    #expect(!refused.message.contains("Quillfeather"))
  }

  @Test func `words that name them are refused, and nothing is kept`() async throws {
    try await procedure.place { place, reference in
      try await place.putAtIntake(reference, complainingOf: alleged)
      let named = "B. QUILLFEATHER was warned"
      expectRefused(
        try await refusal { try await place.decide(reference, met: false, reason: named) })
      expectRefused(
        try await refusal {
          try await place.decide(
            reference, met: false, reason: "Too few", as: "Friend of Quillfeather")
        }, at: "capacity")
      expectRefused(
        try await refusal { try await place.putOff(reference, to: "2026-03-31", reason: named) })
      expectRefused(
        try await refusal { try await place.change(reference, .paused, reason: named) })
      let shown = try await place.assessment(reference)
      #expect(!shown.hasDecision && !shown.hasPending && shown.deferredUntil.isEmpty)
      try await place.decide(reference, met: false, reason: "Too few")
      expectRefused(
        try await refusal {
          try await place.countersign(reference, declined: true, reason: named)
        })
      try await place.countersign(reference)
      try await place.appeal(reference, words: "Mr Quillfeather was not asked")
      expectRefused(
        try await refusal { try await place.decideAppeal(reference, reason: named) })
      #expect(try await overrides(place).isEmpty)
    }
  }

  @Test func `words that an officer has looked at are kept, and why is on record`() async throws {
    try await procedure.place { place, reference in
      try await place.putAtIntake(reference, complainingOf: alleged)
      _ = try await place.threshold.decide(
        .with {
          $0.caseReference = reference.description
          $0.officer = "Officer One"
          $0.reason = "Quillfeather Lane was the place"
          $0.guardOverride = " It is a street "
        })
      #expect(
        try await place.assessment(reference).pending.reason == "Quillfeather Lane was the place")
      #expect(try await overrides(place) == [["Officer One", "reason", "It is a street"]])
    }
  }

  @Test func `an override of what names nobody leaves no trace, and a long one is refused`()
    async throws
  {
    try await procedure.place { place, reference in
      try await place.putAtIntake(reference, complainingOf: alleged)
      func decide(_ override: String) async throws {
        _ = try await place.threshold.decide(
          .with {
            $0.caseReference = reference.description
            $0.officer = "Officer One"
            $0.reason = "Too few"
            $0.guardOverride = override
          })
      }
      let limit = WordsGuard.overrideLimit
      let refused = try await refusal { try await decide(String(repeating: "x", count: limit + 1)) }
      #expect(refused.code == "too-long" && refused.path == "guardOverride")
      try await decide(String(repeating: "x", count: limit))
      #expect(try await overrides(place).isEmpty)
    }
  }

  @Test func `while Intake is away nothing is kept, and it works when it is back`() async throws {
    try await procedure.place { place, reference in
      func decide() async throws {
        _ = try await place.threshold.decide(
          .with {
            $0.caseReference = reference.description
            $0.officer = "Officer One"
            $0.reason = "Too few"
          })
      }
      let refused = try await refusal { try await decide() }
      #expect(refused.kind == .tryAgain && refused.code == "guard-away")
      #expect(try await !place.assessment(reference).hasPending)
      try await place.putAtIntake(reference)
      try await decide()
      #expect(try await place.assessment(reference).hasPending)
      await place.kill("intake")
      let gone = try await refusal { try await decide() }
      #expect(gone.code == "guard-away")
    }
  }
}
