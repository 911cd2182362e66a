import Foundation
import Messages
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Clocks that are set", .timeLimit(.minutes(1)))
struct ClockTests {
  @Test(
    arguments: [
      (60.0, 60.0, nil), (120, 60, nil), (121, 60, 61), (0, 60, nil), (-1, 60, -61),
      (86_400, 86_400, nil),
    ] as [(Double, Double, Double?)])
  func `a clock was set if it moved otherwise than one that nobody sets`(
    wall: Double, monotonic: Double, jump: Double?
  ) {
    var watch = ClockWatch()
    let first = watch.look(wall: Fixture.start, monotonic: .seconds(5))
    #expect(first == nil)
    let found = watch.look(wall: Fixture.start + wall, monotonic: .seconds(5 + monotonic))
    #expect(found.map { ($0 / .seconds(1)).rounded() } == jump)
    let after = watch.look(wall: Fixture.start + wall + 1, monotonic: .seconds(6 + monotonic))
    #expect(after == nil)
  }

  @Test func `timers fire in order when the clock is set forth, and not again when it is set back`()
    async throws
  {
    let reminder = TimerRoute.on("reminder") { timer, transaction in
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(timer.key))
    }
    let delays = ["now": 0.0, "late": 3600, "early": 1800]
    let sink = Fixture.sink(timers: [reminder]) { area, transaction in
      try transaction.schedule(
        "reminder", key: area, at: transaction.now + delays[area, default: 0])
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      let progress = try #require(place.context(of: "sink")?.progress)
      try await place.announce(["now"])
      try await place.settle()
      try await place.announce(["late", "early"])
      try await place.settle()
      #expect(try await place.outcomes() == ["now"])

      place.clock.jump(by: 7200)
      place.clock.advance(by: 60)
      try await place.timersToFire()
      #expect(try await place.outcomes() == ["now", "early", "late"])
      #expect(progress.facts.clockJump?.seconds == 7200)
      let status = try await place.status(of: "sink")
      #expect(status.health == .serving)
      #expect(status.detail == "the machine's clock was set forth by 7200 seconds")

      place.clock.jump(by: -7200)
      while progress.facts.clockJump?.seconds != -7200 { await place.passMinute() }
      try await place.settle()
      #expect(try await place.outcomes() == ["now", "early", "late"])
      place.clock.advance(by: 3600)
      #expect(try await place.status(of: "sink").detail.isEmpty)
    }
  }

  @Test func `a timer that failed while the clock was years ahead does not sleep until then`()
    async throws
  {
    let trouble = Trouble("a")
    let reminder = TimerRoute.on("reminder") { timer, transaction in
      try trouble.check(timer.key)
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(timer.key))
    }
    let sink = Fixture.sink(timers: [reminder]) { area, transaction in
      try transaction.schedule("reminder", key: area, at: transaction.now + 10)
    }
    let years = 3.0 * 365 * 86_400
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      let progress = try #require(place.context(of: "sink")?.progress)
      try await place.announce(["a"])
      try await place.settle()
      place.clock.jump(by: years)
      place.clock.advance(by: 60)
      while try await place.status(of: "sink").detail.contains("1 timers") == false {
        await place.passMinute()
      }
      trouble.change("a")
      place.clock.jump(by: -years)
      while (progress.facts.clockJump?.seconds ?? 0) >= 0 { await place.passMinute() }
      try await place.timersToFire()
      #expect(try await place.outcomes() == ["a"])
    }
  }

  @Test func `a timer that was put off is due at its next look, or if that is too far away`()
    async throws
  {
    let reminder = TimerRoute.on("reminder") { _, _ in }
    let slice = try Slice.inMemory(
      for: Fixture.sink(timers: [reminder]), clock: FixedClock(Fixture.start))
    let limit = Bounds.timerRetryLimit / .seconds(1)
    try await slice.write { transaction in
      for (key, due, next) in [
        ("now", 0.0, 0.0), ("put off", -10, limit), ("lost", -10, limit + 1),
        ("to come", limit + 1, limit + 1),
      ] {
        try transaction.schedule("reminder", key: key, at: transaction.now + due)
        try transaction.execute(
          "UPDATE kit_timer SET next_at = ? WHERE timer_key = ?", .moment(transaction.now + next),
          .text(key))
      }
    }
    let due = try await slice.read {
      try TimerTable.due(at: Fixture.start, of: ["reminder"], in: $0).map(\.key)
    }
    #expect(due == ["now", "lost"])
    try slice.close()
  }
}

extension TestPlace {
  /// Lets a minute pass. Whoever went to sleep only after the minute before is woken by the next one.
  fileprivate func passMinute() async {
    clock.advance(by: 60)
    await Task.yield()
  }
}
