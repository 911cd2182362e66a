import Foundation
import GRDB

/// Who the slice is, and which process may write to it.
enum IdentityTable {
  /// Looks before anything is changed.
  /// - Throws: ``StorageFailure`` if the slice is another worker's.
  static func expect(_ worker: String, at path: String, in database: Database) throws {
    guard try database.tableExists("kit_identity"),
      let owner = try String.fetchOne(database, sql: "SELECT worker FROM kit_identity"),
      owner != worker
    else { return }
    throw StorageFailure(.ofAnotherWorker(owner), path: path)
  }

  /// Makes the identity at the first opening; raises the epoch at every one.
  static func takeOver(
    _ worker: String, in database: Database
  ) throws -> (identity: SliceIdentity, epoch: Int64) {
    let fresh = Data((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    try database.execute(
      sql: """
        INSERT INTO kit_identity (one, worker, slice_id, incarnation, epoch)
        VALUES (1, ?, ?, 1, 0) ON CONFLICT (one) DO NOTHING
        """, arguments: [worker, fresh])
    try database.execute(sql: "UPDATE kit_identity SET epoch = epoch + 1")
    guard let row = try Row.fetchOne(database, sql: "SELECT * FROM kit_identity") else {
      throw SliceError.noSuchColumn("kit_identity")
    }
    let identity = SliceIdentity(
      sliceID: row["slice_id"], incarnation: UInt32(row["incarnation"] as Int64),
      branchedFrom: UInt32(row["branched_from"] as Int64),
      branchedAfter: UInt64(row["branched_after"] as Int64), epoch: UInt64(row["epoch"] as Int64))
    return (identity, row["epoch"])
  }

  /// - Throws: ``SliceError/fenced(epoch:current:)`` if somebody else has opened the slice since.
  static func check(epoch: Int64, in database: Database) throws {
    let current = try Int64.fetchOne(database, sql: "SELECT epoch FROM kit_identity") ?? 0
    guard current == epoch else { throw SliceError.fenced(epoch: epoch, current: current) }
  }
}
