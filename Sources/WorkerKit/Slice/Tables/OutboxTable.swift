import CaseModel
import Foundation

/// Events that are announced in the slice and not yet durable in the log.
enum OutboxTable {
  struct Row: Sendable {
    let sequence: UInt64
    let type: String
    let key: String
    let payload: Data
    let occurredAt: Date
  }

  struct Counter: Sendable {
    let lastSequence: UInt64
    let durableSequence: UInt64
    let durablePosition: UInt64
  }

  static func append(
    type: String, key: EventKey, payload: Data, occurredAt: Date, in transaction: SliceTransaction
  ) throws -> UInt64 {
    // The number comes from a row, not from the engine's own counting: that one leaves gaps.
    try transaction.execute("UPDATE kit_outbox_counter SET last_sequence = last_sequence + 1")
    let sequence = try counter(in: transaction).lastSequence
    try transaction.execute(
      """
      INSERT INTO kit_outbox (sequence, type, event_key, payload, occurred_at)
      VALUES (?, ?, ?, ?, ?)
      """,
      .integer(Int64(sequence)), .text(type), .text(key.description), .blob(payload),
      .moment(occurredAt))
    return sequence
  }

  static func counter(in reader: SliceReader) throws -> Counter {
    guard let row = try reader.row("SELECT * FROM kit_outbox_counter") else {
      throw SliceError.noSuchColumn("kit_outbox_counter")
    }
    return Counter(
      lastSequence: UInt64(try row.int("last_sequence")),
      durableSequence: UInt64(try row.int("durable_sequence")),
      durablePosition: UInt64(try row.int("durable_position")))
  }

  static func rows(after sequence: UInt64, limit: Int, in reader: SliceReader) throws -> [Row] {
    try reader.rows(
      "SELECT * FROM kit_outbox WHERE sequence > ? ORDER BY sequence LIMIT ?",
      .integer(Int64(sequence)), .integer(limit)
    ).map { row in
      Row(
        sequence: UInt64(try row.int("sequence")), type: try row.text("type"),
        key: try row.text("event_key"), payload: try row.blob("payload"),
        occurredAt: try row.moment("occurred_at"))
    }
  }

  /// The log has everything up to a sequence.
  static func isDurable(
    _ sequence: UInt64, position: UInt64, in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      "DELETE FROM kit_outbox WHERE sequence <= ?", .integer(Int64(sequence)))
    try transaction.execute(
      """
      UPDATE kit_outbox_counter SET durable_sequence = ?, durable_position = ?
      WHERE durable_sequence < ?
      """,
      .integer(Int64(sequence)), .integer(Int64(position)), .integer(Int64(sequence)))
  }

  static func length(in reader: SliceReader) throws -> Int {
    try reader.row("SELECT COUNT(*) AS length FROM kit_outbox")?.int("length") ?? 0
  }
}
