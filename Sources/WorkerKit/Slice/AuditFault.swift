/// Something that is wrong with a slice's audit, and where.
package struct AuditFault: Error, Sendable, Hashable {
  /// What can be wrong. Raw values are stable.
  package enum Code: String, Sendable, Hashable {
    /// What stands in the row is not what its hash covers.
    case changed = "row-changed"
    /// Rows are not there although later ones are.
    case missing = "rows-missing"
    /// A row has a number that none can have, or none; those that follow are written as if it were not there.
    case inserted = "row-inserted"
    /// The row's hash is good and does not follow from the row before.
    case unlinked = "row-unlinked"
    /// Whole, but another chain than the one whose heads the log has.
    case rewritten = "rows-rewritten"
    /// The log has the head of a row beyond the last one.
    case cutOff = "rows-cut-off"
    /// The log has heads of a later life of the slice.
    case older = "slice-older"
    /// What a person typed is not what the row has the digest of.
    case wordsChanged = "words-changed"
  }

  /// What is wrong.
  package let code: Code
  /// Numbers of the first and the last row that it is about; 0 of a row without one.
  package let first: Int64
  /// The same as ``first`` where it is about one row.
  package let last: Int64
  /// A sentence.
  package let what: String
  /// The newest row before these that the log has the head of; nil if it has none.
  package var anchoredBefore: UInt64?
  /// The oldest row from the first of these on that the log has the head of; nil if it has none: then no more is known
  /// than what the chain says by itself.
  package var anchoredFrom: UInt64?
}

extension AuditFault {
  static func changed(_ row: Int64) -> AuditFault {
    AuditFault(
      code: .changed, first: row, last: row,
      what: "Row \(row) has been changed: its hash is another.")
  }

  static func unreadable(_ row: Int64) -> AuditFault {
    AuditFault(
      code: .changed, first: row, last: row,
      what: "Row \(row) has been changed: it cannot be read.")
  }

  static func missing(_ first: Int64, _ last: Int64) -> AuditFault {
    AuditFault(
      code: .missing, first: first, last: last,
      what: first == last
        ? "Row \(first) has been removed." : "Rows \(first) to \(last) have been removed.")
  }

  static func inserted(_ row: Int64) -> AuditFault {
    AuditFault(
      code: .inserted, first: row, last: row,
      what: "Row \(row) has been put in: "
        + (row < 1 ? "rows count from 1." : "they count from 1, and none gets that far."))
  }

  /// A row that says of no number that it is its own is told as row 0.
  static let unnumbered = AuditFault(
    code: .inserted, first: 0, last: 0,
    what: "A row has no number: it has been put in, or its number was taken from it.")

  static func unlinked(_ row: Int64) -> AuditFault {
    AuditFault(
      code: .unlinked, first: max(1, row - 1), last: row,
      what: row == 1
        ? "Row 1 says that one comes before it: the first rows have been removed."
        : "Row \(row) does not follow from row \(row - 1): one of them was changed or put in, with a hash made "
          + "anew.")
  }

  static func rewritten(_ first: Int64, _ last: Int64) -> AuditFault {
    AuditFault(
      code: .rewritten, first: first, last: last,
      what: first == last
        ? "Row \(first) is not the one whose head the log has: it was changed, and its hash made anew."
        : "Among rows \(first) to \(last) one was changed, put in or removed, and the hashes from there on were made "
          + "anew: row \(last) is not the one whose head the log has.")
  }

  static func cutOff(_ first: Int64, _ last: Int64) -> AuditFault {
    AuditFault(
      code: .cutOff, first: first, last: last,
      what: first == last
        ? "Row \(first) is missing at the end: the log has its head."
        : "Rows \(first) to \(last) are missing at the end: the log has the head of row \(last).")
  }

  static func older(_ incarnation: UInt32, than known: UInt32) -> AuditFault {
    AuditFault(
      code: .older, first: 1, last: 1,
      what: "The log knows a later life of this slice (incarnation \(known)) than this file is of "
        + "(\(incarnation)): an older file was put in its place by other means than `recourse restore`."
    )
  }

  static func wordsChanged(_ row: Int64) -> AuditFault {
    AuditFault(
      code: .wordsChanged, first: row, last: row,
      what: "What was typed for row \(row) has been changed: its digest is another.")
  }
}
