import Bus
import Foundation

/// Events that were set aside, as an operator deals with them. Only the inbox sets events aside
/// (``InboxTable``); here they are tried again or taken off.
enum ParkedTable {
  struct Row: Sendable {
    let position: UInt64
    let key: String
    let type: String
    let attempts: Int
    let error: String
    let workerVersion: String
    let parkedAt: Date
  }

  /// Those after a position, oldest first.
  static func rows(after position: UInt64, limit: Int, in reader: SliceReader) throws -> [Row] {
    try reader.rows(
      "SELECT * FROM kit_parked WHERE position > ? ORDER BY position LIMIT ?",
      .integer(Int64(clamping: position)), .integer(limit)
    ).map(Self.row)
  }

  static func row(at position: UInt64, in reader: SliceReader) throws -> Row? {
    try reader.row(
      "SELECT * FROM kit_parked WHERE position = ?", .integer(Int64(clamping: position))
    ).map(Self.row)
  }

  /// The oldest one of a key: the one that the others wait for.
  static func oldest(of key: String, in reader: SliceReader) throws -> Row? {
    try reader.row(
      "SELECT * FROM kit_parked WHERE event_key = ? ORDER BY position LIMIT 1", .text(key)
    ).map(Self.row)
  }

  static func count(of key: String, in reader: SliceReader) throws -> Int {
    try reader.row(
      "SELECT COUNT(*) AS length FROM kit_parked WHERE event_key = ?", .text(key)
    )?.int("length") ?? 0
  }

  /// Keeps what came of the newest attempt, by the program that runs unless another version is given.
  static func keep(
    _ position: UInt64, attempts: Int, error: String, version: String = ProgramVersion.current,
    in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      "UPDATE kit_parked SET attempts = ?, error = ?, worker_version = ? WHERE position = ?",
      .integer(attempts), .text(error), .text(version),
      .integer(Int64(clamping: position)))
  }

  static func remove(_ position: UInt64, in transaction: SliceTransaction) throws {
    try transaction.execute(
      "DELETE FROM kit_parked WHERE position = ?", .integer(Int64(clamping: position)))
  }

  private static func row(_ row: SQLRow) throws -> Row {
    Row(
      position: UInt64(try row.int("position")), key: try row.text("event_key"),
      type: try row.text("type"), attempts: try row.int("attempts"),
      error: try row.text("error"), workerVersion: try row.text("worker_version"),
      parkedAt: try row.moment("parked_at"))
  }
}
