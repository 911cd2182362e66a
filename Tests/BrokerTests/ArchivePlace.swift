import Foundation
import GRDB
import Messages

@testable import Broker

/// A folder with a log whose archive is small: 5 events to a file, 5 stay.
struct ArchivePlace {
  let folder: String
  var limits = LogLimits(
    segmentEvents: 5, liveEvents: 5, pieceEvents: 2, openFiles: 2, pageFiles: 3)

  var path: String { "\(folder)/log.sqlite" }
  var archive: String { "\(folder)/log-archive" }

  static func with(_ body: (ArchivePlace) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "archive-" + UUID().uuidString.prefix(8)).path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(ArchivePlace(folder: folder))
  }

  func open(complain: @escaping @Sendable (LogError) -> Void = { _ in }) throws -> LogStore {
    try LogStore(path: path, limits: limits, complain: complain)
  }

  func verify() throws -> LogVerification { try LogVerification(logPath: path) }

  /// Changes a file behind the log's back.
  func change(_ sql: String, in file: String? = nil) throws {
    let path = file.map { "\(archive)/\($0)" } ?? path
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: sql) }
    try queue.close()
  }

  static let firstFile = "000001-1-5.sqlite"
  static let secondFile = "000002-6-10.sqlite"
}

extension LogStore {
  /// Appends events that tell themselves apart: three keys, four types, two producers.
  func fill(_ numbers: ClosedRange<UInt64>) throws {
    for number in numbers {
      let slice = number.isMultiple(of: 2) ? Batch.sliceID : Data(1...16)
      let batch = Batch.of(
        [(number + 1) / 2], slice: slice, key: "case/K\(number % 3)", type: "t.T\(number % 4)",
        payload: Data([UInt8(truncatingIfNeeded: number)]))
      _ = try append(batch).get()
    }
  }

  /// Archives all that is due. Returns the head at which there is more.
  @discardableResult
  func archiveWhatIsDue() throws -> Int64 {
    guard let cutting = LogCutting(self) else { return .max }
    return try cutting.run(while: { true })
  }

  func segments() throws -> [LogSegment] { try database.read(LogSegment.all) }

  /// Positions that the live file has rows of.
  func livePositions() throws -> [Int64] {
    try database.read {
      try Int64.fetchAll($0, sql: "SELECT position FROM event ORDER BY position")
    }
  }

  /// Everything that a reader gets who asks for page after page.
  func walk(_ query: LogQuery) throws -> [Recourse_Bus_V1_LoggedEvent] {
    var query = query
    var events: [Recourse_Bus_V1_LoggedEvent] = []
    let head = try head()
    while query.after < head {
      let page = try read(query).get()
      events += page.events
      guard page.scanned > query.after else { break }
      query.after = page.scanned
    }
    return events
  }

  /// What readers of every kind get, in one list.
  func everyWalk() throws -> [[UInt64]] {
    var walks: [[UInt64]] = []
    for limit in [1, 2, 64] {
      for after in [0, 4, 5, 6, 13] as [UInt64] {
        for key in [nil, "case/K0", "case/K2", "case/None"] {
          for types in [[], ["t.T1"], ["t.T0", "t.T3"], ["t.None"]] {
            walks.append(
              try walk(LogQuery(after: after, key: key, types: types, limit: limit))
                .map(\.position))
          }
        }
      }
    }
    return walks
  }
}
