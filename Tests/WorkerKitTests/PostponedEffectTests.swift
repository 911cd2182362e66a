import Foundation
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Effects that their route puts off", .timeLimit(.minutes(1)))
struct PostponedEffectTests {
  /// Sends letters; that to `a` is put off at the first attempt.
  private static func sink(_ tries: Gate, pause: Duration) -> Worker {
    let letter = EffectRoute.on("letter") { effect, _ in
      guard effect.key == "a" else { return }
      guard tries.isOpen(after: 1) else { throw EffectPostponed(for: pause) }
    } confirmed: { effect, transaction in
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(effect.key))
    }
    return Fixture.sink(effects: [letter]) { area, transaction in
      try transaction.intend("letter", key: area)
    }
  }

  @Test func `it is tried again when the pause is over`() async throws {
    let tries = Gate()
    let sink = Self.sink(tries, pause: .milliseconds(5))
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      #expect(try await place.outcomes() == ["a"])
      #expect(tries.count == 2)
    }
  }

  @Test func `it is not tried before its time, whatever else there is to do`() async throws {
    let tries = Gate()
    let sink = Self.sink(tries, pause: .seconds(3_600))
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      while tries.count == 0 { await Task.yield() }
      try await place.announce(["b"])
      while try await place.outcomes() != ["b"] { await Task.yield() }
      #expect(tries.count == 1)
      place.clock.advance(by: 3_601)
      try await place.announce(["c"])
      try await place.settle()
      #expect(Set(try await place.outcomes()) == ["a", "b", "c"])
      #expect(tries.count == 2)
    }
  }
}
