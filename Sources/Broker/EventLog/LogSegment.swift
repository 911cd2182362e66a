import Foundation
import GRDB

/// A file of the archive, as the live file records it. It never changes and is never removed.
struct LogSegment: Sendable, Hashable {
  /// From 1, without a gap.
  let number: Int64
  /// Positions of the oldest and newest event in it; all between are there too.
  let first: Int64
  let last: Int64
  /// Its name in the archive's folder.
  let file: String
  let sha256: Data
  let bytes: Int64

  /// What of the log the next file of the archive is to hold.
  struct Cut: Sendable, Hashable {
    let number: Int64
    let first: Int64
    let last: Int64

    /// Such as `000001-1-100000.sqlite`.
    var file: String {
      let digits = String(number)
      let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
      return "\(zeros)\(digits)-\(first)-\(last).sqlite"
    }
  }

  static let migration = """
    CREATE TABLE segment (
      number BIGINT PRIMARY KEY CHECK (number > 0),
      first_position BIGINT NOT NULL,
      last_position BIGINT NOT NULL,
      file_name TEXT NOT NULL,
      sha256 BLOB NOT NULL,
      bytes BIGINT NOT NULL,
      CHECK (last_position >= first_position)
    );
    CREATE UNIQUE INDEX segment_by_position ON segment (last_position);
    """

  func insert(_ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO segment (number, first_position, last_position, file_name, sha256, bytes)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
      arguments: [number, first, last, file, sha256, bytes])
  }

  /// The segments that hold events after a position, in order.
  static func after(_ position: Int64, limit: Int, _ database: Database) throws -> [LogSegment] {
    try rows("WHERE last_position > ? ORDER BY last_position LIMIT ?", [position, limit], database)
  }

  static func all(_ database: Database) throws -> [LogSegment] {
    try rows("ORDER BY number", [], database)
  }

  static func newest(_ database: Database) throws -> LogSegment? {
    try rows("ORDER BY number DESC LIMIT 1", [], database).first
  }

  private static func rows(
    _ rest: String, _ arguments: StatementArguments, _ database: Database
  ) throws -> [LogSegment] {
    try Row.fetchAll(database, sql: "SELECT * FROM segment \(rest)", arguments: arguments).map {
      LogSegment(
        number: $0["number"], first: $0["first_position"], last: $0["last_position"],
        file: $0["file_name"], sha256: $0["sha256"], bytes: $0["bytes"])
    }
  }
}
