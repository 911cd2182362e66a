import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization
import Testing

@testable import Broker

/// What waits for the log's storage is bounded, whoever gives up and calls again.
@Suite("Too much for the log")
struct LogLoadTests {
  /// Opens a call with one message and gives it up; returns the status, if there was one at once.
  private static func ask(
    _ place: inout CoreFixture, _ session: UInt64, _ stream: UInt64, _ method: String,
    _ message: WireBytes
  ) -> Status.Code? {
    place.say(
      CoreFixture.open(
        "recourse.bus.v1.EventLog/\(method)", session: session, stream: stream, message: message),
      from: 9)
    place.say(Frame(.cancel, session: session, stream: stream, sequence: 1), from: 9)
    return place.take(9).compactMap(\.code).first
  }

  @Test func `batches of calls that were given up still count, and one more is refused`() throws {
    var place = CoreFixture()
    let session = try place.join(9)
    let batch: WireBytes = try Batch.of([1, 2, 3, 4], payload: Data(count: 250_000))
      .serializedBytes()
    var stream: UInt64 = 1
    var asked: [LogRequest] = []
    for _ in 0...LogLoad.bytesLimit / batch.count {
      #expect(Self.ask(&place, session, stream, "Append", batch) == nil)
      if asked.isEmpty { asked = place.takeAsked() }
      _ = place.takeAsked()
      stream += 2
    }
    #expect(Self.ask(&place, session, stream, "Append", batch) == .resourceExhausted)
    #expect(place.takeAsked().isEmpty)
    #expect(place.core.calls.isEmpty)
    guard case .append(let call, _)? = asked.first else { throw CancellationError() }
    place.handle(.log(.appended(call: call, .failure(.storage("x")))))
    #expect(Self.ask(&place, session, stream + 2, "Append", batch) == nil)
    #expect(place.takeAsked().count == 1)
  }

  @Test func `a further batch of an open call is refused too, in its place`() throws {
    var place = CoreFixture()
    let session = try place.join(9)
    let batch: WireBytes = try Batch.of([1]).serializedBytes()
    place.say(
      CoreFixture.open(
        "recourse.bus.v1.EventLog/Append", session: session, stream: 1, message: nil), from: 9)
    for _ in 0..<LogLoad.batchesLimit {
      place.core.logLoad.ask(.append(call: 0, Batch.of([1])), bytes: 1)
    }
    place.say(
      Frame(.data, flags: .message, session: session, stream: 1, sequence: 1, body: batch), from: 9)
    let answers = place.take(9)
    #expect(answers.map(\.code) == [.resourceExhausted])
    #expect(answers.map(\.sequence) == [0])
    #expect(place.takeAsked().isEmpty)
    #expect(place.core.calls.isEmpty)
  }

  @Test func `reads of calls that were given up count until the storage has left them out`() throws
  {
    var place = CoreFixture(logHead: 5)
    let session = try place.join(9)
    let read = WireBytes()
    for number in 0..<UInt64(LogLoad.readsLimit) {
      #expect(Self.ask(&place, session, 2 * number + 1, "Read", read) == nil)
    }
    let asked = place.takeAsked()
    #expect(asked.count == LogLoad.readsLimit)
    #expect(place.over.count == LogLoad.readsLimit)
    #expect(Self.ask(&place, session, 9001, "Read", read) == .resourceExhausted)
    let left = LogPage(events: [], scanned: 0)
    place.handle(.log(.read(call: place.over[0], .success(left))))
    #expect(Self.ask(&place, session, 9003, "Read", read) == nil)
    #expect(place.takeAsked().count == 1)
  }

  @Test func `a read that waits for the storage is left out when its call is over`() throws {
    let pages = Mutex<[UInt64: Int]>([:])
    let store = try LogStore()
    _ = try store.append(Batch.of([1])).get()
    let log = LogThread(
      store: store, clock: { Batch.recordedAt },
      report: { results in
        for case .read(let call, .success(let page)) in results {
          pages.withLock { $0[call, default: 0] += page.events.count }
        }
      })
    let query = LogQuery(after: 0, limit: 64)
    for call in [1, 2] as [UInt64] { log.ask(.read(call: call, query)) }
    log.leaveOut(1)
    log.leaveOut(3)
    #expect(pages.withLock { $0 } == [1: 0])
    log.start()
    log.stop()
    #expect(pages.withLock { $0 } == [1: 0, 2: 1])
  }
}
