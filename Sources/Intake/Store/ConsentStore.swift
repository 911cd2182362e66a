import CaseModel
import Foundation
import IntakeRules
import WorkerKit

extension SliceTransaction {
  /// Adds an answer to those of its case.
  func keep(_ consent: KeptConsent, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO consent_answer (
        case_reference, number, consent_id, person, purpose, recipient, answer, wording,
        answered_at, capacity, said_by, reason, officer
      ) VALUES (
        ?, (SELECT COUNT(*) + 1 FROM consent_answer WHERE case_reference = ?),
        ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .text(reference.description), .text(consent.id),
      .text(consent.subject.person.path), .text(consent.subject.purpose),
      .text(consent.subject.recipient), .text(consent.answer.rawValue), .text(consent.wording),
      .moment(consent.at), .text(consent.capacity), .text(consent.saidBy), .text(consent.reason),
      .text(consent.officer))
  }
}

extension SliceReader {
  /// Every answer of a case, in the order in which they came.
  func consents(of reference: CaseReference) throws -> ConsentLedger {
    ConsentLedger(
      try rows(
        """
        SELECT consent_id, person, purpose, recipient, answer, wording, answered_at, capacity,
          said_by, reason, officer
        FROM consent_answer WHERE case_reference = ? ORDER BY number
        """, .text(reference.description)
      ).map { row in
        guard let person = ConsentingPerson(path: try row.text("person")) else {
          throw SliceError.wrongType("person")
        }
        guard let answer = KeptConsent.Answer(rawValue: try row.text("answer")) else {
          throw SliceError.wrongType("answer")
        }
        return KeptConsent(
          id: try row.text("consent_id"),
          subject: ConsentSubject(
            person: person, purpose: try row.text("purpose"),
            recipient: try row.text("recipient")),
          answer: answer, wording: try row.text("wording"), at: try row.moment("answered_at"),
          capacity: try row.text("capacity"), saidBy: try row.text("said_by"),
          reason: try row.text("reason"), officer: try row.text("officer"))
      })
  }
}
