public import Foundation
import GRDB

/// A copy of the log that takes the place of one that went on.
public struct RestoredLog: Sendable {
  /// Position of its newest event.
  public let head: UInt64
  /// The incarnations that it has events of, by slice.
  public let producers: [Data: [UInt32]]

  /// The file is not what was written.
  public struct Damaged: Error {}

  /// Checks a copy and makes it ready to go on in a new generation: who has read further is told so. Nobody else
  /// has the file open.
  /// - Throws: ``Damaged`` if the file is not whole.
  public static func prepare(_ path: String, now: Date) throws -> RestoredLog {
    let file = try DatabaseQueue(path: path)
    let isWhole = try file.read {
      try String.fetchOne($0, sql: "PRAGMA integrity_check") == "ok"
    }
    guard isWhole else { throw Damaged() }
    try LogStore.migrations.migrate(file)
    let restored = try file.write { database in
      let head = try LogStore.head(database)
      let newest = try Int64.fetchOne(database, sql: "SELECT MAX(generation) FROM log_generation")
      // The time, because two restores of one backup must not give the same.
      let generation = max((newest ?? 0) + 1, Int64(now.timeIntervalSince1970))
      try database.execute(
        sql: "INSERT INTO log_generation (generation, branched_after) VALUES (?, ?)",
        arguments: [generation, head])
      let rows = try Row.fetchAll(database, sql: "SELECT slice_id, incarnation FROM producer")
      let producers = rows.map { ($0["slice_id"] as Data, [UInt32($0["incarnation"] as Int64)]) }
      return RestoredLog(
        head: UInt64(head), producers: Dictionary(producers, uniquingKeysWith: +))
    }
    try file.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try file.close()
    return restored
  }
}
