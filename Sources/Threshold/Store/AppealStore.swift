import CaseModel
import Policy
import WorkerKit

/// An appeal (Sch. 4 para 3).
struct KeptAppeal: Sendable, Hashable {
  /// 1 for the first of its case.
  let number: Int
  /// Which of the case's decisions it is about.
  let decisionNumber: Int
  let subject: AppealPolicy.Subject
  let ground: AppealPolicy.Ground
  let madeOn: CalendarDate
  /// By its clock; nil where the procedure has none.
  var dueOn: CalendarDate?
  /// Who put it on record.
  let recorder: Officer
  /// What whoever appeals says; does not leave with an event.
  let words: String
  /// The procedure is not known to say by when an appeal is made.
  let windowIsUnknown: Bool
  /// Nil while it is open.
  var verdict: Verdict?

  /// What was decided of it.
  struct Verdict: Sendable, Hashable {
    let outcome: Outcome
    let decidedOn: CalendarDate
    let officer: Officer
    /// For whom and as what the officer decided; empty where it was decided before that was asked.
    let capacity: String
    /// In the officer's words; does not leave with an event.
    let reason: String
  }

  /// Raw values are stored.
  enum Outcome: String, Sendable, CaseIterable {
    /// Upheld: to be decided again by somebody else.
    case referredBack = "REFERRED_BACK"
    case dismissed = "DISMISSED"
  }
}

extension SliceTransaction {
  func keep(_ appeal: KeptAppeal, of reference: CaseReference) throws {
    try execute(
      """
      INSERT INTO appeal (
        case_reference, number, decision_number, subject, ground, made_on, due_on, recorder_key,
        words, window_unknown
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .integer(appeal.number), .integer(appeal.decisionNumber),
      .text(appeal.subject.rawValue), .text(appeal.ground.rawValue),
      .text(appeal.madeOn.description), .optionalText(appeal.dueOn?.description),
      .text(appeal.recorder.key), .text(appeal.words), .bool(appeal.windowIsUnknown))
  }

  /// Keeps what was decided of an open appeal.
  func keep(
    _ verdict: KeptAppeal.Verdict, ofAppeal number: Int, of reference: CaseReference
  ) throws {
    try execute(
      """
      UPDATE appeal SET outcome = ?, decided_on = ?, officer_key = ?, capacity = ?, reason = ?
      WHERE case_reference = ? AND number = ? AND outcome IS NULL
      """, .text(verdict.outcome.rawValue), .text(verdict.decidedOn.description),
      .text(verdict.officer.key), .text(verdict.capacity), .text(verdict.reason),
      .text(reference.description),
      .integer(number))
  }
}

extension SliceReader {
  /// The appeals of a case, the first one first.
  func appeals(of reference: CaseReference) throws -> [KeptAppeal] {
    try rows(
      """
      SELECT number, decision_number, subject, ground, made_on, due_on, recorder_key,
        recorder.name AS recorder, words, window_unknown, outcome, decided_on, appeal.officer_key AS officer_key,
        decider.name AS name, capacity, reason
      FROM appeal
        JOIN officer AS recorder ON recorder.officer_key = appeal.recorder_key
        LEFT JOIN officer AS decider ON decider.officer_key = appeal.officer_key
      WHERE case_reference = ? ORDER BY number
      """, .text(reference.description)
    ).map { row in
      KeptAppeal(
        number: try row.int("number"), decisionNumber: try row.int("decision_number"),
        subject: try stored(AppealPolicy.Subject.self, try row.text("subject")),
        ground: try stored(AppealPolicy.Ground.self, try row.text("ground")),
        madeOn: try storedDate(try row.text("made_on")),
        dueOn: try row.optionalText("due_on").map(storedDate),
        recorder: Officer(
          name: try row.text("recorder"), key: try row.text("recorder_key")),
        words: try row.text("words"), windowIsUnknown: try row.bool("window_unknown"),
        verdict: try verdict(in: row))
    }
  }

  private func verdict(in row: SQLRow) throws -> KeptAppeal.Verdict? {
    guard let outcome = try row.optionalText("outcome") else { return nil }
    return KeptAppeal.Verdict(
      outcome: try stored(KeptAppeal.Outcome.self, outcome),
      decidedOn: try storedDate(try row.text("decided_on")),
      officer: Officer(name: try row.text("name"), key: try row.text("officer_key")),
      capacity: try row.text("capacity"), reason: try row.text("reason"))
  }
}
