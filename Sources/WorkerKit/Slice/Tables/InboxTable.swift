import Bus
import CaseModel
import Foundation

/// How far the worker has taken the log into account, and what it had to set aside.
enum InboxTable {
  /// Everything up to here is taken into account or parked.
  static func taken(in reader: SliceReader) throws -> UInt64 {
    UInt64(try reader.row("SELECT taken FROM kit_inbox")?.int("taken") ?? 0)
  }

  /// The log's generation that ``taken(in:)`` belongs to; 0 if none is known yet.
  static func generation(in reader: SliceReader) throws -> UInt32 {
    UInt32(try reader.row("SELECT log_generation FROM kit_inbox")?.int("log_generation") ?? 0)
  }

  /// The log has accepted the position as one of this generation.
  static func keep(generation: UInt32, in transaction: SliceTransaction) throws {
    try transaction.execute("UPDATE kit_inbox SET log_generation = ?", .integer(Int64(generation)))
  }

  /// Notes that an event is about to be handled. Committed before the attempt, so that a crash while
  /// holding it counts. Returns which attempt this is, from 1, without those at which another worker was away, how
  /// many these were, and the error of the attempt before.
  static func hold(
    _ position: UInt64, in transaction: SliceTransaction
  ) throws -> (attempt: Int, away: Int, error: String) {
    try transaction.execute(
      """
      UPDATE kit_inbox SET
        attempts = CASE WHEN holding = ? THEN attempts + 1 ELSE 1 END,
        away = CASE WHEN holding = ? THEN away ELSE 0 END,
        error = CASE WHEN holding = ? THEN error ELSE '' END,
        holding = ?
      """,
      .integer(Int64(position)), .integer(Int64(position)), .integer(Int64(position)),
      .integer(Int64(position)))
    guard let row = try transaction.row("SELECT attempts, away, error FROM kit_inbox") else {
      throw SliceError.noSuchColumn("kit_inbox")
    }
    return (try row.int("attempts"), try row.int("away"), try row.text("error"))
  }

  /// True if the process ended while it held an event or a batch that is not taken yet: events up to there
  /// are taken one by one, so that the one that is to blame is found.
  static func goesAlone(in reader: SliceReader) throws -> Bool {
    try reader.row("SELECT holding FROM kit_inbox WHERE holding > taken OR alone_until > taken")
      != nil
  }

  /// Notes that events up to a position are about to be handled together.
  static func holdBatch(upTo position: UInt64, in transaction: SliceTransaction) throws {
    try transaction.execute("UPDATE kit_inbox SET alone_until = ?", .integer(Int64(position)))
  }

  /// The batch is handled, or it was not the events' fault that it is not.
  static func releaseBatch(in transaction: SliceTransaction) throws {
    try transaction.execute("UPDATE kit_inbox SET alone_until = 0")
  }

  static func keepError(_ error: String, in transaction: SliceTransaction) throws {
    try transaction.execute("UPDATE kit_inbox SET error = ?", .text(error))
  }

  /// The attempt does not count: what failed was not the event. Those before it still do.
  static func undoHold(in transaction: SliceTransaction) throws {
    try transaction.execute("UPDATE kit_inbox SET attempts = attempts - 1 WHERE attempts > 0")
  }

  /// At the attempt another worker was away: it counts apart.
  static func countAway(in transaction: SliceTransaction) throws {
    try undoHold(in: transaction)
    try transaction.execute("UPDATE kit_inbox SET away = away + 1")
  }

  /// Nothing is held: the event is taken or parked.
  static func release(in transaction: SliceTransaction) throws {
    try transaction.execute("UPDATE kit_inbox SET holding = 0, attempts = 0, away = 0")
  }

  /// The event is taken into account, in the transaction of its effects.
  static func take(_ event: LoggedEvent, in transaction: SliceTransaction) throws {
    try advance(to: event.position, in: transaction)
    try transaction.execute(
      """
      INSERT INTO kit_inbox_mark (partition_number, position) VALUES (?, ?)
      ON CONFLICT (partition_number) DO UPDATE SET position = excluded.position
      """, .integer(event.partition), .integer(Int64(event.position)))
  }

  /// Nothing up to a position concerns this worker any more.
  static func advance(to position: UInt64, in transaction: SliceTransaction) throws {
    try transaction.execute(
      "UPDATE kit_inbox SET taken = ? WHERE taken < ?", .integer(Int64(position)),
      .integer(Int64(position)))
  }

  // MARK: Parked

  /// Sets an event aside; later events of its key follow it, so that their order holds.
  static func park(
    _ event: LoggedEvent, attempts: Int, error: String, in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO kit_parked (position, event_key, type, attempts, error, worker_version, parked_at)
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (position) DO NOTHING
      """,
      .integer(Int64(event.position)), .text(event.key.description), .text(event.type),
      .integer(attempts), .text(error), .text(ProgramVersion.current), .moment(transaction.now))
    try take(event, in: transaction)
  }

  static func isParked(_ key: EventKey, in reader: SliceReader) throws -> Bool {
    try reader.row(
      "SELECT position FROM kit_parked WHERE event_key = ? LIMIT 1", .text(key.description)) != nil
  }

  static func parkedCount(in reader: SliceReader) throws -> Int {
    try reader.row("SELECT COUNT(*) AS length FROM kit_parked")?.int("length") ?? 0
  }
}
