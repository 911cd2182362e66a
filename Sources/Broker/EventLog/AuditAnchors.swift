public import Foundation
import GRDB
import Messages

/// Heads of the slices' audit chains, as their workers appended them: what a slice's audit said then, kept where the
/// slice's owner cannot change it.
///
/// There is one for each append that brought new rows, in the commit of its events, and none is ever changed or
/// removed: were one replaced by a later one, rows that were changed between the two would go unnoticed. So there are
/// at most as many as there are appends, or rows in the audits.
public struct AuditAnchors: Sendable {
  /// The newest row that a slice's audit had when its worker appended.
  public struct Anchor: Sendable, Hashable {
    /// Of the slice, 16 bytes.
    public let sliceID: Data
    /// The life of the slice, as the log counts them.
    public let incarnation: UInt32
    public let worker: String
    /// Number of the audit's row, from 1.
    public let sequence: UInt64
    /// Hash of that row, 32 bytes.
    public let head: Data
    /// Position of the log's newest event then.
    public let position: UInt64
    public let recordedAt: Date
  }

  /// By slice, those of the oldest rows first.
  public let bySlice: [Data: [Anchor]]
  /// The highest position from which a restore has let the log go on; nil if it was never restored.
  public let restoredAfter: UInt64?

  /// Reads them all, from a log that may be in use.
  /// - Throws: ``LogError`` if the live file cannot be read.
  public init(logPath: String) throws {
    guard FileManager.default.fileExists(atPath: logPath) else { throw LogError.missing(logPath) }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(LogStore.busySeconds)
      let queue = try DatabaseQueue(path: logPath, configuration: configuration)
      let (anchors, restored) = try queue.read { database in
        if try LogStore.migrations.hasBeenSuperseded(database) { throw LogError.newer(logPath) }
        return (try Self.all(database), try Self.restoredAfter(database))
      }
      try queue.close()
      restoredAfter = restored
      bySlice = Dictionary(grouping: anchors, by: \.sliceID)
    } catch {
      throw LogError(error, at: logPath)
    }
  }

  /// None in a log from before there were any.
  static func all(_ database: Database) throws -> [Anchor] {
    guard try database.tableExists("audit_anchor") else { return [] }
    return try Row.fetchAll(
      database, sql: "SELECT * FROM audit_anchor ORDER BY slice_id, audit_sequence, incarnation"
    ).map { row in
      Anchor(
        sliceID: row["slice_id"], incarnation: UInt32(row["incarnation"] as Int64),
        worker: row["worker"], sequence: UInt64(row["audit_sequence"] as Int64),
        head: row["audit_head"], position: UInt64(row["position"] as Int64),
        recordedAt: Date(
          timeIntervalSince1970: Double(row["recorded_at"] as Int64) / 1_000_000))
    }
  }

  /// Each restore adds a generation to the log's first.
  private static func restoredAfter(_ database: Database) throws -> UInt64? {
    guard try database.tableExists("log_generation") else { return nil }
    return try Int64.fetchOne(
      database,
      sql: """
        SELECT MAX(branched_after) FROM log_generation
        WHERE generation > (SELECT MIN(generation) FROM log_generation)
        """
    ).map { UInt64(clamping: $0) }
  }

  static let migration = """
    CREATE TABLE audit_anchor (
      slice_id BLOB NOT NULL,
      incarnation BIGINT NOT NULL,
      audit_sequence BIGINT NOT NULL CHECK (audit_sequence > 0),
      audit_head BLOB NOT NULL,
      worker TEXT NOT NULL,
      position BIGINT NOT NULL,
      recorded_at BIGINT NOT NULL,
      PRIMARY KEY (slice_id, incarnation, audit_sequence)
    ) WITHOUT ROWID
    """

  /// Keeps the anchor that came with a batch; the first one for a row stays.
  /// - Parameters:
  ///   - position: of the log's newest event with this batch in it.
  ///   - recordedAt: microseconds since 1970.
  static func keep(
    of batch: AppendBatch, position: Int64, recordedAt: Int64, in database: Database
  ) throws {
    guard batch.auditSequence > 0 else { return }
    let statement = try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO audit_anchor (slice_id, incarnation, audit_sequence, audit_head, worker,
          position, recorded_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        batch.producer.sliceID, batch.producer.incarnation, Int64(batch.auditSequence),
        batch.auditHead, batch.producer.worker, position, recordedAt,
      ])
  }
}
