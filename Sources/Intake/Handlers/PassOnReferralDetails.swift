import CaseModel
import IntakeRules
import WorkerKit

/// Passes on the least that a support service needs to make contact, where that was consented to,
/// and records that it was.
struct PassOnReferralDetails {
  /// Key of the service that is to make contact.
  let recipient: String
  /// What it is for; only support after a consent is a purpose.
  let purpose: String
  let consentID: String

  struct Details: Sendable {
    let contact: SafeContactDetails
    let consent: KeptConsent
  }

  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Details {
    guard purpose == ConsentAnswer.supportReferral else {
      throw Refusal(
        .input, code: "unknown-purpose", path: "purpose",
        message: "Details are passed on for \(ConsentAnswer.supportReferral) alone.")
    }
    guard try tx.hasCase(reference) else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference).")
    }
    guard let consent = try tx.consent(consentID, of: reference),
      consent.given, consent.purpose == purpose, consent.recipient == recipient
    else {
      throw Refusal(
        .state, code: "no-consent", path: "consentId",
        message: "There is no consent of this case, for this recipient and purpose, under that id.")
    }
    guard let contact = try tx.contact(of: try role(reference, in: tx), reference) else {
      throw Refusal(
        .state, code: "no-contact",
        message: "The case has nobody whose details could be passed on.")
    }
    try tx.audit(
      actor: recipient, action: "intake.pass-on-details", subject: reference.description,
      reason: "\(purpose) by consent \(consentID)")
    return Details(contact: contact, consent: consent)
  }

  private func role(_ reference: CaseReference, in tx: SliceTransaction) throws -> PartyRole {
    let person = PersonToRefer.choose(
      victimIsApplicant: try tx.isFirstVictimApplicant(reference),
      victimGaveAuthority: try tx.hasConsent(
        for: ConsentAnswer.thirdPartyAuthority, of: reference))
    switch person {
    case .applicant: return .applicant
    case .victim: return .victim
    }
  }
}
