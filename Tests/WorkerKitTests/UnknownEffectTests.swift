import Foundation
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Effects of which nobody knows", .timeLimit(.minutes(1)))
struct UnknownEffectTests {
  private struct Away: Error {}

  /// Writes down what becomes of letters.
  private static func sink(
    perform: @escaping @Sendable (Effect, WorkerContext) async throws -> Void = { _, _ in },
    ask: (@Sendable (Effect, WorkerContext) async throws -> Bool)?,
    recording: @escaping @Sendable () throws -> Void = {}
  ) -> Worker {
    let letter = EffectRoute.on(
      "letter", perform: perform, ask: ask,
      confirmed: { effect, transaction in
        try recording()
        try transaction.execute(
          "INSERT INTO outcome (text) VALUES (?)", .text("\(effect.key) happened"))
      },
      abandoned: { effect, _, transaction in
        try recording()
        try transaction.execute(
          "INSERT INTO outcome (text) VALUES (?)", .text("\(effect.key) abandoned"))
      })
    return Fixture.sink(effects: [letter])
  }

  @Test(arguments: [true, false])
  func `while nobody answers it is shown, and a person can settle it`(
    happened: Bool
  ) async throws {
    let sink = Self.sink(ask: { _, _ in throw Away() })
    try await TestPlace.with([sink], now: Fixture.start, onDisk: true) { place in
      try await place.interruptedEffect()
      try await place.restart("sink")
      while try await place.status(of: "sink").uncertainEffects == 0 { await Task.yield() }
      try await place.settleEffect(happened ? .happened : .abandon)
      try await place.settle()
      #expect(try await place.outcomes() == [happened ? "a happened" : "a abandoned"])
      #expect(try await place.status(of: "sink").uncertainEffects == 0)
    }
  }

  @Test func `it is asked about until there is an answer`() async throws {
    let asked = Gate()
    let performed = Gate()
    let sink = Self.sink { _, _ in
      _ = performed.isOpen(after: 0)
    } ask: { _, _ in
      guard asked.isOpen(after: 2) else { throw Away() }
      return true
    }
    try await TestPlace.with([sink], now: Fixture.start, onDisk: true) { place in
      try await place.interruptedEffect()
      try await place.restart("sink")
      try await place.settle()
      #expect(try await place.outcomes() == ["a happened"])
      #expect(asked.count == 3)
      #expect(performed.count == 0)
    }
  }

  @Test(arguments: [true, false])
  func `an answer that comes after a person's word changes nothing`(answer: Bool) async throws {
    let (settled, settle) = AsyncStream<Void>.makeStream()
    let asked = Gate()
    let performed = Gate()
    let sink = Self.sink { _, _ in
      _ = performed.isOpen(after: 0)
    } ask: { _, _ in
      _ = asked.isOpen(after: 0)
      for await _ in settled {}
      return answer
    }
    try await TestPlace.with([sink], now: Fixture.start, onDisk: true) { place in
      try await place.interruptedEffect()
      try await place.restart("sink")
      while asked.count == 0 { await Task.yield() }
      try await place.settleEffect(.abandon)
      settle.finish()
      // Effects are looked at in turn: when this one has happened, the answer has been heard.
      try await place.context(of: "sink")?.slice.write { try $0.intend("letter", key: "b") }
      try await place.settle()
      #expect(try await place.outcomes() == ["a abandoned", "b happened"])
      #expect(performed.count == 1)
      #expect(try await place.effects("abandoned").effects.map(\.key) == ["a"])
    }
  }

  @Test func `one that is cut off because its worker leaves is asked about, not repeated`()
    async throws
  {
    let performed = Gate()
    let sink = Self.sink { _, context in
      guard !performed.isOpen(after: 1) else { return }
      // As long as the worker is there.
      try await context.progress.wait { _ in false }
    } ask: { _, _ in
      true
    }
    try await TestPlace.with([sink], now: Fixture.start, onDisk: true) { place in
      try await place.context(of: "sink")?.slice.write { try $0.intend("letter", key: "a") }
      while performed.count == 0 { await Task.yield() }
      try await place.restart("sink")
      try await place.settle()
      #expect(try await place.outcomes() == ["a happened"])
      #expect(performed.count == 1)
    }
  }

  @Test(arguments: [true, false])
  func `where a channel does not know it is asked`(happened: Bool) async throws {
    let performed = Gate()
    let sink = Self.sink { _, _ in
      guard performed.isOpen(after: 1) else { throw EffectUnknown() }
    } ask: { _, _ in
      happened
    }
    try await TestPlace.with([sink], now: Fixture.start) { place in
      try await place.context(of: "sink")?.slice.write { try $0.intend("letter", key: "a") }
      try await place.settle()
      #expect(try await place.outcomes() == ["a happened"])
      #expect(performed.count == (happened ? 1 : 2))
    }
  }

  @Test func `where a channel does not know and cannot be asked a person decides`() async throws {
    let performed = Gate()
    let sink = Self.sink(
      perform: { _, _ in
        _ = performed.isOpen(after: 0)
        throw EffectUnknown()
      }, ask: nil)
    try await TestPlace.with([sink], now: Fixture.start) { place in
      try await place.context(of: "sink")?.slice.write { try $0.intend("letter", key: "a") }
      try await place.settle()
      #expect(try await place.status(of: "sink").uncertainEffects == 1)
      #expect(performed.count == 1)
    }
  }

  @Test func `one that happened and cannot be recorded is uncertain, and its worker goes on`()
    async throws
  {
    let trouble = Trouble("record")
    let performed = Gate()
    let sink = Self.sink(
      perform: { _, _ in _ = performed.isOpen(after: 0) }, ask: { _, _ in true },
      recording: { try trouble.check("record") })
    try await TestPlace.with([sink], now: Fixture.start) { place in
      try await place.context(of: "sink")?.slice.write { try $0.intend("letter", key: "a") }
      while try await place.status(of: "sink").uncertainEffects == 0 { await Task.yield() }
      #expect(try await place.status(of: "sink").health == .serving)
      trouble.change("record")
      try await place.settle()
      #expect(try await place.outcomes() == ["a happened"])
      #expect(performed.count == 1)
    }
  }

  @Test func `one that was refused and cannot be recorded is shown, and its worker goes on`()
    async throws
  {
    let trouble = Trouble("record")
    let sink = Self.sink(
      perform: { _, _ in throw EffectRefused(reason: "no-consent") }, ask: nil,
      recording: { try trouble.check("record") })
    try await TestPlace.with([sink], now: Fixture.start) { place in
      try await place.context(of: "sink")?.slice.write { try $0.intend("letter", key: "a") }
      while try await place.status(of: "sink").detail.isEmpty { await Task.yield() }
      let status = try await place.status(of: "sink")
      #expect(status.health == .serving)
      trouble.change("record")
      try await place.settle()
      #expect(try await place.outcomes() == ["a abandoned"])
      #expect(try await place.status(of: "sink").detail.isEmpty)
    }
  }
}
