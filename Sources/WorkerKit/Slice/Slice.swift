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
  private let database: any DatabaseWriter
  private let rules: SliceRules
  private let clock: any WorkerClock
  private let epoch: Int64
  /// True if everything happens on the thread of whoever asks.
  private let isInline: Bool
  /// Who this slice is as a producer of events.
  let identity: SliceIdentity
  private let takenOver = TakenOver()
  private let observers = Mutex<[@Sendable (SliceChange) -> Void]>([])

  /// Opens or makes the slice at a path, migrated, and takes it over from whoever had it.
  /// - Parameter isInline: use it on the thread of whoever asks.
  /// - Throws: ``SliceError/newerSchema(_:)`` if a newer program wrote it.
  static func open(
    path: String, for worker: Worker, clock: any WorkerClock, isInline: Bool = false
  ) throws -> Slice {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    let pool = try DatabasePool(path: path, configuration: configuration)
    // Opening a pool lowers this to NORMAL, which does not force a commit to the medium: raised after it.
    try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    return try Slice(pool, for: worker, clock: clock, isInline: isInline)
  }

  /// A slice that lives as long as this value, for tests.
  static func inMemory(for worker: Worker, clock: any WorkerClock) throws -> Slice {
    try Slice(DatabaseQueue(), for: worker, clock: clock)
  }

  private init(
    _ database: any DatabaseWriter, for worker: Worker, clock: any WorkerClock,
    isInline: Bool = false
  ) throws {
    self.database = database
    self.isInline = isInline
    self.clock = clock
    rules = SliceRules(
      emits: Set(worker.emits.map { $0.protoMessageName }), timers: Set(worker.timers.map(\.kind)),
      effects: Set(worker.effects.map(\.kind)))
    try Self.migrate(database, worker.migrations)
    (identity, epoch) = try database.write { try IdentityTable.takeOver(worker.name, in: $0) }
  }

  private static func migrate(_ database: any DatabaseWriter, _ own: [Migration]) throws {
    var migrator = DatabaseMigrator()
    for migration in KitSchema.migrations + own {
      migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
    }
    let unknown = try database.read { try migrator.hasBeenSuperseded($0) }
    if unknown {
      let known = Set((KitSchema.migrations + own).map(\.name))
      let applied = try database.read { try migrator.appliedIdentifiers($0) }
      throw SliceError.newerSchema(applied.subtracting(known).sorted())
    }
    try migrator.migrate(database)
  }

  /// Reads a consistent state.
  public func read<T: Sendable>(
    _ body: @escaping @Sendable (SliceReader) throws -> T
  ) async throws -> T {
    if isInline { return try readInline(body) }
    return try await database.read { try body(SliceReader($0)) }
  }

  private func readInline<T>(_ body: (SliceReader) throws -> T) throws -> T {
    try Task.checkCancellation()
    return try database.read { try body(SliceReader($0)) }
  }

  /// Reads what is to leave the slice, as long as this process owns it: another owner sends it too.
  func readOwned<T: Sendable>(
    _ body: @escaping @Sendable (SliceReader) throws -> T
  ) async throws -> T {
    try await read { [epoch, takenOver] reader in
      try Self.checkOwner(epoch, takenOver, reader.database)
      return try body(reader)
    }
  }

  private static func checkOwner(
    _ epoch: Int64, _ takenOver: TakenOver, _ database: Database
  ) throws {
    do {
      try IdentityTable.check(epoch: epoch, in: database)
    } catch {
      takenOver.tell()
      throw error
    }
  }

  /// Writes in one transaction, all or nothing. `body` may run more than once.
  @discardableResult
  public func write<T: Sendable>(
    _ body: @escaping @Sendable (SliceTransaction) throws -> T
  ) async throws -> T {
    let now = clock.now
    let work: @Sendable (Database) throws -> (T, SliceChange) = {
      [epoch, rules, takenOver] database in
      try Self.checkOwner(epoch, takenOver, database)
      let transaction = SliceTransaction(database, now: now, rules: rules)
      let value = try body(transaction)
      let change = SliceChange(
        hasEmitted: transaction.lastSequence != nil, hasScheduled: transaction.hasScheduled,
        hasIntended: transaction.hasIntended)
      return (value, change)
    }
    let (value, change) = try await isInline ? writeInline(work) : database.write(work)
    for observer in observers.withLock({ $0 }) { observer(change) }
    return value
  }

  private func writeInline<T>(_ work: (Database) throws -> T) throws -> T {
    try Task.checkCancellation()
    return try database.write(work)
  }

  /// Tells when a write finds that another process has opened the slice since.
  func whenTakenOver(_ tell: @escaping @Sendable () -> Void) { takenOver.observe(tell) }

  /// Tells of every commit, on the thread of whoever wrote; must not wait.
  func observe(_ observer: @escaping @Sendable (SliceChange) -> Void) {
    observers.withLock { $0.append(observer) }
  }

  /// SQLite's level of forcing commits to the medium; 2 is FULL.
  func synchronousLevel() throws -> Int? {
    try database.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") }
  }

  /// Ends all access.
  func close() throws { try database.close() }
}

/// What a commit brought, for those who act on it.
struct SliceChange: Sendable {
  let hasEmitted: Bool
  let hasScheduled: Bool
  let hasIntended: Bool
}

/// Who a slice is as a producer: the log counts its events by this.
struct SliceIdentity: Sendable, Hashable {
  /// 16 random bytes, made with the slice.
  let sliceID: Data
  /// From 1; a restore starts a new one.
  let incarnation: UInt32
}

/// Who is to be told that the slice was taken over.
private final class TakenOver: Sendable {
  private let observer = Mutex<(@Sendable () -> Void)?>(nil)

  func observe(_ tell: @escaping @Sendable () -> Void) { observer.withLock { $0 = tell } }
  func tell() { observer.withLock { $0 }?() }
}
