import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Puts the decision off to a day, with a reason; deciding ends it, and so does the end of that day. The
/// clock for the decision runs on.
struct DeferDecision: Sendable {
  /// Fires when the day to which a decision was put off is over.
  static let timerKind = "deferral-over"

  let until: CalendarDate
  let officer: String
  let reason: String
  let library: PolicyLibrary

  /// - Throws: the refusals `unknown-case`, `not-assessed-yet`, `already-decided`,
  ///   `awaits-second-signature`, `date-in-past` and `beyond-horizon`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws {
    let application = try tx.openApplication(reference)
    _ = try tx.knownAssessment(reference)
    let standing = try tx.decisionStanding(of: reference)
    guard standing.openNumber != nil else { throw standing.alreadyDecided(reference) }
    guard standing.pending == nil else {
      throw Refusal(
        .state, code: "awaits-second-signature",
        message: "A decision in \(reference) waits for its second signature; that is given or "
          + "declined first.")
    }
    guard until >= tx.today else {
      throw Refusal(
        .input, code: "date-in-past", path: "until",
        message: "\(until) has gone by; today is \(tx.today).")
    }
    let late = try lateness(application, reference, in: tx)
    let deferral = Deferral(
      deferredOn: tx.today, until: until, officer: try tx.officer(officer, using: &generator),
      reason: reason)
    try tx.keep(deferral, of: reference)
    try tx.schedule(Self.timerKind, key: reference.description, at: until.isOver)
    try tx.announceDeferred(deferral, of: application)
    try tx.audit(
      actor: officer, action: "threshold.defer", subject: reference.description,
      reason: String(late.drop { $0 == " " }), words: reason)
  }

  /// That the decision is due before, in words; empty if it is not. It may be put off for all that: late
  /// is late.
  /// - Throws: the refusal `beyond-horizon`.
  private func lateness(
    _ application: KeptApplication, _ reference: CaseReference, in slice: SliceReader
  ) throws -> String {
    let calendar = try library.pack(application.policyDigest, in: slice).calendar
    return try countingDays(at: "until") {
      _ = try calendar.isWorkingDay(until)
      guard let due = try slice.openClock(.decide, of: reference)?.running.due(in: calendar),
        due < until
      else { return "" }
      return " (to \(until), after the decision is due by \(due))"
    }
  }

  /// The day has gone by and nobody has decided: that is put on record, and nothing is put off any more.
  static func noteOver(_ timer: DueTimer, in tx: SliceTransaction) throws {
    let reference = try CaseReference(parsing: timer.key)
    guard let deferral = try tx.deferral(of: reference), deferral.until < tx.today else { return }
    try tx.removeDeferral(of: reference)
    try tx.audit(
      actor: "threshold", action: "threshold.deferral-over", subject: reference.description,
      reason: "it was put off to \(deferral.until), and has not been decided")
  }
}
