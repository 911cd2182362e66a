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

  /// - Throws: `EffectRefused` with the code of Intake's refusal if it will not pass anything on, now or later;
  ///   another error if it is away or asks to try again.
  static func referralDetails(
    _ key: ReferralKey, consentID: String, _ context: WorkerContext
  ) async throws -> ReferralDetails {
    let intake = Recourse_Intake_V1_Intake.Stub(wrapping: context.client)
    let request = Recourse_Intake_V1_GetReferralDetailsRequest.with {
      $0.caseReference = key.reference.description
      $0.recipient = key.agency
      $0.purpose = .supportReferral
      $0.consentID = consentID
    }
    var options = CallOptions.defaults
    options.timeout = answerLimit
    do {
      return ReferralDetails(try await intake.getReferralDetails(request, options: options))
    } catch let error as RPCError {
      guard let refusal = Refusal(error), refusal.kind != .tryAgain else { throw error }
      throw EffectRefused(reason: refusal.code)
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
