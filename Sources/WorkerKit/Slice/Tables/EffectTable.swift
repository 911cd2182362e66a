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

  static func all(_ state: State, in reader: SliceReader) throws -> [(Effect, attempts: Int)] {
    try reader.rows(
      """
      SELECT kind, effect_key, idempotency_key, attempts FROM kit_effect WHERE state = ?
      ORDER BY next_at, kind, effect_key
      """, .text(state.rawValue)
    ).map { row in
      let effect = Effect(
        kind: try row.text("kind"), key: try row.text("effect_key"),
        idempotencyKey: try row.text("idempotency_key"))
      return (effect, attempts: try row.int("attempts"))
    }
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
