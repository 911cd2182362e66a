import CaseModel
import WorkerKit

/// A case as Support knows it.
struct SupportedCase: Sendable, Hashable {
  let reference: CaseReference
  /// The pack that names its agencies.
  let policyDigest: String
  /// True once it was decided whom to refer to or what to offer.
  let isDecided: Bool
}

/// A consent to be referred.
struct KeptConsent: Sendable, Hashable {
  let id: String
  /// Key of the agency that it is for.
  let recipient: String
  /// Whose it is, opaque within the case. Empty in those of before that was said, until the applicant's key is heard:
  /// it is nobody's else, so that nobody's word touches another's consent.
  var personKey = ""
  /// True if the person is said to be the applicant.
  var isApplicants = false
}

/// An event or an effect is about a case that has not been received.
struct UnknownCase: Error {}

extension SliceTransaction {
  func keep(_ supported: SupportedCase) throws {
    try execute(
      """
      INSERT INTO supported_case (case_reference, policy_digest, is_decided) VALUES (?, ?, ?)
      ON CONFLICT (case_reference) DO NOTHING
      """, .text(supported.reference.description), .text(supported.policyDigest),
      .bool(supported.isDecided))
  }

  func markDecided(_ reference: CaseReference) throws {
    try execute(
      "UPDATE supported_case SET is_decided = 1 WHERE case_reference = ?",
      .text(reference.description))
  }

  /// Keeps a consent, and hears from it who the applicant is.
  func keep(_ consent: KeptConsent, at position: UInt64, of reference: CaseReference) throws {
    try nameApplicant(by: consent, of: reference)
    try execute(
      """
      INSERT INTO consent (consent_id, case_reference, recipient, log_position, person_key)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (consent_id) DO NOTHING
      """, .text(consent.id), .text(reference.description), .text(consent.recipient),
      .integer(Int64(position)), .text(consent.personKey))
  }

  /// Consents of before it was said whose they are were the applicant's: Intake has them so on record.
  private func nameApplicant(by consent: KeptConsent, of reference: CaseReference) throws {
    guard consent.isApplicants, !consent.personKey.isEmpty else { return }
    try execute(
      "UPDATE consent SET person_key = ? WHERE case_reference = ? AND person_key = ''",
      .text(consent.personKey), .text(reference.description))
  }

  /// Keeps that a consent was taken back, with what the same person had given to the same agency before it.
  /// - Parameters:
  ///   - day: when it was taken back.
  ///   - position: where the withdrawal stands in the log.
  func withdraw(
    _ consent: KeptConsent, on day: CalendarDate, before position: UInt64,
    of reference: CaseReference
  ) throws {
    try nameApplicant(by: consent, of: reference)
    try execute(
      """
      UPDATE consent SET withdrawn = 1,
        withdrawn_on = CASE WHEN withdrawn_on = '' THEN ? ELSE withdrawn_on END
      WHERE case_reference = ? AND log_position < ?
        AND (consent_id = ? OR recipient = ? AND person_key = ?)
      """, .text(day.description), .text(reference.description), .integer(Int64(position)),
      .text(consent.id), .text(consent.recipient), .text(consent.personKey))
  }
}

extension SliceReader {
  /// Nil if there is no such case.
  func supportedCase(_ reference: CaseReference) throws -> SupportedCase? {
    try row(
      "SELECT policy_digest, is_decided FROM supported_case WHERE case_reference = ?",
      .text(reference.description)
    ).map {
      SupportedCase(
        reference: reference, policyDigest: try $0.text("policy_digest"),
        isDecided: try $0.bool("is_decided"))
    }
  }

  /// - Throws: ``UnknownCase``.
  func knownCase(_ reference: CaseReference) throws -> SupportedCase {
    guard let supported = try supportedCase(reference) else { throw UnknownCase() }
    return supported
  }

  /// Consents to be referred that nobody took back, oldest first.
  func consents(of reference: CaseReference) throws -> [KeptConsent] {
    try rows(
      """
      SELECT consent_id, recipient, person_key FROM consent
      WHERE case_reference = ? AND withdrawn = 0 ORDER BY log_position
      """, .text(reference.description)
    ).map {
      KeptConsent(
        id: try $0.text("consent_id"), recipient: try $0.text("recipient"),
        personKey: try $0.text("person_key"))
    }
  }
}
