import Bus
import GRPCCore
import Testing

@testable import Broker

/// Calls that wait at the broker, and calls whose time is up there.
@Suite("Waiting and deadlines at the broker")
struct WaitingTests {
  private static let second: UInt64 = 1_000_000_000

  /// An OPEN that waits while nobody can answer it.
  private static func open(
    _ session: UInt64, stream: UInt64 = 1, timeout: UInt32 = 0, method: String = "t.S/M",
    ends: Bool = true, message: WireBytes = [1]
  ) -> Frame {
    Frame(
      .open, flags: ends ? [.wait, .end, .message] : [.wait, .message], session: session,
      stream: stream,
      fields: OpenFields(timeoutMilliseconds: timeout, method: method).encoded(), body: message)
  }

  @Test
  func `a call that waits gets to who comes, with its frames in order and the rest of its time`()
    throws
  {
    var place = CoreFixture()
    let client = try place.join(9)
    place.say(Self.open(client, timeout: 30_000, ends: false), from: 9)
    place.say(
      Frame(.data, flags: .message, session: client, stream: 1, sequence: 1, body: [2]), from: 9)
    #expect(place.take(9).isEmpty)
    place.now += 10 * Self.second
    place.say(
      try CoreFixture.hello("w", "i", ["t.S/M"]), from: 1)
    let frames = place.take(1)
    #expect(frames.map(\.kind) == [.welcome, .open, .data])
    #expect(frames.map(\.body).suffix(2) == [[1], [2]])
    let fields = try OpenFields(decoding: frames[1].fields)
    #expect(fields.timeoutMilliseconds == 20_000)
    // What is between a caller and its broker does not go on.
    #expect(!frames[1].flags.contains(.wait))
    place.say(
      Frame(.end, session: client, stream: 1, sequence: 2), from: 9)
    #expect(place.take(1).map(\.kind) == [.end])
    place.say(
      CoreFixture.status(.ok, session: frames[0].session, stream: frames[1].stream), from: 1)
    #expect(place.take(9).map(\.code) == [.ok])
    #expect(place.core.calls.isEmpty)
    #expect(place.core.waiting.isEmpty)
  }

  @Test func `a peer that has not named the feature does not wait, whatever it flags`() throws {
    var place = CoreFixture()
    let client = try place.join(9, features: ["another"])
    place.say(Self.open(client), from: 9)
    #expect(place.take(9).map(\.code) == [.unimplemented])
    #expect(place.core.waiting.isEmpty)
  }

  @Test func `without the flag nobody waits`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1), from: 9)
    #expect(place.take(9).map(\.code) == [.unimplemented])
  }

  @Test func `a call that waits for a standby gets it when the active instance leaves`() throws {
    var place = CoreFixture()
    let active = try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    try place.join(2, "w", instance: "b", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(Frame(.drain, session: active), from: 1)
    place.say(Self.open(client), from: 9)
    #expect(place.take(9).isEmpty)
    place.say(Frame(.bye, session: active), from: 1)
    #expect(place.take(2).map(\.kind) == [.open])
  }

  @Test func `a call whose time is up while it waits was not delivered`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    place.say(Self.open(client, timeout: 1000), from: 9)
    place.now += Self.second
    place.handle(.tick)
    #expect(place.take(9).compactMap(\.code) == [.deadlineExceeded])
    #expect(place.core.calls.isEmpty)
    #expect(place.core.waiting.isEmpty)
  }

  @Test func `nobody waits longer than a minute`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    place.say(Self.open(client), from: 9)
    for _ in 0..<61 {
      place.now += Self.second
      place.say(Frame(.ping, session: client), from: 9)
      place.handle(.tick)
    }
    #expect(place.take(9).compactMap(\.code) == [.unimplemented])
    #expect(place.core.waiting.isEmpty)
  }

  @Test func `who gives up waiting is forgotten, and so is who leaves`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    place.say(Self.open(client), from: 9)
    place.say(Self.open(client, stream: 3), from: 9)
    place.say(Frame(.cancel, session: client, stream: 1, sequence: 1), from: 9)
    #expect(place.core.waiting.numbers.count == 1)
    place.say(Frame(.bye, session: client), from: 9)
    #expect(place.core.waiting.isEmpty)
    #expect(place.core.calls.isEmpty)
    try place.join(1, "w", serving: ["t.S/M"])
    #expect(place.take(1).isEmpty)
  }

  @Test func `no more wait than the limits allow`() throws {
    var place = CoreFixture()
    var client = try place.join(9)
    for number in 0..<UInt64(WaitingCalls.limit) {
      place.say(Self.open(client, stream: 2 * number + 1), from: 9)
    }
    client = try place.join(10)
    place.say(Self.open(client, stream: 1), from: 10)
    let refused = place.take(10)
    #expect(refused.map(\.code) == [.resourceExhausted])
    #expect(place.core.waiting.numbers.count == WaitingCalls.limit)
  }

  @Test func `what waits takes no more room than the limit allows`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    let large = WireBytes(repeating: 1, count: WireLimits.bodyBytesLimit)
    let fitting = WaitingCalls.bytesLimit / WireLimits.bodyBytesLimit
    for number in 0...UInt64(fitting) {
      place.say(Self.open(client, stream: 2 * number + 1, message: large), from: 9)
    }
    let refused = place.take(9).compactMap(\.code)
    #expect(!refused.isEmpty && refused.allSatisfy { $0 == .resourceExhausted })
    #expect(place.core.waiting.numbers.count == fitting + 1 - refused.count)
  }

  @Test func `who comes is given what it offers and is asked for by name, oldest first`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    let wanted = [
      ("t.S/M", ""), ("t.T/M", ""), ("t.S/M", "v"), ("t.U/M", ""), ("t.S/M", "w/other"),
      ("t.U/M", "w"), ("t.S/M", "w/a"),
    ]
    for (index, (method, target)) in wanted.enumerated() {
      var open = CoreFixture.open(
        method, session: client, stream: UInt64(2 * index + 1), target: target,
        message: [UInt8(index)])
      open.flags.insert(.wait)
      place.say(open, from: 9)
    }
    // It offers the service of the second, and has not its method.
    place.say(
      try CoreFixture.hello("w", "a", ["t.U/M", "t.S/M", "t.T/N", "t.U/N"]), from: 1)
    #expect(place.take(1).compactMap(\.body).dropFirst() == [[0], [3], [5], [6]])
    let session = try #require(place.core.sessions.oldest { $0.worker == "w" })
    let offers = try #require(place.core.sessions[session])
    #expect(place.core.waiting.numbers(for: offers).count == 1)
    #expect(place.core.waiting.numbers.count == 3)
  }

  @Test func `a place that gets free goes to who has waited longest`() throws {
    var place = CoreFixture()
    let active = try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    let standby = try place.join(2, "w", instance: "b", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 1, target: "w/b"), from: 9)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 3, target: "w/b"), from: 9)
    place.say(Frame(.drain, session: active), from: 1)
    let other = try place.join(8)
    for number in 0..<UInt64(WaitingCalls.limit) {
      place.say(Self.open(other, stream: 2 * number + 1), from: 8)
    }
    place.say(Frame(.bye, session: active), from: 1)
    #expect(place.core.waiting.numbers.count == 2)
    let longest = place.core.waiting.numbers.first
    _ = place.take(2)
    place.say(CoreFixture.status(.ok, session: standby, stream: 2), from: 2)
    #expect(place.take(2).map(\.kind) == [.open])
    #expect(place.core.waiting.numbers.count == 1)
    #expect(place.core.waiting.numbers.first != longest)
  }

  // MARK: Deadlines

  @Test func `when both sides of a call keep silent the broker ends it in time, for both`() throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    place.say(Self.open(client, timeout: 500), from: 9)
    #expect(place.take(1).map(\.kind) == [.open])
    place.now += Self.second / 4
    place.handle(.tick)
    #expect(place.take(9).isEmpty)
    place.now += Self.second / 4
    place.handle(.tick)
    #expect(place.take(9).compactMap(\.code) == [.deadlineExceeded])
    #expect(place.take(1).map(\.kind) == [.cancel])
    #expect(place.core.calls.isEmpty)
    place.say(CoreFixture.status(.ok, session: worker, stream: 2), from: 1)
    #expect(place.take(9).isEmpty)
  }

  @Test func `the broker's own services keep deadlines too`() throws {
    var place = CoreFixture()
    let client = try place.join(9)
    var open = Self.open(client, timeout: 500, method: "recourse.bus.v1.EventLog/Append")
    open.flags = []
    open.body = nil
    place.say(open, from: 9)
    place.now += Self.second / 2
    place.handle(.tick)
    #expect(place.take(9).compactMap(\.code) == [.deadlineExceeded])
    #expect(place.core.calls.isEmpty)
  }
}
