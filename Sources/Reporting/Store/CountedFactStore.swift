import CaseModel
import Policy
import ReportingRules
import WorkerKit

extension SliceTransaction {
  /// - Parameter position: of the event in the log.
  func keep(_ fact: CountedFact, at position: UInt64) throws {
    try execute(
      """
      INSERT INTO counted_fact (log_position, kind, case_reference, happened_on)
      VALUES (?, ?, ?, ?) ON CONFLICT (log_position) DO NOTHING
      """, .integer(Int64(position)), .text(fact.kind.rawValue), .text(fact.reference),
      .text(fact.on.description))
  }

  /// - Parameter position: of the event in the log.
  func keep(_ decision: LaterDecision, at position: UInt64) throws {
    try execute(
      """
      INSERT INTO later_decision (
        log_position, case_reference, number, met, reversal, decided_on
      ) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (log_position) DO NOTHING
      """, .integer(Int64(position)), .text(decision.reference), .integer(decision.number),
      .bool(decision.met), .text(decision.reversal.rawValue), .text(decision.on.description))
  }
}

extension SliceReader {
  /// Everything that happened up to and on a day, in the log's order. What happened before a period is
  /// needed as well: it says what is no longer the first.
  func facts(upTo day: CalendarDate) throws -> [CountedFact] {
    // Days are written so that their texts sort as they do.
    try rows(
      """
      SELECT kind, case_reference, happened_on FROM counted_fact WHERE happened_on <= ?
      ORDER BY log_position
      """, .text(day.description)
    ).map { row in
      guard let kind = CountedFact.Kind(rawValue: try row.text("kind")),
        let day = CalendarDate(try row.text("happened_on"))
      else { throw SliceError.wrongType("counted_fact") }
      return CountedFact(kind, try row.text("case_reference"), on: day)
    }
  }

  /// Decisions that took the place of others, in the log's order. One that was made after a period may
  /// have taken a decision of the period back.
  func laterDecisions() throws -> [LaterDecision] {
    try rows(
      """
      SELECT case_reference, number, met, reversal, decided_on FROM later_decision
      ORDER BY log_position
      """
    ).map { row in
      guard let reversal = ReportingPolicy.Reversal(rawValue: try row.text("reversal")),
        let day = CalendarDate(try row.text("decided_on"))
      else { throw SliceError.wrongType("later_decision") }
      return LaterDecision(
        try row.text("case_reference"), number: try row.int("number"), met: try row.bool("met"),
        reversal: reversal, on: day)
    }
  }
}
