import Foundation
import GRDB

/// A look at everything that a log holds, in its live file and its archive. It writes nothing, so a broker
/// may go on using the log meanwhile.
public struct LogVerification: Sendable, Hashable {
  /// What is wrong, oldest events first; empty for a sound log.
  public private(set) var faults: [LogError] = []
  /// True if there is more that is wrong than ``faults`` holds.
  public private(set) var hasMore = false
  /// Position of the newest event.
  public private(set) var head: UInt64 = 0
  /// Events that were read and match their checksums.
  public private(set) var soundEvents: UInt64 = 0
  /// Files in the archive.
  public private(set) var segments = 0

  /// Faults that are listed at most.
  public static let faultsLimit = 100

  private struct Producer: Hashable {
    let sliceID: Data
    let incarnation: Int64
  }

  private struct Mark: Hashable {
    let sequence: Int64
    let position: Int64
  }

  private let logPath: String
  private var place: String
  private var isArchived = false
  private var expected: Int64 = 1
  private var newest: [Producer: Mark] = [:]

  /// Reads it all, which may take minutes for a log of many millions.
  /// - Throws: ``LogError`` if the live file cannot be read at all.
  public init(logPath: String) throws {
    self.logPath = logPath
    place = logPath
    guard FileManager.default.fileExists(atPath: logPath) else {
      throw LogError.missing(logPath)
    }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(LogStore.busySeconds)
      let queue = try DatabaseQueue(path: logPath, configuration: configuration)
      try queue.read { try look($0) }
      try queue.close()
    } catch {
      throw LogError(error, at: logPath)
    }
  }

  /// One snapshot of the live file; the files of the archive never change.
  private mutating func look(_ database: Database) throws {
    if try LogStore.migrations.hasBeenSuperseded(database) { throw LogError.newer(logPath) }
    let archive = LogArchive(logPath: logPath, limits: LogLimits())
    if try database.tableExists("segment") {
      for segment in try LogSegment.all(database) { look(segment, archive) }
    }
    (place, isArchived) = (logPath, false)
    try checkStructure(database)
    let last = try Int64.fetchOne(database, sql: "SELECT MAX(position) FROM event") ?? 0
    try walk(database, through: max(last, expected - 1))
    head = UInt64(expected - 1)
    // Of events that cannot be read nobody knows whether they are the newest of their producers.
    if faults.isEmpty { try compareMarks(database) }
    if head == 0, !archive.files.isEmpty { add(LogError.lost(logPath, archive.folder)) }
  }

  // MARK: The archive

  private mutating func look(_ segment: LogSegment, _ archive: LogArchive) {
    segments += 1
    (place, isArchived) = (archive.path(of: segment.file), true)
    if segment.first != expected {
      add("segment-gap", "The archive lacks the events from position \(expected) on.", at: logPath)
      expected = segment.first
    }
    do {
      try archive.check(segment)
      guard try LogCutting.digest(place).0 == segment.sha256 else {
        add("segment-damaged", "Its digest is not the one that was recorded.")
        try? read(segment, archive)
        expected = segment.last + 1
        return
      }
      try read(segment, archive)
    } catch let refusal as LogRefusal {
      add(archive.fault(refusal, segment))
    } catch {
      add(LogError(error, at: place))
    }
    expected = segment.last + 1
  }

  private mutating func read(_ segment: LogSegment, _ archive: LogArchive) throws {
    try archive.read(segment) { database in
      try checkStructure(database)
      try walk(database, through: segment.last)
    }
  }

  // MARK: One file

  private mutating func checkStructure(_ database: Database) throws {
    let answers = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
    if answers != ["ok"] { add("log-damaged", "The file is damaged as a database.") }
  }

  /// Reads the rows from the expected position on; older ones in the live file are waiting to be removed.
  private mutating func walk(_ database: Database, through last: Int64) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM event WHERE position BETWEEN ? AND ? ORDER BY position",
      arguments: [expected, last])
    while let row = try rows.next() {
      let stored = StoredEvent(row)
      if stored.position != expected { addGap(through: stored.position - 1) }
      expected = stored.position + 1
      guard stored.checksum == stored.expectedChecksum else {
        add(
          "event-damaged", "The event at position \(stored.position) does not match its checksum.")
        continue
      }
      soundEvents += 1
      newest[Producer(sliceID: stored.sliceID, incarnation: stored.incarnation)] = Mark(
        sequence: stored.sequence, position: stored.position)
    }
    if expected <= last { addGap(through: last) }
    expected = max(expected, last + 1)
  }

  private mutating func addGap(through last: Int64) {
    let which =
      last == expected ? "The event at position \(last) is" : "Events \(expected) to \(last) are"
    add("event-missing", "\(which) missing.")
  }

  // MARK: The producers

  /// Each producer's mark is its newest event, or events would be refused, or taken twice.
  private mutating func compareMarks(_ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT * FROM producer ORDER BY position, slice_id, incarnation")
    while let row = try rows.next() {
      let producer = Producer(sliceID: row["slice_id"], incarnation: row["incarnation"])
      let mark = Mark(sequence: row["sequence"], position: row["position"])
      let found = newest.removeValue(forKey: producer)
      // A restored slice that has announced nothing since stands where it goes on from.
      let isBranch = row["branched_from"] as Int64 > 0 && mark.sequence == row["branched_after"]
      // And one that only had its audit anchored has none.
      guard found != mark, !((isBranch || mark.sequence == 0) && found == nil) else { continue }
      add(
        "mark-differs",
        """
        The mark of a producer (\(Self.name(producer))) stands at its event \(mark.sequence), position \
        \(mark.position); its newest event that can be read is \
        \(found.map { "\($0.sequence), position \($0.position)" } ?? "not in the log").
        """)
    }
    for (producer, found) in newest.sorted(by: { $0.value.position < $1.value.position }) {
      add(
        "mark-missing",
        "A producer (\(Self.name(producer))) has events up to \(found.sequence), but no mark.")
    }
  }

  private static func name(_ producer: Producer) -> String {
    "slice \(producer.sliceID.map { String($0, radix: 16) }.joined(separator: ".")), "
      + "incarnation \(producer.incarnation)"
  }

  private mutating func add(_ code: String, _ what: String, at other: String? = nil) {
    let wayOut =
      isArchived && other == nil
      ? LogError.restoreArchive
      : LogError.restore
    add(LogError(code: code, place: other ?? place, what: what, wayOut: wayOut))
  }

  private mutating func add(_ fault: LogError) {
    guard faults.count < Self.faultsLimit else {
      hasMore = true
      return
    }
    faults.append(fault)
  }
}
