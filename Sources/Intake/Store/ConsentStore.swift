import CaseModel
import Foundation
import WorkerKit

/// A consent as it is kept.
struct KeptConsent: Sendable, Hashable {
  /// Opaque; the same in the event that announces it.
  let id: String
  let purpose: String
  let recipient: String
  let given: Bool
  let wording: String
  let at: Date
}

extension SliceTransaction {
  func keep(_ consent: KeptConsent, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO consent (consent_id, case_reference, purpose, recipient, given, wording, answered_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, .text(consent.id), .text(reference.description), .text(consent.purpose),
      .text(consent.recipient), .bool(consent.given), .text(consent.wording),
      .moment(consent.at))
  }
}

extension SliceReader {
  /// The consent of this id, if it is one of the case.
  func consent(_ id: String, of reference: CaseReference) throws -> KeptConsent? {
    try row(
      """
      SELECT consent_id, purpose, recipient, given, wording, answered_at FROM consent
      WHERE consent_id = ? AND case_reference = ?
      """, .text(id), .text(reference.description)
    ).map {
      KeptConsent(
        id: try $0.text("consent_id"), purpose: try $0.text("purpose"),
        recipient: try $0.text("recipient"), given: try $0.bool("given"),
        wording: try $0.text("wording"), at: try $0.moment("answered_at"))
    }
  }

  /// Whether a consent for this purpose was given, to whomever.
  func hasConsent(for purpose: String, of reference: CaseReference) throws -> Bool {
    try row(
      "SELECT consent_id FROM consent WHERE case_reference = ? AND purpose = ? AND given = 1",
      .text(reference.description), .text(purpose)) != nil
  }
}
