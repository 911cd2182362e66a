import Foundation

/// The slice's record of who did what. Each row's hash covers the row and the hash before it, so that
/// nothing can be changed or taken out unnoticed; the newest hash travels with each append to the log,
/// which anchors what came before outside the slice. (What came after the last append is not covered.)
///
/// What a person typed may name anybody. It is in a table beside this one, and a row has its digest alone.
enum AuditTable {
  /// Bytes of the salt of a row's words.
  private static let saltBytes = 16

  /// - Throws: ``SliceError/damaged(_:)`` if somebody has put in a row with a number after which there is none.
  static func append(
    actor: String, action: String, subject: String, reason: String, words: String = "",
    in transaction: SliceTransaction
  ) throws {
    let last = try head(in: transaction)
    guard Int64(clamping: last?.sequence ?? 0) < AuditRow.sequenceLimit else {
      throw SliceError.damaged("its audit has a row with a number that none can have")
    }
    var row = AuditRow(
      sequence: Int64(last?.sequence ?? 0) + 1,
      at: Int64((transaction.now.timeIntervalSince1970 * 1_000_000).rounded()), actor: actor,
      action: action, subject: subject, reason: reason, previous: last?.hash ?? Data())
    if !words.isEmpty {
      let salt = Data((0..<saltBytes).map { _ in UInt8.random(in: .min ... .max) })
      row.wordsDigest = AuditRow.digest(of: words, salt: salt)
      try transaction.execute(
        "INSERT INTO kit_audit_words (sequence, salt, words) VALUES (?, ?, ?)",
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
  }

  /// The newest row's number and hash.
  struct Head: Sendable, Hashable {
    let sequence: UInt64
    let hash: Data
  }

  /// Nil if there is no row. One that was put in with something else than a number is passed over.
  static func head(in reader: SliceReader) throws -> Head? {
    try reader.row(
      """
      SELECT sequence, hash FROM kit_audit WHERE typeof(sequence) = 'integer'
      ORDER BY sequence DESC LIMIT 1
      """
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
