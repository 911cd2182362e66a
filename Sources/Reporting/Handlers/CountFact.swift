import ReportingRules
import WorkerKit

/// Keeps one fact that a figure counts, with the event behind it.
struct CountFact {
  let fact: CountedFact
  /// Where the event stands in the log.
  let position: UInt64

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(fact, at: position)
  }
}
