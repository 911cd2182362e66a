import Bus
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
    #expect(place.core.sessions[session]?.unreadBytes ?? 0 > Strangers.refusedBytesLimit)
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
    #expect(place.core.sessions[second]?.unreadBytes == UInt64(ping.bytes))
    place.handle(.unreachable(CoreFixture.peer(1)))
    #expect(place.core.strangers.count == 0)
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

  @Test func `no more connections are remembered than the limit, the latest`() {
    var strangers = Strangers()
    for peer in 0...UInt64(Strangers.limit) { strangers.leave(PeerID(peer), unread: 1) }
    #expect(strangers.count == Strangers.limit)
    #expect(strangers.join(PeerID(0)) == 0)
    #expect(strangers.join(PeerID(1)) == 1)
  }
}
