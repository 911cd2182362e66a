package import Foundation
import GRDB

/// What a look along a slice's audit found. It writes nothing, and the worker may run meanwhile.
package struct SliceAudit: Sendable {
  /// The newest row of the audit when the worker appended to the log, as the log has it.
  package struct Anchor: Sendable, Hashable {
    /// The life of the slice.
    package let incarnation: UInt32
    /// Number of the row, from 1.
    package let sequence: UInt64
    /// Its hash.
    package let head: Data
    /// Position of the log's newest event then.
    package let position: UInt64
    /// When the log took it.
    package let recordedAt: Date

    package init(
      incarnation: UInt32, sequence: UInt64, head: Data, position: UInt64, recordedAt: Date
    ) {
      self.incarnation = incarnation
      self.sequence = sequence
      self.head = head
      self.position = position
      self.recordedAt = recordedAt
    }
  }

  /// A row with which a restored slice began a new life.
  package struct Restore: Sendable, Hashable {
    /// Number of the row, from 1.
    package let sequence: Int64
    /// When it was written down.
    package let at: Date
    /// Who restored, as they said.
    package let actor: String

    init(_ row: AuditRow) {
      sequence = row.sequence
      at = row.moment
      actor = row.actor
    }
  }

  /// Whose slice it is.
  package let worker: String
  /// 16 bytes, made with the slice.
  package let sliceID: Data
  /// The life of the slice.
  package let incarnation: UInt32
  private let chain: AuditChain

  /// Reads it all.
  /// - Parameters:
  ///   - path: of the slice's file.
  ///   - restoredAfter: the highest position from which a restore has let the log go on; nil if it has no restore.
  ///   - anchors: what the log has of the slice of this identity. The log is read before the slice, or a row that is
  ///     anchored meanwhile is missed here.
  /// - Throws: ``StorageFailure`` if the file cannot be read.
  package init(path: String, restoredAfter: UInt64?, anchors: (Data) -> [Anchor]) throws {
    (worker, sliceID, incarnation, chain) = try Self.reading(path) { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT * FROM kit_identity"),
        let worker = String.fromDatabaseValue(row["worker"]),
        let id = Data.fromDatabaseValue(row["slice_id"]),
        let incarnation = UInt32.fromDatabaseValue(row["incarnation"])
      else { throw StorageFailure(.damaged, path: path) }
      var chain = AuditChain(
        incarnation: incarnation, anchors: anchors(id), restoredAfter: restoredAfter)
      try chain.walk(database)
      return (worker, id, incarnation, chain)
    }
  }

  /// Opens a slice that may be in use, to read it alone.
  private static func reading<T>(_ path: String, _ body: (Database) throws -> T) throws -> T {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StorageFailure(.missing, path: path)
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(5)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let value = try queue.read { database in
        guard try database.tableExists("kit_audit") else {
          throw StorageFailure(.notADatabase, path: path)
        }
        return try body(database)
      }
      try queue.close()
      return value
    } catch {
      throw StorageFailure(error, path: path) ?? error
    }
  }
}

// MARK: - What was found

extension SliceAudit {
  /// How many rows there are.
  package var rows: Int { chain.rows }
  /// Number of the newest row; 0 if there is none.
  package var lastSequence: Int64 { chain.last }
  /// What is wrong; empty if everything fits.
  package var faults: [AuditFault] { chain.faults }
  /// True if there is more that is wrong than ``faults`` holds.
  package var hasMoreFaults: Bool { chain.hasMore }
  /// The newest anchor that fits; nil if there is none.
  package var lastAnchor: Anchor? { chain.matched }
  /// Anchors of rows that a restore has put aside.
  package var supersededAnchors: Int { chain.superseded }
  /// The rows of those restores.
  package var supersededBy: [Restore] { chain.supersededBy }
  /// Rows whose words, which a person typed, were removed.
  package var wordsRemoved: Int { chain.wordsRemoved }
  /// Rows after the last anchor: of these no more is known than that the chain holds by itself.
  package var uncovered: Int { max(0, Int(lastSequence) - Int(lastAnchor?.sequence ?? 0)) }
}

// MARK: - What it says

extension SliceAudit {
  /// One row, as people read it.
  package struct Entry: Sendable, Hashable {
    /// Number of the row, from 1.
    package let sequence: Int64
    /// When it was written down.
    package let at: Date
    /// An officer, a principal, or the worker itself.
    package let actor: String
    /// A stable code, such as `threshold.decide`.
    package let action: String
    /// About what, such as a case reference.
    package let subject: String
    /// In codes, numbers and days.
    package let reason: String
    /// True if a person typed why.
    package let hasWords: Bool
    /// What they typed; nil where nobody did, or it was removed.
    package let words: String?
  }

  /// Reads the rows, oldest first.
  /// - Parameter reference: only those about this case; nil reads all.
  /// - Throws: ``StorageFailure`` if the file cannot be read, else what `body` throws.
  package static func forEachEntry(
    path: String, about reference: String?, _ body: (Entry) throws -> Void
  ) throws {
    try reading(path) { database in
      let words = try database.tableExists("kit_audit_words")
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT a.*\(words ? ", w.words FROM kit_audit AS a LEFT JOIN kit_audit_words AS w USING (sequence)"
          : " FROM kit_audit AS a")
          WHERE ? IS NULL OR instr(a.subject, ?) > 0 ORDER BY a.sequence
          """, arguments: [reference, reference])
      while let stored = try rows.next() {
        // `verify` tells of one that cannot be read.
        guard let row = AuditRow(stored) else { continue }
        try body(
          Entry(
            sequence: row.sequence, at: row.moment, actor: row.actor, action: row.action,
            subject: row.subject, reason: row.reason, hasWords: row.wordsDigest != nil,
            words: words ? String.fromDatabaseValue(stored["words"]) : nil))
      }
    }
  }
}
