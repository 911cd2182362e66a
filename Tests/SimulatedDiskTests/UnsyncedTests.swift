import CSimulatedDisk
import Foundation
import GRDB
import Messages
import SimulatedDisk
import Testing

@testable import Broker
@testable import WorkerKit

/// A commit whose sync fails is refused, and yet it is read at the next start: from memory alone, and the power may
/// go at any moment while it is being built on.
@Suite struct UnsyncedTests {
  /// The WAL begins anew, with a commit that is on the medium: what comes after it stands in the WAL alone.
  private static let beginning = ["PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA user_version = 7"]

  @Test func `a log that was opened over a commit that no medium has is whole or without it`()
    async throws
  {
    let disk = SimulatedDisk("unsynced-log")
    func open() throws -> LogStore {
      try LogStore(unarchived: disk.path("node/log.sqlite"), force: SimulatedDisk.force)
    }
    let outcomes = try await Self.outcomes(
      disk,
      leave: {
        let store = try open()
        #expect((try? Self.append(1...1, to: store).get()) != nil)
        try await store.database.writeWithoutTransaction { database in
          for sql in Self.beginning { try database.execute(sql: sql) }
        }
        disk.setFaults("node") { $0.sync_errors = 1 }
        #expect((try? Self.append(2...4, to: store).get()) == nil)
        disk.crash("node")
      },
      open: { try open() },
      read: {
        let store = try open()
        let verdict = try await store.database.read {
          try String.fetchOne($0, sql: "PRAGMA integrity_check")
        }
        #expect(verdict == "ok")
        let count = try store.read(LogQuery(after: 0, limit: 9)).get().events.count
        try store.close()
        return count
      })
    #expect(outcomes == [1, 4])
  }

  private static func append(
    _ sequences: ClosedRange<UInt64>, to store: LogStore
  ) -> Result<LogResult.Appended, LogRefusal> {
    var batch = AppendBatch()
    batch.producer.sliceID = Data(0..<16)
    batch.producer.incarnation = 1
    batch.producer.worker = "w"
    batch.events = sequences.map { sequence in
      var event = Recourse_Bus_V1_Event()
      event.sequence = sequence
      event.key = "case/A"
      event.type = "t.Happened"
      event.payload = Data(repeating: UInt8(sequence), count: 6000)
      return event
    }
    return store.append([batch], recordedAt: Date(timeIntervalSince1970: 1_767_225_600))[0]
  }

  @Test func `a slice that was opened over a commit that no medium has is whole or without it`()
    async throws
  {
    let disk = SimulatedDisk("unsynced-slice")
    let worker = Worker(
      name: "noting", emits: [],
      migrations: [Migration("noting-1", "CREATE TABLE note (text TEXT NOT NULL)")])
    func open() throws -> Slice {
      try Slice.open(
        path: disk.path("node/slice.sqlite"), for: worker, clock: SystemClock(), isInline: true,
        force: SimulatedDisk.force)
    }
    let outcomes = try await Self.outcomes(
      disk,
      leave: {
        let slice = try open()
        try await Self.note(1, in: slice)
        for sql in Self.beginning { try slice.configure(sql) }
        disk.setFaults("node") { $0.sync_errors = 1 }
        await #expect(throws: StorageFailure.self) { try await Self.note(3, in: slice) }
        disk.crash("node")
      },
      open: { try open() },
      read: {
        let slice = try open()
        let (verdict, count) = try await slice.read { reader in
          (
            try String.fetchOne(reader.database, sql: "PRAGMA integrity_check"),
            try reader.rows("SELECT text FROM note").count
          )
        }
        #expect(verdict == "ok")
        try slice.close()
        return count
      })
    #expect(outcomes == [1, 4])
  }

  private static func note(_ count: Int, in slice: Slice) async throws {
    try await slice.write { transaction in
      for _ in 0..<count {
        try transaction.execute(
          "INSERT INTO note (text) VALUES (?)", .text(String(repeating: "note ", count: 1200)))
      }
    }
  }

  /// Cuts the power at each event of the opening in turn. Returns what was read then, over all of them.
  private static func outcomes(
    _ disk: SimulatedDisk, leave: () async throws -> Void, open: () throws -> Any,
    read: () async throws -> Int
  ) async throws -> Set<Int> {
    var outcomes: Set<Int> = []
    var at = 0
    var isReached = true
    while isReached {
      disk.reset()
      try await leave()
      disk.setFaults("node")
      let count = Counter()
      disk.onEvent { [at] _, _ in count.next() == at ? .crash : .goOn }
      let opened = try? open()
      isReached = count.value > at
      disk.onEvent(nil)
      withExtendedLifetime(opened) { disk.cutPower(seed: UInt64(at)) }
      outcomes.insert(try await read())
      at += 1
    }
    #expect(at > 20)
    return outcomes
  }

  private final class Counter {
    private(set) var value = 0
    func next() -> Int {
      defer { value += 1 }
      return value
    }
  }
}
