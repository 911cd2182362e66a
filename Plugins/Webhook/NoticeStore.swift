import Foundation
import WorkerKit

/// An event that somebody outside is to be told of.
struct KeptNotice: Sendable, Hashable {
  /// The kind of effect that tells it.
  static let effect = "notice"

  /// Of the event in the log.
  let position: UInt64
  /// The event's key, within which notices stay in order.
  let key: EventKey
  let event: EncodedEvent
  let occurredAt: Date
  /// How often it was sent, or about to be.
  var attempts = 0
  /// Of the newest answer; nil if there was none.
  var status: Int?

  /// `case/REF/POSITION`.
  var effectKey: String { "\(key)/\(position)" }

  /// The reference of the case that it is about; empty for an event of no case.
  var reference: String { key.kind == .case ? key.name : "" }
}

/// The schema of a webhook's slice: what is still to be told. Steps are added, never edited.
enum WebhookMigrations {
  static let all = [
    Migration(
      "notices",
      """
      CREATE TABLE webhook_begin (
        one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
        log_position BIGINT NOT NULL
      );
      CREATE TABLE notice (
        log_position BIGINT NOT NULL PRIMARY KEY,
        event_key TEXT NOT NULL,
        event_type TEXT NOT NULL,
        payload BLOB NOT NULL,
        occurred_at BIGINT NOT NULL,
        attempts BIGINT NOT NULL DEFAULT 0,
        status_code BIGINT
      );
      CREATE INDEX notice_by_key ON notice (event_key, log_position)
      """)
  ]
}

/// An effect is about a notice that is not there.
struct UnknownNotice: Error {}

extension SliceTransaction {
  func keep(_ notice: KeptNotice) throws {
    try execute(
      """
      INSERT INTO notice (log_position, event_key, event_type, payload, occurred_at)
      VALUES (?, ?, ?, ?, ?)
      """, .integer(Int64(notice.position)), .text(notice.key.description),
      .text(notice.event.type), .blob(notice.event.payload), .moment(notice.occurredAt))
  }

  /// Counts an attempt before it is made, so that one that was cut off counts.
  func countAttempt(at notice: KeptNotice) throws {
    try execute(
      "UPDATE notice SET attempts = attempts + 1, status_code = NULL WHERE log_position = ?",
      .integer(Int64(notice.position)))
  }

  func keepStatus(_ status: Int, of notice: KeptNotice) throws {
    try execute(
      "UPDATE notice SET status_code = ? WHERE log_position = ?", .integer(status),
      .integer(Int64(notice.position)))
  }

  func remove(_ notice: KeptNotice) throws {
    try execute("DELETE FROM notice WHERE log_position = ?", .integer(Int64(notice.position)))
  }

  /// Keeps from where on the log is told, unless that is known.
  func begin(after position: UInt64) throws {
    try execute(
      "INSERT INTO webhook_begin (one, log_position) VALUES (1, ?) ON CONFLICT (one) DO NOTHING",
      .integer(Int64(position)))
  }
}

extension SliceReader {
  /// The notice that an effect is about.
  /// - Throws: ``UnknownNotice``.
  func notice(of effectKey: String) throws -> KeptNotice {
    let digits = effectKey.split(separator: "/").last ?? ""
    guard let position = Int64(digits),
      let row = try row("SELECT * FROM notice WHERE log_position = ?", .integer(position))
    else { throw UnknownNotice() }
    return try Self.notice(row)
  }

  /// The oldest notice of a key that is still to be told.
  func oldestNotice(of key: EventKey) throws -> KeptNotice? {
    try row(
      "SELECT * FROM notice WHERE event_key = ? ORDER BY log_position LIMIT 1",
      .text(key.description)
    ).map(Self.notice)
  }

  func noticeCount() throws -> Int {
    try row("SELECT COUNT(*) AS length FROM notice")?.int("length") ?? 0
  }

  /// Nil before the webhook has begun.
  func beginning() throws -> UInt64? {
    try row("SELECT log_position FROM webhook_begin").map { UInt64(try $0.int("log_position")) }
  }

  private static func notice(_ row: SQLRow) throws -> KeptNotice {
    KeptNotice(
      position: UInt64(try row.int("log_position")),
      key: try EventKey(parsing: try row.text("event_key")),
      event: EncodedEvent(type: try row.text("event_type"), payload: try row.blob("payload")),
      occurredAt: try row.moment("occurred_at"), attempts: try row.int("attempts"),
      status: try row.optionalInt("status_code"))
  }
}
