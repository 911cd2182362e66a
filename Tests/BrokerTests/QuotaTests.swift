import Bus
import GRPCCore
import Messages
import SwiftProtobuf
import Testing

@testable import Broker

/// One noisy principal cannot starve the rest.
@Suite("Quotas")
struct QuotaTests {
  private static func asks(
    _ change: (inout Recourse_Bus_V1_Quota) -> Void
  ) -> Recourse_Bus_V1_Manifest {
    var manifest = RightsFixture.asks
    change(&manifest.quota)
    return manifest
  }

  @Test func `calls beyond the quota are refused, and all that were open can still be answered`()
    throws
  {
    var fixture = try RightsFixture(
      approved: Self.asks { $0.openCalls = 3 })
    for _ in 0..<3 { #expect(try fixture.call("t.S/M").isEmpty) }
    let refused = try fixture.call("t.S/M")
    #expect(refused.ending?.code == .resourceExhausted)
    #expect(refused.ending?.message.contains("3 calls open already") == true)
    #expect(fixture.place.refused.map(\.kind) == [.quota])

    let open = try #require(fixture.place.take(1).first)
    fixture.place.say(
      CoreFixture.status(.ok, session: fixture.answer, stream: open.stream), from: 1)
    #expect(fixture.place.take(2).map(\.code) == [.ok])
    #expect(try fixture.call("t.S/M").isEmpty)
  }

  @Test func `sessions of one principal share its quota, and give it back when they end`() throws {
    var fixture = try RightsFixture(approved: Self.asks { $0.openCalls = 2 })
    let second = try fixture.place.join(
      3, "ask", features: WireFeature.all, asking: RightsFixture.asks)
    #expect(try fixture.call("t.S/M").isEmpty)
    fixture.place.say(CoreFixture.open("t.S/M", session: second, stream: 1), from: 3)
    fixture.place.say(CoreFixture.open("t.S/M", session: second, stream: 3), from: 3)
    #expect(fixture.place.take(3).map(\.code) == [.resourceExhausted])
    fixture.place.say(Frame(.bye, session: second), from: 3)
    #expect(try fixture.call("t.S/M").isEmpty)
    #expect(try fixture.call("t.S/M").ending?.code == .resourceExhausted)
  }

  @Test func `a noisy worker fills its own quota, and others are answered as before`() throws {
    var place = CoreFixture(approvals: [
      "answer": RightsFixture.answers, "ask": RightsFixture.asks, "quiet": RightsFixture.asks,
    ])
    _ = try place.join(1, "answer", serving: ["t.S/M"], asking: RightsFixture.answers)
    let noisy = try place.join(2, "ask", asking: RightsFixture.asks)
    let quiet = try place.join(3, "quiet", asking: RightsFixture.asks)
    for call in 0..<UInt64(WireLimits.openCallsLimit) {
      place.say(CoreFixture.open("t.S/M", session: noisy, stream: 2 * call + 1), from: 2)
    }
    #expect(place.take(1).count == Quota().openCalls)
    #expect(
      place.take(2).filter { $0.code == .resourceExhausted }.count
        == WireLimits.openCallsLimit - Quota().openCalls)
    // Without a quota the handler's 1,024 places would all be taken.
    place.say(CoreFixture.open("t.S/M", session: quiet, stream: 1), from: 3)
    #expect(place.take(3).isEmpty)
    #expect(place.take(1).map(\.kind) == [.open])
  }

  @Test func `bytes that nobody has taken count, and are given back as they are taken`() throws {
    var fixture = try RightsFixture(approved: Self.asks { $0.bytesInFlight = 1000 })
    let stream = fixture.next()
    fixture.place.say(
      CoreFixture.open("t.S/M", session: fixture.ask, stream: stream, message: nil), from: 2)
    let open = try #require(fixture.place.take(1).first)
    func data(_ sequence: UInt32, _ bytes: Int) -> Frame {
      Frame(
        .data, flags: .message, session: fixture.ask, stream: stream, sequence: sequence,
        body: WireBytes(repeating: 1, count: bytes))
    }
    fixture.place.say(data(1, 900), from: 2)
    #expect(try fixture.call("t.S/N", bytes: 200).ending?.code == .resourceExhausted)
    fixture.place.say(
      Frame(
        .credit, session: fixture.answer, stream: open.stream, sequence: 0,
        fields: [0, 0, 0, 1, 0, 0, 3, 132]), from: 1)
    #expect(fixture.place.take(2).map(\.kind) == [.credit])
    #expect(try fixture.call("t.S/N", bytes: 200).isEmpty)
    _ = fixture.place.take(1)
    // 200 are under way: this is 100 too many, and ends for both.
    fixture.place.say(data(2, 900), from: 2)
    #expect(fixture.place.take(2).map(\.code) == [.resourceExhausted])
    #expect(fixture.place.take(1).map(\.kind) == [.cancel])
    #expect(try fixture.call("t.S/N", bytes: 700).isEmpty)
  }

  @Test func `room is held back from a producer that appends too fast, until time has passed`()
    throws
  {
    var fixture = try RightsFixture(
      approved: Self.asks {
        $0.appendsPerSecond = 100
        $0.appendsAtOnce = 10
      })
    let stream = fixture.next()
    fixture.place.say(
      CoreFixture.open(
        "recourse.bus.v1.EventLog/Append", session: fixture.ask, stream: stream, message: nil),
      from: 2)
    let half = UInt64(WireLimits.initialCredit.messages / 2)
    for sequence in 1...half {
      fixture.place.say(
        Frame(
          .data, flags: .message, session: fixture.ask, stream: stream,
          sequence: UInt32(sequence),
          body: try Batch.of([sequence], worker: "ask").serializedBytes()), from: 2)
    }
    for (index, request) in fixture.place.takeAsked().enumerated() {
      guard case .append(let call, _) = request else { continue }
      let position = UInt64(index + 1)
      fixture.place.handle(
        .log(
          .appended(
            call: call,
            .success(LogResult.Appended(sequence: position, position: position, head: position)))))
    }
    // All are answered; 22 of the 32 are beyond the ten at once, so no room comes back yet.
    #expect(fixture.place.take(2).map(\.kind) == Array(repeating: .data, count: Int(half)))
    fixture.place.now += 100_000_000
    fixture.place.handle(.tick)
    #expect(!fixture.place.take(2).contains { $0.kind == .credit })
    fixture.place.now += 150_000_000
    fixture.place.handle(.tick)
    #expect(fixture.place.take(2).filter { $0.kind == .credit }.count == 1)
  }

  @Test func `a producer that opens call after call is refused in the end`() throws {
    var fixture = try RightsFixture(
      approved: Self.asks {
        $0.appendsPerSecond = 1
        $0.appendsAtOnce = 1
      })
    let sequences = Array(1...UInt64(LogRules.batchLimit))
    let batch = Batch.of(sequences, worker: "ask")
    let allowed = AppendBudgets.debtLimit / LogRules.batchLimit + 1
    for _ in 0..<allowed { #expect(try fixture.append(batch).isEmpty) }
    #expect(try fixture.append(batch).ending?.code == .resourceExhausted)
    #expect(fixture.place.refused.map(\.kind) == [.quota])
  }

  // MARK: Tokens

  @Test func `tokens come back at their rate, and no more than the burst`() {
    var bucket = TokenBucket(rate: 10, burst: 5, now: 0)
    bucket.take(5, now: 0)
    #expect(bucket.debt(now: 0) == 0)
    bucket.take(1, now: 0)
    #expect(bucket.debt(now: 0) == 1)
    #expect(bucket.debt(now: 99_999_999) == 1)
    #expect(bucket.debt(now: 100_000_000) == 0)
    bucket.take(5, now: 3_600_000_000_000)
    #expect(bucket.debt(now: 3_600_000_000_000) == 0)
    bucket.take(1, now: 3_600_000_000_000)
    #expect(bucket.debt(now: 3_600_000_000_000) == 1)
  }

  @Test func `no span of time and no debt is too large for it`() {
    var bucket = TokenBucket(rate: .max, burst: .max, now: 0)
    for _ in 0..<3 { bucket.take(.max, now: 1) }
    #expect(bucket.debt(now: 1) == Int(UInt32.max))
    #expect(bucket.debt(now: .max) == 0)
    #expect(bucket.debt(now: 5) == 0, "a clock that goes back takes nothing away")
  }
}
