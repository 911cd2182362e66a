import CaseModel
import Foundation
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Timers and effects", .timeLimit(.minutes(1)))
struct TimerAndEffectTests {
  private static let reminder = TimerRoute.on("reminder") { timer, transaction in
    try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(timer.key))
  }

  private static func remindAfterADay() -> Worker {
    Fixture.sink(timers: [reminder]) { area, transaction in
      try transaction.schedule("reminder", key: area, at: transaction.now + 86_400)
    }
  }

  @Test func `a timer fires when it is due, once, and not before`() async throws {
    try await TestPlace.with(
      [Fixture.source, Self.remindAfterADay()], now: Fixture.start
    ) { place in
      try await place.announce(["a"])
      try await place.settle()
      place.clock.advance(by: 86_399)
      try await place.settle()
      #expect(try await place.outcomes() == [])
      place.clock.advance(by: 1)
      try await place.timersToFire()
      #expect(try await place.outcomes() == ["a"])
      place.clock.advance(by: 86_400)
      try await place.settle()
      #expect(try await place.outcomes() == ["a"])
    }
  }

  @Test func `a timer survives a restart and fires late if it was due meanwhile`() async throws {
    try await TestPlace.with(
      [Fixture.source, Self.remindAfterADay()], now: Fixture.start, onDisk: true
    ) { place in
      try await place.announce(["a"])
      try await place.settle()
      await place.kill("sink")
      place.clock.advance(by: 200_000)
      try await place.restart("sink")
      try await place.timersToFire()
      #expect(try await place.outcomes() == ["a"])
    }
  }

  @Test func `a timer that was moved or taken back after it was read does not fire`() async throws {
    let slice = try Slice.inMemory(for: Self.remindAfterADay(), clock: FixedClock(Fixture.start))
    try await slice.write { transaction in
      try transaction.schedule("reminder", key: "moved", at: transaction.now)
      try transaction.schedule("reminder", key: "back", at: transaction.now)
    }
    let due = try await slice.read {
      try TimerTable.due(at: Fixture.start, of: ["reminder"], in: $0)
    }
    #expect(due.map(\.key) == ["back", "moved"])
    let fired = try await slice.write { transaction in
      try transaction.schedule("reminder", key: "moved", at: transaction.now + 60)
      try transaction.cancelTimer("reminder", key: "back")
      return try due.filter { try TimerTable.take($0, in: transaction) }
    }
    #expect(fired == [])
    let next = try await slice.read { try TimerTable.next(of: ["reminder"], in: $0) }
    #expect(next == Fixture.start + 60)
    try slice.close()
  }

  @Test func `a timer that cannot be handled is put off and shown, never dropped`() async throws {
    struct Unwilling: Error {}
    let stubborn = TimerRoute.on("reminder") { _, _ in throw Unwilling() }
    let sink = Fixture.sink(timers: [stubborn]) { area, transaction in
      try transaction.schedule("reminder", key: area, at: transaction.now)
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      let status = try await place.status(of: "sink")
      #expect(status.detail.hasPrefix("1 timers"))
      let next = try await place.context(of: "sink")?.slice.read {
        try TimerTable.next(of: ["reminder"], in: $0)
      }
      #expect(next == Fixture.start + 1)
    }
  }

  @Test func `a row of a kind that the worker no longer has does not keep it busy`() async throws {
    let effect = EffectRoute.on("letter", perform: { _, _ in }, confirmed: { _, _ in })
    let sink = Fixture.sink(timers: [Self.reminder], effects: [effect])
    try await TestPlace.with([sink], now: Fixture.start) { place in
      try await place.context(of: "sink")?.slice.write { transaction in
        try TimerTable.set(
          kind: "gone", key: "a", dueAt: transaction.now, in: transaction)
        try EffectTable.intend(kind: "gone", key: "a", in: transaction)
      }
      try await place.settle()
      let status = try await place.status(of: "sink")
      #expect(status.health == .serving)
    }
  }

  @Test func `an effect that fails is tried again and confirmed once`() async throws {
    let gate = Gate()
    let effect = EffectRoute.on("letter") { _, _ in
      struct Later: Error {}
      guard gate.isOpen(after: 2) else { throw Later() }
    } confirmed: { effect, transaction in
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(effect.key))
    }
    let sink = Fixture.sink(effects: [effect]) { area, transaction in
      try transaction.intend("letter", key: area)
      try transaction.intend("letter", key: area)
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      try await place.settle()
      #expect(try await place.outcomes() == ["a"])
      #expect(gate.count == 3)
    }
  }

  @Test(arguments: [true, false])
  func `after a crash while sending, the other side is asked whether it happened`(
    _ happened: Bool
  ) async throws {
    let performed = Gate()
    let effect = EffectRoute.on(
      "letter", perform: { _, _ in _ = performed.isOpen(after: 0) },
      ask: { _, _ in happened },
      confirmed: { effect, transaction in
        try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(effect.key))
      })
    let sink = Fixture.sink(effects: [effect])
    try await TestPlace.with([sink], now: Fixture.start, onDisk: true) { place in
      try await place.interruptedEffect()
      try await place.restart("sink")
      try await place.settle()
      #expect(try await place.outcomes() == ["a"])
      #expect(performed.count == (happened ? 0 : 1))
    }
  }

  @Test func `where nobody can be asked the effect stays uncertain for a person`() async throws {
    let performed = Gate()
    let effect = EffectRoute.on("letter") { _, _ in
      _ = performed.isOpen(after: 0)
    } confirmed: { _, _ in
    }
    try await TestPlace.with(
      [Fixture.sink(effects: [effect])], now: Fixture.start, onDisk: true
    ) { place in
      try await place.interruptedEffect()
      try await place.restart("sink")
      try await place.settle()
      let status = try await place.status(of: "sink")
      #expect(status.uncertainEffects == 1)
      #expect(performed.count == 0)
    }
  }
}

extension TestPlace {
  /// Leaves an effect as a crash between sending and confirming does.
  func interruptedEffect() async throws {
    try await context(of: "sink")?.slice.write { transaction in
      try EffectTable.intend(kind: "letter", key: "a", in: transaction)
      try transaction.execute("UPDATE kit_effect SET state = 'sending'")
    }
  }

  /// Waits until no timer is set any more.
  func timersToFire() async throws {
    while true {
      let left = try await context(of: "sink")?.slice.read {
        try TimerTable.next(of: ["reminder"], in: $0)
      }
      if left == nil { return }
      await Task.yield()
    }
  }
}
