import CaseModel
import PanelRules
import Policy
import PolicyLibrary
import WorkerKit

/// Keeps what is waited for from a body, and says when it has to be reminded: once before the last day, and again and again
/// after it, up to a bound.
struct WatchFollowUp: Sendable {
  /// Fires in the first moment of the day of a reminder.
  static let timerKind = "recommendation-reminder"

  let library: PolicyLibrary

  /// Looks at it anew, after something was put on record.
  func apply(_ followUp: KeptFollowUp, in tx: SliceTransaction) throws {
    let facts = followUp.facts
    try tx.expect(facts.awaited, by: facts.dueOn, followUp.key)
    guard let dueOn = facts.dueOn else {
      return try tx.cancelTimer(Self.timerKind, key: followUp.key.text)
    }
    let plan = try plan(followUp, dueOn, in: tx)
    try schedule(plan.first(today: tx.today), followUp.key, in: tx)
  }

  /// A reminder is owed, unless nothing is waited for any more.
  func apply(_ timer: DueTimer, in tx: SliceTransaction) throws {
    guard let key = RecommendationKey(timer: timer.key),
      let (followUp, _) = try tx.followUp(key), let awaited = followUp.facts.awaited,
      let dueOn = followUp.facts.dueOn
    else { return }
    let isOverdue = followUp.facts.isOverdue(on: tx.today)
    let number = followUp.reminders + 1
    let step = isOverdue ? followUp.overdueReminders + 1 : 0
    try tx.countReminder(key, isOverdue: isOverdue)
    let escalates =
      try isOverdue && (isRepeated(step) || escalatesAtOnce(followUp, awaited, in: tx))
    try tx.announceReminder(
      followUp, awaited, dueOn: dueOn, isOverdue: isOverdue, number: number,
      escalates: escalates)
    try tx.audit(
      actor: "panel", action: isOverdue ? "panel.follow-up-overdue" : "panel.follow-up-due-soon",
      subject: key.reference.description,
      reason: "recommendation \(key.number) of round \(key.round), \(awaited.rawValue) by "
        + "\(followUp.body) due \(dueOn), reminder \(number)" + (escalates ? ", escalates" : ""))
    let plan = try plan(followUp, dueOn, in: tx)
    if let next = plan.next(after: step, today: tx.today) { try schedule(next, key, in: tx) }
  }

  private func plan(
    _ followUp: KeptFollowUp, _ dueOn: CalendarDate, in tx: SliceTransaction
  ) throws -> ReminderPlan {
    ReminderPlan(
      dueOn: dueOn, calendar: try library.pack(followUp.policyDigest, in: tx).calendar)
  }

  private func schedule(
    _ reminder: ReminderPlan.Reminder, _ key: RecommendationKey, in tx: SliceTransaction
  ) throws {
    try tx.schedule(
      Self.timerKind, key: key.text, at: reminder.on.adding(days: -1).isOver)
  }

  private func isRepeated(_ step: Int) -> Bool { step >= ReminderPlan.escalatesFrom }

  /// The clock for answers may say that somebody above is told as soon as one is late.
  private func escalatesAtOnce(
    _ followUp: KeptFollowUp, _ awaited: FollowUp.Awaited, in tx: SliceTransaction
  ) throws -> Bool {
    guard awaited == .answer else { return false }
    let pack = try library.pack(followUp.policyDigest, in: tx)
    let received = try tx.receipt(of: followUp.key.reference) ?? followUp.facts.madeOn
    let lender = try library.lenders(in: tx).defaultPack(on: received)
    return pack.clock(.response, fallback: lender)?.clock.onBreach == .escalate
  }
}

extension RecommendationKey {
  /// Nil if it is none that this worker set.
  init?(timer: String) {
    let parts = timer.split(separator: "/")
    guard parts.count == 3, let reference = try? CaseReference(parsing: String(parts[0])),
      let round = Int(parts[1]), let place = Int(parts[2])
    else { return nil }
    self.init(reference: reference, round: round, place: place)
  }
}
