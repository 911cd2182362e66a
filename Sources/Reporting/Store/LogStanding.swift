import WorkerKit

/// Where in the log a report stands.
struct LogStanding: Sendable, Hashable {
  /// Everything up to here is taken into account or parked.
  let position: UInt64
  /// Events that could not be counted.
  let parkedEvents: Int
}

extension SliceReader {
  /// In the same state as whatever else is read with it.
  func logStanding() throws -> LogStanding {
    let taken = try row("SELECT taken FROM kit_inbox")?.int("taken") ?? 0
    let parked = try row("SELECT COUNT(*) AS length FROM kit_parked")?.int("length") ?? 0
    return LogStanding(position: UInt64(clamping: taken), parkedEvents: parked)
  }
}
