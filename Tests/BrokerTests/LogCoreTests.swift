import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// The event log's calls through the whole core; the storage is played by hand.
@Suite("The log's calls")
struct LogCoreTests {
  private typealias Client = LogClient

  private static func acknowledged(_ frames: [Frame]) throws -> [UInt64] {
    try frames.filter { $0.kind == .data }.map { frame in
      try Recourse_Bus_V1_AppendResponse(serializedBytes: frame.body ?? []).durableSequence
    }
  }

  private static func positions(_ frames: [Frame]) throws -> [[UInt64]] {
    try LogClient.pages(frames).map { $0.events.map(\.position) }
  }

  private static func request(
    after: UInt64 = 0, types: [String] = [], follow: Bool = false
  ) -> Recourse_Bus_V1_ReadRequest {
    LogClient.request(after: after, types: types, follow: follow)
  }

  // MARK: Append

  @Test
  func `batches are answered in order, each when it is durable, and the call ends after the last`()
    throws
  {
    var client = try Client()
    try client.open(1, "Append")
    try client.append(Batch.of([1]))
    try client.append(Batch.of([2, 3]))
    client.say(.end)
    #expect(client.place.takeAsked().count == 2)
    #expect(client.heard().isEmpty)
    client.isDurable(1, 1, position: 1)
    #expect(try Self.acknowledged(client.heard()) == [1])
    client.isDurable(1, 3, position: 3)
    let last = client.heard()
    #expect(try Self.acknowledged(last) == [3])
    #expect(last.map(\.kind) == [.data, .status])
    #expect(last.last?.code == .ok)
    #expect(client.place.core.calls.isEmpty)
  }

  @Test func `a batch of a unary-like call, with OPEN and the end in one frame, is answered too`()
    throws
  {
    var client = try Client()
    try client.open(1, "Append", Batch.of([1]))
    client.isDurable(1, 1, position: 1)
    #expect(client.heard().map(\.kind) == [.data, .status])
  }

  @Test func `a call without batches ends well`() throws {
    var client = try Client()
    try client.open(1, "Append")
    client.say(.end)
    #expect(client.heard().map(\.code) == [.ok])
  }

  @Test func `room is given back for what is durable alone`() throws {
    var client = try Client()
    try client.open(1, "Append")
    let half = WireLimits.initialCredit.messages / 2
    for sequence in 1...UInt64(half) { try client.append(Batch.of([sequence])) }
    #expect(client.heard().isEmpty)
    for sequence in 1...UInt64(half) { client.isDurable(1, sequence, position: sequence) }
    #expect(client.heard().filter { $0.kind == .credit }.count == 1)
  }

  @Test func `a producer that does not take its answers gets no more than it has room for`() throws
  {
    var client = try Client()
    try client.open(1, "Append")
    let limit = UInt64(WireLimits.initialCredit.messages)
    for sequence in 1...limit + 10 {
      try client.append(Batch.of([sequence]))
      client.isDurable(1, sequence, position: sequence)
    }
    let heard = client.heard()
    #expect(try Self.acknowledged(heard) == Array(1...limit))
    client.grant(4)
    #expect(try Self.acknowledged(client.heard()) == Array(limit + 1...limit + 4))
    client.say(.end)
    client.grant(60)
    let last = client.heard()
    #expect(try Self.acknowledged(last) == Array(limit + 5...limit + 10))
    #expect(last.last?.code == .ok)
  }

  static let refusals: [(LogRefusal, Status.Code)] = [
    (.malformed("x"), .invalidArgument), (.gap(expected: 1, received: 2), .outOfRange),
    (.conflict(sequence: 1), .alreadyExists),
    (.fenced(incarnation: 1, newest: 2), .failedPrecondition),
    (.superseded(epoch: 1, newest: 2), .failedPrecondition),
    (.strange(incarnation: 1), .failedPrecondition),
    (.damaged(position: 1), .dataLoss), (.missing(position: 1), .dataLoss),
    (.archive(file: "x", "is missing"), .dataLoss), (.storage("x"), .unavailable),
  ]

  @Test(arguments: refusals)
  func `a refusal of the storage ends the call with its status`(
    _ refusal: LogRefusal, _ code: Status.Code
  ) throws {
    var client = try Client()
    try client.open(1, "Append")
    try client.append(Batch.of([1]))
    try client.append(Batch.of([2]))
    client.place.handle(.log(.appended(call: Client.number(1), .failure(refusal))))
    #expect(client.heard().map(\.code) == [code])
    // What comes of the second batch concerns nobody any more.
    client.isDurable(1, 2, position: 1)
    #expect(client.heard().isEmpty)
    #expect(client.place.core.calls.isEmpty)
  }

  @Test(arguments: [Data([0xFF]), Data()])
  func `a batch that is malformed never reaches the storage`(_ body: Data) throws {
    var client = try Client()
    try client.open(1, "Append")
    client.say(.data, body: WireBytes(body))
    #expect(client.heard().map(\.code) == [.invalidArgument])
    #expect(client.place.takeAsked().isEmpty)
  }

  // MARK: Read

  @Test func `a reader gets what there was when it asked, page by page, and ends`() throws {
    var client = try Client(logHead: 5)
    try client.open(1, "Read", Self.request(after: 1, types: ["t.A"]))
    #expect(
      client.readsAsked() == [LogQuery(after: 1, types: ["t.A"], limit: LogCore.pageLimit)])
    client.page(1, [2, 3], scanned: 3)
    #expect(client.readsAsked().map(\.after) == [3])
    client.page(1, [5], scanned: 5)
    let heard = client.heard()
    #expect(try Self.positions(heard) == [[2, 3], [5]])
    #expect(heard.last?.code == .ok)
    #expect(client.place.core.calls.isEmpty)
  }

  @Test(arguments: [0, 5] as [UInt64])
  func `a reader of nothing ends at once`(_ after: UInt64) throws {
    var client = try Client(logHead: after == 0 ? 0 : 5)
    try client.open(1, "Read", Self.request(after: after))
    #expect(client.heard().map(\.code) == [.ok])
    #expect(client.readsAsked().isEmpty)
  }

  @Test func `a reader by key asks for that key`() throws {
    var client = try Client(logHead: 5)
    var request = Recourse_Bus_V1_ReadByKeyRequest()
    request.key = "case/A"
    try client.open(1, "ReadByKey", request)
    #expect(client.readsAsked().map(\.key) == ["case/A"])
    client.page(1, [4], scanned: 5)
    #expect(client.heard().map(\.kind) == [.data, .status])
  }

  @Test func `a reader that follows gets news and never ends by itself`() throws {
    var client = try Client(logHead: 1)
    try client.open(1, "Read", Self.request(follow: true))
    client.page(1, [1], scanned: 1)
    #expect(client.readsAsked().count == 1)
    try client.open(3, "Append")
    try client.append(Batch.of([1]), 3)
    _ = client.heard()
    _ = client.place.takeAsked()
    client.isDurable(2, 1, position: 2)
    #expect(client.readsAsked().map(\.after) == [1])
    client.page(1, [2], scanned: 2)
    let news = client.heard().filter { $0.stream == 1 }
    #expect(try Self.positions(news) == [[2]])
    client.say(.cancel)
    #expect(client.heard().isEmpty)
    #expect(client.place.core.calls.count == 1)
  }

  @Test func `a batch that was durable before is no news`() throws {
    var client = try Client(logHead: 4)
    try client.open(1, "Read", Self.request(after: 4, follow: true))
    try client.open(3, "Append")
    try client.append(Batch.of([1]), 3)
    _ = client.place.takeAsked()
    let appended = LogResult.Appended(sequence: 1, position: 1, head: 4)
    client.place.handle(.log(.appended(call: Client.number(2), .success(appended))))
    #expect(client.readsAsked().isEmpty)
  }

  @Test func `nothing is read for who has no room, and it goes on when there is`() throws {
    let limit = UInt64(WireLimits.initialCredit.messages)
    var client = try Client(logHead: 1000)
    try client.open(1, "Read", Self.request())
    for position in 1...limit {
      #expect(client.readsAsked().map(\.after) == [position - 1])
      client.page(1, [position], scanned: position)
    }
    #expect(client.readsAsked().isEmpty)
    client.grant(2)
    #expect(client.readsAsked().map(\.after) == [limit])
    client.grant(2)
    #expect(client.readsAsked().isEmpty, "one page at a time")
  }

  @Test func `damage ends the reading with its position`() throws {
    var client = try Client(logHead: 5)
    try client.open(1, "Read", Self.request())
    client.place.handle(.log(.read(call: Client.number(1), .failure(.damaged(position: 3)))))
    let heard = client.heard()
    #expect(heard.map(\.code) == [.dataLoss])
    #expect(heard.first?.statusFields?.status.message.contains("position 3") == true)
  }

  @Test(arguments: ["Read", "ReadByKey"])
  func `a read whose OPEN carries no request is refused`(_ method: String) throws {
    var client = try Client(logHead: 5)
    try client.open(1, method)
    #expect(client.heard().map(\.code) == [.invalidArgument])
    #expect(client.readsAsked().isEmpty)
  }

  @Test func `a cancelled reader hears nothing more, even if its page is under way`() throws {
    var client = try Client(logHead: 5)
    try client.open(1, "Read", Self.request(follow: true))
    client.say(.cancel)
    client.page(1, [1], scanned: 1)
    #expect(client.heard().isEmpty)
    #expect(client.place.core.calls.isEmpty)
  }

  @Test func `a message out of turn ends a hosted call`() throws {
    var client = try Client()
    try client.open(1, "Append")
    client.say(.end)
    _ = client.heard()
    try client.open(3, "Append")
    client.say(.data, 3, fields: [], body: nil)
    client.place.say(
      Frame(.data, session: client.session, stream: 3, sequence: 9), from: 9)
    #expect(client.heard().map(\.code) == [.internalError])
    #expect(client.place.core.calls.isEmpty)
  }
}
