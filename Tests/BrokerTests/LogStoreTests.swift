import Foundation
import GRDB
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

@Suite("The log's storage")
struct LogStoreTests {
  typealias Appended = LogResult.Appended

  @Test func `every commit is forced to the medium`() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("log-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = try LogStore(path: path)
    #expect(try store.synchronousLevel() == 2)
    try store.close()
  }

  /// Whatever a process that was killed wrote last may have failed to reach the medium.
  @Test func `what a killed process left beside the file is written into it at opening`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, left) = (folder.appending(path: "log").path, folder.appending(path: "left").path)
    let store = try LogStore(path: path)
    _ = try store.append(Batch.of([1, 2])).get()
    for end in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + end, toPath: left + end)
    }
    try store.close()
    let again = try LogStore(path: left)
    #expect(try again.head() == 2)
    let beside = try FileManager.default.attributesOfItem(atPath: left + "-wal")[.size] as? Int
    #expect(beside == 0)
    try again.close()
  }

  @Test func `events get positions in order, and everything about them is kept`() throws {
    let store = try LogStore()
    #expect(try store.head() == 0)
    let appended = try store.append(Batch.of([1, 2, 3])).get()
    #expect(appended == Appended(sequence: 3, position: 3, head: 3))
    #expect(try store.head() == 3)
    let events = try store.events()
    #expect(events.map(\.position) == [1, 2, 3])
    #expect(events.map(\.event) == Batch.of([1, 2, 3]).events)
    #expect(events.allSatisfy { $0.producer == Batch.of([1]).producer })
    #expect(events.allSatisfy { $0.partition == 3 })
    #expect(events.allSatisfy { $0.recordedAt.date == Batch.recordedAt })
  }

  @Test func `a batch that comes again is durable once`() throws {
    let store = try LogStore()
    let first = try store.append(Batch.of([1, 2])).get()
    #expect(try store.append(Batch.of([1, 2])).get() == first)
    #expect(try store.append(Batch.of([1])).get() == first)
    #expect(try store.events().count == 2)
  }

  @Test func `a batch that overlaps is durable from where it is new`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1, 2])).get()
    let appended = try store.append(Batch.of([2, 3, 4])).get()
    #expect(appended == Appended(sequence: 4, position: 4, head: 4))
    #expect(try store.events().map(\.event.sequence) == [1, 2, 3, 4])
  }

  @Test func `a gap is refused and nothing of the batch is kept`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1])).get()
    #expect(store.append(Batch.of([3, 4])) == .failure(.gap(expected: 2, received: 3)))
    #expect(try store.events().count == 1)
  }

  @Test(arguments: [
    Batch.of([1, 2], payload: Data([9])), Batch.of([1, 2], type: "t.Other"),
    Batch.of([1, 2], key: "case/OTHER"),
  ])
  func `a number that is taken by another event is refused, and nothing of the batch is kept`(
    _ batch: AppendBatch
  ) throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1])).get()
    #expect(store.append(batch) == .failure(.conflict(sequence: 1)))
    #expect(try store.events().count == 1)
  }

  @Test func `slices count for themselves, and so do incarnations`() throws {
    let store = try LogStore()
    let other = Data(1...16)
    _ = try store.append(Batch.of([1, 2])).get()
    #expect(
      try store.append(Batch.of([1], slice: other)).get()
        == Appended(sequence: 1, position: 3, head: 3))
    #expect(
      try store.append(Batch.of([1], incarnation: 2, payload: Data([9]))).get()
        == Appended(sequence: 1, position: 4, head: 4))
  }

  @Test func `an incarnation that has been replaced may append nothing, not even again`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1])).get()
    _ = try store.append(Batch.of([1], incarnation: 3)).get()
    for batch in [Batch.of([1]), Batch.of([2]), Batch.of([1], incarnation: 2)] {
      #expect(
        store.append(batch)
          == .failure(.fenced(incarnation: batch.producer.incarnation, newest: 3)))
    }
    #expect(try store.append(Batch.of([2], incarnation: 3)).get().position == 3)
  }

  @Test func `in a group of batches one is refused and the others stand`() throws {
    let store = try LogStore()
    let other = Data(1...16)
    let results = store.append(
      [Batch.of([1, 2]), Batch.of([9]), Batch.of([1], slice: other), Batch.of([3])],
      recordedAt: Batch.recordedAt)
    #expect(
      results == [
        .success(Appended(sequence: 2, position: 2, head: 2)),
        .failure(.gap(expected: 3, received: 9)),
        .success(Appended(sequence: 1, position: 3, head: 3)),
        .success(Appended(sequence: 3, position: 4, head: 4)),
      ])
    #expect(try store.events().map(\.event.sequence) == [1, 2, 1, 3])
  }

  // MARK: Reading

  @Test func `a read is by key, by type, after a position and up to a limit`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1, 2], key: "case/A", type: "t.A")).get()
    _ = try store.append(Batch.of([3, 4], key: "case/B", type: "t.B")).get()
    _ = try store.append(Batch.of([5], key: "case/A", type: "t.B")).get()
    #expect(try store.events(key: "case/A").map(\.position) == [1, 2, 5])
    #expect(try store.events(types: ["t.B"]).map(\.position) == [3, 4, 5])
    #expect(try store.events(types: ["t.A", "t.B"]).count == 5)
    #expect(try store.events(key: "case/A", types: ["t.B"]).map(\.position) == [5])
    #expect(try store.events(after: 3).map(\.position) == [4, 5])
    #expect(try store.events(after: 1, limit: 2).map(\.position) == [2, 3])
    #expect(try store.events(key: "case/C").isEmpty)
    #expect(try store.events(after: 5).isEmpty)
  }

  @Test func `a page says how far the log was looked at`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1, 2, 3, 4])).get()
    func scanned(_ query: LogQuery) throws -> UInt64 { try store.read(query).get().scanned }
    #expect(try scanned(LogQuery(after: 0, limit: 3)) == 3)
    #expect(try scanned(LogQuery(after: 0, limit: 64)) == 4)
    #expect(try scanned(LogQuery(after: 0, types: ["t.None"], limit: 64)) == 4)
  }

  @Test func `a page ends when it has enough bytes for one message`() throws {
    let store = try LogStore()
    let large = Data(count: LogRules.payloadBytesLimit)
    for sequence in 1...4 as ClosedRange<UInt64> {
      _ = try store.append(Batch.of([sequence], payload: large)).get()
    }
    let page = try store.read(LogQuery(after: 0, limit: 64)).get()
    #expect(page.events.count == LogStore.pageBytesLimit / LogRules.payloadBytesLimit)
    #expect(page.scanned == 2)
  }

  // MARK: On disk

  @Test func `an opened file has everything that was in it when it was closed`() throws {
    try Self.withFile { path in
      let store = try LogStore(path: path)
      _ = try store.append(Batch.of([1, 2])).get()
      _ = try store.append(Batch.of([1], incarnation: 2)).get()
      let events = try store.events()
      try store.close()

      let again = try LogStore(path: path)
      #expect(try again.head() == 3)
      #expect(try again.events() == events)
      #expect(
        again.append(Batch.of([3])) == .failure(.fenced(incarnation: 1, newest: 2)))
      #expect(
        try again.append(Batch.of([1, 2], incarnation: 2)).get()
          == Appended(sequence: 2, position: 4, head: 4))
      try again.close()
    }
  }

  @Test(arguments: [
    "payload = x'02'", "type = 't.Other'", "event_key = 'case/OTHER'", "worker = 'v'",
    "occurred_at = occurred_at + 1", "recorded_at = 0", "partition_number = 4",
    "incarnation = 7", "sequence = 9", "slice_id = x'00'", "checksum = x''",
  ])
  func `damage is named by its position, wherever it is in the row`(_ change: String) throws {
    try Self.withFile { path in
      let store = try LogStore(path: path)
      _ = try store.append(Batch.of([1, 2, 3])).get()
      try store.close()
      let file = try DatabaseQueue(path: path)
      try file.write { try $0.execute(sql: "UPDATE event SET \(change) WHERE position = 2") }
      try file.close()

      let again = try LogStore(path: path)
      #expect(throws: LogRefusal.damaged(position: 2)) { try again.events() }
      #expect(try again.events(limit: 1).map(\.position) == [1])
      #expect(try again.events(after: 2).map(\.position) == [3])
      try again.close()
    }
  }

  /// As a first version of the program stored it; whatever changes, a row like this one reads back.
  @Test func `a row that was stored once is read for ever`() throws {
    let store = try LogStore()
    try store.database.write { database in
      try database.execute(
        sql: """
          INSERT INTO event VALUES (1, x'000102030405060708090A0B0C0D0E0F', 2, 41, 'support',
            'case/4F7K-2M9X', 3, 'recourse.support.v1.ReferralMade', x'1A0E76696374696D2D737570706F7274',
            1773652320250000, 1773652321000001, x'06F3AD36FAE791F24BAD7850079014F7')
          """)
    }
    let logged = try #require(try store.events().first)
    #expect(logged.producer.sliceID == Data(0..<16))
    #expect(logged.producer.incarnation == 2)
    #expect(logged.producer.worker == "support")
    #expect(logged.event.sequence == 41)
    #expect(logged.event.key == "case/4F7K-2M9X")
    #expect(logged.event.type == "recourse.support.v1.ReferralMade")
    #expect(logged.event.payload == Data([0x1A, 14] + "victim-support".utf8))
    #expect(logged.event.occurredAt.nanos == 250_000_000)
    #expect(logged.recordedAt.seconds == 1_773_652_321)
    #expect(logged.recordedAt.nanos == 1000)
    #expect(logged.partition == 3)
  }

  @Test func `a batch that the file does not take is refused, whatever the reason`() throws {
    try Self.withFile { path in
      let store = try LogStore(path: path)
      try store.close()
      guard case .failure(.storage) = store.append(Batch.of([1])) else {
        Issue.record("a closed file took a batch")
        return
      }
    }
  }

  private static func withFile(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "log-" + UUID().uuidString.prefix(8))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.appending(path: "log.sqlite").path)
  }
}
