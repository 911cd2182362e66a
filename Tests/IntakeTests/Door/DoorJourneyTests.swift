import CaseModel
import Foundation
import GRPCCore
import Messages
import Panel
import Reporting
import Support
import SwiftProtobuf
import Testing
import Threshold
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// What a person does at the door, and what all workers make of it.
@Suite(.timeLimit(.minutes(2))) struct DoorJourneyTests {
  private static func with(_ body: (IntakeStage) async throws -> Void) async throws {
    let workers = [
      ThresholdWorker.worker(), IntakeWorker.worker(), PanelWorker.worker(),
      SupportWorker.worker(), ReportingWorker.worker(),
    ]
    try await TestPlace.with(workers, now: try .at("2026-06-30T12:00:00Z"), onDisk: true) { place in
      try await place.settle()
      try await body(IntakeStage(place: place))
    }
  }

  @Test
  func
    `a third complaint that is added makes the threshold met, and a withdrawal ends what is owed`()
    async throws
  {
    try await Self.with { stage in
      let draft = try await stage.startDraft()
      let reference = try await stage.handIn(draft.session) { application in
        application.complaints = (0..<2).map { Self.complaint($0) }
      }.caseReference
      try await stage.place.settle()
      #expect(try await !stage.assessment(reference).assessment.met)

      #expect(
        try await stage.addComplaint(in: draft.session) { $0 = Self.complaint(2) }.faults.isEmpty)
      try await stage.place.settle()
      let assessed = try await stage.assessment(reference).assessment
      #expect(assessed.met && assessed.revision == 1 && assessed.counted == 3)

      try await stage.decideMet(reference)
      try await stage.place.settle()
      #expect(try await stage.review(reference).state != .withdrawn)
      let response = try await stage.withdraw(in: draft.session, underPressure: true)
      #expect(response.faults.isEmpty)
      try await stage.place.settle()
      let shown = try await stage.assessment(reference)
      #expect(shown.withdrawnOn == "2026-06-30" && shown.withdrawnUnderPressure)
      #expect(try await stage.review(reference).state == .withdrawn)

      let figures = try await stage.statutory()
      #expect(figures.applications.cases == [reference] && figures.thresholdNotMet.count == 0)
      // The referral that was consented to is made, and is not taken back with the application.
      let support = Recourse_Support_V1_Support.Stub(wrapping: stage.place.client)
      let referrals = try await support.getSupport(.with { $0.caseReference = reference }).referrals
      #expect(referrals.count == 1 && !referrals[0].consentWithdrawn)
    }
  }

  /// One that counts, of an incident of its own.
  private static func complaint(_ number: Int) -> Complaint {
    .with {
      $0.behaviourDate = "2026-06-0\(number + 1)"
      $0.complaintDate = "2026-06-0\(number + 2)"
      $0.madeTo = .council
      $0.body = "plymouth-city-council"
      $0.complainant = "self"
      $0.incident = "noise-\(number)"
    }
  }
}

extension IntakeStage {
  private var threshold: some Recourse_Threshold_V1_Threshold.ClientProtocol {
    Recourse_Threshold_V1_Threshold.Stub(wrapping: place.client)
  }

  fileprivate func assessment(
    _ reference: String
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    try await threshold.getAssessment(
      .with {
        $0.caseReference = reference
        $0.purpose = .caseWork
      })
  }

  fileprivate func decideMet(_ reference: String) async throws {
    _ = try await threshold.decide(
      .with {
        $0.caseReference = reference
        $0.met = true
        $0.officer = "A. Officer"
        $0.capacity = "Lead authority"
      })
  }

  fileprivate func review(
    _ reference: String
  ) async throws -> Recourse_Panel_V1_GetReviewResponse {
    let panel = Recourse_Panel_V1_Panel.Stub(wrapping: place.client)
    return try await panel.getReview(
      .with {
        $0.caseReference = reference
        $0.purpose = .progress
      })
  }

  fileprivate func statutory() async throws -> Recourse_Reporting_V1_StatutoryResponse {
    let head = try await place.logHead()
    let reporting = Recourse_Reporting_V1_Reporting.Stub(wrapping: place.client)
    return try await reporting.statutory(
      .with {
        $0.from = "2026-04-01"
        $0.to = "2027-03-31"
        $0.atLeastPosition = head
      })
  }
}
