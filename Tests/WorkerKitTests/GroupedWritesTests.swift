import Bus
import Dispatch
import Foundation
import GRDB
import Messages
import SwiftProtobuf
import Synchronization
import Testing
import WorkerKitTesting

@testable import WorkerKit

/// Writes that come while another is under way: they share a transaction, and nobody notices.
@Suite("Grouped writes", .timeLimit(.minutes(1)))
struct GroupedWritesTests {
  private struct Unwanted: Error, Hashable {
    let number: Int
  }

  /// A slice in a file of its own, which holds a list of notes.
  private func withSlice(_ body: (Slice, String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "slice-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "source.sqlite").path
    let slice = try Slice.open(path: path, for: Fixture.source, clock: FixedClock(Fixture.start))
    try await body(slice, path)
    try? slice.close()
  }

  private func notes(_ slice: Slice) async throws -> [String] {
    try await slice.read {
      try $0.rows("SELECT text FROM note ORDER BY rowid").map { try $0.text("text") }
    }
  }

  /// Keeps the thread that writes until it is let go, so that what comes meanwhile waits.
  private struct Held: Sendable {
    let isIn = DispatchSemaphore(value: 0)
    let go = DispatchSemaphore(value: 0)

    func write(
      in slice: Slice, _ body: @escaping @Sendable (SliceTransaction) throws -> Void = { _ in }
    ) async throws {
      try await slice.write { [isIn, go] tx in
        try body(tx)
        try tx.execute("INSERT INTO note (text) VALUES ('held')")
        isIn.signal()
        go.wait()
      }
    }
  }

  /// Has writes wait behind one that is under way, in their order; gives how each ended.
  private func together(
    _ slice: Slice, _ bodies: [@Sendable (SliceTransaction) throws -> Void],
    behind body: @escaping @Sendable (SliceTransaction) throws -> Void = { _ in }
  ) async throws -> [Result<Void, any Error>] {
    let held = Held()
    let first = Task { try await held.write(in: slice, body) }
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        held.isIn.wait()
        continuation.resume()
      }
    }
    var writes: [Task<Void, any Error>] = []
    for (number, body) in bodies.enumerated() {
      writes.append(Task { try await slice.write { try body($0) } })
      await slice.untilWaiting(number + 1)
    }
    held.go.signal()
    try await first.value
    var ends: [Result<Void, any Error>] = []
    for write in writes { ends.append(await write.result) }
    return ends
  }

  private static func note(_ text: String) -> @Sendable (SliceTransaction) throws -> Void {
    { try $0.execute("INSERT INTO note (text) VALUES (?)", .text(text)) }
  }

  @Test func `those that wait are written in one transaction, in the order in which they came`()
    async throws
  {
    try await withSlice { slice, path in
      // What another connection sees changes once for all of them.
      let other = try DatabaseQueue(path: path)
      let seen = Mutex<[Int?]>([])
      let bodies = (0..<10).map { number -> @Sendable (SliceTransaction) throws -> Void in
        { tx in
          try Self.note("\(number)")(tx)
          let count = try other.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM note") }
          seen.withLock { $0.append(count) }
        }
      }
      let ends = try await together(slice, bodies)
      #expect(ends.allSatisfy { (try? $0.get()) != nil })
      #expect(try await notes(slice) == ["held"] + (0..<10).map { "\($0)" })
      #expect(seen.withLock { $0 } == Array(repeating: 1, count: 10))
    }
  }

  @Test func `what one of them throws undoes its part alone`() async throws {
    try await withSlice { slice, _ in
      let ends = try await together(
        slice,
        [
          Self.note("one"),
          { tx in
            try Self.note("not this")(tx)
            throw Unwanted(number: 2)
          }, Self.note("three"),
        ])
      #expect(try await notes(slice) == ["held", "one", "three"])
      #expect(throws: Unwanted(number: 2)) { try ends[1].get() }
      try ends[0].get()
      try ends[2].get()
    }
  }

  @Test func `one that breaks a rule of the database takes nobody with it`() async throws {
    try await withSlice { slice, _ in
      let ends = try await together(
        slice,
        [
          Self.note("one"),
          { try $0.execute("INSERT INTO note (text) VALUES (NULL)") },
          Self.note("three"),
        ])
      #expect(try await notes(slice) == ["held", "one", "three"])
      #expect(throws: (any Error).self) { try ends[1].get() }
      try ends[2].get()
    }
  }

  @Test func `events of a part that was undone are not announced`() async throws {
    try await withSlice { slice, _ in
      let key = try EventKey(parsing: "case/A")
      let announce: @Sendable (String) -> @Sendable (SliceTransaction) throws -> Void = { area in
        { tx in
          try tx.emit(.with { $0.area = area } as Recourse_Intake_V1_ApplicationReceived, key: key)
        }
      }
      _ = try await together(
        slice,
        [
          announce("one"),
          { tx in
            try announce("not this")(tx)
            throw Unwanted(number: 1)
          }, announce("three"),
        ])
      let sequences = try await slice.read {
        try $0.rows("SELECT sequence FROM kit_outbox ORDER BY sequence").map {
          try $0.int("sequence")
        }
      }
      #expect(sequences == [1, 2])
    }
  }

  @Test func `more than fit into one are written in several`() async throws {
    try await withSlice { slice, path in
      let other = try DatabaseQueue(path: path)
      let seen = Mutex<Set<Int>>([])
      let count = Bounds.writesInGroup * 2 + 1
      let ends = try await together(
        slice,
        (0..<count).map { number in
          { tx in
            try Self.note("\(number)")(tx)
            let there = try other.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM note") }
            seen.withLock { _ = $0.insert(there ?? -1) }
          }
        })
      #expect(ends.count == count)
      #expect(try await notes(slice).dropFirst() == (0..<count).map { "\($0)" }[...])
      // What is there already when each is written: the one that they waited for, and whole groups.
      let groups = [0, 1, 2].map { $0 * Bounds.writesInGroup + 1 }
      #expect(seen.withLock { $0 } == Set(groups))
    }
  }

  @Test func `a rule that the database looks at in the end takes nobody else with it`() async throws
  {
    try await withSlice { slice, _ in
      try await slice.write { tx in
        try tx.execute("CREATE TABLE parent (id BIGINT PRIMARY KEY)")
        try tx.execute(
          "CREATE TABLE child (id BIGINT REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)")
      }
      let ends = try await together(
        slice,
        [
          Self.note("one"), { try $0.execute("INSERT INTO child (id) VALUES (7)") },
          Self.note("three"),
        ])
      #expect(try await notes(slice) == ["held", "one", "three"])
      #expect(throws: (any Error).self) { try ends[1].get() }
      try ends[0].get()
      try ends[2].get()
    }
  }

  @Test func `one that is given up before its turn is not written`() async throws {
    try await withSlice { slice, _ in
      let held = Held()
      let first = Task { try await held.write(in: slice) }
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          held.isIn.wait()
          continuation.resume()
        }
      }
      let given = Task { try await slice.write { try Self.note("given up")($0) } }
      await slice.untilWaiting(1)
      given.cancel()
      await #expect(throws: CancellationError.self) { try await given.value }
      held.go.signal()
      try await first.value
      try await slice.write { try Self.note("after")($0) }
      #expect(try await notes(slice) == ["held", "after"])
    }
  }

  @Test func `none of them is written once another process has the slice`() async throws {
    try await withSlice { slice, _ in
      let ends = try await together(
        slice, (0..<3).map { Self.note("\($0)") },
        behind: { try $0.execute("UPDATE kit_identity SET epoch = epoch + 1") })
      #expect(try await notes(slice) == ["held"])
      for end in ends {
        #expect(throws: SliceError.fenced(epoch: 1, current: 2)) { try end.get() }
      }
    }
  }

  @Test func `one that is given up while it is written is written, and says so`() async throws {
    try await withSlice { slice, _ in
      let held = Held()
      let first = Task { try await held.write(in: slice) }
      await withCheckedContinuation { continuation in
        DispatchQueue.global().async {
          held.isIn.wait()
          continuation.resume()
        }
      }
      first.cancel()
      held.go.signal()
      try await first.value
      #expect(try await notes(slice) == ["held"])
    }
  }
}

extension Slice {
  /// Until so many wait for their turn.
  fileprivate func untilWaiting(_ count: Int) async {
    while waitingWrites < count { await Task.yield() }
  }
}
