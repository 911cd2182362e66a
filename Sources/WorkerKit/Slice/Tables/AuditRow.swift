import Crypto
import Foundation
import GRDB

/// One row of a slice's audit, as it is stored.
struct AuditRow: Sendable, Hashable {
  /// The highest number that a row can have, as the log takes no higher one.
  static let sequenceLimit: Int64 = 1 << 53

  /// From 1, without gaps.
  var sequence: Int64
  /// Microseconds since 1970.
  var at: Int64
  var actor: String
  var action: String
  var subject: String
  var reason: String
  /// Of the words and their salt; nil where nobody typed any.
  var wordsDigest: Data?
  /// Hash of the row before; empty for the first.
  var previous: Data
  var hash = Data()

  /// What the hash has to be: it covers the row and the hash before it.
  var expectedHash: Data {
    var hash = SHA256()
    hash.update(data: previous)
    for number in [sequence, at] {
      withUnsafeBytes(of: number.bigEndian) { hash.update(bufferPointer: $0) }
    }
    for text in [actor, action, subject, reason] { hash.update(measured: Data(text.utf8)) }
    if let wordsDigest { hash.update(measured: wordsDigest) }
    return Data(hash.finalize())
  }

  /// Without the salt nobody can find short words out by trying.
  static func digest(of words: String, salt: Data) -> Data {
    var hash = SHA256()
    hash.update(measured: salt)
    hash.update(measured: Data(words.utf8))
    return Data(hash.finalize())
  }
}

extension AuditRow {
  /// Nil if somebody has put something into it that it cannot hold.
  init?(_ row: Row) {
    guard let sequence = Int64.fromDatabaseValue(row["sequence"]),
      let at = Int64.fromDatabaseValue(row["at"]),
      let actor = String.fromDatabaseValue(row["actor"]),
      let action = String.fromDatabaseValue(row["action"]),
      let subject = String.fromDatabaseValue(row["subject"]),
      let reason = String.fromDatabaseValue(row["reason"]),
      let previous = Data.fromDatabaseValue(row["previous"]),
      let hash = Data.fromDatabaseValue(row["hash"])
    else { return nil }
    self.init(
      sequence: sequence, at: at, actor: actor, action: action, subject: subject, reason: reason,
      // A slice that this version has not opened yet has no such column.
      wordsDigest: row.hasColumn("words_digest")
        ? Data.fromDatabaseValue(row["words_digest"]) : nil,
      previous: previous, hash: hash)
  }

  /// When it was written down.
  var moment: Date { Date(timeIntervalSince1970: Double(at) / 1_000_000) }
}

extension SHA256 {
  /// With the length in front, so that no two lists of parts are the same bytes.
  fileprivate mutating func update(measured bytes: Data) {
    withUnsafeBytes(of: Int64(bytes.count).bigEndian) { update(bufferPointer: $0) }
    update(data: bytes)
  }
}
