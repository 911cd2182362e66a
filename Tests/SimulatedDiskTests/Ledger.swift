import GRDB
import SimulatedDisk

/// A database on a simulated disk. A batch is one transaction of many rows, of several pages.
struct Ledger {
  static let rowsPerBatch = 20

  let disk: SimulatedDisk
  private(set) var queue: DatabaseQueue

  /// Opens or makes it, in write-ahead mode.
  init(_ disk: SimulatedDisk, node: String = "node", synchronous: String = "FULL") throws {
    self.disk = disk
    queue = try Self.open(disk, node, synchronous)
    try queue.write {
      try $0.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS entry (batch INTEGER NOT NULL, filling BLOB NOT NULL);
          CREATE INDEX IF NOT EXISTS entry_batch ON entry (batch, filling);
          """)
    }
  }

  private static func open(
    _ disk: SimulatedDisk, _ node: String, _ synchronous: String
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.journalMode = .wal
    let queue = try DatabaseQueue(
      path: disk.path(node + "/ledger.sqlite"), configuration: configuration)
    try queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA synchronous = \(synchronous)")
    }
    return queue
  }

  func record(_ batch: Int) throws {
    try queue.write { try Self.record(batch, in: $0) }
  }

  static func record(_ batch: Int, in database: Database) throws {
    for row in 0..<rowsPerBatch {
      try database.execute(
        sql: "INSERT INTO entry VALUES (?, zeroblob(?))", arguments: [batch, row * 100])
    }
  }

  /// Moves what was committed from the write-ahead log into the database.
  func checkpoint() throws {
    try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
  }

  /// The batches that are there.
  /// - Throws: ``Broken`` when one is there in part, or SQLite finds fault with the file.
  func batches() throws -> [Int] {
    try queue.read { database in
      let verdict = try String.fetchOne(database, sql: "PRAGMA integrity_check")
      guard verdict == "ok" else { throw Broken(what: verdict ?? "no verdict") }
      let partial = try Int.fetchAll(
        database, sql: "SELECT batch FROM entry GROUP BY batch HAVING COUNT(*) <> ?",
        arguments: [rowsPerBatch])
      guard partial.isEmpty else { throw Broken(what: "in part: \(partial)") }
      return try Int.fetchAll(database, sql: "SELECT DISTINCT batch FROM entry ORDER BY batch")
    }
  }

  private var rowsPerBatch: Int { Self.rowsPerBatch }

  struct Broken: Error {
    let what: String
  }
}
