import CaseModel
import Foundation
import Policy
import PolicyLibrary
import WorkerKit

/// The clocks of a case that Threshold keeps: by when it has to decide, and by when an appeal has to be
/// decided. They run by the pack's own clocks or by lent ones, in the pack's calendar.
///
/// A deadline is never moved in silence: what moves it is a change with a name and a reason, and what is
/// late owes the applicant a notice.
struct CaseClocks: Sendable {
  /// Fires on the day after a stage's last day.
  static let timerKind = "stage-due"

  let library: PolicyLibrary

  /// Starts a stage's clock if the policy has one that is counted from this; without one, nothing runs.
  func start(
    _ stage: Clock.Stage, round: Int, from anchor: Clock.Anchor, on day: CalendarDate,
    of application: KeptApplication, in tx: SliceTransaction
  ) throws {
    let pack = try library.pack(application.policyDigest, in: tx)
    let lender = try library.lenders(in: tx).defaultPack(on: application.receivedOn)
    guard let (clock, source) = pack.clock(stage, fallback: lender), clock.starts(at: anchor),
      try !tx.clocks(of: application.reference).contains(where: {
        $0.stage == stage && $0.round == round
      })
    else { return }
    let kept = KeptClock(
      round: round, running: RunningClock(clock, source: source, anchor: day))
    try tx.keep(kept, of: application.reference)
    try schedule(kept, application.reference, under: pack, in: tx)
  }

  /// The stage is done, so its clock stops: that of a round, or the one that is open.
  func stop(
    _ stage: Clock.Stage, round: Int? = nil, of reference: CaseReference, in tx: SliceTransaction
  ) throws {
    let open = try tx.clocks(of: reference).last {
      $0.stage == stage && $0.doneOn == nil && (round ?? $0.round) == $0.round
    }
    guard let clock = open else { return }
    try tx.keepDone(clock, on: tx.today, of: reference)
    try tx.cancelTimer(Self.timerKind, key: Self.timerKey(clock, reference))
  }

  /// Sets the timer to the end of the last day, or takes it back while the clock stands still. Where bank
  /// holidays are not known for so long, that is put on record: nothing is guessed.
  func schedule(
    _ clock: KeptClock, _ reference: CaseReference, under pack: PolicyPack,
    in tx: SliceTransaction
  ) throws {
    let key = Self.timerKey(clock, reference)
    do {
      guard let due = try clock.running.due(in: pack.calendar) else {
        return try tx.cancelTimer(Self.timerKind, key: key)
      }
      let end = LondonTime.startOfDay(due.adding(days: 1))
      try tx.schedule(
        Self.timerKind, key: key, at: Date(timeIntervalSince1970: Double(end)))
    } catch let beyond as BeyondHorizon {
      try tx.audit(
        actor: "threshold", action: "threshold.beyond-horizon", subject: reference.description,
        reason: "\(clock.stage.rawValue): \(beyond)")
    }
  }

  /// A stage's last day has gone by. If it is still open, the applicant is owed a notice that it is late,
  /// once for each deadline.
  func noteLate(_ timer: DueTimer, in tx: SliceTransaction) throws {
    let parts = timer.key.split(separator: "/").map(String.init)
    guard parts.count == 3, let round = Int(parts[2]) else {
      throw DamagedSlice(what: "a case, a stage and a round")
    }
    let application = try tx.knownApplication(CaseReference(parsing: parts[0]))
    let reference = application.reference
    let clock = try tx.clocks(of: reference).first {
      $0.stage.rawValue == parts[1] && $0.round == round
    }
    guard let clock, clock.doneOn == nil else { return }
    let calendar = try library.pack(application.policyDigest, in: tx).calendar
    guard let due = try clock.running.due(in: calendar), due < tx.today, clock.noticeFor != due
    else { return }
    try tx.keepNotice(clock, for: due, of: reference)
    try tx.announceLate(clock, due: due, of: application)
    try tx.audit(
      actor: "threshold", action: "threshold.late", subject: reference.description,
      reason: "\(clock.stage.rawValue) was due by \(due)")
  }

  private static func timerKey(_ clock: KeptClock, _ reference: CaseReference) -> String {
    "\(reference)/\(clock.stage.rawValue)/\(clock.round)"
  }
}

extension Clock {
  /// True if this is what it is counted from. An application is acknowledged with its reference, on the
  /// day on which it is received.
  fileprivate func starts(at anchor: Anchor) -> Bool {
    self.anchor == anchor || (self.anchor == .acknowledgement && anchor == .receipt)
  }
}
