import CaseModel
import IntakeRules
import WorkerKit

/// Passes on the least that a support service needs to make contact, where that was consented to,
/// and records that it was.
struct PassOnReferralDetails {
  /// Key of the service that is to make contact.
  let recipient: String
  let consentID: String
  /// Who asks.
  let caller: Caller

  struct Details: Sendable {
    let contact: SafeContactDetails
    let consent: KeptConsent
  }

  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Details {
    let purpose = Disclosure.Purpose.supportReferral
    let fields = try caller.fields(
      Disclosure.minimum(for: purpose), for: purpose.rawValue)
    guard try tx.hasCase(reference) else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference).")
    }
    let ledger = try tx.consents(of: reference)
    guard let consent = ledger.inForce(consentID),
      consent.subject.purpose == ConsentSubject.supportReferral,
      consent.subject.recipient == recipient
    else {
      throw Refusal(
        .state, code: "no-consent", path: "consentId",
        message:
          "No consent of this case, for this recipient and purpose, is in force under that id.")
    }
    let person = try person(consent, ledger, reference, in: tx)
    guard let contact = try tx.contact(of: person, reference) else {
      throw Refusal(
        .state, code: "no-contact",
        message: "The case has nobody whose details could be passed on.")
    }
    try tx.auditDisclosure(
      to: caller, "intake.pass-on-details", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue), grounds: "to \(recipient) by consent \(consentID)")
    return Details(contact: contact.limited(to: fields), consent: consent)
  }

  /// A victim who consented themselves is whom it is about. An applicant's consent is about the first victim only
  /// where it can be nobody else's: the applicant is no victim, and that victim has not answered themselves.
  private func person(
    _ consent: KeptConsent, _ ledger: ConsentLedger, _ reference: CaseReference,
    in tx: SliceTransaction
  ) throws -> ConsentingPerson {
    if case .victim = consent.subject.person { return consent.subject.person }
    let victims = try tx.victims(of: reference)
    guard let first = victims.first, !victims.contains(.applicant) else { return .applicant }
    // Who has answered about this themselves, whatever it was, is not referred by another's consent.
    let own = ledger.last(
      ConsentSubject(person: first, purpose: consent.subject.purpose, recipient: recipient))
    let person = PersonToRefer.choose(
      victimIsApplicant: false, victimGaveAuthority: own == nil && ledger.hasAuthority(of: first))
    switch person {
    case .applicant: return .applicant
    case .victim: return first
    }
  }
}

extension SafeContactDetails {
  /// Nothing but these fields.
  func limited(to fields: [Disclosure.Field]) -> SafeContactDetails {
    SafeContactDetails(
      name: fields.contains(.name) ? name : "",
      language: fields.contains(.language) ? language : "",
      adjustments: fields.contains(.adjustments) ? adjustments : [],
      ways: fields.contains(.ways) ? ways : [])
  }
}
