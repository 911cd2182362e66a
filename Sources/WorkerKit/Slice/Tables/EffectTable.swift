import Crypto
import Foundation

/// What is intended towards the outside world, and what became of it.
enum EffectTable {
  enum State: String, Sendable, CaseIterable {
    case intended, sending, uncertain, confirmed, abandoned
  }

  struct Row: Sendable {
    let effect: Effect
    let state: State
    /// How often it was begun, and looked at in vain.
    let attempts: Int
    /// When it is to be looked at.
    let nextAt: Date
    /// Since when it is in its state.
    let changedAt: Date
  }

  static func intend(kind: String, key: String, in transaction: SliceTransaction) throws {
    let identity = try transaction.row("SELECT slice_id FROM kit_identity")?.blob("slice_id")
    let seed = (identity ?? Data()) + Data("\(kind)\u{0}\(key)".utf8)
    let idempotencyKey = SHA256.hash(data: seed).prefix(16)
      .map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    try transaction.execute(
      """
      INSERT INTO kit_effect
        (kind, effect_key, idempotency_key, state, attempts, next_at, changed_at)
      VALUES (?, ?, ?, 'intended', 0, ?, ?) ON CONFLICT (kind, effect_key) DO NOTHING
      """, .text(kind), .text(key), .text(idempotencyKey), .moment(transaction.now),
      .moment(transaction.now))
  }

  // MARK: Those that are still to happen

  /// Kinds of effects. Those that can be asked about are looked at while they are uncertain too.
  struct Kinds: Sendable {
    private let all: [String]
    private let asked: [String]

    init(_ routes: some Sequence<EffectRoute>) {
      all = routes.map(\.kind).sorted()
      asked = routes.filter { $0.ask != nil }.map(\.kind).sorted()
    }

    /// Each state in which one of a kind is looked at. An index has those of a state and kind by their time.
    fileprivate var looks: [(state: State, kind: String)] {
      all.flatMap { [(State.intended, $0), (.sending, $0)] } + asked.map { (.uncertain, $0) }
    }
  }

  /// Effects of these kinds that are to be carried out, or asked about, by a time: those that have waited
  /// longest first. Those that wait for later are not looked at, however many they are.
  static func due(at time: Date, of kinds: Kinds, in reader: SliceReader) throws -> [Row] {
    let rows = try kinds.looks.flatMap { state, kind in
      try reader.rows(
        """
        SELECT * FROM kit_effect WHERE state = ? AND kind = ? AND next_at <= ?
        ORDER BY next_at, effect_key LIMIT ?
        """, .text(state.rawValue), .text(kind), .moment(time), .integer(Bounds.effectBatchLimit)
      ).map(Self.row)
    }
    let sorted = rows.sorted {
      ($0.nextAt, $0.effect.kind, $0.effect.key) < ($1.nextAt, $1.effect.kind, $1.effect.key)
    }
    return Array(sorted.prefix(Bounds.effectBatchLimit))
  }

  /// When the next one of these kinds is to be looked at, or nil.
  static func next(of kinds: Kinds, in reader: SliceReader) throws -> Date? {
    try kinds.looks.compactMap { state, kind in
      try reader.row(
        """
        SELECT next_at FROM kit_effect WHERE state = ? AND kind = ? ORDER BY next_at LIMIT 1
        """, .text(state.rawValue), .text(kind)
      )?.moment("next_at")
    }.min()
  }

  /// Effects of these kinds that are still to happen, or of which nobody has been able to ask yet.
  static func open(of kinds: Kinds, in reader: SliceReader) throws -> Int {
    try kinds.looks.map { state, kind in
      try reader.row(
        "SELECT COUNT(*) AS length FROM kit_effect WHERE state = ? AND kind = ?",
        .text(state.rawValue), .text(kind)
      )?.int("length") ?? 0
    }.reduce(0, +)
  }

  // MARK: What becomes of one

  /// Moves an effect on; false, with nothing changed, if it is not in the state that it comes from.
  /// - Parameter next: when it is to be looked at again; by default now.
  @discardableResult
  static func move(
    _ effect: Effect, from: State, to state: State, next: Date? = nil,
    in transaction: SliceTransaction
  ) throws -> Bool {
    let changed = try transaction.execute(
      """
      UPDATE kit_effect SET state = ?, attempts = attempts + ?, next_at = ?, changed_at = ?
      WHERE kind = ? AND effect_key = ? AND state = ?
      """, .text(state.rawValue), .integer(state == .sending ? 1 : 0),
      .moment(next ?? transaction.now), .moment(transaction.now), .text(effect.kind),
      .text(effect.key), .text(from.rawValue))
    return changed == 1
  }

  /// Puts off the next look at an effect whose state is known and stays.
  static func putOff(
    _ effect: Effect, in state: State, until next: Date, in transaction: SliceTransaction
  ) throws {
    try transaction.execute(
      """
      UPDATE kit_effect SET attempts = attempts + 1, next_at = ?
      WHERE kind = ? AND effect_key = ? AND state = ?
      """, .moment(next), .text(effect.kind), .text(effect.key), .text(state.rawValue))
  }

  // MARK: What an operator sees

  static func find(kind: String, key: String, in reader: SliceReader) throws -> Row? {
    try reader.row(
      "SELECT * FROM kit_effect WHERE kind = ? AND effect_key = ?", .text(kind), .text(key)
    ).map(Self.row)
  }

  /// Effects in any of these states, those that changed longest ago first.
  static func all(
    in states: [State], limit: Int, in reader: SliceReader
  ) throws -> [Row] {
    try reader.rows(
      """
      SELECT * FROM kit_effect WHERE state IN (\(SQLValue.marks(states.count)))
      ORDER BY changed_at, kind, effect_key LIMIT ?
      """, arguments: states.map { .text($0.rawValue) } + [.integer(limit)]
    ).map(Self.row)
  }

  static func count(_ state: State, in reader: SliceReader) throws -> Int {
    try reader.row(
      "SELECT COUNT(*) AS length FROM kit_effect WHERE state = ?", .text(state.rawValue)
    )?.int("length") ?? 0
  }

  /// Effects that failed so far and are tried again.
  static func failingCount(in reader: SliceReader) throws -> Int {
    try reader.row(
      "SELECT COUNT(*) AS length FROM kit_effect WHERE state = 'intended' AND attempts > 0"
    )?.int("length") ?? 0
  }

  private static func row(_ row: SQLRow) throws -> Row {
    guard let state = State(rawValue: try row.text("state")) else {
      throw SliceError.wrongType("state")
    }
    let effect = Effect(
      kind: try row.text("kind"), key: try row.text("effect_key"),
      idempotencyKey: try row.text("idempotency_key"))
    return Row(
      effect: effect, state: state, attempts: try row.int("attempts"),
      nextAt: try row.moment("next_at"), changedAt: try row.moment("changed_at"))
  }
}
