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
  /// The rows of those restores.
  private(set) var supersededBy: [SliceAudit.Restore] = []
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
  /// Rows that begin a life, and the number of that life.
  private var restores: [(row: SliceAudit.Restore, incarnation: Int64)] = []
  private let restoredAfter: UInt64?

  /// - Parameters:
  ///   - incarnation: of the slice.
  ///   - anchors: what the log has of the slice, in any order.
  ///   - restoredAfter: the highest position from which a restore has let the log go on; nil if it has no restore.
  init(incarnation: UInt32, anchors: [SliceAudit.Anchor], restoredAfter: UInt64? = nil) {
    self.incarnation = incarnation
    self.restoredAfter = restoredAfter
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
    guard let sequence = Int64.fromDatabaseValue(stored["sequence"]) else {
      return add(.unnumbered)
    }
    guard sequence >= expected, sequence <= AuditRow.sequenceLimit else {
      return add(.inserted(sequence))
    }
    if sequence > expected {
      add(.missing(expected, sequence - 1))
      previous = nil
    }
    guard let row = AuditRow(stored) else {
      add(.unreadable(sequence))
      (last, expected, previous) = (sequence, sequence + 1, nil)
      return
    }
    if row.hash != row.expectedHash {
      add(.changed(row.sequence))
    } else if let previous, row.previous != previous {
      add(.unlinked(row.sequence))
    }
    checkWords(row, stored)
    if row.action == RestoredSlice.auditAction {
      restores.append((SliceAudit.Restore(row), RestoredSlice.incarnation(begunBy: row)))
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
      } else if !supersede(anchor) {
        differing = (differing?.first ?? row.sequence, row.sequence)
      }
    }
  }

  /// The log was told of rows that a restore has put aside: by an earlier life, and not of rows before the one with
  /// which the restore begins. A restore takes the log back too: who forges such a row in the slice cannot make the
  /// log say that it was restored after the anchor.
  private mutating func supersede(_ anchor: SliceAudit.Anchor) -> Bool {
    guard anchor.incarnation < incarnation, let restoredAfter, anchor.position <= restoredAfter,
      let restore = restores.first(where: {
        $0.row.sequence <= Int64(clamping: anchor.sequence)
          && Int64(anchor.incarnation) < $0.incarnation
      })
    else { return false }
    superseded += 1
    if !supersededBy.contains(restore.row) { supersededBy.append(restore.row) }
    return true
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
    for anchor in anchors[next...] where !supersede(anchor) {
      beyond = max(beyond ?? 0, Int64(clamping: anchor.sequence))
    }
    // The last row itself may be one that cannot be read, which has been told.
    if let beyond, beyond > last { add(.cutOff(last + 1, beyond)) }
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
