import CaseModel
import Foundation
import WorkerKit

extension SliceTransaction {
  /// The code that opens a case from now on, in place of any other.
  func keepCode(_ secret: DoorSecret.Kept, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO door_code (case_reference, locator, verifier, issued_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (case_reference) DO UPDATE SET locator = excluded.locator,
        verifier = excluded.verifier, issued_at = excluded.issued_at
      """, .text(reference.description), .blob(secret.locator), .blob(secret.verifier),
      .moment(now))
  }

  func keepWithdrawal(_ withdrawal: KeptWithdrawal, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO withdrawal (case_reference, withdrawn_on, reason, under_pressure)
      VALUES (?, ?, ?, ?)
      """, .text(reference.description), .text(withdrawal.on.description),
      .text(withdrawal.reason), .bool(withdrawal.underPressure))
  }
}

/// That an application was taken back.
struct KeptWithdrawal: Sendable, Hashable {
  let on: CalendarDate
  /// Stays in Intake.
  let reason: String
  /// The person says that they were put under pressure.
  let underPressure: Bool
}

extension SliceReader {
  /// What proves the code of a case; nil if it has none, or there is no such case.
  func code(of reference: CaseReference) throws -> DoorSecret.Kept? {
    try row(
      "SELECT locator, verifier FROM door_code WHERE case_reference = ?",
      .text(reference.description)
    ).map {
      DoorSecret.Kept(locator: try $0.blob("locator"), verifier: try $0.blob("verifier"))
    }
  }

  /// True if a code of this place is in use, for a draft, a case or an answer.
  func isTaken(_ locator: Data) throws -> Bool {
    try row(
      """
      SELECT locator FROM door_draft WHERE locator = ?
      UNION ALL SELECT locator FROM door_code WHERE locator = ?
      UNION ALL SELECT locator FROM door_answer_code WHERE locator = ? LIMIT 1
      """, .blob(locator), .blob(locator), .blob(locator)) != nil
  }

  func withdrawal(of reference: CaseReference) throws -> KeptWithdrawal? {
    try row(
      "SELECT withdrawn_on, reason, under_pressure FROM withdrawal WHERE case_reference = ?",
      .text(reference.description)
    ).map { row in
      guard let day = CalendarDate(try row.text("withdrawn_on")) else {
        throw SliceError.wrongType("withdrawn_on")
      }
      return KeptWithdrawal(
        on: day, reason: try row.text("reason"), underPressure: try row.bool("under_pressure"))
    }
  }

  /// - Throws: the refusal `withdrawn`.
  func checkNotWithdrawn(_ reference: CaseReference) throws {
    guard let withdrawal = try withdrawal(of: reference) else { return }
    throw Refusal(
      .state, code: "withdrawn",
      message: "This application was withdrawn on \(withdrawal.on). Who still needs a review "
        + "applies again; how to do so is in the procedure.")
  }
}
