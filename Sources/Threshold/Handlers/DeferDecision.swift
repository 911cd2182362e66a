import CaseModel
import WorkerKit

/// Puts the decision off to a day, with a reason; deciding ends it. The clock for the decision runs on.
struct DeferDecision: Sendable {
  let until: CalendarDate
  let officer: String
  let reason: String

  /// - Throws: the refusals `unknown-case`, `not-assessed-yet`, `already-decided`,
  ///   `awaits-second-signature` and `date-in-past`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws {
    let application = try tx.knownApplication(reference)
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
    let deferral = Deferral(
      deferredOn: tx.today, until: until, officer: try tx.officer(officer, using: &generator),
      reason: reason)
    try tx.keep(deferral, of: reference)
    try tx.announceDeferred(deferral, of: application)
    try tx.audit(
      actor: officer, action: "threshold.defer", subject: reference.description, reason: reason)
  }
}
