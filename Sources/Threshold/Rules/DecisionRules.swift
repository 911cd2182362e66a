public import CaseModel

/// What a person may sign.
public enum DecisionRules {
  /// Why a decision may not be signed.
  public enum Refusal: String, Error, Sendable, CaseIterable {
    /// s.104(4) says that the threshold must be decided met.
    case mustBeMet = "must-be-met"
    /// s.104(4) does not decide it, or it is not met: the reasons must be written down.
    case reasonNeeded = "reason-needed"
    /// Not met although a route of the area's own is: the reasons must be written down.
    case overrideNeedsReason = "override-needs-reason"

    /// What is wrong and what would be right.
    public var message: String {
      switch self {
      case .mustBeMet:
        "enough complaints count, so the threshold must be decided met (s.104(4)); decide --met"
      case .reasonNeeded:
        "s.104(4) does not decide this one; say why the threshold is met, or is not, with --reason"
      case .overrideNeedsReason:
        "a route of the area's own is met, though s.104(4) does not decide this one; say why the "
          + "threshold is not met all the same with --reason"
      }
    }
  }

  /// Nil if the decision may be signed.
  public static func refusal(
    met: Bool, assessment: Assessment, reason: String
  ) -> Refusal? {
    if !met, assessment.met { return .mustBeMet }
    guard reason.allSatisfy(\.isWhitespace) else { return nil }
    if !met, assessment.outcome == .met { return .overrideNeedsReason }
    return met && assessment.met ? nil : .reasonNeeded
  }

  /// The route that a decision "met" rests on: s.104(4) if it says so, else the one that the person who
  /// signs names, else the strongest of the others. Nil if none of these is open: the facts do not allow
  /// it, or the procedure does not have it.
  public static func route(
    of assessment: Assessment, restingOn asked: RouteName? = nil
  ) -> (route: RouteName, clause: String)? {
    let routes = assessment.routes.filter { result in
      if assessment.met { return result.route == .mandatory }
      return asked == nil || result.route == asked
    }
    for outcome in [RouteOutcome.met, .personDecides] {
      if let route = routes.first(where: { $0.outcome == outcome }) {
        return (route.route, route.clause)
      }
    }
    return nil
  }
}
