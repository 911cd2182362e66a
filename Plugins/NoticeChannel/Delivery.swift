import Foundation
import WorkerKit

/// Which notice, and how often it was made ready. Also the key of its effect, `NOTICE/attempt`.
struct DeliveryKey: Sendable, Hashable, CustomStringConvertible {
  let notice: String
  let attempt: Int

  init(_ notice: String, _ attempt: Int) {
    self.notice = notice
    self.attempt = attempt
  }

  init(parsing text: String) throws {
    let parts = text.split(separator: "/")
    guard parts.count >= 2, let attempt = Int(parts[parts.count - 1]) else {
      throw UnknownDelivery()
    }
    self.init(parts.dropLast().joined(separator: "/"), attempt)
  }

  var description: String { "\(notice)/\(attempt)" }
}

/// An effect is about a notice that is not there.
struct UnknownDelivery: Error {}

/// A notice on its way. Nothing in it says what it says or to whom.
struct Delivery: Sendable, Hashable {
  /// Raw values are stored.
  enum State: String, Sendable {
    case intended = "INTENDED"
    /// It left, and the other side may still say something.
    case open = "OPEN"
    case ended = "ENDED"
  }

  /// What is told Correspondence. Raw values are stored.
  enum Fate: String, Sendable {
    case sent = "SENT"
    case delivered = "DELIVERED"
    case failed = "FAILED"
    case uncertain = "UNCERTAIN"
  }

  let key: DeliveryKey
  /// What the other side knows it by; empty before it left.
  let reference: String
  let state: State
  /// The newest, as it is to be told or was; nil for nothing.
  let fate: Fate?
  /// Why it failed.
  let code: String
  /// On which day.
  let day: String
  /// Attempts at sending it.
  let attempts: Int
  /// When the first of them was.
  let firstTriedAt: Date?
  let sentAt: Date?
  /// Which folder of marks was there when it was taken; empty for none.
  let place: String
}

/// The schema of a channel's slice. Steps are added, never edited.
enum NoticeMigrations {
  static let all = [
    Migration(
      "deliveries",
      """
      CREATE TABLE serving (
        number BIGINT NOT NULL PRIMARY KEY,
        channels TEXT NOT NULL
      );
      CREATE TABLE place (
        one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL
      );
      CREATE TABLE delivery (
        effect_key TEXT NOT NULL PRIMARY KEY,
        reference TEXT NOT NULL DEFAULT '',
        state TEXT NOT NULL CHECK (state IN ('INTENDED', 'OPEN', 'ENDED')),
        fate TEXT CHECK (fate IN ('SENT', 'DELIVERED', 'FAILED', 'UNCERTAIN')),
        code TEXT NOT NULL DEFAULT '',
        day TEXT NOT NULL DEFAULT '',
        reporting BIGINT NOT NULL DEFAULT 0 CHECK (reporting IN (0, 1)),
        attempts BIGINT NOT NULL DEFAULT 0,
        first_tried_at BIGINT,
        sent_at BIGINT,
        asked_at BIGINT NOT NULL DEFAULT 0,
        place TEXT NOT NULL DEFAULT ''
      );
      CREATE INDEX delivery_to_ask ON delivery (state, asked_at)
      """)
  ]
}

extension SliceTransaction {
  func keep(_ key: DeliveryKey) throws {
    try execute(
      """
      INSERT INTO delivery (effect_key, state, place)
      VALUES (?, 'INTENDED', COALESCE((SELECT id FROM place), ''))
      ON CONFLICT (effect_key) DO NOTHING
      """, .text(key.description))
  }

  /// One attempt more at sending it; what was not known of an earlier one says nothing of this.
  func countAttempt(at key: DeliveryKey) throws -> Delivery {
    try execute(
      """
      UPDATE delivery SET attempts = attempts + 1, fate = NULL,
        first_tried_at = COALESCE(first_tried_at, ?)
      WHERE effect_key = ?
      """, .moment(now), .text(key.description))
    return try knownDelivery(key)
  }

  /// It left under this reference.
  func noteSent(_ key: DeliveryKey, as reference: String) throws {
    try execute(
      "UPDATE delivery SET reference = ?, sent_at = ? WHERE effect_key = ?", .text(reference),
      .moment(now), .text(key.description))
  }

  /// Nobody will know whether it left.
  func markUncertain(_ key: DeliveryKey) throws {
    try execute(
      "UPDATE delivery SET fate = 'UNCERTAIN' WHERE effect_key = ?", .text(key.description))
  }

  func move(_ key: DeliveryKey, to state: Delivery.State) throws {
    try execute(
      "UPDATE delivery SET state = ? WHERE effect_key = ?", .text(state.rawValue),
      .text(key.description))
  }

  /// Keeps what is to be told, and has it told.
  func report(_ fate: Delivery.Fate, code: String = "", of key: DeliveryKey) throws {
    try execute(
      "UPDATE delivery SET fate = ?, code = ?, day = ?, reporting = 1 WHERE effect_key = ?",
      .text(fate.rawValue), .text(code), .text(today.description), .text(key.description))
    try intend(ReportDelivery.kind, key: "\(fate.rawValue)/\(key)")
  }

  func endReport(of key: DeliveryKey) throws {
    try execute(
      "UPDATE delivery SET reporting = 0 WHERE effect_key = ?", .text(key.description))
  }

  func noteAsked(_ key: DeliveryKey) throws {
    try execute(
      "UPDATE delivery SET asked_at = ? WHERE effect_key = ?", .moment(now),
      .text(key.description))
  }
}

extension SliceReader {
  /// - Throws: ``UnknownDelivery``.
  func knownDelivery(_ key: DeliveryKey) throws -> Delivery {
    guard let row = try row("SELECT * FROM delivery WHERE effect_key = ?", .text(key.description))
    else { throw UnknownDelivery() }
    return try Self.delivery(row)
  }

  /// Those that the other side may say something new of, first those that were asked about longest ago.
  func deliveriesToAsk(limit: Int) throws -> [Delivery] {
    try rows(
      """
      SELECT * FROM delivery WHERE state = 'OPEN' AND reporting = 0
      ORDER BY asked_at, effect_key LIMIT ?
      """, .integer(limit)
    ).map(Self.delivery)
  }

  private static func delivery(_ row: SQLRow) throws -> Delivery {
    guard let state = Delivery.State(rawValue: try row.text("state")) else {
      throw SliceError.wrongType("state")
    }
    func moment(_ column: String) throws -> Date? {
      try row.optionalInt(column).map { Date(timeIntervalSince1970: Double($0) / 1_000_000) }
    }
    return Delivery(
      key: try DeliveryKey(parsing: try row.text("effect_key")),
      reference: try row.text("reference"), state: state,
      fate: try row.optionalText("fate").flatMap(Delivery.Fate.init(rawValue:)),
      code: try row.text("code"), day: try row.text("day"), attempts: try row.int("attempts"),
      firstTriedAt: try moment("first_tried_at"), sentAt: try moment("sent_at"),
      place: try row.text("place"))
  }
}
