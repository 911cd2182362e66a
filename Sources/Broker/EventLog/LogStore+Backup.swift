import Bus
import Foundation
import GRDB

extension LogStore {
  /// The log's generations, oldest first.
  func generations() throws -> [LogGeneration] {
    try database.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM log_generation ORDER BY generation").map {
        LogGeneration(
          number: UInt32($0["generation"] as Int64),
          branchedAfter: UInt64($0["branched_after"] as Int64))
      }
    }
  }

  /// The log as it stands now, whatever is appended later.
  func snapshot() throws -> LogSnapshot {
    guard let pool = database as? DatabasePool else {
      throw LogRefusal.backup("a log in memory cannot be backed up")
    }
    return LogSnapshot(
      database: try pool.makeSnapshot(), archive: archive,
      directory: URL(filePath: pool.path).deletingLastPathComponent())
  }
}

/// A state of the log, to be copied while the log goes on.
struct LogSnapshot: Sendable {
  fileprivate let database: DatabaseSnapshot
  fileprivate let archive: LogArchive?
  fileprivate let directory: URL

  /// Pages that are copied between two questions whether to go on.
  private static let pagesPerStep: CInt = 256

  func head() throws -> UInt64 { try database.read { UInt64(try LogStore.head($0)) } }

  /// Copies it into a backup, beside the log, as one file that holds the archive's events too; nothing is left of a copy that fails or is abandoned.
  func copy(to name: String, isAbandoned: @escaping () -> Bool) throws -> BackupFile {
    try BackupFile.make("backups/\(name)/log.sqlite", in: directory) { path in
      let copy = try DatabaseQueue(path: path)
      try database.backup(to: copy, pagesPerStep: Self.pagesPerStep) { _ in
        if isAbandoned() { throw CancellationError() }
      }
      try takeInArchive(copy, isAbandoned: isAbandoned)
      // Closing it would do so too, and not say that it failed.
      try copy.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      try copy.close()
    }
  }

  private func takeInArchive(_ copy: DatabaseQueue, isAbandoned: () -> Bool) throws {
    guard let archive else { return }
    for segment in try copy.read(LogSegment.all) {
      if isAbandoned() { throw CancellationError() }
      try archive.readAlone(segment) { try Self.take($0, into: copy) }
    }
    try copy.write { try $0.execute(sql: "DELETE FROM segment") }
  }

  /// Puts the events of a segment into a copy; those that it has still are left.
  private static func take(_ segment: Database, into copy: DatabaseQueue) throws {
    try copy.write { database in
      let rows = try Row.fetchCursor(segment, sql: "SELECT * FROM event ORDER BY position")
      while let row = try rows.next() {
        let event = StoredEvent(row)
        guard event.checksum == event.expectedChecksum else {
          throw LogRefusal.damaged(position: UInt64(event.position))
        }
        try LogStore.insert(event, orIgnore: true, database)
      }
    }
  }
}
