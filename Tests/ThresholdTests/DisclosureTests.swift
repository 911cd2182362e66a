import Messages
import SwiftProtobuf
import Testing
import ThresholdRules
import WorkerKit
import WorkerKitTesting

@testable import Threshold

@Suite struct DisclosureTests {
  /// A response with a word in every field that can be told.
  private static let full = Recourse_Threshold_V1_GetAssessmentResponse.with {
    $0.officer = "officer"
    $0.secondOfficer = "second_officer"
    $0.reason = "reason"
    $0.deferralReason = "deferral_reason"
    $0.pending.officer = "pending.officer"
    $0.pending.capacity = "pending.capacity"
    $0.pending.reason = "pending.reason"
    $0.pending.token = "pending.token"
    $0.pending.signedOn = "2026-03-16"
    $0.appeals = [
      .with {
        $0.number = 1
        $0.officer = "appeals.officer"
        $0.reason = "appeals.reason"
        $0.decidedBy = "appeals.decided_by"
        $0.capacity = "appeals.capacity"
        $0.decisionReason = "appeals.decision_reason"
      }
    ]
    $0.clocks = [
      .with {
        $0.changes = [
          .with {
            $0.officer = "clocks.changes.officer"
            $0.reason = "clocks.changes.reason"
          }
        ]
      }
    ]
    $0.capacity = "capacity"
  }

  /// The fields that have their word.
  private static func told(
    _ response: Recourse_Threshold_V1_GetAssessmentResponse
  ) -> Set<String> {
    let appeal = response.appeals[0]
    let step = response.clocks[0].changes[0]
    return Set([
      response.officer, response.secondOfficer, response.reason, response.deferralReason,
      response.capacity, response.pending.officer, response.pending.capacity,
      response.pending.reason, response.pending.token, appeal.officer, appeal.reason,
      appeal.decidedBy, appeal.capacity, appeal.decisionReason, step.officer, step.reason,
    ]).subtracting([""])
  }

  private static let rows: [(Disclosure.Purpose, [String])] = [
    (.caseWork, Disclosure.Field.allCases.map(\.rawValue)),
    (
      .letter,
      ["capacity", "reason", "deferral_reason", "appeals.capacity", "appeals.decision_reason"]
    ),
    (.progress, []),
  ]

  @Test(arguments: rows) func `a purpose is told its fields and no other`(
    purpose: Disclosure.Purpose, fields: [String]
  ) {
    let response = Self.full.limited(to: Disclosure.minimum(for: purpose))
    #expect(Self.told(response) == Set(fields))
    #expect(response.pending.signedOn == "2026-03-16")
    #expect(response.appeals.map(\.number) == [1])
  }

  @Test func `where nothing waits, nothing is made to seem to wait`() {
    let response = Recourse_Threshold_V1_GetAssessmentResponse().limited(to: [])
    #expect(!response.hasPending)
  }

  @Test func `a reading says what for, and who read what for is on record`() async throws {
    try await Procedure().place { place, reference in
      let refusal = try await refusal {
        try await place.assessment(reference, for: .unspecified)
      }
      #expect(refusal.code == "purpose-needed" && refusal.path == "purpose")
      for purpose in [Recourse_Threshold_V1_AssessmentPurpose.Value.letter, .progress] {
        _ = try await place.assessment(reference, for: purpose)
      }
      let reasons = try await place.context(of: "threshold")?.slice.read { slice in
        try slice.rows(
          "SELECT reason FROM kit_audit WHERE action = 'threshold.read-assessment'"
        ).map { try $0.text("reason") }
      }
      #expect(
        reasons == [
          "letter: capacity, reason, deferral_reason, appeals.capacity, appeals.decision_reason",
          "progress: nothing personal",
        ])
    }
  }
}
