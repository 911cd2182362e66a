import Foundation
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Effects of which nothing leaves the slice", .timeLimit(.minutes(1)))
struct InsideEffectTests {
  private struct Later: Error {}

  /// Writes down what was gathered, or that it never will be.
  private static func sink(
    gather: @escaping @Sendable (Effect, WorkerContext) async throws -> String
  ) -> Worker {
    let letter = EffectRoute.inside("letter", gather: gather) { effect, words, transaction in
      try transaction.execute(
        "INSERT INTO outcome (text) VALUES (?)", .text("\(effect.key) \(words)"))
    } abandoned: { effect, refused, transaction in
      try transaction.execute(
        "INSERT INTO outcome (text) VALUES (?)",
        .text("\(effect.key) \(refused?.reason ?? "given up")"))
    }
    return Fixture.sink(effects: [letter]) { area, transaction in
      try transaction.intend("letter", key: area)
    }
  }

  @Test func `what was gathered is written once, after attempts that failed`() async throws {
    let tries = Gate()
    let sink = Self.sink { _, _ in
      guard tries.isOpen(after: 2) else { throw Later() }
      return "written"
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      #expect(try await place.outcomes() == ["a written"])
      #expect(tries.count == 3)
      #expect(try await place.effects("confirmed").effects.map(\.attempts) == [2])
    }
  }

  @Test func `one that a crash cut off is no doubt: it happens at the next start`() async throws {
    let tries = Gate()
    let sink = Self.sink { _, _ in
      guard !tries.isOpen(after: 1) else { return "written" }
      // Until the worker ends.
      for await _ in AsyncStream<Never>(unfolding: { await Self.never() }) {}
      throw Later()
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start, onDisk: true) { place in
      try await place.announce(["a"])
      while tries.count == 0 { await Task.yield() }
      #expect(try await place.effects("intended").effects.map(\.key) == ["a"])
      try await place.restart("sink")
      try await place.settle()
      #expect(try await place.outcomes() == ["a written"])
      #expect(try await place.status(of: "sink").uncertainEffects == 0)
    }
  }

  @Test func `what is refused for good is abandoned, and said once`() async throws {
    let sink = Self.sink { _, _ in throw EffectRefused(reason: "no-such-person") }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      #expect(try await place.outcomes() == ["a no-such-person"])
      #expect(try await place.effects("abandoned").effects.map(\.key) == ["a"])
    }
  }

  @Test func `what a person gives up meanwhile does not happen`() async throws {
    let tries = Gate()
    let sink = Self.sink { _, _ in
      _ = tries.isOpen(after: 0)
      while tries.count < 2 { await Task.yield() }
      return "written"
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      while tries.count == 0 { await Task.yield() }
      #expect(try await place.settleEffect(.abandon) == "abandoned")
      _ = tries.isOpen(after: 0)
      try await place.settle()
      #expect(try await place.outcomes() == ["a given up"])
    }
  }

  /// Nothing, when its task is cancelled.
  private static func never() async -> Never? {
    while !Task.isCancelled { await Task.yield() }
    return nil
  }
}
