import Bus
import CaseModel
import Crypto
import Foundation
import GRDB
import Messages
import SwiftProtobuf

/// The log on disk: one SQLite file with the newest events, write-ahead logging, every commit forced to the
/// medium; older events are in the files of its archive beside it.
struct LogStore: Sendable {
  let database: any DatabaseWriter
  /// Nil for a log in memory, which keeps everything.
  let archive: LogArchive?
  /// Gets what is wrong with the archive and does not keep the log from serving; called from any thread.
  let complain: @Sendable (LogError) -> Void

  /// Opens or makes the file.
  /// - Parameter wasMade: the log was there at an earlier start, so an empty one must not take its place.
  /// - Throws: ``LogError``.
  init(
    path: String, wasMade: Bool = false, limits: LogLimits = LogLimits(),
    complain: @escaping @Sendable (LogError) -> Void = { _ in }
  ) throws {
    let folder = URL(filePath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw LogError.homeless(path, folder)
    }
    do {
      let archive = LogArchive(logPath: path, limits: limits)
      self.archive = archive
      self.complain = complain
      let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      if wasMade, (size ?? 0) == 0 { throw LogError.gone(path) }
      if size == nil, !archive.files.isEmpty { throw LogError.lost(path, archive.folder) }
      database = try Self.open(path, force: UnsyncedFile.force)
      if try head() == 0, !archive.files.isEmpty { throw LogError.lost(path, archive.folder) }
      for fault in archive.faults(try database.read(LogSegment.all)) { complain(fault) }
    } catch {
      throw LogError(error, at: path)
    }
  }

  /// Seconds to wait for another connection that opens or closes the file, such as a verification's.
  static let busySeconds: TimeInterval = 5

  /// Opens or makes a log that keeps everything in one file: for a simulation, whose disk holds no archive.
  /// - Parameter force: as ``UnsyncedFile/force(_:)``, on that disk.
  init(unarchived path: String, force: (String) throws -> Void) throws {
    archive = nil
    complain = { _ in }
    database = try Self.open(path, force: force)
  }

  /// What an earlier process has committed is read, but may be on no medium. It gets there before SQLite moves it into
  /// the file: of a commit that is lost halfway through that, half would be left. (A journal needs no such care: it
  /// holds what the file had before, and the file is not written to until the journal is on the medium.)
  private static func open(_ path: String, force: (String) throws -> Void) throws -> DatabasePool {
    try force(path + "-wal")
    var configuration = Configuration()
    configuration.busyMode = .timeout(busySeconds)
    let database = try DatabasePool(path: path, configuration: configuration)
    // Opening a pool lowers this to NORMAL, which does not force a commit to the medium: raised after it.
    try database.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = FULL")
      try settle($0)
    }
    if try database.read({ try migrations.hasBeenSuperseded($0) }) {
      throw LogError.newer(path)
    }
    try migrations.migrate(database)
    return database
  }

  /// Moves what an earlier process has left beside the file into it, and forces that to the medium.
  private static func settle(_ database: Database) throws {
    do {
      try database.checkpoint(.truncate)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // Somebody reads, such as a verification: as far as that allows.
      try database.checkpoint(.passive)
    }
  }

  /// A log that lives as long as this value, for tests.
  init() throws {
    archive = nil
    complain = { _ in }
    database = try DatabaseQueue()
    try Self.migrations.migrate(database)
  }

  func close() throws { try database.close() }

  /// SQLite's level of forcing commits to the medium; 2 is FULL.
  func synchronousLevel() throws -> Int? {
    try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
  }

  func head() throws -> UInt64 {
    try database.read { UInt64(try Self.head($0)) }
  }

  static func head(_ database: Database) throws -> Int64 {
    let newest = try database.cachedStatement(sql: "SELECT MAX(position) FROM event")
    let live = try Int64.fetchOne(newest)
    return try live ?? LogSegment.newest(database)?.last ?? 0
  }

  static var migrations: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("log-1") { database in
      try database.execute(
        sql: """
          CREATE TABLE event (
            position INTEGER PRIMARY KEY,
            slice_id BLOB NOT NULL,
            incarnation BIGINT NOT NULL,
            sequence BIGINT NOT NULL CHECK (sequence > 0),
            worker TEXT NOT NULL,
            event_key TEXT NOT NULL,
            partition_number INTEGER NOT NULL CHECK (partition_number BETWEEN 0 AND 255),
            type TEXT NOT NULL,
            payload BLOB NOT NULL,
            occurred_at BIGINT NOT NULL,
            recorded_at BIGINT NOT NULL,
            checksum BLOB NOT NULL,
            UNIQUE (slice_id, incarnation, sequence)
          );
          CREATE INDEX event_by_key ON event (event_key, position);
          CREATE TABLE producer (
            slice_id BLOB NOT NULL,
            incarnation BIGINT NOT NULL,
            sequence BIGINT NOT NULL,
            position BIGINT NOT NULL,
            audit_head BLOB NOT NULL,
            PRIMARY KEY (slice_id, incarnation)
          );
          """)
    }
    migrator.registerMigration("log-2") { database in
      try database.execute(
        sql: """
          ALTER TABLE producer ADD COLUMN branched_from BIGINT NOT NULL DEFAULT 0;
          ALTER TABLE producer ADD COLUMN branched_after BIGINT NOT NULL DEFAULT 0;
          ALTER TABLE producer ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
          CREATE TABLE log_generation (
            generation BIGINT PRIMARY KEY CHECK (generation > 0),
            branched_after BIGINT NOT NULL
          );
          INSERT INTO log_generation (generation, branched_after) VALUES (1, 0);
          """)
    }
    migrator.registerMigration("log-archive") { try $0.execute(sql: LogSegment.migration) }
    migrator.registerMigration("log-random-generation") {
      try $0.execute(sql: LogGeneration.ofItsOwn)
    }
    migrator.registerMigration("log-owner-of-slice") {
      try $0.execute(sql: ProducerMark.ownerMigration)
    }
    migrator.registerMigration("log-audit-anchors") {
      try $0.execute(sql: AuditAnchors.migration)
    }
    return migrator
  }

  // MARK: Append

  /// Appends several batches with one commit. Each stands or falls alone; nothing is answered before
  /// all that is accepted is durable.
  func append(
    _ batches: [Recourse_Bus_V1_AppendRequest], recordedAt: Date
  ) -> [Result<LogResult.Appended, LogRefusal>] {
    do {
      return try database.write { database in
        var head = try Self.head(database)
        var marks = ProducerMarks()
        let recordedAt = Self.microseconds(recordedAt)
        let results: [Result<LogResult.Appended, LogRefusal>] = try batches.map { batch in
          do {
            return .success(try append(batch, &head, &marks, recordedAt, database))
          } catch let refusal as LogRefusal {
            return .failure(refusal)
          }
        }
        try marks.keep(in: database)
        return results
      }
    } catch {
      return batches.map { _ in .failure(.storage(LogError.reason(error))) }
    }
  }

  private func append(
    _ batch: Recourse_Bus_V1_AppendRequest, _ head: inout Int64, _ marks: inout ProducerMarks,
    _ recordedAt: Int64, _ database: Database
  ) throws -> LogResult.Appended {
    let producer = batch.producer
    var mark = try marks.current(of: producer, in: database)
    let known = try LogRules.alreadyDurable(
      first: batch.events.first?.sequence ?? mark.sequence + 1, count: batch.events.count,
      mark: mark.sequence)
    try checkSame(batch.events.prefix(known), mark, database)
    for event in batch.events.dropFirst(known) {
      head += 1
      try Self.insert(
        StoredEvent(event, producer, position: head, recordedAt: recordedAt), database)
      mark.sequence = event.sequence
      mark.position = UInt64(head)
    }
    try AuditAnchors.keep(of: batch, position: head, recordedAt: recordedAt, in: database)
    mark.auditHead = batch.auditHead
    mark.epoch = producer.epoch
    mark.worker = producer.worker
    marks.note(mark)
    return LogResult.Appended(
      sequence: mark.sequence, position: mark.position, head: UInt64(head))
  }

  /// - Parameter orIgnore: leave an event that is there already.
  static func insert(
    _ stored: StoredEvent, orIgnore: Bool = false, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        INSERT \(orIgnore ? "OR IGNORE " : "")INTO event (position, slice_id, incarnation, sequence, worker, event_key,
          partition_number, type, payload, occurred_at, recorded_at, checksum)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(
      arguments: [
        stored.position, stored.sliceID, stored.incarnation, stored.sequence, stored.worker,
        stored.key, stored.partition, stored.type, stored.payload, stored.occurredAt,
        stored.recordedAt, stored.checksum,
      ])
  }

  // MARK: Read

  /// Looks at the log after a position until it has as many events as were asked for, or a page full.
  func read(_ query: LogQuery) -> Result<LogPage, LogRefusal> {
    do {
      return try database.read { .success(try page(query, $0)) }
    } catch let refusal as LogRefusal {
      return .failure(refusal)
    } catch {
      return .failure(.storage(LogError.reason(error)))
    }
  }

  /// Bytes of payload in one page at most, so that a page stays within one message.
  static let pageBytesLimit = 512 * 1024

  static func microseconds(_ date: Date) -> Int64 {
    Int64((date.timeIntervalSince1970 * 1_000_000).rounded())
  }
}
