import Crypto
import Foundation
import GRDB
import Glibc

/// Moves the oldest events of the live file into a file of the archive, in steps; after each of them the
/// process may end without harm.
///
/// Until ``record(_:)`` has committed, the live file alone counts, and the file that was begun is made anew.
/// From then on the segment alone counts for its positions, and ``trim()`` only removes what nobody reads.
/// One process does this, one step at a time.
struct LogCutting {
  let store: LogStore
  let archive: LogArchive

  /// Nil for a log that has no archive.
  init?(_ store: LogStore) {
    guard let archive = store.archive else { return nil }
    self.store = store
    self.archive = archive
  }

  /// Does all that is due now.
  /// - Parameter mayGoOn: asked between the steps.
  /// - Returns: the head of the log at which there is something to do again.
  func run(while mayGoOn: () -> Bool) throws -> Int64 {
    while true {
      while mayGoOn(), try trim() {}
      let (cut, dueAt) = try next()
      guard mayGoOn(), let cut else { return dueAt }
      let segment = try copy(cut)
      try publish(segment)
      try record(segment)
    }
  }

  /// What is to be cut off now, and at which head it is due.
  func next() throws -> (cut: LogSegment.Cut?, dueAt: Int64) {
    try store.database.read { database in
      let newest = try LogSegment.newest(database)
      let archived = newest?.last ?? 0
      let dueAt = archived + archive.limits.segmentEvents + archive.limits.liveEvents
      guard try LogStore.head(database) >= dueAt else { return (nil, dueAt) }
      let cut = LogSegment.Cut(
        number: (newest?.number ?? 0) + 1, first: archived + 1,
        last: archived + archive.limits.segmentEvents)
      return (cut, dueAt)
    }
  }

  /// Copies the events into a file that has a temporary name and is whole on the medium. Appends go on
  /// meanwhile: a connection of its own reads a snapshot of the live file.
  func copy(_ cut: LogSegment.Cut) throws -> LogSegment {
    let path = temporaryPath(cut.file)
    do {
      try FileManager.default.createDirectory(
        atPath: archive.folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      unlink(path)
      var configuration = Configuration()
      configuration.busyMode = .timeout(LogStore.busySeconds)
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.writeWithoutTransaction { try fill($0, cut) }
      try queue.close()
      try Self.force(path, mode: 0o400)
      let (digest, bytes) = try Self.digest(path)
      return LogSegment(
        number: cut.number, first: cut.first, last: cut.last, file: cut.file, sha256: digest,
        bytes: bytes)
    } catch {
      unlink(path)
      throw LogError(error, at: path)
    }
  }

  private func fill(_ database: Database, _ cut: LogSegment.Cut) throws {
    // Nothing can be rolled back in this file, and need not be; it is forced to the medium at its commit.
    try database.execute(
      sql: "PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = FULL; ATTACH ? AS live",
      arguments: [store.database.path])
    // Deferred: an immediate transaction would lock the live file for writing too.
    try database.inTransaction(.deferred) {
      try database.execute(sql: Self.table)
      try database.execute(
        sql: """
          INSERT INTO main.event
          SELECT position, slice_id, incarnation, sequence, worker, event_key, partition_number,
            type, payload, occurred_at, recorded_at, checksum
          FROM live.event WHERE position BETWEEN ? AND ? ORDER BY position
          """,
        arguments: [cut.first, cut.last])
      guard Int64(database.changesCount) == cut.last - cut.first + 1 else {
        throw LogError(
          code: "log-gap", place: store.database.path,
          what:
            "Between positions \(cut.first) and \(cut.last) events are missing; they stay here.",
          wayOut: "`recourse log verify` names them. " + LogError.restore)
      }
      try checkRows(database)
      try database.execute(sql: Self.indexes)
      return .commit
    }
  }

  /// The segment's digest is to speak for what was appended, not for what a row has become.
  private func checkRows(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM main.event ORDER BY position")
    while let row = try rows.next() {
      let event = StoredEvent(row)
      guard event.checksum != event.expectedChecksum else { continue }
      throw LogError(
        code: "event-damaged", place: store.database.path,
        what: "The event at position \(event.position) does not match its checksum; it stays here.",
        wayOut: "`recourse log verify` names all that are damaged. " + LogError.restore)
    }
  }

  private static let table = """
    CREATE TABLE event (
      position INTEGER PRIMARY KEY,
      slice_id BLOB NOT NULL,
      incarnation BIGINT NOT NULL,
      sequence BIGINT NOT NULL,
      worker TEXT NOT NULL,
      event_key TEXT NOT NULL,
      partition_number INTEGER NOT NULL,
      type TEXT NOT NULL,
      payload BLOB NOT NULL,
      occurred_at BIGINT NOT NULL,
      recorded_at BIGINT NOT NULL,
      checksum BLOB NOT NULL
    )
    """

  /// A file that is written once can afford an index by type: it saves a reader of a rare type 13 ms in each
  /// file of 100 000 events. In the live file it cost 16 to 24 in 100 of the appends per second (groups of 64
  /// and 512), and would save 40 ms once per catch-up, so there is none there.
  private static let indexes = """
    CREATE UNIQUE INDEX event_by_producer ON event (slice_id, incarnation, sequence);
    CREATE INDEX event_by_key ON event (event_key, position);
    CREATE INDEX event_by_type ON event (type, position);
    """

  /// Gives the file its name.
  func publish(_ segment: LogSegment) throws {
    let path = archive.path(of: segment.file)
    guard rename(temporaryPath(segment.file), path) == 0 else { throw Self.systemError(path) }
    try Self.force(archive.folder)
    // The folder may be new too.
    try Self.force(URL(filePath: archive.folder).deletingLastPathComponent().path)
  }

  /// From here on the segment counts.
  func record(_ segment: LogSegment) throws {
    try store.database.write { try segment.insert($0) }
  }

  /// Removes some events from the live file that the archive has. True while there are more.
  func trim() throws -> Bool {
    try store.database.write { database in
      guard let newest = try LogSegment.newest(database),
        let oldest = try Int64.fetchOne(database, sql: "SELECT MIN(position) FROM event"),
        oldest <= newest.last
      else { return false }
      do throws(LogRefusal) {
        try archive.check(newest)
      } catch {
        throw archive.fault(error, newest)
      }
      let end = min(newest.last, oldest + archive.limits.pieceEvents - 1)
      try database.execute(sql: "DELETE FROM event WHERE position <= ?", arguments: [end])
      return end < newest.last
    }
  }

  private func temporaryPath(_ file: String) -> String { archive.path(of: file) + ".part" }

  // MARK: Files

  /// Bytes that are read at once.
  private static let chunkBytes = 1 << 20

  /// SHA-256 and length of a file.
  static func digest(_ path: String) throws -> (Data, Int64) {
    let handle = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? handle.close() }
    var hash = SHA256()
    var bytes: Int64 = 0
    while let chunk = try handle.read(upToCount: chunkBytes), !chunk.isEmpty {
      hash.update(data: chunk)
      bytes += Int64(chunk.count)
    }
    return (Data(hash.finalize()), bytes)
  }

  /// Forces a file or folder to the medium.
  private static func force(_ path: String, mode: mode_t? = nil) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw systemError(path) }
    defer { close(descriptor) }
    if let mode, fchmod(descriptor, mode) != 0 { throw systemError(path) }
    guard fsync(descriptor) == 0 else { throw systemError(path) }
  }

  private static func systemError(_ path: String) -> LogError {
    let code = errno
    return LogError(
      code: code == ENOSPC ? "disk-full" : "log-archive", place: path,
      what: "The archive cannot be written: \(String(cString: strerror(code))).",
      wayOut: "Free space there, or let this user write there; events stay in the log until then.")
  }
}
