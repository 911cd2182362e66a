import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// A named person signs whether the threshold is met. The rules say what may be signed; the name and the
/// words stay here, and an opaque key leaves in their place. Where the procedure asks for two signatures
/// on "not met", the first one waits for the second.
struct SignDecision: Sendable {
  let met: Bool
  /// Who signs.
  let officer: String
  let reason: String
  /// What "met" rests on, if the person says so.
  var route: RouteName?
  /// The body for which they sign, by key; empty for the one that the procedure names, if it does.
  var body = ""
  /// Empty for the one that the procedure names, where it is its own body that decides.
  var capacity = ""
  let library: PolicyLibrary

  /// - Returns: the decision, nil if it waits for a second signature, and the application that it is
  ///   about.
  /// - Throws: the refusals `unknown-case`, `not-assessed-yet`, `already-decided`, `same-officer`,
  ///   `body-needed`, `unknown-body`, `capacity-needed`, `route-not-open`, and those of `DecisionRules`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> (decision: KeptDecision?, application: KeptApplication) {
    let application = try tx.openApplication(reference)
    _ = try tx.knownAssessment(reference)
    let number = try tx.decisionStanding(of: reference).numberToSign(by: officer, of: reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    let (assessed, revision) = try AssessThreshold(library: library)
      .assessmentToSign(of: application, in: tx)
    let assessment = assessed.assessment
    try DecisionRules.check(met: met, assessment, reason: reason)
    let route = met ? try openRoute(of: assessment) : nil
    let body = try signingBody(pack, tx.today)
    let signature = Signature(
      officer: try tx.officer(officer, using: &generator), body: body,
      capacity: try signingCapacity(pack, for: body), reason: reason)
    if !met, pack.procedure.decision.needsSecondSignatureOnNotMet {
      try wait(signature, reference, in: tx)
      return (nil, application)
    }
    let decision = KeptDecision(
      number: number, recommended: assessment.outcome, met: met, route: route?.route,
      clause: route?.clause ?? "", decidedOn: tx.today, signature: signature, second: nil,
      revision: revision)
    try tx.conclude(decision, by: assessed, of: application)
    try CaseClocks(library: library).stop(.decide, of: reference, in: tx)
    try tx.audit(
      actor: officer, action: "threshold.decide", subject: reference.description, words: reason)
    return (decision, application)
  }

  /// The first of two signatures, in place of one that waits.
  private func wait(
    _ signature: Signature, _ reference: CaseReference, in tx: SliceTransaction
  ) throws {
    try tx.keep(PendingDecision(signedOn: tx.today, signature: signature), of: reference)
    try tx.audit(
      actor: officer, action: "threshold.sign-first", subject: reference.description,
      words: reason)
  }

  private func openRoute(of assessment: Assessment) throws -> (route: RouteName, clause: String) {
    if let open = DecisionRules.route(of: assessment, restingOn: route) { return open }
    let asked = route.map { "the \($0.rawValue.lowercased()) route" } ?? "any route to \"met\""
    throw Refusal(
      .state, code: "route-not-open", path: "route",
      message:
        "The assessment does not leave \(asked) open; see `threshold assess` or the case for "
        + "what it says of each route.")
  }

  private func signingBody(_ pack: PolicyPack, _ today: CalendarDate) throws -> String {
    let named = body.isEmpty ? pack.procedure.decision.body : body
    let keys = pack.bodies.filter { $0.exists(on: today) }.map(\.key).joined(separator: ", ")
    guard !named.isEmpty else {
      throw Refusal(
        .input, code: "body-needed", path: "body",
        message: "The procedure names no body that decides, so whoever signs says for which body; "
          + "expected one of: \(keys).")
    }
    guard body.isEmpty || pack.body(body)?.exists(on: today) == true else {
      throw Refusal(
        .input, code: "unknown-body", path: "body",
        message: "This is not the key of a body of the area; expected one of: \(keys).")
    }
    return named
  }

  /// What the procedure says of its own body is not said of another one.
  private func signingCapacity(_ pack: PolicyPack, for body: String) throws -> String {
    guard capacity.isEmpty else { return capacity }
    let policy = pack.procedure.decision
    let isKnown = policy.body.isEmpty || policy.body == body
    guard isKnown, !policy.capacity.isEmpty else {
      throw Refusal(
        .input, code: "capacity-needed", path: "capacity",
        message:
          "The procedure is not known to say in what capacity \(pack.body(body)?.name ?? body) "
          + "decides; say as what the officer signs, such as lead authority, relevant body, or "
          + "co-opted provider to which it is delegated.")
    }
    return policy.capacity
  }
}

extension DecisionRules {
  /// - Throws: the refusals `must-be-met`, `reason-needed` and `override-needs-reason`.
  static func check(met: Bool, _ assessment: Assessment, reason: String) throws {
    guard let refusal = refusal(met: met, assessment: assessment, reason: reason) else { return }
    throw WorkerKit.Refusal(
      .state, code: refusal.rawValue, path: refusal == .mustBeMet ? "met" : "reason",
      message: refusal.message)
  }
}

extension SliceTransaction {
  /// Keeps and announces a decision that has all its signatures, with what it was derived from; nothing
  /// waits or is put off any more.
  func conclude(
    _ decision: KeptDecision, by assessed: AssessedInputs, of application: KeptApplication
  ) throws {
    try keep(decision, of: application.reference)
    try keepInputs(decisionNumber: decision.number, of: application, assessed: assessed)
    try removePendingDecision(of: application.reference)
    try removeDeferral(of: application.reference)
    try cancelTimer(DeferDecision.timerKind, key: application.reference.description)
    try announceDecided(decision, of: application)
    let untold = try notifications(of: application.reference).count { $0.notifiedOn == nil }
    guard untold > 0 else { return }
    try audit(
      actor: "threshold", action: "threshold.decided-before-told",
      subject: application.reference.description,
      reason: "s.104(3): still to be told of the application: \(untold)")
  }
}
