/// Where in the log a worker's state stands.
public struct LogStanding: Sendable, Hashable {
  /// Everything up to here is taken into account or parked.
  public let position: UInt64
  /// Events that could not be handled, with those that wait behind them: with any, the state is incomplete.
  public let parkedEvents: Int
}

extension SliceReader {
  /// In the same state as whatever else is read with it.
  public func logStanding() throws -> LogStanding {
    LogStanding(
      position: try InboxTable.taken(in: self), parkedEvents: try InboxTable.parkedCount(in: self))
  }
}
