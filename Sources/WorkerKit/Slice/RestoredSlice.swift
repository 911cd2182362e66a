package import Foundation
import GRDB

/// A copy of a slice that takes the place of one that went on.
package enum RestoredSlice {
  /// The file in a data directory that says that a restore is under way, or was interrupted.
  package static let markerName = "restore.json"

  /// The audit's row with which a restored slice begins its new life.
  static let auditAction = "slice.restore"
  /// What stands before the number of that life in the row's reason.
  private static let reasonPrefix = "incarnation "

  /// The number of the life that such a row begins. Rows from before it was written down have the restore's time,
  /// which it mostly was.
  static func incarnation(begunBy row: AuditRow) -> Int64 {
    guard row.reason.hasPrefix(reasonPrefix),
      let number = Int64(row.reason.dropFirst(reasonPrefix.count))
    else { return row.at / 1_000_000 }
    return number
  }

  /// Who restores, why, from which backup, and when.
  package struct Grounds: Sendable {
    let actor: String
    let reason: String
    let backup: String
    let now: Date

    package init(actor: String, reason: String, backup: String, now: Date) {
      self.actor = actor
      self.reason = reason
      self.backup = backup
      self.now = now
    }
  }

  /// Checks a copy and makes it ready to go on: in a new incarnation that shares its numbers so far with the old
  /// one, with a row in its audit. Nobody else has the file open.
  ///
  /// What was intended towards the outside world may have happened since the backup, so a channel is asked first;
  /// where that cannot be done a person decides.
  /// - Parameters:
  ///   - worker: whose slice it is to be.
  ///   - migrations: the worker's own; nil if they are not known here, as a plugin's are not.
  ///   - known: the incarnations that the log has events of, by slice. One that it has none of is not branched from:
  ///     nothing is shared with it.
  /// - Throws: ``SliceError/damaged(_:)`` if the file or its audit has been changed; ``StorageFailure`` if it is
  ///   another worker's, or a newer version of the program wrote it.
  package static func prepare(
    _ path: String, of worker: String, migrations: [Migration]?, known: [Data: [UInt32]],
    _ grounds: Grounds
  ) throws {
    let file = try DatabaseQueue(path: path)
    var migrator = DatabaseMigrator()
    for migration in KitSchema.migrations {
      migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
    }
    try check(file)
    try file.read { database in
      try IdentityTable.expect(worker, at: path, in: database)
      let applied = try migrator.appliedIdentifiers(database)
      let newer = applied.subtracting((KitSchema.migrations + (migrations ?? [])).map(\.name))
        .filter { migrations != nil || $0.hasPrefix(KitSchema.prefix) }
      if !newer.isEmpty { throw StorageFailure(.newerSchema(newer.sorted()), path: path) }
    }
    try migrator.migrate(file)
    try file.write { database in
      let transaction = SliceTransaction(database, now: grounds.now, rules: SliceRules())
      let incarnation = try beginIncarnation(known, in: transaction)
      try transaction.execute("UPDATE kit_effect SET state = 'sending' WHERE state = 'intended'")
      try transaction.audit(
        actor: grounds.actor, action: auditAction, subject: grounds.backup,
        reason: "\(reasonPrefix)\(incarnation)", words: grounds.reason)
    }
    try file.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try file.close()
  }

  private static func check(_ file: DatabaseQueue) throws {
    try file.read { database in
      guard try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok" else {
        throw SliceError.damaged("the file is not whole")
      }
      if let fault = try AuditTable.firstFault(in: SliceReader(database)) {
        throw SliceError.damaged(
          "its audit is broken at row \(fault.first) (\(fault.code.rawValue))")
      }
    }
  }

  private static func beginIncarnation(
    _ known: [Data: [UInt32]], in transaction: SliceTransaction
  ) throws -> Int {
    guard let row = try transaction.row("SELECT slice_id, incarnation FROM kit_identity") else {
      throw SliceError.damaged("it has no identity")
    }
    let old = try row.int("incarnation")
    let others = known[try row.blob("slice_id")] ?? []
    // The time, because two restores of one backup must not give the same.
    let new = max(
      old + 1, Int(others.max() ?? 0) + 1, Int(transaction.now.timeIntervalSince1970))
    if others.contains(UInt32(old)) {
      try transaction.execute(
        """
        UPDATE kit_identity SET branched_from = ?,
          branched_after = (SELECT last_sequence FROM kit_outbox_counter)
        """, .integer(old))
    }
    try transaction.execute("UPDATE kit_identity SET incarnation = ?", .integer(new))
    return new
  }
}
