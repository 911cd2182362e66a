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
  /// What the law kept from being applied, or would have counted more: a caveat, a higher number, a
  /// shorter window.
  public let notes: [Reason]
  /// What would change the outcome; never empty unless it is met under s.104(4).
  public let changes: [Reason]
  /// Facts in doubt that the outcome turns on, and what would settle each.
  public let turnsOn: [Reason]
  /// How far the bodies have answered; nil where nobody has been asked.
  public let information: InformationCompleteness?

  /// Version of these rules: kept with every decision, raised with every change that alters an outcome
  /// or a reason.
  public static let engineVersion = 2

  /// Applies a pack's rules to an application.
  public static func of(
    _ application: ApplicationFacts, _ evidence: Evidence = .none, under pack: PolicyPack
  ) -> Assessment {
    let mandatory = Section104Subsection4.assess(application, pack.mandatory)
    let local = pack.alternatives.map { alternative in
      LocalAlternatives.assess(application, alternative, qualifying: mandatory)
    }
    let discretionary = Section104Subsection5.assess(application, pack.factors)
    let outcome = ([mandatory] + local).map(\.outcome).max() ?? .notMet
    return Assessment(
      outcome: outcome, met: mandatory.outcome == .met, required: mandatory.required,
      counted: mandatory.counted, policyName: pack.name, policyVersion: pack.version,
      policyDigest: pack.digest, routes: [mandatory] + local + discretionary,
      notes: [], changes: [], turnsOn: [], information: evidence.information)
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
  /// Who stands behind it.
  public let standing: Standing
  /// Codes of the rules that made it so.
  public let rules: [String]
  public let reason: Reason

  init(
    index: Int, counted: Bool, with: Int?, standing: Standing = .applicantSays, rules: [String],
    reason: Reason
  ) {
    self.index = index
    self.counted = counted
    self.with = with
    self.standing = standing
    self.rules = rules
    self.reason = reason
  }
}
