import CaseModel
import WorkerKit

/// A code by which somebody answers what they are asked, as the slice has it.
struct KeptAnswerCode: Sendable {
  let secret: DoorSecret.Kept
  /// Who is asked, by where the application names them.
  let person: String
  /// Name of a `Consent.Purpose`.
  let purpose: String
}

extension SliceTransaction {
  /// A code that answers from now on what a person is asked. The oldest of theirs gives way where there are too many.
  func keepAnswerCode(
    _ code: KeptAnswerCode, of reference: CaseReference, until day: CalendarDate
  ) throws {
    let (key, person) = (SQLValue.text(reference.description), SQLValue.text(code.person))
    let last = try row(
      """
      SELECT place FROM door_answer_code WHERE case_reference = ? AND person = ?
      ORDER BY place DESC LIMIT 1
      """, key, person)
    let place = try last.map { try $0.int("place") + 1 } ?? 0
    try execute(
      "DELETE FROM door_answer_code WHERE case_reference = ? AND person = ? AND place <= ?", key,
      person, .integer(place - DoorBounds.answerCodesLimit))
    try execute(
      """
      INSERT INTO door_answer_code (
        locator, verifier, case_reference, person, purpose, place, kept_until
      ) VALUES (?, ?, ?, ?, ?, ?, ?)
      """, .blob(code.secret.locator), .blob(code.secret.verifier), key, person,
      .text(code.purpose), .integer(place), .text(day.description))
  }

  func removeAnswerCodes(keptBefore day: CalendarDate) throws {
    try execute("DELETE FROM door_answer_code WHERE kept_until < ?", .text(day.description))
  }
}

extension SliceReader {
  /// The codes of a case by which its people answer on a day; a few for each of them.
  func answerCodes(of reference: CaseReference, on day: CalendarDate) throws -> [KeptAnswerCode] {
    try rows(
      """
      SELECT person, purpose, locator, verifier FROM door_answer_code
      WHERE case_reference = ? AND kept_until >= ? ORDER BY person, place
      """, .text(reference.description), .text(day.description)
    ).map { row in
      KeptAnswerCode(
        secret: DoorSecret.Kept(
          locator: try row.blob("locator"), verifier: try row.blob("verifier")),
        person: try row.text("person"), purpose: try row.text("purpose"))
    }
  }
}
