import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// A named person signs whether the threshold is met. The rules say what may be signed; the name and the
/// words stay here, and an opaque key leaves in their place.
struct SignDecision: Sendable {
  let met: Bool
  /// Who signs.
  let officer: String
  let reason: String
  /// What "met" rests on, if the person says so.
  var route: RouteName?
  let library: PolicyLibrary

  /// - Returns: the decision and the application that it is about.
  /// - Throws: the refusals `unknown-case`, `not-assessed-yet`, `already-decided`, and those of
  ///   `DecisionRules`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> (KeptDecision, KeptApplication) {
    let application = try tx.knownApplication(reference)
    _ = try tx.knownAssessment(reference)
    if let earlier = try tx.decision(of: reference) { throw alreadyDecided(earlier, reference) }
    let assessment = Assessment.of(
      try tx.facts(of: application), under: try library.pack(application.policyDigest, in: tx))
    if let refusal = DecisionRules.refusal(met: met, assessment: assessment, reason: reason) {
      throw Refusal(
        .state, code: refusal.rawValue, path: refusal == .reasonNeeded ? "reason" : "met",
        message: refusal.message)
    }
    let route = met ? try openRoute(of: assessment) : nil
    let decision = KeptDecision(
      met: met, route: route?.route, clause: route?.clause ?? "", decidedOn: tx.today,
      officer: officer,
      officerKey: try tx.officerKey(of: officer, fresh: Self.drawKey(using: &generator)),
      reason: reason)
    try tx.keep(decision, of: reference)
    try tx.announceDecided(decision, of: application)
    try tx.audit(
      actor: officer, action: "threshold.decide", subject: reference.description, reason: reason)
    return (decision, application)
  }

  private func openRoute(of assessment: Assessment) throws -> (route: RouteName, clause: String) {
    guard let asked = route else { return DecisionRules.route(of: assessment) }
    if let open = DecisionRules.route(of: assessment, restingOn: asked) { return open }
    throw Refusal(
      .state, code: "route-not-open", path: "route",
      message: "The assessment does not leave the \(asked.rawValue.lowercased()) route open; "
        + "see `threshold assess` or the case for what it says of each route.")
  }

  private func alreadyDecided(_ earlier: KeptDecision, _ reference: CaseReference) -> Refusal {
    Refusal(
      .state, code: "already-decided",
      message: "It was decided on \(earlier.decidedOn) that the threshold of \(reference) is "
        + "\(earlier.met ? "met" : "not met"). A decision is signed once.")
  }

  /// 128 random bits, in hexadecimal.
  private static func drawKey(using generator: inout some RandomNumberGenerator) -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
