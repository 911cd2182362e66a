import Foundation
import GRDB
import Messages
import Testing

@testable import Broker

@Suite("Heads of audits")
struct AuditAnchorTests {
  private static func batch(
    _ sequences: [UInt64], row: UInt64, head: UInt8, incarnation: UInt32 = 1, epoch: UInt64 = 0
  ) -> AppendBatch {
    var batch = Batch.of(sequences, incarnation: incarnation, epoch: epoch)
    batch.auditSequence = row
    batch.auditHead = Data(repeating: head, count: LogRules.headBytes)
    return batch
  }

  private func anchors(_ store: LogStore) throws -> [String] {
    try store.database.read(AuditAnchors.all).map { anchor in
      "\(anchor.incarnation):\(anchor.sequence)=\(anchor.head[0]) at \(anchor.position)"
    }
  }

  @Test func `one is kept for each append that brings new rows, and never changed`() throws {
    let store = try LogStore()
    _ = try store.append(Self.batch([1], row: 3, head: 7)).get()
    _ = try store.append(Self.batch([2, 3], row: 3, head: 7)).get()
    // Rows that are there already cannot be given another head.
    _ = try store.append(Self.batch([4], row: 3, head: 9)).get()
    _ = try store.append(Self.batch([5], row: 6, head: 8)).get()
    // Fewer rows than before: what was known stays, and this is known as well.
    _ = try store.append(Self.batch([6], row: 2, head: 5)).get()
    #expect(try anchors(store) == ["1:2=5 at 6", "1:3=7 at 1", "1:6=8 at 5"])
  }

  @Test func `a batch without events anchors alone, and changes nothing else`() throws {
    let store = try LogStore()
    let first = try store.append(Self.batch([], row: 1, head: 1)).get()
    #expect(first == LogResult.Appended(sequence: 0, position: 0, head: 0))
    #expect(try store.append(Self.batch([1, 2], row: 1, head: 1)).get().position == 2)
    let alone = try store.append(Self.batch([], row: 4, head: 4)).get()
    #expect(alone == LogResult.Appended(sequence: 2, position: 2, head: 2))
    #expect(try anchors(store) == ["1:1=1 at 0", "1:4=4 at 2"])
    #expect(try store.append(Self.batch([3], row: 5, head: 5)).get().position == 3)
  }

  @Test func `what is refused anchors nothing`() throws {
    let store = try LogStore()
    _ = try store.append(Self.batch([1], row: 1, head: 1, incarnation: 2, epoch: 5)).get()
    let refused = [
      Self.batch([3], row: 2, head: 2, incarnation: 2, epoch: 5),
      Self.batch([], row: 2, head: 2, incarnation: 2, epoch: 4),
      Self.batch([], row: 2, head: 2, incarnation: 1, epoch: 5),
    ]
    for batch in refused {
      #expect(throws: LogRefusal.self) { _ = try store.append(batch).get() }
    }
    #expect(try anchors(store) == ["2:1=1 at 1"])
  }

  @Test func `a head has its length, and a batch without events one`() throws {
    var short = Self.batch([1], row: 1, head: 1)
    short.auditHead = Data(count: 31)
    var far = Self.batch([1], row: 1, head: 1)
    far.auditSequence = LogRules.numberLimit + 1
    for batch in [short, far, Self.batch([], row: 0, head: 1)] {
      #expect(throws: LogRefusal.self) { try LogRules.check(batch) }
    }
    try LogRules.check(Self.batch([], row: 1, head: 1))
    // As a worker of an older version sends it.
    var old = Batch.of([1])
    old.auditHead = Data(count: 32)
    try LogRules.check(old)
  }

  @Test func `they are read from the file, whether or not the log is in use`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      _ = try store.append(Self.batch([1], row: 1, head: 1)).get()
      _ = try store.append(Self.batch([], row: 2, head: 2)).get()
      func read() throws -> [UInt64] {
        try AuditAnchors(logPath: place.path).bySlice[Batch.sliceID]?.map(\.sequence) ?? []
      }
      #expect(try read() == [1, 2])
      try store.close()
      #expect(try read() == [1, 2])
      #expect(try place.verify().faults.isEmpty)
      #expect(try AuditAnchors(logPath: place.path).restoredAfter == nil)
      _ = try RestoredLog.prepare(place.path, now: Date(timeIntervalSince1970: 2_000_000_000))
      #expect(try AuditAnchors(logPath: place.path).restoredAfter == 1)
      #expect(try read() == [1, 2])
      let missing = #expect(throws: LogError.self) {
        try AuditAnchors(logPath: place.path + "-not")
      }
      #expect(missing?.code == "log-missing")
    }
  }

  @Test func `a slice that has announced nothing has an owner, and the log is sound`() throws {
    try ArchivePlace.with { place in
      let store = try place.open()
      _ = try store.append(Self.batch([], row: 1, head: 1)).get()
      var foreign = Self.batch([], row: 2, head: 2)
      foreign.producer.worker = "another"
      #expect(throws: LogRefusal.foreign(owner: "w")) { _ = try store.append(foreign).get() }
      // A restored one goes on as well.
      var restored = Self.batch([], row: 2, head: 2, incarnation: 9)
      restored.producer.branchedFrom = 1
      _ = try store.append(restored).get()
      restored.events = Batch.of([1]).events
      #expect(try store.append(restored).get().position == 1)
      try store.close()
      #expect(try place.verify().faults.isEmpty)
    }
  }
}
