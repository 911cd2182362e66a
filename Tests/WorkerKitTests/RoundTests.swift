import Foundation
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Rounds", .timeLimit(.minutes(1)))
struct RoundTests {
  private struct Unwilling: Error {}

  @Test func `a round is done again and again, also after one that fails, until the worker leaves`()
    async throws
  {
    let (done, one) = AsyncStream<Int>.makeStream()
    let gate = Gate()
    let worker = Worker(
      name: "looker",
      rounds: [
        .every(.zero, "look") { _ in
          _ = gate.isOpen(after: 0)
          one.yield(gate.count)
          if gate.count == 1 { throw Unwilling() }
        }
      ])
    try await TestPlace.with([worker], now: Fixture.start) { place in
      var rounds = done.makeAsyncIterator()
      #expect(await rounds.next() == 1)
      #expect(await rounds.next() == 2)
      #expect(await rounds.next() == 3)
      await place.kill("looker")
      let count = gate.count
      one.finish()
      while await rounds.next() != nil {}
      #expect(gate.count == count)
    }
  }

  @Test func `a round writes into the slice like everything else`() async throws {
    let (done, one) = AsyncStream<Void>.makeStream()
    let worker = Worker(
      name: "looker",
      rounds: [
        .every(.seconds(3600), "look") { context in
          try await context.slice.write {
            try $0.execute("INSERT INTO seen (name) VALUES (?)", "a")
          }
          one.yield()
        }
      ],
      migrations: [Migration("seen", "CREATE TABLE seen (name TEXT NOT NULL PRIMARY KEY)")])
    try await TestPlace.with([worker], now: Fixture.start) { place in
      var rounds = done.makeAsyncIterator()
      await rounds.next()
      let context = try #require(place.context(of: "looker"))
      let names = try await context.slice.read { slice in
        try slice.rows("SELECT name FROM seen").map { try $0.text("name") }
      }
      #expect(names == ["a"])
    }
  }

  @Test func `a file is known by its content, however it is taken in`() {
    var whole = ContentDigest()
    Array("abc".utf8).withUnsafeBytes { whole.take($0) }
    var parts = ContentDigest()
    Array("a".utf8).withUnsafeBytes { parts.take($0) }
    Array("bc".utf8).withUnsafeBytes { parts.take($0) }
    // FIPS 180-2, B.1.
    #expect(
      whole.digits == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(parts.digits == whole.digits)
  }
}
