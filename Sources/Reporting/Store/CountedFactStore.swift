import CaseModel
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
}
