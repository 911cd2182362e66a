import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Effects and a person's word", .timeLimit(.minutes(1)))
struct EffectSettlingTests {
  typealias Outcome = Recourse_Worker_V1_SettleEffectRequest.Outcome

  /// Writes down what becomes of letters.
  private static func sink(
    perform: @escaping @Sendable (Effect) throws -> Void = { _ in }
  ) -> Worker {
    let letter = EffectRoute.on("letter") { effect, _ in
      try perform(effect)
    } confirmed: { effect, transaction in
      try transaction.execute(
        "INSERT INTO outcome (text) VALUES (?)", .text("\(effect.key) happened"))
    } abandoned: { effect, refused, transaction in
      try transaction.execute(
        "INSERT INTO outcome (text) VALUES (?)",
        .text("\(effect.key) abandoned \(refused?.reason ?? "by a person")"))
    }
    return Fixture.sink(effects: [letter]) { area, transaction in
      try transaction.intend("letter", key: area)
    }
  }

  @Test(arguments: [
    (Outcome.happened, "confirmed", ["a happened"]), (.repeat, "intended", ["a happened"]),
    (.abandon, "abandoned", ["a abandoned by a person"]),
  ])
  func `a person settles what nobody knows`(
    outcome: Outcome, state: String, outcomes: [String]
  ) async throws {
    let performed = Gate()
    let sink = Self.sink { _ in _ = performed.isOpen(after: 0) }
    try await TestPlace.with([sink], now: Fixture.start) { place in
      try await place.effect("letter", in: .uncertain)
      #expect(try await place.effects("uncertain").effects.map(\.key) == ["a"])
      place.clock.advance(by: 60)
      #expect(try await place.settleEffect(outcome) == state)
      try await place.settle()
      #expect(try await place.outcomes() == outcomes)
      #expect(performed.count == (outcome == .repeat ? 1 : 0))
      #expect(try await place.audited() == ["A. Operator effect.\(outcome) letter a: tested"])
      #expect(try await place.status(of: "sink").uncertainEffects == 0)
      let settled = try await place.effects(outcome == .abandon ? "abandoned" : "confirmed")
      #expect(settled.effects.map(\.changedAt.date) == [Fixture.start + 60])
    }
  }

  /// What a person cannot say of an effect in a state.
  static let wrong: [(EffectTable.State, Outcome)] = [
    (.intended, .happened), (.intended, .repeat),
    (.sending, .happened), (.sending, .repeat), (.sending, .abandon),
    (.confirmed, .happened), (.confirmed, .repeat), (.confirmed, .abandon),
    (.abandoned, .happened), (.abandoned, .repeat), (.abandoned, .abandon),
  ]

  @Test(arguments: wrong)
  func `what does not fit the state is refused`(
    state: EffectTable.State, outcome: Outcome
  ) async throws {
    try await TestPlace.with([Self.sink()], now: Fixture.start) { place in
      // Of a kind that the worker no longer has, so that nobody but the person looks at it.
      try await place.effect("gone", in: state)
      let refused = try await refusal { try await place.settleEffect(outcome, kind: "gone") }
      #expect(refused.kind == .state)
      #expect(refused.code == "wrong-state")
      #expect(refused.path == "outcome")
      #expect(try await place.effects(state.rawValue).effects.map(\.key) == ["a"])
      #expect(try await place.audited() == [])
    }
  }

  @Test func `an effect that fails again and again can be abandoned`() async throws {
    struct Later: Error {}
    let performed = Gate()
    let sink = Self.sink { effect in
      guard effect.key != "a" else {
        _ = performed.isOpen(after: 0)
        throw Later()
      }
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      while performed.count < 3 { await Task.yield() }
      // Others do not wait for it.
      try await place.announce(["b"])
      while try await place.outcomes() != ["b happened"] { await Task.yield() }
      while true {
        do {
          try await place.settleEffect(.abandon)
          break
        } catch let error as RPCError where Refusal(error)?.code == "wrong-state" {
          // It is being tried just now.
        }
      }
      let count = performed.count
      try await place.settle()
      #expect(performed.count == count)
      #expect(try await place.outcomes() == ["b happened", "a abandoned by a person"])
    }
  }

  @Test func `an effect that is refused for good is abandoned at once`() async throws {
    let performed = Gate()
    let sink = Self.sink { _ in
      _ = performed.isOpen(after: 0)
      throw EffectRefused(reason: "no-consent")
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      #expect(performed.count == 1)
      #expect(try await place.outcomes() == ["a abandoned no-consent"])
      #expect(try await place.effects().effects.map(\.state) == ["abandoned"])
      #expect(try await place.audited() == ["worker effect.refused letter a: no-consent"])
    }
  }

  @Test func `what cannot be settled is refused by code and path`() async throws {
    try await TestPlace.with([Self.sink()], now: Fixture.start) { place in
      try await place.effect("gone", in: .uncertain)
      let calls: [(String, String, @Sendable () async throws -> Void)] = [
        ("unknown-effect", "key", { try await place.settleEffect(.happened, key: "b") }),
        ("no-handler", "kind", { try await place.settleEffect(.happened, kind: "gone") }),
        ("missing", "outcome", { try await place.settleEffect(.unspecified, kind: "gone") }),
        (
          "missing", "grounds.actor",
          { try await place.settleEffect(.abandon, kind: "gone", .by("")) }
        ),
        ("unknown-state", "state", { _ = try await place.effects("lost") }),
      ]
      for (code, path, call) in calls {
        let refused = try await refusal { try await call() }
        #expect(refused.code == code)
        #expect(refused.path == path)
      }
      #expect(try await place.settleEffect(.abandon, kind: "gone") == "abandoned")
    }
  }

  @Test func `a list shows what is not confirmed, oldest first, and how many there are`()
    async throws
  {
    try await TestPlace.with([Self.sink()], now: Fixture.start) { place in
      for (key, state) in [
        ("c", EffectTable.State.uncertain), ("b", .abandoned), ("a", .confirmed), ("d", .uncertain),
      ] {
        try await place.effect("gone", key, in: state)
        place.clock.advance(by: 1)
      }
      let all = try await place.effects()
      #expect(all.effects.map(\.key) == ["c", "b", "d"])
      #expect(all.total == 3)
      let first = try await place.effects("uncertain", limit: 1)
      #expect(first.effects.map(\.key) == ["c"])
      #expect(first.total == 2)
    }
  }

  @Test func `the wait after a failure grows, differs and is bounded`() {
    for attempts in [1, 2, 5, 8, 50, 1_000_000] {
      let delay = BackOff.delay(after: attempts)
      #expect(delay >= Bounds.retryDelay / 2)
      #expect(delay <= Bounds.retryDelayLimit)
    }
    #expect(BackOff.delay(after: 1) <= Bounds.retryDelay)
    #expect(BackOff.delay(after: 50) >= Bounds.retryDelayLimit / 2)
    #expect(Set((0..<20).map { _ in BackOff.delay(after: 50) }).count > 1)
  }

  @Test func `an effect that was put off lets others go before it`() async throws {
    let slice = try Slice.inMemory(for: Self.sink(), clock: FixedClock(Fixture.start))
    try await slice.write { transaction in
      for key in ["a", "b"] { try transaction.intend("letter", key: key) }
      let row = try #require(try EffectTable.find(kind: "letter", key: "a", in: transaction))
      try EffectTable.putOff(
        row.effect, in: .intended, until: Fixture.start + 5, in: transaction)
    }
    func due(after seconds: Double) async throws -> [String] {
      try await slice.read {
        try EffectTable.due(
          at: Fixture.start + seconds, of: EffectTable.Kinds(Self.sink().effects), in: $0
        ).map(\.effect.key)
      }
    }
    #expect(try await due(after: 0) == ["b"])
    #expect(try await due(after: 4.9) == ["b"])
    #expect(try await due(after: 5) == ["b", "a"])
    try slice.close()
  }

  @Test func `effects of a slice from before they could be abandoned are kept`() async throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("slice-\(UUID().uuidString).sqlite").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let clock = FixedClock(Fixture.start)
    let old = try Slice.open(path: path, for: Self.sink(), clock: clock)
    try await old.write { transaction in
      try transaction.execute(
        "DROP TABLE kit_effect")
      try transaction.execute(
        """
        CREATE TABLE kit_effect (
          kind TEXT NOT NULL,
          effect_key TEXT NOT NULL,
          idempotency_key TEXT NOT NULL UNIQUE,
          state TEXT NOT NULL CHECK (state IN ('intended', 'sending', 'uncertain', 'confirmed')),
          attempts BIGINT NOT NULL,
          next_at BIGINT NOT NULL,
          PRIMARY KEY (kind, effect_key)
        )
        """)
      try transaction.execute(
        "INSERT INTO kit_effect VALUES ('letter', 'a', 'i', 'uncertain', 3, 1000000)")
      try transaction.execute(
        "DELETE FROM grdb_migrations WHERE identifier = 'kit-2'")
    }
    try old.close()
    let new = try Slice.open(path: path, for: Self.sink(), clock: clock)
    let row = try #require(
      try await new.read { try EffectTable.find(kind: "letter", key: "a", in: $0) })
    #expect(row.effect == Effect(kind: "letter", key: "a", idempotencyKey: "i"))
    #expect(row.state == .uncertain)
    #expect(row.attempts == 3)
    #expect(row.changedAt == Date(timeIntervalSince1970: 1))
    let isMoved = try await new.write {
      try EffectTable.move(row.effect, from: .uncertain, to: .abandoned, in: $0)
    }
    #expect(isMoved)
    try new.close()
  }
}

extension TestPlace {
  /// Leaves an effect of the sink in a state.
  fileprivate func effect(
    _ kind: String, _ key: String = "a", in state: EffectTable.State
  ) async throws {
    try await context(of: "sink")?.slice.write { transaction in
      try EffectTable.intend(kind: kind, key: key, in: transaction)
      try transaction.execute(
        "UPDATE kit_effect SET state = ? WHERE effect_key = ?", .text(state.rawValue), .text(key))
    }
  }
}
