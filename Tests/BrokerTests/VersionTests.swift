import Bus
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// Peers of two versions of the program beside one another.
@Suite struct VersionTests {
  /// A peer of another version: it speaks others besides this one, and knows what is not known here.
  private func hello(
    _ worker: String, _ versions: ClosedRange<UInt32>, _ methods: [String] = []
  ) throws -> Frame {
    var frame = try CoreFixture.hello(worker, worker, methods)
    var hello = try Recourse_Bus_V1_Hello(serializedBytes: #require(frame.body))
    hello.wireVersionMin = versions.lowerBound
    hello.wireVersionMax = versions.upperBound
    hello.features.append("of-the-future")
    let known: WireBytes = try hello.serializedBytes()
    // Field 1000, a text, as protobuf writes it.
    let unknown: [UInt8] = [0xC2, 0x3E, 0x02, 0x68, 0x69]
    frame.body = WireBytes([UInt8](known) + unknown)
    return frame
  }

  @Test func `a peer that speaks later versions too is spoken to in this one, beside an old peer`()
    throws
  {
    let version = UInt32(WireLimits.version)
    var place = CoreFixture()
    place.say(try hello("new", version...(version + 3), ["t.New/M"]), from: 1)
    place.say(try hello("old", 1...version, ["t.Old/M"]), from: 2)
    var sessions: [UInt64] = []
    for peer in [1, 2] as [UInt64] {
      let answer = try #require(place.take(peer).last)
      let welcome = try Recourse_Bus_V1_Welcome(serializedBytes: #require(answer.body))
      #expect(answer.kind == .welcome)
      #expect(welcome.wireVersion == version)
      #expect(welcome.features == WireFeature.all, "nothing is promised that is not known")
      sessions.append(answer.session)
    }
    // Each calls the other.
    for (caller, callee, method) in [(0, 1, "t.Old/M"), (1, 0, "t.New/M")] {
      let (from, to) = (UInt64(caller + 1), UInt64(callee + 1))
      place.say(CoreFixture.open(method, session: sessions[caller], stream: 1), from: from)
      let opened = try #require(place.take(to).last)
      #expect(opened.kind == .open)
      place.say(
        CoreFixture.status(.ok, session: sessions[callee], stream: opened.stream), from: to)
      #expect(place.take(from).map(\.code) == [.ok])
    }
  }

  @Test func `a peer that has left this version behind is refused, and its worker keeps its place`()
    throws
  {
    let version = UInt32(WireLimits.version)
    var place = CoreFixture()
    let old = try place.join(1, "w", serving: ["t.S/M"])
    place.say(try hello("w", (version + 1)...(version + 2), ["t.S/M"]), from: 2)
    #expect(place.take(2).map(\.refusal) == [.wireVersion])
    #expect(place.core.sessions[old]?.isReady == true)
  }
}
