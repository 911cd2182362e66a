import Crypto
import Foundation

/// What is intended towards the outside world, and what became of it.
enum EffectTable {
  enum State: String, Sendable {
    case intended, sending, uncertain, confirmed
  }

  static func intend(kind: String, key: String, in transaction: SliceTransaction) throws {
    let identity = try transaction.row("SELECT slice_id FROM kit_identity")?.blob("slice_id")
    let seed = (identity ?? Data()) + Data("\(kind)\u{0}\(key)".utf8)
    let idempotencyKey = SHA256.hash(data: seed).prefix(16)
      .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    try transaction.execute(
      """
      INSERT INTO kit_effect (kind, effect_key, idempotency_key, state, attempts, next_at)
      VALUES (?, ?, ?, 'intended', 0, 0) ON CONFLICT (kind, effect_key) DO NOTHING
      """, .text(kind), .text(key), .text(idempotencyKey))
  }

  /// Effects of these kinds in a state, those that were tried longest ago first.
  static func all(
    _ state: State, of kinds: [String], in reader: SliceReader
  ) throws -> [Effect] {
    try reader.rows(
      """
      SELECT kind, effect_key, idempotency_key FROM kit_effect
      WHERE state = ? AND kind IN (\(SQLValue.marks(kinds.count)))
      ORDER BY next_at, kind, effect_key LIMIT ?
      """,
      arguments: [.text(state.rawValue)] + kinds.map { .text($0) }
        + [.integer(Bounds.effectBatchLimit)]
    ).map { row in
      Effect(
        kind: try row.text("kind"), key: try row.text("effect_key"),
        idempotencyKey: try row.text("idempotency_key"))
    }
  }

  /// Effects of these kinds that are still to happen, or of which nobody has been able to ask yet.
  static func open(of kinds: [String], in reader: SliceReader) throws -> Int {
    try reader.rows(
      """
      SELECT COUNT(*) AS length FROM kit_effect
      WHERE state IN ('intended', 'sending') AND kind IN (\(SQLValue.marks(kinds.count)))
      """, arguments: kinds.map { .text($0) }
    ).first?.int("length") ?? 0
  }

  static func move(
    _ effect: Effect, to state: State, in transaction: SliceTransaction
  ) throws {
    let attempt = state == .sending ? 1 : 0
    try transaction.execute(
      """
      UPDATE kit_effect SET state = ?, attempts = attempts + ?, next_at = ?
      WHERE kind = ? AND effect_key = ?
      """, .text(state.rawValue), .integer(attempt), .moment(transaction.now),
      .text(effect.kind), .text(effect.key))
  }

  static func count(_ state: State, in reader: SliceReader) throws -> Int {
    try reader.row(
      "SELECT COUNT(*) AS length FROM kit_effect WHERE state = ?", .text(state.rawValue)
    )?.int("length") ?? 0
  }
}
