import CaseModel
import Foundation

/// Which rows of the audit say that something personal was told, by the case that it is about. The audit's own row is what
/// counts: this leads to it, and is not covered by its hashes.
enum DisclosureTable {
  static func append(
    _ sequence: Int64, of reference: CaseReference, purpose: String, fields: [String],
    in transaction: SliceTransaction
  ) throws {
    // In the place of what somebody may have put in for a row that was still to come.
    try transaction.execute(
      """
      INSERT OR REPLACE INTO kit_disclosure (sequence, subject, purpose, fields)
      VALUES (?, ?, ?, ?)
      """, .integer(sequence), .text(reference.description), .text(purpose),
      .text(fields.joined(separator: ", ")))
  }

  /// Whether the very same is on record, from a moment up to now.
  static func isKnown(
    to principal: String, _ action: String, of reference: CaseReference, reason: String,
    from since: Date, in transaction: SliceTransaction
  ) throws -> Bool {
    let rows = try transaction.rows(
      """
      SELECT audit.at AS at, audit.actor AS actor, audit.action AS action, audit.reason AS reason
      FROM kit_disclosure AS told JOIN kit_audit AS audit
        ON audit.sequence = told.sequence AND audit.subject = told.subject
      WHERE told.subject = ? AND typeof(audit.at) = 'integer' AND typeof(audit.actor) = 'text'
        AND typeof(audit.action) = 'text' AND typeof(audit.reason) = 'text'
      ORDER BY told.sequence DESC LIMIT ?
      """, .text(reference.description), .integer(Bounds.visitRowsLimit))
    return try rows.contains { row in
      // A clock that was set back makes nothing of later the same visit.
      let at = try row.moment("at")
      return try at >= since && at <= transaction.now && row.text("actor") == principal
        && row.text("action") == action && row.text("reason") == reason
    }
  }

  /// Who has looked into a case, gathered by day, newest first.
  struct Account: Sendable, Hashable {
    struct Line: Sendable, Hashable {
      let day: CalendarDate
      let principal: String
      let purpose: String
      let fields: [String]
      var times = 1

      func isSame(_ other: Line) -> Bool {
        day == other.day && principal == other.principal && purpose == other.purpose
          && fields == other.fields
      }
    }

    var lines: [Line] = []
    /// There are older ones.
    var hasMore = false
  }

  static func account(
    of reference: CaseReference, in reader: SliceReader,
    linesLimit: Int = Bounds.caseReadsLimit, rowsLimit: Int = Bounds.caseReadsRowsLimit
  ) throws -> Account {
    let rows = try reader.rows(
      """
      SELECT audit.at AS at, audit.actor AS actor, told.purpose AS purpose, told.fields AS fields
      FROM kit_disclosure AS told JOIN kit_audit AS audit
        ON audit.sequence = told.sequence AND audit.subject = told.subject
      WHERE told.subject = ? AND typeof(audit.at) = 'integer' AND typeof(audit.actor) = 'text'
        AND typeof(told.purpose) = 'text' AND typeof(told.fields) = 'text'
      ORDER BY told.sequence DESC LIMIT ?
      """, .text(reference.description), .integer(rowsLimit + 1))
    var account = Account(hasMore: rows.count > rowsLimit)
    for row in rows.prefix(rowsLimit) {
      let seconds = try row.moment("at").timeIntervalSince1970.rounded(.down)
      guard let second = Int64(exactly: seconds) else { continue }
      let line = Account.Line(
        day: CalendarDate(ofUnixSeconds: second), principal: try row.text("actor"),
        purpose: try row.text("purpose"),
        fields: try row.text("fields").components(separatedBy: ", "))
      if let place = account.lines.firstIndex(where: { $0.isSame(line) }) {
        account.lines[place].times += 1
      } else if account.lines.count < linesLimit {
        account.lines.append(line)
      } else {
        account.hasMore = true
      }
    }
    return account
  }
}
