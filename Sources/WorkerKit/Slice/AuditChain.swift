import Foundation
import GRDB

/// Walks along a slice's audit and compares each row with its hash, with the row before it, and with the heads that
/// the log has.
struct AuditChain: Sendable {
  /// What is wrong, in the order in which it is found; ``Bounds/auditFaultsLimit`` at most.
  private(set) var faults: [AuditFault] = []
  private(set) var hasMore = false
  private(set) var rows = 0
  /// Number of the newest row.
  private(set) var last: Int64 = 0
  /// The newest anchor that fits.
  private(set) var matched: SliceAudit.Anchor?
  /// Anchors that a restore explains: they are of what it put aside.
  private(set) var superseded = 0
  /// Rows whose words were removed.
  private(set) var wordsRemoved = 0

  private let incarnation: UInt32
  /// Those of the oldest rows first.
  private let anchors: [SliceAudit.Anchor]
  private var next = 0
  private var expected: Int64 = 1
  /// Hash of the row before; nil if that is not known.
  private var previous: Data? = Data()
  /// The first and the last of the anchors that do not fit since the last that did.
  private var differing: (first: Int64, last: Int64)?
  /// Rows that begin a life, and the number of that life: the time of the restore in seconds.
  private var restores: [(row: Int64, incarnation: Int64)] = []

  /// - Parameters:
  ///   - incarnation: of the slice.
  ///   - anchors: what the log has of the slice, in any order.
  init(incarnation: UInt32, anchors: [SliceAudit.Anchor]) {
    self.incarnation = incarnation
    self.anchors = anchors.filter { $0.incarnation <= incarnation }
      .sorted { ($0.sequence, $0.incarnation) < ($1.sequence, $1.incarnation) }
    if let latest = anchors.map(\.incarnation).max(), latest > incarnation {
      add(.older(incarnation, than: latest))
    }
  }

  /// Looks at all rows; once.
  mutating func walk(_ database: Database) throws {
    let sql =
      try database.tableExists("kit_audit_words")
      ? """
      SELECT a.*, w.salt, w.words FROM kit_audit AS a
      LEFT JOIN kit_audit_words AS w ON w.sequence = a.sequence ORDER BY a.sequence
      """ : "SELECT * FROM kit_audit ORDER BY sequence"
    let cursor = try Row.fetchCursor(database, sql: sql)
    while let row = try cursor.next() { take(row) }
    finish()
  }

  private mutating func take(_ stored: Row) {
    rows += 1
    guard let row = AuditRow(stored) else {
      add(.unreadable(expected))
      (last, expected, previous) = (expected, expected + 1, nil)
      return
    }
    guard row.sequence >= expected else { return add(.inserted(row.sequence)) }
    if row.sequence > expected {
      add(.missing(expected, row.sequence - 1))
      previous = nil
    }
    if row.hash != row.expectedHash {
      add(.changed(row.sequence))
    } else if let previous, row.previous != previous {
      add(.unlinked(row.sequence))
    }
    checkWords(row, stored)
    if row.action == RestoredSlice.auditAction {
      restores.append((row.sequence, row.at / 1_000_000))
    }
    (last, expected, previous) = (row.sequence, row.sequence + 1, row.hash)
    compare(row)
  }

  private mutating func checkWords(_ row: AuditRow, _ stored: Row) {
    guard stored.hasColumn("words") else { return }
    let words = String.fromDatabaseValue(stored["words"])
    let salt = Data.fromDatabaseValue(stored["salt"])
    switch (row.wordsDigest, words, salt) {
    case (nil, nil, nil): break
    case (.some, nil, nil): wordsRemoved += 1
    case (let digest?, let words?, let salt?)
    where digest == AuditRow.digest(of: words, salt: salt): break
    default: add(.wordsChanged(row.sequence))
    }
  }

  // MARK: Anchors

  private mutating func compare(_ row: AuditRow) {
    while next < anchors.count, Int64(clamping: anchors[next].sequence) <= row.sequence {
      let anchor = anchors[next]
      next += 1
      // One of a row that is missing says no more than that.
      guard Int64(clamping: anchor.sequence) == row.sequence else { continue }
      if anchor.head == row.hash {
        tellDiffering()
        matched = anchor
      } else if isSuperseded(anchor) {
        superseded += 1
      } else {
        differing = (differing?.first ?? row.sequence, row.sequence)
      }
    }
  }

  /// The log was told of rows that a restore has put aside: by an earlier life, and not of rows before the one with
  /// which the restore begins.
  private func isSuperseded(_ anchor: SliceAudit.Anchor) -> Bool {
    anchor.incarnation < incarnation
      && restores.contains {
        $0.row <= Int64(clamping: anchor.sequence) && Int64(anchor.incarnation) < $0.incarnation
      }
  }

  /// All that follows a change differs; the change itself is between the last anchor that fits and the first that
  /// does not.
  private mutating func tellDiffering() {
    guard let first = differing?.first else { return }
    differing = nil
    add(.rewritten(Int64(clamping: matched?.sequence ?? 0) + 1, first))
  }

  private mutating func finish() {
    tellDiffering()
    var beyond: Int64?
    for anchor in anchors[next...] {
      if isSuperseded(anchor) {
        superseded += 1
      } else {
        beyond = max(beyond ?? 0, Int64(clamping: anchor.sequence))
      }
    }
    if let beyond { add(.cutOff(last + 1, beyond)) }
  }

  private mutating func add(_ fault: AuditFault) {
    guard faults.count < Bounds.auditFaultsLimit else {
      hasMore = true
      return
    }
    var fault = fault
    let first = UInt64(clamping: fault.first)
    fault.anchoredBefore = anchors.last { $0.sequence < first }?.sequence
    fault.anchoredFrom = anchors.first { $0.sequence >= first }?.sequence
    faults.append(fault)
  }
}
