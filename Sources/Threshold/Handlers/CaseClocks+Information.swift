import CaseModel
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// When information is there, and the clocks that turn on it.
extension CaseClocks {
  /// Fires when the last day on which bodies answer is over, in a case whose decision waits for them.
  static let nobodyAskedKind = "nobody-asked"

  /// Everybody who was asked has answered or is overdue: the latest of the days on which that came about,
  /// and an answer that is overdue came about on its last day. Where nobody was asked by the day on which
  /// bodies would have had to answer, that day; where no policy says by when, receipt. Nil before that.
  func informationDay(
    of application: KeptApplication, in tx: SliceTransaction
  ) throws -> CalendarDate? {
    let requests = try tx.informationRequests(of: application.reference)
    guard !requests.isEmpty else {
      guard let last = try lastDayToAnswer(of: application, in: tx) else {
        return application.clockReceipt
      }
      return last < tx.today ? last : nil
    }
    guard !requests.contains(where: { $0.state == .requested }) else { return nil }
    return requests.map { $0.answeredOn ?? $0.dueOn }.max()
  }

  /// Starts the clock of the decision if it is counted from information that is there now. What comes in
  /// after a decision starts nothing.
  func startOnceInformed(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard let round = try tx.decisionStanding(of: application.reference).openNumber else { return }
    try start(.decide, round: round, of: application, in: tx)
  }

  /// Sees to it that the clock of the decision starts although nobody is asked.
  func awaitInformation(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard let decide = try clock(.decide, of: application, in: tx)?.clock,
      decide.anchor == .information
    else { return }
    try withinHorizon(.information, application.reference, in: tx) {
      guard let last = try lastDayToAnswer(of: application, in: tx) else { return }
      try tx.schedule(
        Self.nobodyAskedKind, key: application.reference.description, at: last.isOver)
    }
  }

  /// The day on which bodies would have had to answer is over.
  func noteNobodyAsked(_ timer: DueTimer, in tx: SliceTransaction) throws {
    try startOnceInformed(
      try tx.knownApplication(CaseReference(parsing: timer.key)), in: tx)
  }

  /// The clock of bodies that are asked today. It is counted as the policy says; where that lets the last
  /// day be gone, from today. Nil if neither the pack nor the one that lends clocks has one.
  /// - Throws: `BeyondHorizon`.
  func informationClock(
    of application: KeptApplication, under pack: PolicyPack, in tx: SliceTransaction
  ) throws -> (running: RunningClock, due: CalendarDate)? {
    guard let (clock, source) = try clock(.information, of: application, in: tx) else {
      return nil
    }
    let today = tx.today
    // What counts information from information has not happened by then.
    let counted =
      clock.anchor == .information ? nil : try day(of: clock.anchor, application, in: tx)
    for anchor in [counted, today].compactMap(\.self) {
      let due = try clock.period.deadline(from: anchor, in: pack.calendar)
      if due >= today || anchor == today {
        return (RunningClock(clock, source: source, anchor: anchor), due)
      }
    }
    return nil
  }

  private func lastDayToAnswer(
    of application: KeptApplication, in tx: SliceTransaction
  ) throws -> CalendarDate? {
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    guard let clock = try clock(.information, of: application, in: tx)?.clock,
      clock.anchor != .information, let day = try day(of: clock.anchor, application, in: tx)
    else { return nil }
    return try clock.period.deadline(from: day, in: calendar)
  }
}
