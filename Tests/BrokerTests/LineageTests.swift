import Foundation
import Messages
import Testing

@testable import Broker

/// A slice that was restored goes on in a new incarnation: nothing is appended twice, nothing is lost.
@Suite("Restored producers")
struct LineageTests {
  typealias Appended = LogResult.Appended

  /// A log in which a slice has appended so many events in its first incarnation.
  private static func log(of count: UInt64) throws -> LogStore {
    let store = try LogStore()
    _ = try store.append(Batch.of(Array(1...count))).get()
    return store
  }

  /// What is in the log: incarnation and number of each event.
  private static func contents(_ store: LogStore) throws -> [String] {
    try store.events().map { "\($0.producer.incarnation):\($0.event.sequence)" }
  }

  @Test func `a slice that is restored alone counts on from where it was`() throws {
    let store = try Self.log(of: 3)
    let restored = Batch.of([3, 4], incarnation: 100, payload: Data([9]), branch: (1, 2))
    #expect(try store.append(restored).get() == Appended(sequence: 4, position: 5, head: 5))
    #expect(try Self.contents(store) == ["1:1", "1:2", "1:3", "100:3", "100:4"])
  }

  @Test func `what the log has of the old incarnation is not appended again`() throws {
    let store = try Self.log(of: 3)
    let outbox = Batch.of([2, 3, 4], incarnation: 100, branch: (1, 4))
    #expect(try store.append(outbox).get() == Appended(sequence: 4, position: 4, head: 4))
    #expect(try Self.contents(store) == ["1:1", "1:2", "1:3", "100:4"])
    #expect(try store.append(outbox).get() == Appended(sequence: 4, position: 4, head: 4))
  }

  @Test func `a restored slice whose events the log has all is told where they are`() throws {
    let store = try Self.log(of: 3)
    let outbox = Batch.of([2], incarnation: 100, branch: (1, 2))
    #expect(try store.append(outbox).get() == Appended(sequence: 2, position: 2, head: 3))
    #expect(
      store.append(Batch.of([4])) == .failure(.fenced(incarnation: 1, newest: 100)),
      "the old incarnation is over from the first word of the new one")
  }

  @Test func `a number of the old incarnation with other content is refused`() throws {
    let store = try Self.log(of: 3)
    let other = Batch.of([3], incarnation: 100, payload: Data([9]), branch: (1, 3))
    #expect(store.append(other) == .failure(.conflict(sequence: 3)))
    #expect(try Self.contents(store).count == 3)
  }

  @Test func `a gap after the branch is refused`() throws {
    let store = try Self.log(of: 3)
    let gap = Batch.of([6], incarnation: 100, branch: (1, 5))
    #expect(store.append(gap) == .failure(.gap(expected: 4, received: 6)))
  }

  @Test func `a slice is restored twice from the same backup`() throws {
    let store = try Self.log(of: 3)
    _ = try store.append(Batch.of([3], incarnation: 100, payload: Data([8]), branch: (1, 2))).get()
    let again = Batch.of([3], incarnation: 200, payload: Data([9]), branch: (1, 2))
    #expect(try store.append(again).get() == Appended(sequence: 3, position: 5, head: 5))
    #expect(
      store.append(Batch.of([4], incarnation: 100))
        == .failure(.fenced(incarnation: 100, newest: 200)))
  }

  @Test func `the lineage is followed over several restores`() throws {
    let store = try Self.log(of: 3)
    _ = try store.append(Batch.of([3, 4, 5], incarnation: 100, payload: Data([8]), branch: (1, 2)))
      .get()
    // Numbers 1 and 2 are of the first incarnation, 3 and 4 of the second.
    let known = Batch.of([4], incarnation: 200, payload: Data([8]), branch: (100, 4))
    #expect(try store.append(known).get() == Appended(sequence: 4, position: 5, head: 6))
    #expect(
      try store.append(Batch.of([1, 2], incarnation: 200, branch: (100, 4))).get().sequence == 4)
    #expect(
      store.append(Batch.of([3], incarnation: 200, branch: (100, 4)))
        == .failure(.conflict(sequence: 3)))
    _ = try store.append(Batch.of([5], incarnation: 200, branch: (100, 4))).get()
    #expect(try Self.contents(store).last == "200:5")
  }

  @Test func `an origin that the log does not know is refused, for it may have appended elsewhere`()
    throws
  {
    let store = try Self.log(of: 3)
    let strange = Batch.of([4], incarnation: 200, branch: (100, 3))
    #expect(store.append(strange) == .failure(.strange(incarnation: 100)))
  }

  @Test func `a slice that the log never heard of counts from one, restored or not`() throws {
    let store = try LogStore()
    let restored = Batch.of([1, 2], incarnation: 100, branch: (1, 2))
    #expect(try store.append(restored).get() == Appended(sequence: 2, position: 2, head: 2))
    let gap = Batch.of([2], slice: Data(1...16), incarnation: 100, branch: (1, 1))
    #expect(store.append(gap) == .failure(.gap(expected: 1, received: 2)))
  }

  @Test func `a lower epoch than the log has seen is refused, in the same incarnation`() throws {
    let store = try LogStore()
    _ = try store.append(Batch.of([1], epoch: 3)).get()
    #expect(
      store.append(Batch.of([2], epoch: 2)) == .failure(.superseded(epoch: 2, newest: 3)))
    #expect(store.append(Batch.of([1], epoch: 2)) == .failure(.superseded(epoch: 2, newest: 3)))
    _ = try store.append(Batch.of([2], epoch: 3)).get()
    _ = try store.append(Batch.of([3], epoch: 7)).get()
    // A restored slice has the epoch of its backup.
    _ = try store.append(Batch.of([4], incarnation: 100, branch: (1, 3), epoch: 1)).get()
    #expect(try store.head() == 4)
  }
}
