import Foundation
import GRDB
import Glibc

extension SliceAudit {
  /// What of a slice is its audit: who the slice is, the rows, and what people typed for them.
  private static let tables = ["kit_identity", "kit_audit", "kit_audit_words"]

  /// Copies the audit out of a slice whose worker is to go, and nothing else of it: `SliceAudit` reads the copy as it
  /// reads the slice. Nobody may use the slice meanwhile.
  /// - Parameters:
  ///   - path: of the slice.
  ///   - copy: the file to make; it is there whole or not at all, and readable by its owner alone.
  /// - Throws: ``StorageFailure`` if the slice cannot be read, or the copy not be made.
  public static func keep(from path: String, to copy: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw StorageFailure(.missing, path: path)
    }
    let draft = copy + ".part"
    let remove = { for end in ["", "-journal", "-wal", "-shm"] { unlink(draft + end) } }
    remove()
    do {
      try copyTables(from: path, to: draft)
      chmod(draft, 0o600)
      let file = open(draft, O_RDONLY | O_CLOEXEC)
      defer { close(file) }
      guard fsync(file) == 0, rename(draft, copy) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    } catch {
      remove()
      throw StorageFailure(error, path: path) ?? error
    }
  }

  private static func copyTables(from path: String, to draft: String) throws {
    let queue = try DatabaseQueue(path: draft)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "ATTACH DATABASE ? AS slice", arguments: [path])
      try database.inTransaction {
        for table in tables {
          let schema = try String.fetchOne(
            database, sql: "SELECT sql FROM slice.sqlite_master WHERE type = 'table' AND name = ?",
            arguments: [table])
          guard let schema else { continue }
          try database.execute(sql: schema)
          try database.execute(sql: "INSERT INTO main.\(table) SELECT * FROM slice.\(table)")
        }
        return .commit
      }
      try database.execute(sql: "DETACH DATABASE slice")
    }
    try queue.close()
  }
}
