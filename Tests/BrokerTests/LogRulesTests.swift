import Foundation
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

@Suite("What may be appended")
struct LogRulesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout AppendBatch) -> Void

    init(_ name: String, _ change: @escaping @Sendable (inout AppendBatch) -> Void) {
      testDescription = name
      self.change = change
    }
  }

  static let refused: [Row] = [
    Row("no producer") { $0.clearProducer() },
    Row("slice id of 15 bytes") { $0.producer.sliceID = Data(0..<15) },
    Row("slice id of 17 bytes") { $0.producer.sliceID = Data(0..<17) },
    Row("no worker") { $0.producer.worker = "" },
    Row("a worker with a space") { $0.producer.worker = "a b" },
    Row("a worker of too many characters") {
      $0.producer.worker = String(repeating: "w", count: LogRules.nameLimit + 1)
    },
    Row("incarnation 0") { $0.producer.incarnation = 0 },
    Row("an epoch past the largest") { $0.producer.epoch = LogRules.numberLimit + 1 },
    Row("an epoch that no signed number holds") { $0.producer.epoch = 1 << 63 },
    Row("a branch past the largest number") {
      $0.producer.branchedFrom = 1
      $0.producer.branchedAfter = 1 << 63
    },
    Row("no events") { $0.events = [] },
    Row("one event too many") {
      $0.events = Batch.of(Array(1...UInt64(LogRules.batchLimit) + 1)).events
    },
    Row("sequence 0") { $0.events = Batch.of([0]).events },
    Row("a gap in the batch") { $0.events = Batch.of([1, 3]).events },
    Row("the same number twice") { $0.events = Batch.of([1, 1]).events },
    Row("numbers that go back") { $0.events = Batch.of([2, 1]).events },
    Row("a number past the largest") { $0.events = Batch.of([LogRules.numberLimit + 1]).events },
    Row("numbers past all") { $0.events = Batch.of([.max, 1]).events },
    Row("no key") { $0.events[0].key = "" },
    Row("a key of no known kind") { $0.events[0].key = "person/1" },
    Row("a key without a name") { $0.events[0].key = "case/" },
    Row("a key with a space") { $0.events[0].key = "case/a b" },
    Row("a key of too many characters") {
      $0.events[0].key = "case/" + String(repeating: "x", count: 65)
    },
    Row("no type") { $0.events[0].type = "" },
    Row("a type with a zero byte") { $0.events[0].type = "t.A\u{0}B" },
    Row("a type that is no name") { $0.events[0].type = "t.Ä" },
    Row("a type of too many characters") {
      $0.events[0].type = String(repeating: "t", count: LogRules.nameLimit + 1)
    },
    Row("a payload of one byte too many") {
      $0.events[0].payload = Data(count: LogRules.payloadBytesLimit + 1)
    },
    Row("a time after the year 9999") { $0.events[0].occurredAt.seconds = .max },
    Row("a time before the year 1") { $0.events[0].occurredAt.seconds = .min },
    Row("nanoseconds that are more than a second") {
      $0.events[0].occurredAt.nanos = 1_000_000_000
    },
    Row("nanoseconds below zero") { $0.events[0].occurredAt.nanos = -1 },
    Row("the second event is wrong") {
      $0.events = Batch.of([1, 2]).events
      $0.events[1].type = ""
    },
  ]

  @Test(arguments: refused)
  func `a malformed batch is refused`(_ row: Row) {
    var batch = Batch.of([1])
    row.change(&batch)
    let refusal = #expect(throws: LogRefusal.self) { try LogRules.check(batch) }
    guard case .malformed? = refusal else {
      Issue.record("\(String(describing: refusal)) is another refusal")
      return
    }
  }

  static let accepted: [Row] = [
    Row("one event") { _ in },
    Row("as many events as may be") {
      $0.events = Batch.of(Array(7..<7 + UInt64(LogRules.batchLimit))).events
    },
    Row("the largest epoch and branch") {
      $0.producer.epoch = LogRules.numberLimit
      $0.producer.branchedAfter = LogRules.numberLimit
    },
    Row("the largest payload") {
      $0.events[0].payload = Data(count: LogRules.payloadBytesLimit)
    },
    Row("no payload") { $0.events[0].payload = Data() },
    Row("an area") { $0.events[0].key = "area/plymouth" },
    Row("a plan") { $0.events[0].key = "plan/2026" },
    Row("the system") { $0.events[0].key = "system/policy" },
    Row("the longest names") {
      $0.producer.worker = String(repeating: "w", count: LogRules.nameLimit)
      $0.events[0].type = String(repeating: "t", count: LogRules.nameLimit)
      $0.events[0].key = "case/" + String(repeating: "x", count: 64)
    },
    Row("the first and the last time") {
      $0.events[0].occurredAt.seconds = LogRules.secondsRange.lowerBound
      $0.events.append(Batch.of([2]).events[0])
      $0.events[1].occurredAt.seconds = LogRules.secondsRange.upperBound
      $0.events[1].occurredAt.nanos = 999_999_999
    },
  ]

  @Test(arguments: accepted)
  func `a batch within the rules is accepted, and the storage takes it`(_ row: Row) throws {
    var batch = Batch.of([1])
    row.change(&batch)
    #expect(throws: Never.self) { try LogRules.check(batch) }
    let first = batch.events[0].sequence
    for index in batch.events.indices { batch.events[index].sequence -= first - 1 }
    let store = try LogStore()
    _ = try store.append(batch).get()
    let events = try store.events(limit: LogRules.batchLimit)
    #expect(events.map(\.event.type) == batch.events.map(\.type))
    #expect(events.map(\.event.payload) == batch.events.map(\.payload))
  }

  /// First sequence and size of a batch, the mark before it, and how much of it is durable already.
  @Test(
    arguments: [
      (1, 1, 0, 0), (1, 5, 0, 0), (6, 1, 5, 0), (5, 1, 5, 1), (1, 5, 5, 5), (3, 5, 5, 3),
      (1, 2, 5, 2), (1, 512, 511, 511),
    ] as [(UInt64, Int, UInt64, Int)])
  func `what is durable already is at the front of a batch`(
    _ first: UInt64, _ count: Int, _ mark: UInt64, _ durable: Int
  ) throws {
    #expect(
      try LogRules.alreadyDurable(first: first, count: count, mark: mark) == durable)
  }

  @Test(arguments: [(2, 0), (7, 5), (.max, 5)] as [(UInt64, UInt64)])
  func `a batch that leaves a gap is refused with the number that is next`(
    _ first: UInt64, _ mark: UInt64
  ) {
    #expect(throws: LogRefusal.gap(expected: mark + 1, received: first)) {
      try LogRules.alreadyDurable(first: first, count: 1, mark: mark)
    }
  }
}
