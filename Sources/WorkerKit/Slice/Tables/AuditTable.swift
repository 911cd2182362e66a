import Crypto
import Foundation

/// The slice's record of who did what. Each row's hash covers the row and the hash before it, so that
/// nothing can be changed or taken out unnoticed; the newest hash travels with each append to the log,
/// which anchors what came before outside the slice. (What came after the last append is not covered.)
///
/// What a person typed may name anybody. It is in a table beside this one, and a row has its digest alone.
enum AuditTable {
  /// Bytes of the salt of a row's words.
  private static let saltBytes = 16

  /// The row gets the number after the ``head(in:)``, whatever else somebody has put in.
  /// - Returns: the row's number.
  @discardableResult
  static func append(
    actor: String, action: String, subject: String, reason: String, words: String = "",
    in transaction: SliceTransaction
  ) throws -> Int64 {
    let last = try head(in: transaction)
    var row = AuditRow(
      sequence: Int64(last?.sequence ?? 0) + 1,
      at: Int64((transaction.now.timeIntervalSince1970 * 1_000_000).rounded()), actor: actor,
      action: action, subject: subject, reason: reason, previous: last?.hash ?? Data())
    if !words.isEmpty {
      let salt = Data((0..<saltBytes).map { _ in UInt8.random(in: .min ... .max) })
      row.wordsDigest = AuditRow.digest(of: words, salt: salt)
      // In the place of what somebody may have put in for a row that was still to come.
      try transaction.execute(
        "INSERT OR REPLACE INTO kit_audit_words (sequence, salt, words) VALUES (?, ?, ?)",
        .integer(row.sequence), .blob(salt), .text(words))
    }
    try transaction.execute(
      """
      INSERT INTO kit_audit
        (sequence, at, actor, action, subject, reason, words_digest, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(row.sequence), .integer(row.at), .text(row.actor), .text(row.action),
      .text(row.subject), .text(row.reason), row.wordsDigest.map(SQLValue.blob) ?? .null,
      .blob(row.previous), .blob(row.expectedHash))
    return row.sequence
  }

  /// The newest row's number and hash.
  struct Head: Sendable, Hashable {
    let sequence: UInt64
    /// Of a row that was put in, whatever bytes stand there.
    let hash: Data

    /// False for a row that was put in with something else than a hash: the log would take no batch with it.
    var isAnchorable: Bool { hash.count == SHA256.byteCount }
  }

  /// The newest row after which there is room for another; nil if there is no row.
  ///
  /// One that was put in is no reason to record nothing any more: it is passed over if its number is none, one that
  /// none can have, or one after which no number is free. `verify` tells of it.
  static func head(in reader: SliceReader) throws -> Head? {
    try reader.row(
      """
      SELECT sequence, CASE typeof(hash) WHEN 'blob' THEN hash ELSE x'' END AS hash
      FROM kit_audit AS row
      WHERE typeof(sequence) = 'integer' AND sequence > 0 AND sequence < ?
        AND NOT EXISTS (SELECT 1 FROM kit_audit WHERE sequence = row.sequence + 1)
      ORDER BY sequence DESC LIMIT 1
      """, .integer(AuditRow.sequenceLimit)
    ).map {
      Head(sequence: UInt64(clamping: try $0.int("sequence")), hash: try $0.blob("hash"))
    }
  }

  /// The first thing that is wrong with the chain by itself, or nil if it holds.
  static func firstFault(in reader: SliceReader) throws -> AuditFault? {
    var chain = AuditChain(incarnation: 0, anchors: [])
    try chain.walk(reader.database)
    return chain.faults.first
  }
}
