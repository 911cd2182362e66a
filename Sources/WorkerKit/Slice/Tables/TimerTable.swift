import Foundation

/// Timers that are set. They survive restarts; one that could not be handled is tried again, at growing
/// intervals, for ever.
enum TimerTable {
  static func set(
    kind: String, key: String, dueAt: Date, in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO kit_timer (kind, timer_key, due_at, next_at, attempts, error)
      VALUES (?, ?, ?, ?, 0, '')
      ON CONFLICT (kind, timer_key) DO UPDATE SET
        due_at = excluded.due_at, next_at = excluded.next_at, attempts = 0, error = ''
      """, .text(kind), .text(key), .moment(dueAt), .moment(dueAt))
  }

  static func cancel(kind: String, key: String, in transaction: SliceTransaction) throws {
    try transaction.execute(
      "DELETE FROM kit_timer WHERE kind = ? AND timer_key = ?", .text(kind), .text(key))
  }

  /// Takes a timer off; false if it has been moved or taken back since it was read.
  static func take(_ timer: DueTimer, in transaction: SliceTransaction) throws -> Bool {
    try transaction.execute(
      "DELETE FROM kit_timer WHERE kind = ? AND timer_key = ? AND due_at = ?",
      .text(timer.kind), .text(timer.key), .moment(timer.dueAt)) == 1
  }

  /// When the next one of these kinds is to be looked at, or nil.
  static func next(of kinds: [String], in reader: SliceReader) throws -> Date? {
    try reader.rows(
      """
      SELECT next_at FROM kit_timer WHERE kind IN (\(SQLValue.marks(kinds.count)))
      ORDER BY next_at LIMIT 1
      """, arguments: kinds.map { .text($0) }
    ).first?.moment("next_at")
  }

  /// Those of these kinds that are to be looked at. One that was put off is due as well if its next look is further
  /// away than it can have been put off for: the clock was set back since.
  static func due(at now: Date, of kinds: [String], in reader: SliceReader) throws -> [DueTimer] {
    let marks = SQLValue.marks(kinds.count)
    let named = kinds.map { SQLValue.text($0) }
    // Two selections, for each has an index of its own; timers that are to come are in neither.
    return try reader.rows(
      """
      SELECT kind, timer_key, due_at, next_at FROM kit_timer
      WHERE kind IN (\(marks)) AND next_at <= ?
      UNION
      SELECT kind, timer_key, due_at, next_at FROM kit_timer
      WHERE kind IN (\(marks)) AND due_at <= ? AND next_at > ?
      ORDER BY next_at, kind, timer_key LIMIT ?
      """,
      arguments: named + [.moment(now)] + named + [
        .moment(now), .moment(now + Bounds.timerRetryLimit / .seconds(1)),
        .integer(Bounds.timerBatchLimit),
      ]
    ).map { row in
      DueTimer(
        kind: try row.text("kind"), key: try row.text("timer_key"),
        dueAt: try row.moment("due_at"))
    }
  }

  /// Puts a timer that could not be handled off: a second, then twice as long each time, at most
  /// ``Bounds/timerRetryLimit``.
  static func failed(_ timer: DueTimer, error: String, in transaction: SliceTransaction) throws {
    let attempts =
      try transaction.row(
        "SELECT attempts FROM kit_timer WHERE kind = ? AND timer_key = ? AND due_at = ?",
        .text(timer.kind), .text(timer.key), .moment(timer.dueAt))?.int("attempts") ?? 0
    let limit = Int(Bounds.timerRetryLimit.components.seconds)
    let wait = min(1 << min(attempts, 20), limit)
    try transaction.execute(
      """
      UPDATE kit_timer SET attempts = attempts + 1, error = ?, next_at = ?
      WHERE kind = ? AND timer_key = ? AND due_at = ?
      """, .text(error), .moment(transaction.now + Double(wait)), .text(timer.kind),
      .text(timer.key), .moment(timer.dueAt))
  }

  /// Timers that were due and could not be handled so far.
  static func failingCount(in reader: SliceReader) throws -> Int {
    try reader.row("SELECT COUNT(*) AS length FROM kit_timer WHERE attempts > 0")?
      .int("length") ?? 0
  }
}
