import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// A second person signs a "not met" that waits, as it is on record, or does not agree to it.
struct Countersign: Sendable {
  /// Somebody else than who signed first.
  let officer: String
  /// Names what they have read: that of ``PendingDecision``.
  let token: String
  let library: PolicyLibrary

  /// The second signature: the decision is made on the day on which it has both.
  /// - Throws: the refusals `unknown-case`, `nothing-to-countersign`, `same-officer`, `token-needed`,
  ///   `not-what-waits`, `capacity-needed`, and those of `DecisionRules`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> (decision: KeptDecision, application: KeptApplication) {
    let application = try tx.openApplication(reference)
    let standing = try tx.decisionStanding(of: reference)
    let pending = try pendingDecision(standing, reference, in: tx)
    try checkCapacity(pending)
    let number = try standing.numberToSign(by: officer, of: reference)
    try tx.removePendingDecision(of: reference)
    let (assessed, revision) = try AssessThreshold(library: library)
      .assessmentToSign(of: application, in: tx)
    let assessment = assessed.assessment
    try DecisionRules.check(met: false, assessment, reason: pending.signature.reason)
    let decision = KeptDecision(
      number: number, recommended: assessment.outcome, met: false, route: nil, clause: "",
      decidedOn: tx.today, signature: pending.signature,
      second: try tx.officer(officer, using: &generator), revision: revision)
    try tx.conclude(decision, by: assessed, of: application)
    try CaseClocks(library: library).stop(.decide, of: reference, in: tx)
    try tx.audit(
      actor: officer, action: "threshold.countersign", subject: reference.description,
      reason: "not met, signed first by \(pending.signature.officer.name) on \(pending.signedOn)")
    return (decision, application)
  }

  /// The second person does not agree: what waited is dropped, and the case is undecided as before.
  /// - Throws: the refusals `unknown-case`, `nothing-to-countersign`, `same-officer`, `token-needed` and
  ///   `not-what-waits`.
  func decline(
    _ reference: CaseReference, reason: String, in tx: SliceTransaction
  ) throws {
    _ = try tx.openApplication(reference)
    _ = try pendingDecision(try tx.decisionStanding(of: reference), reference, in: tx)
    try tx.removePendingDecision(of: reference)
    try tx.audit(
      actor: officer, action: "threshold.decline", subject: reference.description, words: reason)
  }

  /// One from before it was asked in what capacity somebody signs.
  private func checkCapacity(_ pending: PendingDecision) throws {
    guard pending.signature.capacity.isEmpty else { return }
    throw Refusal(
      .state, code: "capacity-needed", path: "token",
      message: "It is not on record in what capacity the first signature was given; whoever signed "
        + "first decides anew and says so, or this one is declined.")
  }

  private func pendingDecision(
    _ standing: DecisionStanding, _ reference: CaseReference, in slice: SliceReader
  ) throws -> PendingDecision {
    guard let pending = standing.pending else {
      throw Refusal(
        .state, code: "nothing-to-countersign",
        message: "No decision in \(reference) waits for a second signature.")
    }
    guard !Officer.areSame(pending.signature.officer.name, officer) else {
      throw Refusal(
        .state, code: "same-officer", path: "officer",
        message: "The second signature is somebody else's than the first. Who signed first can "
          + "decide anew, in place of what waits.")
    }
    guard !token.isEmpty else {
      throw Refusal(
        .input, code: "token-needed", path: "token",
        message:
          "Who signs second has read what they sign; expected the token of the decision that "
          + "waits, as the case shows it.")
    }
    let revision = try slice.knownAssessment(reference).revision
    guard token == pending.token(of: reference, revision: revision) else {
      throw Refusal(
        .state, code: "not-what-waits", path: "token",
        message: "Another decision waits in \(reference) by now, or the assessment is another one; "
          + "read the case again, then sign.")
    }
    return pending
  }
}
