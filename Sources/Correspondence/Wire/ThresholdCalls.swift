import CaseModel
import CorrespondenceRules
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// What Threshold and Panel are asked for letters, and what Threshold is told.
struct ThresholdCalls {
  private typealias Method = Recourse_Threshold_V1_Threshold.Method

  static let methods = [
    Method.RecordAcknowledged.descriptor, Method.RecordNotified.descriptor,
    Method.RecordDelayNotice.descriptor, Method.RecordUndelivered.descriptor,
  ]
  static let disclosures = [
    DisclosureNeed(
      Method.GetAssessment.descriptor, purpose: "letter",
      fields: [
        "capacity", "reason", "deferral_reason", "appeals.capacity", "appeals.decision_reason",
      ]),
    DisclosureNeed(
      Recourse_Panel_V1_Panel.Method.GetReview.descriptor, purpose: "letter",
      fields: [
        "reason", "recommendations.text", "recommendations.follow_up.answer_reason",
        "recommendations.follow_up.report_text", "recommendations.follow_up.evidence",
      ]),
  ]

  private let context: WorkerContext

  init(_ context: WorkerContext) {
    self.context = context
  }

  /// The case as Threshold tells of it in letters.
  /// - Parameter position: it has taken this into account.
  func assessment(
    of reference: CaseReference, after position: UInt64
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    let service = Recourse_Threshold_V1_Threshold.Stub(wrapping: context.client)
    return try await service.getAssessment(
      .with {
        $0.caseReference = reference.description
        $0.atLeastPosition = position
        $0.purpose = .letter
      }, options: .within(IntakeCalls.answerLimit))
  }

  /// The review as Panel tells of it in letters; nil if none was opened.
  /// - Parameter position: it has taken this into account.
  func review(
    of reference: CaseReference, after position: UInt64
  ) async throws -> Recourse_Panel_V1_GetReviewResponse? {
    let service = Recourse_Panel_V1_Panel.Stub(wrapping: context.client)
    do {
      return try await service.getReview(
        .with {
          $0.caseReference = reference.description
          $0.atLeastPosition = position
          $0.purpose = .letter
        }, options: .within(IntakeCalls.answerLimit))
    } catch let error as RPCError {
      guard let refusal = Refusal(error), ["no-review", "unknown-case"].contains(refusal.code)
      else { throw error }
      return nil
    }
  }

  /// Puts on record what a notice is evidence of.
  /// - Throws: `EffectRefused` with Threshold's code if it has it on record otherwise.
  func tell(
    _ evidence: NoticeEvidence, on day: CalendarDate, of reference: CaseReference,
    after position: UInt64, key: String
  ) async throws {
    let service = Recourse_Threshold_V1_Threshold.Stub(wrapping: context.client)
    let options = CallOptions.within(IntakeCalls.answerLimit)
    do {
      switch evidence {
      case .acknowledged:
        _ = try await service.recordAcknowledged(
          .with {
            $0.caseReference = reference.description
            $0.acknowledgedOn = day.description
            $0.officer = CorrespondenceWorker.name
            $0.idempotencyKey = key
            $0.atLeastPosition = position
          }, options: options)
      case .notified(let body):
        _ = try await service.recordNotified(
          .with {
            $0.caseReference = reference.description
            $0.body = body
            $0.notifiedOn = day.description
            $0.officer = CorrespondenceWorker.name
            $0.idempotencyKey = key
            $0.atLeastPosition = position
          }, options: options)
      case .toldOfDelay(let stage):
        _ = try await service.recordDelayNotice(
          .with {
            $0.caseReference = reference.description
            $0.stage = stage
            $0.toldOn = day.description
            $0.officer = CorrespondenceWorker.name
            $0.idempotencyKey = key
            $0.atLeastPosition = position
          }, options: options)
      }
    } catch {
      throw Self.told(error)
    }
  }

  /// Takes back what a notice was evidence of: it did not arrive.
  /// - Parameter day: the day on which it was put on record as told.
  /// - Throws: `EffectRefused` with Threshold's code if it is not on record so, by this worker.
  func takeBack(
    _ evidence: NoticeEvidence, on day: CalendarDate, of reference: CaseReference,
    after position: UInt64, key: String
  ) async throws {
    let service = Recourse_Threshold_V1_Threshold.Stub(wrapping: context.client)
    let request = Recourse_Threshold_V1_RecordUndeliveredRequest.with {
      $0.caseReference = reference.description
      switch evidence {
      case .acknowledged: $0.acknowledgement = true
      case .notified(let body): $0.body = body
      case .toldOfDelay(let stage): $0.stage = stage
      }
      $0.toldOn = day.description
      $0.officer = CorrespondenceWorker.name
      $0.idempotencyKey = key
      $0.atLeastPosition = position
    }
    do {
      _ = try await service.recordUndelivered(
        request, options: .within(IntakeCalls.answerLimit))
    } catch {
      throw Self.told(error)
    }
  }

  /// What Threshold says of the case it will say again.
  private static func told(_ error: any Error) -> any Error {
    guard let failed = error as? RPCError, let refusal = Refusal(failed), refusal.isAboutTheCase
    else { return error }
    return EffectRefused(reason: refusal.code)
  }
}
