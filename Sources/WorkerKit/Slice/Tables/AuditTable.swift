import Crypto
import Foundation

/// The slice's record of who did what. Each row's hash covers the row and the hash before it, so that
/// nothing can be changed or taken out unnoticed; the newest hash travels with each append to the log,
/// which anchors what came before outside the slice. (What came after the last append is not covered.)
enum AuditTable {
  static func append(
    actor: String, action: String, subject: String, reason: String, in transaction: SliceTransaction
  ) throws {
    let last = try transaction.row(
      "SELECT sequence, hash FROM kit_audit ORDER BY sequence DESC LIMIT 1")
    let sequence = (try last?.int("sequence") ?? 0) + 1
    let previous = try last?.blob("hash") ?? Data()
    let at = Int64((transaction.now.timeIntervalSince1970 * 1_000_000).rounded())
    let hash = Self.hash(
      previous: previous, sequence: Int64(sequence), at: at,
      texts: [actor, action, subject, reason])
    try transaction.execute(
      """
      INSERT INTO kit_audit (sequence, at, actor, action, subject, reason, previous, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .integer(sequence), .integer(at), .text(actor), .text(action), .text(subject),
      .text(reason), .blob(previous), .blob(hash))
  }

  /// The hash of the newest row, empty if there is none.
  static func head(in reader: SliceReader) throws -> Data {
    try reader.row("SELECT hash FROM kit_audit ORDER BY sequence DESC LIMIT 1")?.blob("hash")
      ?? Data()
  }

  /// The sequence of the first row whose hash does not fit, or nil if the chain holds.
  static func firstBroken(in reader: SliceReader) throws -> Int? {
    var previous = Data()
    for row in try reader.rows("SELECT * FROM kit_audit ORDER BY sequence") {
      let sequence = try row.int("sequence")
      let expected = hash(
        previous: previous, sequence: Int64(sequence), at: Int64(try row.int("at")),
        texts: [
          try row.text("actor"), try row.text("action"), try row.text("subject"),
          try row.text("reason"),
        ])
      guard try row.blob("previous") == previous, try row.blob("hash") == expected else {
        return sequence
      }
      previous = expected
    }
    return nil
  }

  private static func hash(previous: Data, sequence: Int64, at: Int64, texts: [String]) -> Data {
    var hash = SHA256()
    hash.update(data: previous)
    for number in [sequence, at] {
      withUnsafeBytes(of: number.bigEndian) { hash.update(bufferPointer: $0) }
    }
    for text in texts {
      let bytes = Data(text.utf8)
      withUnsafeBytes(of: Int64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
      hash.update(data: bytes)
    }
    return Data(hash.finalize())
  }
}
