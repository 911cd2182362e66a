import CaseModel
import WorkerKit

/// A code by which somebody answers what they are asked, as the slice has it.
struct KeptAnswerCode: Sendable {
  let secret: DoorSecret.Kept
  /// Who is asked, by where the application names them.
  let person: String
  /// Name of a `Consent.Purpose`.
  let purpose: String
  /// It answers no more: another one took its place, or the person has answered otherwise.
  var hasEnded = false
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
      """
      UPDATE door_answer_code SET ended = 1
      WHERE case_reference = ? AND person = ? AND place <= ?
      """, key, person, .integer(place - DoorBounds.answerCodesLimit))
    try execute(
      "DELETE FROM door_answer_code WHERE case_reference = ? AND person = ? AND place <= ?", key,
      person, .integer(place - DoorBounds.answerCodesKnown))
    try execute(
      """
      INSERT INTO door_answer_code (
        locator, verifier, case_reference, person, purpose, place, kept_until
      ) VALUES (?, ?, ?, ?, ?, ?, ?)
      """, .blob(code.secret.locator), .blob(code.secret.verifier), key, person,
      .text(code.purpose), .integer(place), .text(day.description))
  }

  /// No code answers any more that was sent before.
  /// - Parameter person: by where the application names them; nil for everybody of the case.
  func endAnswerCodes(of person: String? = nil, _ reference: CaseReference) throws {
    try execute(
      """
      UPDATE door_answer_code SET ended = 1
      WHERE case_reference = ? AND (person = ? OR ? IS NULL)
      """, .text(reference.description), .optionalText(person), .optionalText(person))
  }

  func removeAnswerCodes(keptBefore day: CalendarDate) throws {
    try execute("DELETE FROM door_answer_code WHERE kept_until < ?", .text(day.description))
  }
}

extension SliceReader {
  /// The codes of a case, with those that answer no more on a day; a few for each of its people.
  func answerCodes(of reference: CaseReference, on day: CalendarDate) throws -> [KeptAnswerCode] {
    try rows(
      """
      SELECT person, purpose, locator, verifier,
        CASE WHEN ended = 1 OR kept_until < ? THEN 1 ELSE 0 END AS has_ended
      FROM door_answer_code WHERE case_reference = ? ORDER BY person, place
      """, .text(day.description), .text(reference.description)
    ).map { row in
      KeptAnswerCode(
        secret: DoorSecret.Kept(
          locator: try row.blob("locator"), verifier: try row.blob("verifier")),
        person: try row.text("person"), purpose: try row.text("purpose"),
        hasEnded: try row.bool("has_ended"))
    }
  }
}
