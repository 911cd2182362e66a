import CaseModel
import WorkerKit

// A round writes what is owed in a case and is not written yet, all of it together. One is set about at most.
extension SliceTransaction {
  /// What is being written now was made from what is not so any more: it is written anew.
  /// - Parameter reference: nil for that of all cases.
  func renewOpen(in reference: CaseReference? = nil) throws {
    try execute(
      "UPDATE owed_notice SET times = times + 1 WHERE is_open = 1 AND (? = '' OR case_reference = ?)",
      .text(reference?.description ?? ""), .text(reference?.description ?? ""))
  }

  /// Sets about a round, if something is owed and none is set about.
  func setAbout(_ reference: CaseReference) throws {
    let isNew = try execute(
      """
      UPDATE written_case SET rounds = rounds + 1, is_set_about = 1
      WHERE case_reference = ? AND is_set_about = 0 AND EXISTS (
        SELECT 1 FROM owed_notice
        WHERE owed_notice.case_reference = written_case.case_reference AND is_open = 1)
      """, .text(reference.description))
    guard isNew == 1,
      let rounds = try row(
        "SELECT rounds FROM written_case WHERE case_reference = ?", .text(reference.description)
      )?.int("rounds")
    else { return }
    try intend(OweNotices.effect, key: "\(reference)/\(rounds)")
  }

  /// The round is over; what came to be owed meanwhile is for the next.
  func endRound(of reference: CaseReference) throws {
    try execute(
      "UPDATE written_case SET is_set_about = 0 WHERE case_reference = ?",
      .text(reference.description))
  }
}

extension SliceReader {
  /// Whether a round of the case is to be, or is under way. None is after a person gave one up.
  func hasRound(_ reference: CaseReference) throws -> Bool {
    try row(
      "SELECT 1 FROM written_case WHERE case_reference = ? AND is_set_about = 1",
      .text(reference.description)) != nil
  }

  /// What is owed in a case and not written yet, in the order in which it came to be.
  func open(in reference: CaseReference, limit: Int) throws -> [KeptOwed] {
    try rows(
      Self.owedQuery
        + """
         WHERE case_reference = ? AND is_open = 1 ORDER BY log_position, kind, about, body LIMIT ?
        """, .text(reference.description), .integer(limit)
    ).map(KeptOwed.init)
  }
}
