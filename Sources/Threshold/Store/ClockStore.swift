import CaseModel
import Policy
import WorkerKit

/// A stage's clock in one case, as it is kept.
struct KeptClock: Sendable, Hashable {
  /// The first decision's clock is round 1, the one after an appeal round 2; of appeals, their number.
  let round: Int
  var running: RunningClock
  /// The day on which the stage was done; nil while it is open.
  var doneOn: CalendarDate?
  /// The day on which it ended because the application was taken back; the stage counts as done, and is not.
  var endedOn: CalendarDate?
  /// Of each change, in their order.
  var grounds: [Ground] = []

  /// Why a clock was changed.
  struct Ground: Sendable, Hashable {
    /// Who did; empty where the case's own course did.
    let officer: String
    let reason: String
  }

  var stage: Clock.Stage { running.clock.stage }
}

extension SliceTransaction {
  /// Keeps a clock that begins. One that runs already is left as it is.
  func keep(_ clock: KeptClock, of reference: CaseReference) throws {
    let rule = clock.running.clock
    try execute(
      """
      INSERT INTO stage_clock (
        case_reference, stage, round, source, amount, unit, counted_from, pausable, on_breach,
        anchor_on
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (case_reference, stage, round) DO NOTHING
      """, .text(reference.description), .text(rule.stage.rawValue), .integer(clock.round),
      .text(clock.running.source), .integer(rule.period.amount), .text(rule.period.unit.rawValue),
      .text(rule.anchor.rawValue), .bool(rule.isPausable), .text(rule.onBreach.rawValue),
      .text(clock.running.anchor.description))
  }

  /// Keeps a change that was made to a clock, with who made it, nil for the course of the case, and why.
  func keep(
    _ change: RunningClock.Change, of clock: KeptClock, by officer: Officer?, reason: String,
    _ reference: CaseReference
  ) throws {
    try execute(
      """
      INSERT INTO stage_clock_change (
        case_reference, stage, round, number, change, changed_on, working_days, officer_key, reason
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .text(clock.stage.rawValue), .integer(clock.round),
      .integer(clock.running.changes.count), .text(change.name), .text(change.on.description),
      .integer(change.workingDays), .optionalText(officer?.key), .text(reason))
  }

  /// Keeps when a stage was done.
  /// - Parameter day: nil if it is not after all.
  func keepDone(_ clock: KeptClock, on day: CalendarDate?, of reference: CaseReference) throws {
    try execute(
      """
      UPDATE stage_clock SET done_on = ? WHERE case_reference = ? AND stage = ? AND round = ?
      """, .optionalText(day?.description), .text(reference.description),
      .text(clock.stage.rawValue), .integer(clock.round))
  }
}

extension SliceTransaction {
  /// Keeps that a clock ended without its stage's being done.
  func keepEnded(_ clock: KeptClock, on day: CalendarDate, of reference: CaseReference) throws {
    try keepDone(clock, on: day, of: reference)
    try execute(
      """
      UPDATE stage_clock SET ended_on = ? WHERE case_reference = ? AND stage = ? AND round = ?
      """, .text(day.description), .text(reference.description), .text(clock.stage.rawValue),
      .integer(clock.round))
  }
}

extension SliceReader {
  /// The clocks of a case in the order of the stages, then by round.
  func clocks(of reference: CaseReference) throws -> [KeptClock] {
    let clocks = try rows(
      """
      SELECT stage, round, source, amount, unit, counted_from, pausable, on_breach, anchor_on,
        done_on, ended_on
      FROM stage_clock WHERE case_reference = ? ORDER BY round
      """, .text(reference.description)
    ).map { row in
      let period = Period(
        try row.int("amount"), try stored(Period.Unit.self, try row.text("unit")))
      let clock = Clock(
        try stored(Clock.Stage.self, try row.text("stage")), period,
        from: try stored(Clock.Anchor.self, try row.text("counted_from")),
        isPausable: try row.bool("pausable"),
        onBreach: try stored(Clock.Breach.self, try row.text("on_breach")))
      let round = try row.int("round")
      let steps = try clockChanges(clock.stage, round, of: reference)
      return KeptClock(
        round: round,
        running: RunningClock(
          clock, source: try row.text("source"),
          anchor: try storedDate(try row.text("anchor_on")), changes: steps.map(\.change)),
        doneOn: try row.optionalText("done_on").map(storedDate),
        endedOn: try row.optionalText("ended_on").map(storedDate), grounds: steps.map(\.ground))
    }
    return Clock.Stage.allCases.flatMap { stage in clocks.filter { $0.stage == stage } }
  }

  /// The clock of a stage that is not done, if there is one.
  func openClock(_ stage: Clock.Stage, of reference: CaseReference) throws -> KeptClock? {
    try clocks(of: reference).last { $0.stage == stage && $0.doneOn == nil }
  }

  /// True if a clock stands still because of the case's own course, and not because somebody let it.
  func isPausedByItself(_ clock: KeptClock, of reference: CaseReference) throws -> Bool {
    guard clock.running.isPaused else { return false }
    let pause = try row(
      """
      SELECT officer_key FROM stage_clock_change
      WHERE case_reference = ? AND stage = ? AND round = ? AND change = 'PAUSED'
      ORDER BY number DESC LIMIT 1
      """, .text(reference.description), .text(clock.stage.rawValue), .integer(clock.round))
    return try pause.map { try $0.optionalText("officer_key") == nil } ?? false
  }

  private func clockChanges(
    _ stage: Clock.Stage, _ round: Int, of reference: CaseReference
  ) throws -> [(change: RunningClock.Change, ground: KeptClock.Ground)] {
    try rows(
      """
      SELECT change, changed_on, working_days, reason, officer.name AS officer_name
      FROM stage_clock_change
        LEFT JOIN officer ON officer.officer_key = stage_clock_change.officer_key
      WHERE case_reference = ? AND stage = ? AND round = ? ORDER BY number
      """, .text(reference.description), .text(stage.rawValue), .integer(round)
    ).map { row in
      let day = try storedDate(try row.text("changed_on"))
      let change: RunningClock.Change =
        switch try row.text("change") {
        case "PAUSED": .paused(on: day)
        case "RESUMED": .resumed(on: day)
        default: .extended(workingDays: try row.int("working_days"), on: day)
        }
      let ground = KeptClock.Ground(
        officer: try row.optionalText("officer_name") ?? "", reason: try row.text("reason"))
      return (change, ground)
    }
  }
}

extension RunningClock.Change {
  /// As it is kept.
  fileprivate var name: String {
    switch self {
    case .paused: "PAUSED"
    case .resumed: "RESUMED"
    case .extended: "EXTENDED"
    }
  }

  fileprivate var workingDays: Int {
    if case .extended(let days, _) = self { days } else { 0 }
  }
}
