import Bus
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// While a backup has the log still nothing is appended or delivered; then everything flows again.
@Suite("Backups of the log")
struct LogBackupTests {
  static let method = "recourse.bus.v1.LogBackup/Take"

  /// A client with an appending call on stream 1, a reader that follows on stream 3 and a backup on stream 5.
  private static func asked(head: UInt64 = 4, name: String = "nightly") throws -> LogClient {
    var client = try LogClient(logHead: head)
    try client.open(1, "Append")
    try client.open(3, "Read", LogClient.request(after: head, follow: true))
    try client.open(5, method)
    try client.ask(name, 5)
    return client
  }

  /// The same, with the snapshot standing.
  private static func opened() throws -> LogClient {
    var client = try asked()
    #expect(client.requests() == ["snapshot 3"])
    client.place.handle(.log(.opened(call: LogClient.number(3), .success(4))))
    #expect(try client.news() == ["opened 4"])
    return client
  }

  @Test
  func `batches and pages wait while the log is still, and go on when the caller ends its side`()
    throws
  {
    var client = try Self.opened()
    try client.append(Batch.of([1]))
    try client.append(Batch.of([2]))
    try client.open(7, "Read", LogClient.request())
    #expect(client.requests().isEmpty)
    client.say(.end, 5)
    #expect(client.requests() == ["copy 3 nightly", "append 1", "append 1", "read 4"])
    #expect(!client.place.core.log.isStill)
  }

  @Test func `the snapshot is opened when what was under way is answered`() throws {
    var client = try LogClient(logHead: 4)
    try client.open(1, "Append")
    try client.append(Batch.of([1]))
    try client.open(3, "Read", LogClient.request())
    #expect(client.requests() == ["append 1", "read 2"])
    try client.open(5, Self.method)
    try client.ask("nightly", 5)
    #expect(client.requests().isEmpty)
    client.page(2, [1, 2, 3, 4], scanned: 4)
    #expect(client.requests().isEmpty)
    client.isDurable(1, 1, position: 5)
    #expect(client.requests() == ["snapshot 3"])
  }

  @Test func `the copy is told with its size and digest, and the next backup may come`() throws {
    var client = try Self.opened()
    client.say(.end, 5)
    let file = BackupFile(path: "backups/nightly/log.sqlite", bytes: 7, sha256: Data([1]))
    client.place.handle(.log(.copied(call: LogClient.number(3), .success(file))))
    let heard = client.heard().filter { $0.stream == 5 }
    #expect(heard.map(\.kind) == [.data, .status])
    #expect(heard.last?.code == .ok)
    let done = try Recourse_Bus_V1_BackupResponse(serializedBytes: heard[0].body ?? []).done
    #expect(done.file == file.path && done.bytes == 7 && done.sha256 == Data([1]))
    _ = client.requests()
    try client.open(7, Self.method)
    try client.ask("weekly", 7)
    #expect(client.requests() == ["snapshot 4"])
  }

  @Test func `a second backup is refused while one goes on, until its copy is made`() throws {
    var client = try Self.opened()
    for stream in [7, 9] as [UInt64] {
      try client.open(stream, Self.method)
      try client.ask("weekly", stream)
      #expect(client.heard().map(\.code) == [.failedPrecondition])
      if stream == 7 { client.say(.end, 5) }
    }
  }

  @Test func `everything flows again when the caller cancels`() throws {
    var client = try Self.opened()
    try client.append(Batch.of([1]))
    client.say(.cancel, 5)
    #expect(client.requests() == ["discard 3", "append 1"])
    #expect(client.place.core.log.backup == nil)
  }

  @Test func `everything flows again when the caller is lost`() throws {
    var client = try LogClient(logHead: 4)
    try client.open(1, "Append")
    let other = try client.place.join(8)
    client.place.say(
      CoreFixture.open(Self.method, session: other, stream: 1, message: try LogClient.backup("n")),
      from: 8)
    try client.append(Batch.of([1]))
    #expect(client.requests() == ["snapshot 2"])
    client.place.handle(.unreachable(CoreFixture.peer(8)))
    #expect(client.requests() == ["discard 2", "append 1"])
  }

  @Test func `a caller that takes too long is told so, and everything flows again`() throws {
    var client = try Self.opened()
    try client.append(Batch.of([1]))
    client.place.now += LogCore.stillnessLimit - 1
    client.sayAlive()
    client.place.handle(.tick)
    #expect(client.requests().isEmpty)
    client.place.now += 1
    client.place.handle(.tick)
    #expect(client.heard().filter { $0.kind == .status }.map(\.code) == [.aborted])
    #expect(client.requests() == ["discard 3", "append 1"])
  }

  @Test func `batches of a call that ends meanwhile are dropped`() throws {
    var client = try Self.opened()
    try client.append(Batch.of([1]))
    client.say(.cancel, 1)
    client.say(.end, 5)
    #expect(client.requests() == ["copy 3 nightly"])
  }

  @Test func `a caller that ended its side at once keeps nobody waiting`() throws {
    var client = try Self.asked()
    client.say(.end, 5)
    #expect(client.requests() == ["snapshot 3"])
    client.place.handle(.log(.opened(call: LogClient.number(3), .success(4))))
    #expect(client.requests() == ["copy 3 nightly"])
    #expect(!client.place.core.log.isStill)
  }

  @Test(arguments: [false, true])
  func `a storage that cannot do it ends the call, and everything flows again`(
    _ hasOpened: Bool
  ) throws {
    var client = try hasOpened ? Self.opened() : Self.asked()
    try client.append(Batch.of([1]))
    _ = client.requests()
    let call = LogClient.number(3)
    if hasOpened { client.say(.end, 5) }
    client.place.handle(
      .log(
        hasOpened
          ? .copied(call: call, .failure(.storage("full")))
          : .opened(call: call, .failure(.backup("no")))))
    #expect(
      client.heard().filter { $0.kind == .status }.map(\.code)
        == [hasOpened ? .unavailable : .failedPrecondition])
    #expect(client.requests().contains("append 1"))
    #expect(client.place.core.log.backup == nil)
  }

  @Test(arguments: ["", "a/b", "..", "A", "n_n", String(repeating: "n", count: 65)])
  func `a name that is no folder's is refused`(_ name: String) throws {
    var client = try Self.asked(name: name)
    #expect(client.heard().map(\.code) == [.invalidArgument])
    #expect(client.requests().isEmpty)
    #expect(!client.place.core.log.isStill)
  }

  @Test func `a caller that ends its side without a request is refused`() throws {
    var client = try LogClient()
    try client.open(1, Self.method)
    client.say(.end)
    #expect(client.heard().map(\.code) == [.invalidArgument])
  }
}

extension LogClient {
  static func backup(_ name: String) throws -> WireBytes {
    var request = Recourse_Bus_V1_BackupRequest()
    request.name = name
    return try request.serializedBytes()
  }

  mutating func ask(_ name: String, _ stream: UInt64) throws {
    say(.data, stream, body: try Self.backup(name))
  }

  /// The broker hears something, so that the session is not taken for lost.
  mutating func sayAlive() { place.say(Frame(.pong, session: session), from: 9) }

  /// What the storage was asked for since the last time, with the call's number among those that were opened.
  mutating func requests() -> [String] {
    place.takeAsked().map { request in
      switch request {
      case .append(let call, _): "append \(Self.ordinal(call))"
      case .read(let call, _): "read \(Self.ordinal(call))"
      case .snapshot(let call): "snapshot \(Self.ordinal(call))"
      case .copy(let call, let name): "copy \(Self.ordinal(call)) \(name)"
      case .discard(let call): "discard \(Self.ordinal(call))"
      }
    }
  }

  private static func ordinal(_ call: UInt64) -> UInt64 {
    call >> UInt64(BrokerCore.callBits)
  }

  /// What a backup's caller was told since the last time.
  mutating func news() throws -> [String] {
    try heard().filter { $0.kind == .data }.map { frame in
      switch try Recourse_Bus_V1_BackupResponse(serializedBytes: frame.body ?? []).news {
      case .opened(let opened): "opened \(opened.logPosition)"
      case .done(let done): "done \(done.file)"
      case nil: "nothing"
      }
    }
  }
}
