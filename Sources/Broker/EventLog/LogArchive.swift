import Foundation
import GRDB
import Glibc
import Messages
import Synchronization

/// How much of the log stays in the live file, and how the rest is put away.
struct LogLimits: Sendable {
  /// Events in one file of the archive.
  var segmentEvents: Int64 = 100_000
  /// Events that stay in the live file when a segment has been cut off.
  var liveEvents: Int64 = 200_000
  /// Events that one commit removes from the live file; appends go between two of them.
  var pieceEvents: Int64 = 256
  /// Files of the archive that stay open for reading.
  var openFiles = 4
  /// Files of the archive that one page looks at, at most.
  var pageFiles = 8
}

/// The files beside the live file, for reading.
final class LogArchive: Sendable {
  let folder: String
  let limits: LogLimits
  /// Least recently used first. A queue that is let go of closes when its last reader is done.
  private let open = Mutex<[(file: String, queue: DatabaseQueue)]>([])

  /// - Parameter logPath: the live file.
  init(logPath: String, limits: LogLimits) {
    folder = Self.folder(of: logPath)
    self.limits = limits
  }

  static func folder(of logPath: String) -> String {
    URL(filePath: logPath).deletingLastPathComponent().path + "/log-archive"
  }

  func path(of file: String) -> String { "\(folder)/\(file)" }

  /// Reads a segment. Whatever is wrong with it is told with its name.
  func read<T>(_ segment: LogSegment, _ body: (Database) throws -> T) throws -> T {
    try told(segment) { try queue(segment).read(body) }
  }

  /// Reads a segment at length, past the connections that pages are read with: these wait for one another.
  func readAlone<T>(_ segment: LogSegment, _ body: (Database) throws -> T) throws -> T {
    try told(segment) {
      let queue = try connect(segment)
      defer { try? queue.close() }
      return try queue.read(body)
    }
  }

  private func told<T>(_ segment: LogSegment, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch LogRefusal.damaged(let position) {
      throw LogRefusal.archive(file: segment.file, "has a damaged event at position \(position)")
    } catch LogRefusal.missing(let position) {
      throw LogRefusal.archive(file: segment.file, "has no event at position \(position)")
    } catch let error as DatabaseError {
      throw LogRefusal.archive(file: segment.file, "cannot be read: \(LogError.reason(error))")
    }
  }

  /// Files are opened and closed while nobody waits for the list.
  private func queue(_ segment: LogSegment) throws -> DatabaseQueue {
    let known = open.withLock { open -> DatabaseQueue? in
      guard let index = open.firstIndex(where: { $0.file == segment.file }) else { return nil }
      let entry = open.remove(at: index)
      open.append(entry)
      return entry.queue
    }
    if let known { return known }
    let queue = try connect(segment)
    let closed = open.withLock { open -> [DatabaseQueue] in
      open.append((segment.file, queue))
      let surplus = max(0, open.count - limits.openFiles)
      defer { open.removeFirst(surplus) }
      return open.prefix(surplus).map(\.queue)
    }
    withExtendedLifetime(closed) {}
    return queue
  }

  private func connect(_ segment: LogSegment) throws -> DatabaseQueue {
    try check(segment)
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path(of: segment.file), configuration: configuration)
  }

  /// How many files are open now.
  var openCount: Int { open.withLock { $0.count } }

  /// The file is there and as long as it was.
  func check(_ segment: LogSegment) throws(LogRefusal) {
    var status = stat()
    guard stat(path(of: segment.file), &status) == 0 else {
      throw .archive(file: segment.file, "is missing or unreadable")
    }
    let bytes = Int64(status.st_size)
    guard bytes == segment.bytes else {
      throw .archive(file: segment.file, "has \(bytes) bytes; \(segment.bytes) were written")
    }
  }

  /// What a look at the files' lengths finds.
  func faults(_ segments: [LogSegment]) -> [LogError] {
    segments.compactMap { segment in
      do throws(LogRefusal) {
        try check(segment)
        return nil
      } catch {
        return fault(error, segment)
      }
    }
  }

  func fault(_ refusal: LogRefusal, _ segment: LogSegment) -> LogError {
    var what = "\(refusal)"
    if case .archive(_, let words) = refusal { what = words }
    return LogError(
      code: "segment-damaged", place: path(of: segment.file),
      what: "This file of the archive \(what).",
      wayOut: LogError.restoreArchive)
  }

  /// Names of what is in the folder that could be segments.
  var files: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".sqlite") }.sorted()
  }
}

extension LogStore {
  /// Reads a page across the archive and the live file.
  ///
  /// Positions that a segment has come from it alone, even while the live file still has them.
  func page(_ query: LogQuery, _ database: Database) throws -> LogPage {
    let head = try Self.head(database)
    var reader = LogPageReader(query)
    if let archive {
      let limit = archive.limits.pageFiles
      let segments = try LogSegment.after(Int64(query.after), limit: limit + 1, database)
      for segment in segments.prefix(limit) where !reader.isFull {
        try archive.read(segment) { try reader.add(from: $0, through: segment.last) }
      }
      if segments.count > limit { return reader.page }
    }
    if !reader.isFull { try reader.add(from: database, through: head) }
    return reader.page
  }

  /// Numbers that are sent again must carry the same events, wherever these are by now.
  func checkSame(
    _ events: ArraySlice<Recourse_Bus_V1_Event>, _ mark: ProducerMark, _ database: Database
  ) throws {
    var rest = events
    while let first = rest.first {
      let incarnation = try mark.incarnation(of: first.sequence, in: database)
      let some = try rest.prefix {
        try mark.incarnation(of: $0.sequence, in: database) == incarnation
      }
      try checkSame(some, mark.sliceID, incarnation, database)
      rest = rest.dropFirst(some.count)
    }
  }

  private func checkSame(
    _ events: ArraySlice<Recourse_Bus_V1_Event>, _ sliceID: Data, _ incarnation: UInt32,
    _ database: Database
  ) throws {
    guard let first = events.first, let last = events.last else { return }
    var missing = Set(events.map(\.sequence))
    func compare(_ database: Database) throws {
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT * FROM event WHERE slice_id = ? AND incarnation = ? AND sequence BETWEEN ? AND ?
          """,
        arguments: [
          sliceID, incarnation, Int64(first.sequence), Int64(last.sequence),
        ])
      while let row = try rows.next() {
        let stored = StoredEvent(row)
        let event = events[events.startIndex + Int(stored.sequence - Int64(first.sequence))]
        guard stored.checksum == stored.expectedChecksum else {
          throw LogRefusal.damaged(position: UInt64(stored.position))
        }
        guard stored.key == event.key, stored.type == event.type, stored.payload == event.payload
        else { throw LogRefusal.conflict(sequence: event.sequence) }
        missing.remove(event.sequence)
      }
    }
    try compare(database)
    guard !missing.isEmpty, let archive else { return }
    for segment in try LogSegment.all(database).reversed() where !missing.isEmpty {
      try archive.read(segment, compare)
    }
  }
}
