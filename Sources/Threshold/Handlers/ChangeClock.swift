import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Lets a clock stand still, run again, or gives it more time, with a name and a reason.
struct ChangeClock: Sendable {
  enum Kind: Sendable {
    case pause
    case resume
    /// By so many working days.
    case extend(Int)
  }

  /// As the pack names it.
  let stage: String
  let kind: Kind
  let officer: String
  let reason: String
  let library: PolicyLibrary

  /// - Throws: the refusals `unknown-case`, `unknown-stage`, `no-clock`, `already-gone`, `beyond-horizon`,
  ///   and those of `ClockRefusal`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> ClockView {
    let application = try tx.openApplication(reference)
    var clock = try openClock(reference, in: tx)
    let change = change(on: tx.today)
    do {
      try clock.running.apply(change)
    } catch {
      throw Refusal(
        .state, code: error.code, path: "change", message: "\(error).".capitalizedSentence)
    }
    clock.grounds.append(.init(officer: officer, reason: reason))
    let pack = try library.pack(application.policyDigest, in: tx)
    let view = try ClockView(
      clock, isNobodyAsked: try tx.informationRequests(of: reference).isEmpty, on: tx.today,
      in: pack.calendar)
    try checkNotGone(view, today: tx.today)
    try tx.keep(
      change, of: clock, by: try tx.officer(officer, using: &generator), reason: reason, reference)
    try CaseClocks(library: library).schedule(clock, reference, under: pack, in: tx)
    try tx.announceChanged(clock, change, due: view.due, of: application)
    try tx.audit(
      actor: officer, action: "threshold.change-clock", subject: reference.description,
      reason: stage, words: reason)
    return view
  }

  private func change(on today: CalendarDate) -> RunningClock.Change {
    switch kind {
    case .pause: .paused(on: today)
    case .resume: .resumed(on: today)
    case .extend(let days): .extended(workingDays: days, on: today)
    }
  }

  /// A deadline is not moved to another one that has gone by as well: that would make nothing punctual, and
  /// owe the applicant the same notice again.
  private func checkNotGone(_ view: ClockView, today: CalendarDate) throws {
    guard case .extend = kind, let due = view.due, due < today else { return }
    throw Refusal(
      .state, code: "already-gone", path: "workingDays",
      message: "So it would be due by \(due), and today is \(today): give it more working days, or "
        + "leave it as late as it is and tell the applicant why.")
  }

  private func openClock(
    _ reference: CaseReference, in tx: SliceTransaction
  ) throws -> KeptClock {
    let stage = try Clock.Stage(request: stage)
    if let clock = try tx.openClock(stage, of: reference) { return clock }
    let open = try tx.clocks(of: reference).filter { $0.doneOn == nil }.map(\.stage.rawValue)
    throw Refusal(
      .state, code: "no-clock", path: "stage",
      message: "No clock of this stage runs for \(reference) here; "
        + (open.isEmpty ? "none does." : "those that do: " + open.joined(separator: ", ") + "."))
  }
}

/// A clock as it is shown.
struct ClockView: Sendable {
  let clock: KeptClock
  /// Nil while it stands still.
  let due: CalendarDate?
  let isLate: Bool
  /// Working days that pauses and extensions have added.
  let daysAdded: Int

  /// True of the stage in which bodies answer, where none has been asked.
  let isNobodyAsked: Bool

  /// - Throws: the refusal `beyond-horizon`.
  init(
    _ clock: KeptClock, isNobodyAsked: Bool, on today: CalendarDate, in calendar: WorkingCalendar
  ) throws {
    self.clock = clock
    self.isNobodyAsked = isNobodyAsked && clock.stage == .information
    let running = clock.running
    (due, isLate, daysAdded) = try countingDays(at: "stage") {
      let first = try running.clock.period.deadline(from: running.anchor, in: calendar)
      let due = try running.due(in: calendar)
      let added = try due.map { try calendar.workingDays(after: first, through: $0) } ?? 0
      let isLate = try running.isLate(on: today, doneOn: clock.doneOn, in: calendar)
      return (due, isLate, added)
    }
  }
}
