import Foundation
import WorkerKit

/// An answer about one case, on its way to Threshold.
struct KeptAnswer: Sendable, Hashable {
  /// Raw values are stored.
  enum State: String, Sendable {
    case intended = "INTENDED"
    case recorded = "RECORDED"
    /// Threshold will not take it.
    case refused = "REFUSED"
  }

  let reference: String
  let state: State
  let refusalCode: String?
}

/// Which answer: one for each case of a file. Also the key of its effect, `DIGEST/body/REF`.
struct AnswerKey: Sendable, Hashable, CustomStringConvertible {
  let digest: String
  let body: String
  let reference: String

  init(digest: String, body: String, reference: String) {
    self.digest = digest
    self.body = body
    self.reference = reference
  }

  init(parsing text: String) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3 else { throw UnknownRequest() }
    self.init(digest: parts[0], body: parts[1], reference: parts[2])
  }

  var description: String { "\(digest)/\(body)/\(reference)" }
}

extension SliceTransaction {
  /// Keeps that a file was taken.
  /// - Returns: false, with nothing changed, if one of the same content was taken from the body before.
  func keepFile(digest: String, of body: String, lines: Int) throws -> Bool {
    try execute(
      """
      INSERT INTO answer_file (digest, body, line_count) VALUES (?, ?, ?)
      ON CONFLICT (digest, body) DO NOTHING
      """, .text(digest), .text(body), .integer(lines)) == 1
  }

  /// Keeps what a file says of a case.
  /// - Parameter message: what is sent to Threshold, serialized.
  func keep(_ key: AnswerKey, message: Data) throws {
    try execute(
      """
      INSERT INTO answer (digest, body, case_reference, message, state)
      VALUES (?, ?, ?, ?, 'INTENDED')
      """, .text(key.digest), .text(key.body), .text(key.reference), .blob(message))
  }

  func move(_ key: AnswerKey, to state: KeptAnswer.State, code: String? = nil) throws {
    try execute(
      """
      UPDATE answer SET state = ?, refusal_code = ?
      WHERE digest = ? AND body = ? AND case_reference = ?
      """, .text(state.rawValue), .optionalText(code), .text(key.digest), .text(key.body),
      .text(key.reference))
  }
}

extension SliceReader {
  /// True if a file of this content was taken from the body.
  func hasFile(digest: String, of body: String) throws -> Bool {
    try row(
      "SELECT 1 AS found FROM answer_file WHERE digest = ? AND body = ?", .text(digest),
      .text(body)) != nil
  }

  /// What is sent to Threshold; nil if there is no such answer.
  func message(of key: AnswerKey) throws -> Data? {
    try row(
      "SELECT message FROM answer WHERE digest = ? AND body = ? AND case_reference = ?",
      .text(key.digest), .text(key.body), .text(key.reference))?.blob("message")
  }

  /// True while an answer of the file is on its way.
  func hasOpenAnswers(digest: String, of body: String) throws -> Bool {
    try row(
      """
      SELECT 1 AS found FROM answer WHERE digest = ? AND body = ? AND state = 'INTENDED' LIMIT 1
      """, .text(digest), .text(body)) != nil
  }

  /// The answers of a file, by case.
  func answers(digest: String, of body: String) throws -> [KeptAnswer] {
    try rows(
      """
      SELECT case_reference, state, refusal_code FROM answer
      WHERE digest = ? AND body = ? ORDER BY case_reference
      """, .text(digest), .text(body)
    ).map { row in
      guard let state = KeptAnswer.State(rawValue: try row.text("state")) else {
        throw SliceError.wrongType("state")
      }
      return KeptAnswer(
        reference: try row.text("case_reference"), state: state,
        refusalCode: try row.optionalText("refusal_code"))
    }
  }
}
