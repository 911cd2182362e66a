public import CaseModel
public import Policy

/// What the rules say of an application. They recommend; a named person decides.
public struct Assessment: Sendable, Hashable {
  /// The strongest of the mandatory and the local routes.
  public let outcome: RouteOutcome
  /// True if s.104(4) says that the threshold must be decided met.
  public let met: Bool
  /// Complaints that s.104(4) requires.
  public let required: Int
  /// Complaints that count for s.104(4).
  public let counted: Int
  public let policyName: String
  public let policyVersion: String
  public let policyDigest: String
  /// In order: mandatory, each local alternative, discretionary.
  public let routes: [RouteResult]

  /// Applies a pack's rules to an application.
  public static func of(_ application: ApplicationFacts, under pack: PolicyPack) -> Assessment {
    let mandatory = Section104Subsection4.assess(application, pack.mandatory)
    let local = pack.alternatives.map { alternative in
      LocalAlternatives.assess(application, alternative, qualifying: mandatory)
    }
    let discretionary = Section104Subsection5.assess(application, pack.factors)
    let outcome = ([mandatory] + local).map(\.outcome).max() ?? .notMet
    return Assessment(
      outcome: outcome, met: mandatory.outcome == .met, required: mandatory.required,
      counted: mandatory.counted, policyName: pack.name, policyVersion: pack.version,
      policyDigest: pack.digest, routes: [mandatory] + local + discretionary)
  }
}

/// What the rules say of one route.
public struct RouteResult: Sendable, Hashable {
  public let route: RouteName
  /// Where the route comes from, such as `s.104(4)`.
  public let clause: String
  public let outcome: RouteOutcome
  public let required: Int
  public let counted: Int
  /// One line for each complaint, in the application's order.
  public let complaints: [ComplaintResult]
  /// What a person would have to find.
  public let toFind: [Reason]
}

/// What the rules say of one complaint on one route.
public struct ComplaintResult: Sendable, Hashable {
  /// Place in the application, from 0.
  public let index: Int
  public let counted: Bool
  /// The complaint that it counts once together with.
  public let with: Int?
  /// Codes of the rules that made it so.
  public let rules: [String]
  public let reason: Reason
}
