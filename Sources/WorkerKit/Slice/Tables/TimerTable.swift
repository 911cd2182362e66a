import Foundation

/// Timers that are set. They survive restarts.
enum TimerTable {
  static func set(
    kind: String, key: String, dueAt: Date, in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO kit_timer (kind, timer_key, due_at, attempts, error) VALUES (?, ?, ?, 0, '')
      ON CONFLICT (kind, timer_key)
      DO UPDATE SET due_at = excluded.due_at, attempts = 0, error = ''
      """, .text(kind), .text(key), .moment(dueAt))
  }

  static func cancel(kind: String, key: String, in transaction: SliceTransaction) throws {
    try transaction.execute(
      "DELETE FROM kit_timer WHERE kind = ? AND timer_key = ?", .text(kind), .text(key))
  }

  /// When the next one is due, or nil. Those that failed too often are left out.
  static func next(in reader: SliceReader) throws -> Date? {
    try reader.row(
      "SELECT due_at FROM kit_timer WHERE attempts < ? ORDER BY due_at LIMIT 1",
      .integer(Bounds.attemptsLimit))?.moment("due_at")
  }

  static func due(at now: Date, in reader: SliceReader) throws -> [DueTimer] {
    try reader.rows(
      """
      SELECT kind, timer_key, due_at FROM kit_timer WHERE due_at <= ? AND attempts < ?
      ORDER BY due_at, kind, timer_key LIMIT ?
      """, .moment(now), .integer(Bounds.attemptsLimit), .integer(Bounds.timerBatchLimit)
    ).map { row in
      DueTimer(
        kind: try row.text("kind"), key: try row.text("timer_key"),
        dueAt: try row.moment("due_at"))
    }
  }

  static func failed(_ timer: DueTimer, error: String, in transaction: SliceTransaction) throws {
    try transaction.execute(
      "UPDATE kit_timer SET attempts = attempts + 1, error = ? WHERE kind = ? AND timer_key = ?",
      .text(error), .text(timer.kind), .text(timer.key))
  }

  static func failedCount(in reader: SliceReader) throws -> Int {
    try reader.row(
      "SELECT COUNT(*) AS length FROM kit_timer WHERE attempts >= ?",
      .integer(Bounds.attemptsLimit))?.int("length") ?? 0
  }
}
