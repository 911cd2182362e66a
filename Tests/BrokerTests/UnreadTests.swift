import Bus
import GRPCCore
import Testing

@testable import Broker

/// Nothing queues without end for a peer that does not read what it is sent.
@Suite("Peers that do not read")
struct UnreadTests {
  private static func stray(_ place: inout CoreFixture, from peer: UInt64) -> Int {
    place.say(Frame(.ping, session: 66), from: peer)
    return place.take(peer).reduce(0) { $0 + $1.bytes }
  }

  @Test func `who never reads is refused so often and then no more, and may still greet`() throws {
    var place = CoreFixture()
    var bytes = 0
    for _ in 0..<5000 { bytes += Self.stray(&place, from: 1) }
    let limit = Int(Strangers.refusedBytesLimit)
    #expect((limit..<limit + 1000).contains(bytes))
    place.handle(.malformed(.notAFrame, from: CoreFixture.peer(1)))
    #expect(place.take(1).isEmpty)
    #expect(Self.stray(&place, from: 2) > 0)
    let session = try place.join(1)
    #expect(place.core.sessions[session]?.leftBytes ?? 0 > Strangers.refusedBytesLimit)
    place.say(Frame(.bye, session: session), from: 1)
    #expect(Self.stray(&place, from: 1) > 0)
  }

  @Test func `refusals to a peer that has a session count as unread`() throws {
    var place = CoreFixture()
    let session = try place.join(1)
    let before = try #require(place.core.sessions[session]?.unreadBytes)
    let bytes = Self.stray(&place, from: 1)
    #expect(bytes > 0)
    #expect(place.core.sessions[session]?.unreadBytes == before + UInt64(bytes))
  }

  @Test func `a session takes over what its connection has not read, until a PONG`() throws {
    var place = CoreFixture()
    let first = try place.join(1, attempt: 1)
    let left = try #require(place.core.sessions[first]?.unreadBytes)
    let second = try place.join(1, attempt: 2)
    #expect(place.core.sessions[second]?.carriedBytes == left)
    place.handle(.connectionBroke)
    let ping = try #require(place.take(1).last)
    place.say(Frame(.pong, session: second, fields: ping.fields), from: 1)
    #expect(place.core.sessions[second]?.leftBytes == UInt64(ping.bytes))
    place.handle(.unreachable(CoreFixture.peer(1)))
    #expect(place.core.strangers.count == 0)
  }

  @Test func `a PONG that was made up counts for nothing`() throws {
    var place = CoreFixture()
    let session = try place.join(1)
    let other = try place.join(2)
    place.handle(.connectionBroke)
    let ping = try #require(place.take(1).last)
    let foreign = try #require(place.take(2).last)
    #expect(ping.fields.count == ReadMark.bytes)
    let sent = try #require(place.core.sessions[session]?.sentBytes)
    let tag = [UInt8](ping.fields).suffix(8)
    // How many it was sent a peer can count; the tag it has to have read, for that number and that session.
    for fields in [
      sent.bigEndianBytes, sent.bigEndianBytes + tag,
      sent.bigEndianBytes + [UInt8](repeating: 0, count: 8),
      [UInt8](foreign.fields), [UInt8](ping.fields) + [0], [],
    ] {
      place.say(Frame(.pong, session: session, fields: WireBytes(fields)), from: 1)
      #expect(place.core.sessions[session]?.readBytes == 0)
    }
    place.say(Frame(.pong, session: session, fields: ping.fields), from: 1)
    #expect(place.core.sessions[session]?.unreadBytes == UInt64(ping.bytes))
    #expect(place.core.sessions[other]?.readBytes == 0)
  }

  @Test func `a connection that leaves too much unread gets no session, a new one does`() throws {
    var place = CoreFixture()
    let large = WireBytes(repeating: 7, count: WireLimits.fieldBytesLimit)
    let pings = Int(BrokerCore.unreadBytesLimit) / large.count + 1
    for attempt in 1...3 as ClosedRange<UInt64> {
      place.say(try CoreFixture.hello("client", "i", [], false, attempt), from: 1)
      let answer = place.take(1).first
      #expect((answer?.kind == .welcome) == (attempt < 3))
      guard let answer else { continue }
      // Its own PINGs come back.
      for _ in 0..<pings {
        place.say(Frame(.ping, session: answer.session, fields: large), from: 1)
      }
      #expect(place.core.sessions.isEmpty)
      _ = place.take(1)
    }
    #expect(try place.join(2) != 0)
  }

  @Test
  func `no more connections are remembered than the limit, none forgotten for another`() {
    var strangers = Strangers()
    for peer in 0...UInt64(Strangers.limit) { strangers.leave(PeerID(peer), unread: 1) }
    #expect(strangers.count == Strangers.limit)
    #expect(strangers.join(PeerID(UInt64(Strangers.limit))) == 0)
    #expect(strangers.join(PeerID(0)) == 1)
  }

  @Test func `whoever has many connections is refused no more than so much on each`() throws {
    var place = CoreFixture()
    let peers = 1...UInt64(Strangers.limit)
    for peer in peers { _ = Self.stray(&place, from: peer) }
    // Of two more one would make the broker forget the other, again and again.
    for _ in 0..<100 {
      #expect(Self.stray(&place, from: 5001) == 0)
      #expect(Self.stray(&place, from: 5002) == 0)
    }
    #expect(place.core.figures.unheardRefusals == 200)
    #expect(place.core.figures.strangers == Strangers.limit)
    #expect(place.refused.count == 200)
    #expect(place.refused.allSatisfy { $0.kind == .quota })
    // Whoever keeps to the rules is let in all the same.
    #expect(try place.join(5001) != 0)
  }

  @Test func `where connections without a session are many, those that are gone make room`() {
    var place = CoreFixture()
    for peer in 1...UInt64(Strangers.limit) { _ = Self.stray(&place, from: peer) }
    place.handle(.tick)
    let asked = (1...UInt64(Strangers.limit)).filter { !place.take($0).isEmpty }
    #expect(asked == Array(1...UInt64(Strangers.askedLimit)))
    for peer in asked { place.handle(.unreachable(CoreFixture.peer(peer))) }
    #expect(place.core.strangers.count == Strangers.limit - Strangers.askedLimit)
    #expect(Self.stray(&place, from: 5001) > 0)
    // The others follow, and no more than are too many.
    while place.core.strangers.count > Strangers.crowdedLimit {
      place.handle(.tick)
      let asked = (1...UInt64(Strangers.limit)).filter { !place.take($0).isEmpty }
      #expect(!asked.isEmpty)
      for peer in asked { place.handle(.unreachable(CoreFixture.peer(peer))) }
    }
    place.handle(.tick)
    #expect((1...UInt64(Strangers.limit)).allSatisfy { place.take($0).isEmpty })
  }

  @Test func `what nobody has room to remember is counted together, and has an end`() {
    var strangers = Strangers()
    for peer in 1...UInt64(Strangers.limit) { strangers.leave(PeerID(peer), unread: 0) }
    strangers.leave(PeerID(5001), unread: Strangers.leftBytesLimit)
    #expect(strangers.join(PeerID(5002)) == 0)
    strangers.leave(PeerID(5002), unread: 1)
    #expect(strangers.join(PeerID(5003)) == nil)
    for peer in 1...UInt64(Strangers.limit) { strangers.forget(PeerID(peer)) }
    #expect(strangers.toAsk(bytes: 1).isEmpty)
    #expect(strangers.join(PeerID(5003)) == 0)
  }

  // MARK: Calls

  private static let large = WireBytes(repeating: 1, count: WireLimits.bodyBytesLimit)

  /// Calls until the worker has more unread than is right for new ones.
  private static func makeBusy(
    _ place: inout CoreFixture, client: UInt64, target: String = ""
  ) {
    for number in 0..<BrokerCore.busyBytesLimit / UInt64(large.count) {
      place.say(
        CoreFixture.open(
          "t.S/M", session: client, stream: 2 * number + 1, target: target, message: large),
        from: 9)
    }
  }

  private static func read(_ place: inout CoreFixture, _ peer: UInt64, _ session: UInt64) {
    for ping in place.take(peer) where ping.kind == .ping {
      place.say(Frame(.pong, session: session, fields: ping.fields), from: peer)
    }
  }

  @Test(arguments: ["", "w"])
  func `who has much unread gets no new calls until it has read`(_ target: String) throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    Self.makeBusy(&place, client: client)
    #expect(place.take(9).compactMap(\.code).isEmpty)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 901, target: target), from: 9)
    #expect(place.take(9).compactMap(\.code) == [.resourceExhausted])
    Self.read(&place, 1, worker)
    place.say(CoreFixture.open("t.S/M", session: client, stream: 903, target: target), from: 9)
    #expect(place.take(1).map(\.kind) == [.open])
  }

  @Test func `a call waits on for who has much unread, and gets there when that is read`() throws {
    var place = CoreFixture()
    let active = try place.join(1, "w", instance: "a", serving: ["t.S/M"])
    let standby = try place.join(2, "w", instance: "b", serving: ["t.S/M"])
    let client = try place.join(9)
    Self.makeBusy(&place, client: client, target: "w/b")
    place.say(Frame(.drain, session: active), from: 1)
    var open = CoreFixture.open("t.S/M", session: client, stream: 901)
    open.flags.insert(.wait)
    place.say(open, from: 9)
    place.say(Frame(.bye, session: active), from: 1)
    #expect(place.core.waiting.numbers.count == 1)
    Self.read(&place, 2, standby)
    #expect(place.take(2).map(\.kind) == [.open])
    #expect(place.core.waiting.isEmpty)
  }

  @Test func `a call that sends more to who does not read ends, and no session does`() throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    for stream in [1, 3] as [UInt64] {
      place.say(CoreFixture.open("t.S/M", session: client, stream: stream), from: 9)
      place.say(
        Frame(
          .credit, session: client, stream: stream, sequence: 1,
          fields: WireBytes(UInt64.max.bigEndianBytes)), from: 9)
    }
    var sequence: UInt32 = 0
    func answers(_ count: UInt64, reading: Bool) {
      for _ in 0..<count {
        place.say(
          Frame(
            .data, flags: .message, session: worker, stream: 2, sequence: sequence,
            body: Self.large), from: 1)
        sequence += 1
        if reading { Self.read(&place, 9, client) }
      }
    }
    let many = BrokerCore.unreadBytesLimit / UInt64(Self.large.count)
    answers(3 * many, reading: true)
    #expect(place.core.calls.count == 2)
    _ = place.take(1)
    answers(2 * many, reading: false)
    #expect(place.take(9).compactMap(\.code) == [.resourceExhausted])
    #expect(place.take(1).map(\.kind).contains(.cancel))
    #expect(place.core.sessions[client] != nil)
    // A last word gets there; one with a message would be too much.
    place.say(CoreFixture.status(.ok, session: worker, stream: 4), from: 1)
    #expect(place.take(9).compactMap(\.code) == [.ok])
    #expect(place.core.calls.isEmpty)
  }

  @Test func `an answer that does not fit any more is told of in its place`() throws {
    var place = CoreFixture()
    let worker = try place.join(1, "w", serving: ["t.S/M"])
    let client = try place.join(9)
    let many = BrokerCore.unreadBytesLimit / UInt64(Self.large.count)
    for number in 0..<many {
      place.say(CoreFixture.open("t.S/M", session: client, stream: 2 * number + 1), from: 9)
    }
    _ = place.take(1)
    for number in 0..<many {
      var status = CoreFixture.status(.ok, session: worker, stream: 2 * number + 2)
      (status.flags, status.body) = (.message, Self.large)
      place.say(status, from: 1)
    }
    let codes = place.take(9).compactMap(\.code)
    #expect(codes.count == Int(many))
    #expect(codes.last == .resourceExhausted)
    #expect(!place.take(1).map(\.kind).contains(.cancel))
    #expect(place.core.sessions[client] != nil)
  }
}
