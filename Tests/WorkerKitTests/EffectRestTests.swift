import Foundation
import GRPCCore
import Messages
import Synchronization
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Effects while another worker is away", .timeLimit(.minutes(1)))
struct EffectRestTests {
  private static let start = Date(timeIntervalSince1970: 0)
  /// Waits as many seconds as there were failures beyond the limit.
  private static let seconds: @Sendable (Int) -> Duration = { .seconds($0) }

  // MARK: Which kinds rest

  @Test func `a kind rests from the limit on, a longer while at each failure`() {
    var rest = EffectRest()
    for _ in 1..<Bounds.awayStreakLimit {
      #expect(rest.wasAway("letter", at: Self.start, delay: Self.seconds) == nil)
      #expect(!rest.isResting("letter", at: Self.start))
    }
    #expect(rest.wasAway("letter", at: Self.start, delay: Self.seconds) == .begins)
    #expect(rest.end(of: "letter") == Self.start + 1)
    #expect(rest.wasAway("letter", at: Self.start + 1, delay: Self.seconds) == nil)
    #expect(rest.end(of: "letter") == Self.start + 3)
    #expect(!rest.isResting("letter", at: Self.start + 3))
  }

  @Test func `who answers ends it, and others never rested`() {
    var rest = EffectRest()
    for _ in 1...Bounds.awayStreakLimit {
      _ = rest.wasAway("letter", at: Self.start, delay: Self.seconds)
    }
    #expect(!rest.isResting("visit", at: Self.start))
    #expect(rest.wasAnswered("visit") == nil)
    #expect(rest.wasAnswered("letter") == .ends(failures: Bounds.awayStreakLimit))
    #expect(!rest.isResting("letter", at: Self.start))
  }

  @Test func `an answer in between begins the count anew`() {
    var rest = EffectRest()
    for _ in 1..<Bounds.awayStreakLimit {
      _ = rest.wasAway("letter", at: Self.start, delay: Self.seconds)
    }
    #expect(rest.wasAnswered("letter") == nil)
    #expect(rest.wasAway("letter", at: Self.start, delay: Self.seconds) == nil)
    #expect(!rest.isResting("letter", at: Self.start))
  }

  @Test func `no rest is longer than the bound`() {
    var rest = EffectRest()
    for _ in 1...100 { _ = rest.wasAway("letter", at: Self.start) }
    #expect(rest.end(of: "letter") <= Self.start + Bounds.retryDelayLimit / .seconds(1))
  }

  // MARK: At work

  @Test func `of very many that are due one is tried for all, and none is lost`() async throws {
    let failures = Bounds.awayStreakLimit + 3
    let tries = Mutex<[ContinuousClock.Instant]>([])
    let letter = EffectRoute.on("letter") { _, _ in
      let count = tries.withLock { tries in
        tries.append(.now)
        return tries.count
      }
      if count <= failures { throw RPCError(code: .unavailable, message: "away") }
    } confirmed: { effect, transaction in
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(effect.key))
    }
    let sink = Fixture.sink(effects: [letter]) { area, transaction in
      for number in 0..<100 { try transaction.intend("letter", key: "\(area)-\(number)") }
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      let outcomes = try await place.outcomes()
      #expect(outcomes.count == 100)
      #expect(Set(outcomes).count == 100)
    }
    let instants = tries.withLock { $0 }
    #expect(instants.count == 100 + failures)
    // A wait is at least half of what it is meant to be, and doubles.
    for number in 0..<3 {
      let at = Bounds.awayStreakLimit + number
      #expect(instants[at - 1].duration(to: instants[at]) >= Bounds.retryDelay / 2 * (1 << number))
    }
  }

  @Test func `an attempt that takes long is followed by the whole wait`() async throws {
    let tries = Gate()
    let clock = Mutex<ManualClock?>(nil)
    let letter = EffectRoute.on("letter") { effect, _ in
      guard effect.key == "a", !tries.isOpen(after: 1) else { return }
      clock.withLock { $0 }?.advance(by: 3_600)
      throw EffectPostponed(for: .seconds(1_800))
    } confirmed: { effect, transaction in
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(effect.key))
    }
    let sink = Fixture.sink(effects: [letter]) { area, transaction in
      try transaction.intend("letter", key: area)
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      clock.withLock { $0 = place.clock }
      try await place.announce(["a"])
      while tries.count == 0 { await Task.yield() }
      try await place.announce(["b"])
      while try await place.outcomes() != ["b"] { await Task.yield() }
      #expect(tries.count == 1)
      place.clock.advance(by: 1_801)
      try await place.announce(["c"])
      try await place.settle()
      #expect(Set(try await place.outcomes()) == ["a", "b", "c"])
      #expect(tries.count == 2)
    }
  }
}
