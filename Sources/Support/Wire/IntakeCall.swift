import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The question to Intake how a person can be reached safely, asked when a referral is sent. Intake
/// checks the consent again and records that it answered.
enum IntakeCall {
  /// How long Intake may take.
  static let answerLimit: Duration = .seconds(10)

  /// What came of it.
  enum Answer: Sendable {
    case details(ReferralDetails)
    /// Intake will not pass anything on, now or later: the stable code of its refusal.
    case refused(code: String)
  }

  /// - Throws: if Intake is away or asks to try again.
  static func referralDetails(
    _ key: ReferralKey, consentID: String, _ context: WorkerContext
  ) async throws -> Answer {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    let request = Recourse_Intake_V1_GetReferralDetailsRequest.with {
      $0.caseReference = key.reference.description
      $0.recipient = key.agency
      $0.purpose = TakeConsent.purpose
      $0.consentID = consentID
    }
    var options = CallOptions.defaults
    options.timeout = answerLimit
    do {
      return .details(
        ReferralDetails(try await intake.getReferralDetails(request, options: options)))
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.kind != .tryAgain else { throw error }
      return .refused(code: refusal.code)
    }
  }
}

extension ReferralDetails {
  fileprivate init(_ response: Recourse_Intake_V1_GetReferralDetailsResponse) {
    self.init(
      name: response.name,
      ways: response.ways.map {
        SafeWay(
          channel: $0.channel, address: $0.address, between: $0.between, voicemail: $0.voicemail)
      },
      language: response.language, adjustments: response.adjustments,
      consentID: response.consentID, consentWording: response.consentWording)
  }
}
