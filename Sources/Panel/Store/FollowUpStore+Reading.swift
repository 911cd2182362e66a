import CaseModel
import PanelRules
import WorkerKit

extension SliceReader {
  /// What became of one recommendation, with what was written last; nil if there is none.
  func followUp(
    _ key: RecommendationKey
  ) throws -> (kept: KeptFollowUp, words: KeptWords)? {
    try row(
      Self.followUps + """
         WHERE follow_up.case_reference = ? AND follow_up.round = ? AND follow_up.place = ?
        """, .text(key.reference.description), .integer(key.round), .integer(key.place)
    ).map { (try KeptFollowUp($0), try KeptWords($0)) }
  }

  /// Of all rounds of a case, in their order.
  func followUps(
    of reference: CaseReference
  ) throws -> [(kept: KeptFollowUp, words: KeptWords)] {
    try rows(
      Self.followUps + """
         WHERE follow_up.case_reference = ? ORDER BY follow_up.round, follow_up.place
        """, .text(reference.description)
    ).map { (try KeptFollowUp($0), try KeptWords($0)) }
  }

  /// Those on which something is waited for, by the day, those without one last.
  /// - Parameters:
  ///   - before: only what was due before that day; nil: everything.
  ///   - body: only of that body; empty: of all.
  func awaitedFollowUps(
    before day: CalendarDate?, body: String, limit: Int
  ) throws -> [KeptFollowUp] {
    try rows(
      Self.followUps + """
         WHERE follow_up.awaited IS NOT NULL
          AND (? = '' OR follow_up.body = ?) AND (? = '' OR follow_up.due_on < ?)
        ORDER BY follow_up.due_on IS NULL, follow_up.due_on, follow_up.case_reference,
          follow_up.round, follow_up.place
        LIMIT ?
        """, .text(body), .text(body), .text(day?.description ?? ""),
      .text(day?.description ?? ""), .integer(limit)
    ).map(KeptFollowUp.init)
  }

  /// Texts of the recommendations of a case, of all rounds.
  func recommendationTexts(of reference: CaseReference) throws -> [RecommendationKey: String] {
    let value = SQLValue.text(reference.description)
    let kept = try rows(
      """
      SELECT round, place, recommendation_text FROM earlier_recommendation
      WHERE case_reference = ?
      UNION ALL
      SELECT review.round, place, recommendation_text FROM recommendation
        JOIN review ON review.case_reference = recommendation.case_reference
      WHERE recommendation.case_reference = ?
      """, value, value)
    return try Dictionary(
      uniqueKeysWithValues: kept.map {
        (
          RecommendationKey(
            reference: reference, round: try $0.int("round"), place: try $0.int("place")),
          try $0.text("recommendation_text")
        )
      })
  }

  /// With the answer that stands, and the newest report if it is about that one.
  private static let followUps = """
    SELECT follow_up.case_reference AS case_reference, follow_up.round AS round,
      follow_up.place AS place, policy_digest, body, made_on, answer_due_on, asked_by, reminders, overdue_reminders,
      given.number AS answers, given.answer AS answer, given.answered_on AS answered_on,
      given.do_by AS do_by, given.reason AS reason,
      report.number AS reports, report.answer_number AS answer_number, report.action AS action,
      report.reported_on AS reported_on, report.report_text AS report_text,
      report.evidence AS evidence
    FROM follow_up
      LEFT JOIN recommendation_answer AS given
        ON given.case_reference = follow_up.case_reference AND given.round = follow_up.round
          AND given.place = follow_up.place
          AND given.number = (
            SELECT MAX(number) FROM recommendation_answer AS other
            WHERE other.case_reference = follow_up.case_reference
              AND other.round = follow_up.round AND other.place = follow_up.place)
      LEFT JOIN action_report AS report
        ON report.case_reference = follow_up.case_reference AND report.round = follow_up.round
          AND report.place = follow_up.place
          AND report.number = (
            SELECT MAX(number) FROM action_report AS other
            WHERE other.case_reference = follow_up.case_reference
              AND other.round = follow_up.round AND other.place = follow_up.place)
    """
}

extension KeptFollowUp {
  fileprivate init(_ row: SQLRow) throws {
    let answers = try row.optionalInt("answers") ?? 0
    let isAbout = try row.optionalInt("answer_number") == answers && answers > 0
    self.init(
      key: RecommendationKey(
        reference: try CaseReference(parsing: row.text("case_reference")),
        round: try row.int("round"), place: try row.int("place")),
      policyDigest: try row.text("policy_digest"), body: try row.text("body"),
      facts: FollowUp(
        madeOn: try storedDate(row.text("made_on")),
        answerDueOn: try row.optionalText("answer_due_on").map(storedDate),
        askedBy: try row.optionalText("asked_by").map(storedDate),
        answer: answers == 0 ? nil : try FollowUp.GivenAnswer(row),
        action: isAbout ? try stored(row.text("action"), "what was done") : nil,
        answers: answers, reports: try row.optionalInt("reports") ?? 0),
      reportedOn: isAbout ? try storedDate(row.text("reported_on")) : nil,
      reminders: try row.int("reminders"), overdueReminders: try row.int("overdue_reminders"))
  }
}

extension FollowUp.GivenAnswer {
  fileprivate init(_ row: SQLRow) throws {
    self.init(
      try stored(row.text("answer"), "an answer"), on: try storedDate(row.text("answered_on")),
      doBy: try row.optionalText("do_by").map(storedDate))
  }
}

extension KeptWords {
  fileprivate init(_ row: SQLRow) throws {
    reason = try row.optionalText("reason") ?? ""
    guard let about = try row.optionalInt("answer_number"),
      about == (try row.optionalInt("answers"))
    else { return }
    report = try row.text("report_text")
    evidence = try row.text("evidence")
  }
}

/// Reads a name as the slice keeps it.
/// - Throws: ``DamagedSlice``.
private func stored<Value: RawRepresentable<String>>(
  _ text: String, _ what: String
) throws -> Value {
  guard let value = Value(rawValue: text) else { throw DamagedSlice(what: what) }
  return value
}
