public import Foundation
import GRDB

/// A copy of the log that takes the place of one that went on.
public struct RestoredLog: Sendable {
  /// Position of its newest event.
  public let head: UInt64
  /// The incarnations that it has events of, by slice.
  public let producers: [Data: [UInt32]]

  /// The file is not what was written.
  public struct Damaged: Error, Sendable, Hashable {
    /// A sentence.
    public let what: String
  }

  /// Checks a copy and makes it ready to go on in a new generation: who has read further is told so. Nobody else
  /// has the file open.
  /// - Throws: ``Damaged`` if the file is not whole, ``LogError`` if it cannot be used for another reason.
  public static func prepare(_ path: String, now: Date) throws -> RestoredLog {
    do {
      let restored = try goOn(path, now)
      let found = try LogVerification(logPath: path)
      guard let fault = found.faults.first else { return restored }
      let more = found.faults.count > 1 ? " (and there is more)" : ""
      throw Damaged(what: fault.what + more)
    } catch let damaged as Damaged {
      throw damaged
    } catch {
      let error = LogError(error, at: path)
      guard ["log-damaged", "log-not-a-log"].contains(error.code) else { throw error }
      throw Damaged(what: error.what)
    }
  }

  private static func goOn(_ path: String, _ now: Date) throws -> RestoredLog {
    let file = try DatabaseQueue(path: path)
    if try file.read(LogStore.migrations.hasBeenSuperseded) { throw LogError.newer(path) }
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
