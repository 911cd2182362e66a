import CaseModel
import Policy
import Testing

@Suite struct RunningClockTests {
  private let calendar = WorkingCalendar.englandAndWales

  private func clock(
    _ period: Period, from anchor: String, isPausable: Bool = true
  ) throws -> RunningClock {
    RunningClock(
      Clock(.decide, period, from: .receipt, isPausable: isPausable), source: "test",
      anchor: try #require(CalendarDate(anchor)))
  }

  private func on(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }

  @Test func `it is due so long after its anchor, over Easter`() throws {
    let clock = try clock(Period(10, .workingDays), from: "2026-04-02")
    #expect(try clock.due(in: calendar) == on("2026-04-20"))
    #expect(try !clock.isLate(on: on("2026-04-20"), doneOn: nil, in: calendar))
    #expect(try clock.isLate(on: on("2026-04-21"), doneOn: nil, in: calendar))
    #expect(try !clock.isLate(on: on("2026-05-21"), doneOn: on("2026-04-20"), in: calendar))
    #expect(try clock.isLate(on: on("2026-05-21"), doneOn: on("2026-04-21"), in: calendar))
  }

  @Test func `while it stands still it is never late, and afterwards the working days are added`()
    throws
  {
    var clock = try clock(Period(10, .workingDays), from: "2026-04-02")
    try clock.apply(.paused(on: on("2026-04-08")))
    #expect(clock.isPaused)
    #expect(try clock.due(in: calendar) == nil)
    #expect(try !clock.isLate(on: on("2027-01-01"), doneOn: nil, in: calendar))
    // Wednesday to Monday: three working days stood still.
    try clock.apply(.resumed(on: on("2026-04-13")))
    #expect(!clock.isPaused)
    #expect(try clock.due(in: calendar) == on("2026-04-23"))
  }

  @Test func `a clock in days or months gets the days back on which it stood still`() throws {
    var clock = try clock(Period(28, .days), from: "2026-04-02")
    try clock.apply(.paused(on: on("2026-04-10")))
    try clock.apply(.resumed(on: on("2026-04-15")))
    #expect(try clock.due(in: calendar) == on("2026-05-05"))
  }

  @Test(arguments: [(Period(3, .workingDays), "2026-03-23"), (Period(3, .days), "2026-03-21")])
  func `a pause from the anchor on does not give back the anchor, which would not have counted`(
    period: Period, due: String
  ) throws {
    var clock = try clock(period, from: "2026-03-16")
    try clock.apply(.paused(on: on("2026-03-16")))
    // Tuesday and Wednesday stood still.
    try clock.apply(.resumed(on: on("2026-03-19")))
    #expect(try clock.due(in: calendar) == on(due))
    var briefly = try self.clock(period, from: "2026-03-16")
    try briefly.apply(.paused(on: on("2026-03-16")))
    try briefly.apply(.resumed(on: on("2026-03-16")))
    #expect(try briefly.due(in: calendar) == on("2026-03-19"))
  }

  @Test func `a pause after the deadline does not make what is late punctual`() throws {
    var clock = try clock(Period(1, .workingDays), from: "2026-04-08")
    try clock.apply(.paused(on: on("2026-04-20")))
    #expect(try clock.due(in: calendar) == on("2026-04-09"))
    #expect(try clock.isLate(on: on("2026-04-21"), doneOn: nil, in: calendar))
    try clock.apply(.resumed(on: on("2026-04-22")))
    #expect(try clock.due(in: calendar) == on("2026-04-09"))
  }

  @Test func `an extension adds working days`() throws {
    var clock = try clock(Period(10, .workingDays), from: "2026-04-02")
    try clock.apply(.extended(workingDays: 5, on: on("2026-04-10")))
    #expect(try clock.due(in: calendar) == on("2026-04-27"))
  }

  @Test func `what may not be changed is refused, and nothing is changed`() throws {
    let day = try on("2026-04-10")
    var fixed = try clock(Period(10, .workingDays), from: "2026-04-02", isPausable: false)
    #expect(throws: ClockRefusal.notPausable) { try fixed.apply(.paused(on: day)) }
    var clock = try clock(Period(10, .workingDays), from: "2026-04-02")
    #expect(throws: ClockRefusal.notPaused) { try clock.apply(.resumed(on: day)) }
    #expect(throws: ClockRefusal.beforeTheLast(clock.anchor)) {
      try clock.apply(.paused(on: clock.anchor.adding(days: -1)))
    }
    for days in [0, -1, RunningClock.extensionLimit + 1] {
      #expect(throws: ClockRefusal.extensionOutOfRange) {
        try clock.apply(.extended(workingDays: days, on: day))
      }
    }
    try clock.apply(.paused(on: day))
    #expect(throws: ClockRefusal.pausedAlready) { try clock.apply(.paused(on: day)) }
    #expect(throws: ClockRefusal.beforeTheLast(day)) {
      try clock.apply(.resumed(on: day.adding(days: -1)))
    }
    #expect(clock.changes == [.paused(on: day)])
    #expect(fixed.changes.isEmpty)
  }

  @Test func `beyond the known bank holidays nothing is guessed`() throws {
    let clock = try clock(Period(10, .workingDays), from: "2028-12-22")
    #expect(throws: BeyondHorizon.self) { try clock.due(in: calendar) }
  }

  @Test(arguments: [
    // Thursday before Easter, summer time: 16:59 and 17:00 in London.
    (1_775_145_540, "2026-04-02"), (1_775_145_600, "2026-04-07"),
    // Good Friday at noon.
    (1_775_214_000, "2026-04-07"),
    // A Tuesday in January, 16:59 and 17:00.
    (1_768_323_540, "2026-01-13"), (1_768_323_600, "2026-01-14"),
  ])
  func `what arrives after hours counts for the clocks from the next working day`(
    instant: Int64, day: String
  ) throws {
    var procedure = PolicyPack.Procedure()
    procedure.closesAtHour = 17
    let pack = PolicyPack(
      name: "test", version: "1", digest: "", area: "test", nation: .england,
      from: try on("2014-10-20"), procedure: procedure)
    #expect(try pack.clockReceipt(atUnixSeconds: instant) == on(day))
  }
}
