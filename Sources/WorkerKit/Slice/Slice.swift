import Bus
import CaseModel
import Foundation
import GRDB
import SwiftProtobuf
import Synchronization

/// One worker's storage. Nobody else opens it.
///
/// It is migrated before it is handed over. Every write checks that this process still owns the slice:
/// opening it again elsewhere fences this one off.
public final class Slice: Sendable {
  let database: any DatabaseWriter
  private let rules: SliceRules
  private let clock: any WorkerClock
  private let epoch: Int64
  /// True if everything happens on the thread of whoever asks.
  let isInline: Bool
  /// Who this slice is as a producer of events.
  let identity: SliceIdentity
  let path: String
  /// Who is told that the storage failed, or that the slice is lost to this process.
  let fate = SliceFate()
  private let writes: GroupedWrites
  private let observers = Mutex<[@Sendable (SliceChange) -> Void]>([])

  /// Opens or makes the slice at a path, migrated, and takes it over from whoever had it.
  /// - Parameters:
  ///   - wasMade: the slice was there at an earlier start, so an empty one must not take its place.
  ///   - isInline: use it on the thread of whoever asks.
  ///   - force: as ``UnsyncedFile/force(_:)``, on the disk that the path is on.
  /// - Throws: ``StorageFailure`` if it cannot be used as it is.
  static func open(
    path: String, for worker: Worker, clock: any WorkerClock, wasMade: Bool = false,
    isInline: Bool = false, force: (String) throws -> Void = UnsyncedFile.force
  ) throws -> Slice {
    try refuseMissing(path, wasMade: wasMade)
    do {
      // What an earlier process has committed is read, but may be on no medium. It gets there before SQLite moves it
      // into the file: of a commit that is lost halfway through that, half would be left.
      try force(path + "-wal")
      return try Slice(pool(path), for: worker, clock: clock, path: path, isInline: isInline)
    } catch {
      throw StorageFailure(error, path: path) ?? error
    }
  }

  /// - Throws: ``StorageFailure`` if nothing is where a slice was made.
  static func refuseMissing(_ path: String, wasMade: Bool) throws {
    guard wasMade else { return }
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    if (size ?? 0) == 0 { throw StorageFailure(.missing, path: path) }
  }

  private static func pool(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    do {
      let pool = try DatabasePool(path: path, configuration: configuration)
      // Opening a pool lowers this to NORMAL, which does not force a commit to the medium: raised after it.
      try pool.writeWithoutTransaction {
        try $0.execute(sql: "PRAGMA synchronous = FULL")
        try settle($0)
      }
      return pool
    } catch let error as DatabaseError {
      // No statement of ours has run yet: whatever is wrong is wrong with the file.
      let code = error.extendedResultCode.rawValue
      throw StorageFailure(error, path: path) ?? StorageFailure(.failed(code: code), path: path)
    }
  }

  /// Moves what an earlier process has left beside the file into it, and forces that to the medium.
  private static func settle(_ database: Database) throws {
    do {
      try database.checkpoint(.truncate)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
      // Somebody reads: as far as that allows.
      try database.checkpoint(.passive)
    }
  }

  /// A slice that lives as long as this value, for tests.
  static func inMemory(for worker: Worker, clock: any WorkerClock) throws -> Slice {
    try Slice(DatabaseQueue(), for: worker, clock: clock, path: ":memory:")
  }

  private init(
    _ database: any DatabaseWriter, for worker: Worker, clock: any WorkerClock, path: String,
    isInline: Bool = false
  ) throws {
    self.path = path
    self.database = database
    self.isInline = isInline
    self.clock = clock
    rules = SliceRules(
      emits: Set(worker.emits.map { $0.protoMessageName }), timers: Set(worker.timers.map(\.kind)),
      effects: Set(worker.effects.map(\.kind)))
    try database.read { try IdentityTable.expect(worker.name, at: path, in: $0) }
    try Self.migrate(database, worker.migrations, path)
    let (identity, epoch) = try database.write {
      try IdentityTable.takeOver(worker.name, in: $0)
    }
    (self.identity, self.epoch) = (identity, epoch)
    writes = GroupedWrites(database) { [fate] in try Self.checkOwner(epoch, fate, $0) }
  }

  private static func migrate(_ database: any DatabaseWriter, _ own: [Migration], _ path: String)
    throws
  {
    var migrator = DatabaseMigrator()
    for migration in KitSchema.migrations + own {
      migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
    }
    let unknown = try database.read { try migrator.hasBeenSuperseded($0) }
    if unknown {
      let known = Set((KitSchema.migrations + own).map(\.name))
      let applied = try database.read { try migrator.appliedIdentifiers($0) }
      throw StorageFailure(.newerSchema(applied.subtracting(known).sorted()), path: path)
    }
    try migrator.migrate(database)
  }

  /// Reads a consistent state.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (SliceReader) throws -> T
  ) async throws -> T {
    do {
      if isInline { return try readInline(body) }
      return try await database.read { try body(SliceReader($0)) }
    } catch {
      throw noted(error)
    }
  }

  private func readInline<T>(_ body: (SliceReader) throws -> T) throws -> T {
    try Task.checkCancellation()
    return try database.read { try body(SliceReader($0)) }
  }

  /// Reads what is to leave the slice, as long as this process owns it: another owner sends it too.
  func readOwned<T: Sendable>(
    _ body: @escaping @Sendable (SliceReader) throws -> T
  ) async throws -> T {
    try await read { [epoch, fate] reader in
      try Self.checkOwner(epoch, fate, reader.database)
      return try body(reader)
    }
  }

  private static func checkOwner(
    _ epoch: Int64, _ fate: SliceFate, _ database: Database
  ) throws {
    do {
      try IdentityTable.check(epoch: epoch, in: database)
    } catch let error as SliceError {
      fate.lose(SliceError.takenOver)
      throw error
    }
  }

  /// Tells of an error that is about the storage, and gives what is to be thrown.
  private func noted(_ error: any Error) -> any Error {
    guard let failure = error as? StorageFailure ?? StorageFailure(error, path: path) else {
      return error
    }
    fate.fail(failure)
    return failure
  }

  /// Writes all or nothing; what others write at the same time may share the transaction. `body` may run more than once.
  /// - Throws: ``StorageFailure`` if it could not be written down, else what `body` throws.
  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (SliceTransaction) throws -> T
  ) async throws -> T {
    let (value, change) = try await commit(body)
    for observer in observers.withLock({ $0 }) { observer(change) }
    return value
  }

  private func commit<T: Sendable>(
    _ body: @escaping @Sendable (SliceTransaction) throws -> T
  ) async throws -> (T, SliceChange) {
    let now = clock.now
    let work: @Sendable (Database) throws -> (T, SliceChange) = { [rules] database in
      let transaction = SliceTransaction(database, now: now, rules: rules)
      let value = try body(transaction)
      let change = SliceChange(
        hasEmitted: transaction.lastSequence != nil, hasScheduled: transaction.hasScheduled,
        hasIntended: transaction.hasIntended, hasAudited: transaction.hasAudited)
      return (value, change)
    }
    do {
      if isInline { return try writeInline(work) }
      return try await writes.write(work)
    } catch {
      throw noted(error)
    }
  }

  private func writeInline<T>(_ work: (Database) throws -> T) throws -> T {
    try Task.checkCancellation()
    return try database.write {
      try Self.checkOwner(epoch, fate, $0)
      return try work($0)
    }
  }

  /// Writes that wait for their turn.
  var waitingWrites: Int { writes.waitingCount }

  /// Tells of every commit, on the thread of whoever wrote; must not wait.
  func observe(_ observer: @escaping @Sendable (SliceChange) -> Void) {
    observers.withLock { $0.append(observer) }
  }

  /// SQLite's level of forcing commits to the medium; 2 is FULL.
  func synchronousLevel() throws -> Int? {
    try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
  }

  /// Sets something about the connection that writes.
  func configure(_ pragma: String) throws {
    try database.writeWithoutTransaction { try $0.execute(sql: pragma) }
  }

  /// Ends all access. The write-ahead log stays beside the file: who was replaced must not write, not even here.
  func close() throws { try database.close() }
}

/// What a commit brought, for those who act on it.
struct SliceChange: Sendable {
  let hasEmitted: Bool
  let hasScheduled: Bool
  let hasIntended: Bool
  let hasAudited: Bool
}

/// Who a slice is as a producer: the log counts its events by this.
struct SliceIdentity: Sendable, Hashable {
  /// 16 random bytes, made with the slice.
  let sliceID: Data
  /// From 1; a restore starts a new one.
  let incarnation: UInt32
  /// The incarnation that was restored, and the last number that this one shares with it; 0 if there is none.
  let branchedFrom: UInt32
  let branchedAfter: UInt64
  /// Raised whenever a process takes the slice over.
  let epoch: UInt64
}
