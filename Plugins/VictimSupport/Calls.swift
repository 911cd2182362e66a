import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The question to Intake how a person can be reached safely. Intake checks the consent, and records that it answered.
enum IntakeCalls {
  /// How long another worker may take.
  static let answerLimit: Duration = .seconds(10)

  /// - Throws: `EffectRefused` with Intake's code if it will not pass anything on; another error if it is away.
  static func details(
    _ key: ReferralKey, _ context: WorkerContext
  ) async throws -> Recourse_Intake_V1_GetReferralDetailsResponse {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    return try await refusingForGood {
      try await intake.getReferralDetails(
        .with {
          $0.caseReference = key.reference.description
          $0.recipient = key.agency
          $0.purpose = .supportReferral
          $0.consentID = key.consentID
        }, options: .within(answerLimit))
    }
  }

  /// Turns a refusal that stays into one of an effect.
  static func refusingForGood<T>(_ body: () async throws -> T) async throws -> T {
    do {
      return try await body()
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.kind != .tryAgain else { throw error }
      throw EffectRefused(reason: refusal.code)
    }
  }
}

/// What Support is asked and told.
struct SupportCalls {
  private typealias Method = Recourse_Support_V1_Support.Method

  static let methods = [
    Method.GetSupport.descriptor, Method.ServeAgencies.descriptor,
    Method.RecordReferralAnswer.descriptor, Method.RecordWithdrawalAcknowledged.descriptor,
  ]

  private let context: WorkerContext

  init(_ context: WorkerContext) {
    self.context = context
  }

  /// The case's referrals to these agencies that this plugin took there and whose consent is gone, as Support sees it with
  /// the withdrawal taken in.
  func withdrawn(
    _ agencies: [String], by withdrawn: Received<Recourse_Intake_V1_ConsentWithdrawn>
  ) async throws -> [ReferralKey] {
    guard withdrawn.event.purpose == "SUPPORT_REFERRAL" else { return [] }
    let reference = try CaseReference(event: withdrawn.event.caseReference)
    let support = Recourse_Support_V1_Support.Stub(wrapping: context.client)
    let shown = try await support.getSupport(
      .with {
        $0.caseReference = reference.description
        $0.atLeastPosition = withdrawn.position
      }, options: .within(IntakeCalls.answerLimit))
    return shown.referrals.filter {
      $0.consentWithdrawn && $0.servedBy == VictimSupportPlugin.name
    }.map { ReferralKey(reference, $0.agency, $0.consentID) }
  }

  func serve(_ agencies: [String]) async throws {
    let support = Recourse_Support_V1_Support.Stub(wrapping: context.client)
    try await IntakeCalls.refusingForGood {
      _ = try await support.serveAgencies(
        .with { $0.agencies = agencies }, options: .within(IntakeCalls.answerLimit))
    }
  }

  func record(_ answer: KeptAnswer, of key: ReferralKey) async throws {
    let support = Recourse_Support_V1_Support.Stub(wrapping: context.client)
    try await IntakeCalls.refusingForGood {
      _ = try await support.recordReferralAnswer(
        .with {
          $0.caseReference = key.reference.description
          $0.agency = key.agency
          $0.consentID = key.consentID
          $0.answer = Self.answers[answer.answer] ?? .unspecified
          $0.reason = Self.reasons[answer.reason] ?? .unspecified
          $0.answeredOn = answer.day
        }, options: .within(IntakeCalls.answerLimit))
    }
  }

  func acknowledge(_ key: ReferralKey, on day: String) async throws {
    let support = Recourse_Support_V1_Support.Stub(wrapping: context.client)
    try await IntakeCalls.refusingForGood {
      _ = try await support.recordWithdrawalAcknowledged(
        .with {
          $0.caseReference = key.reference.description
          $0.agency = key.agency
          $0.consentID = key.consentID
          $0.acknowledgedOn = day
        }, options: .within(IntakeCalls.answerLimit))
    }
  }

  private static let answers: [String: Recourse_Support_V1_ReferralAnswer] = [
    "ACCEPTED": .accepted, "DECLINED": .declined, "NO_CONTACT": .noContact, "CLOSED": .closed,
  ]

  private static let reasons: [String: Recourse_Support_V1_DeclineReason] = [
    "NO_CAPACITY": .noCapacity, "NOT_ELIGIBLE": .notEligible, "OUT_OF_AREA": .outOfArea,
    "ALREADY_SUPPORTED": .alreadySupported, "PERSON_DECLINED": .personDeclined,
    "NOT_DELIVERED": .notDelivered,
  ]
}

extension CallOptions {
  fileprivate static func within(_ limit: Duration) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = limit
    return options
  }
}
