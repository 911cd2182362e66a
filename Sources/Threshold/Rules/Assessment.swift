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
  public static let engineVersion = 4

  /// One that was made before, as it was kept.
  public init(
    outcome: RouteOutcome, met: Bool, required: Int, counted: Int, policyName: String,
    policyVersion: String, policyDigest: String, routes: [RouteResult], notes: [Reason] = [],
    changes: [Reason] = [], turnsOn: [Reason] = [], information: InformationCompleteness? = nil
  ) {
    self.outcome = outcome
    self.met = met
    self.required = required
    self.counted = counted
    self.policyName = policyName
    self.policyVersion = policyVersion
    self.policyDigest = policyDigest
    self.routes = routes
    self.notes = notes
    self.changes = changes
    self.turnsOn = turnsOn
    self.information = information
  }

  /// Applies a pack's rules to an application.
  public static func of(
    _ application: ApplicationFacts, _ evidence: Evidence = .none, under pack: PolicyPack
  ) -> Assessment {
    let evaluation = evaluation(application, evidence, pack)
    let groups = evaluation.mandatory.application.perhapsOneIncident
    let doubts = evaluation.mandatory.application.doubts(groups)
    let (outcome, rule) = (evaluation.outcome, evaluation.rule)
    return Assessment(
      outcome: outcome, met: evaluation.isMet, required: rule.required,
      counted: evaluation.mandatory.counted,
      policyName: pack.name, policyVersion: pack.version, policyDigest: pack.digest,
      routes: routes(evaluation, rule, pack),
      notes: Section104Subsection4.notes(evaluation.mandatory, pack),
      changes: evaluation.isMet
        ? []
        : WhatWouldChange(evaluation: evaluation, weighsFactors: !pack.factors.isEmpty).reasons,
      turnsOn: doubts.isEmpty
        ? []
        : FactsInDoubt(
          evaluation: evaluation, doubts: doubts, groups: groups, caveats: pack.caveats
        ).reasons,
      information: evidence.information)
  }

  /// The outcome alone, as ``of(_:_:under:)`` gives it: in a fraction of the time.
  public static func outcome(
    of application: ApplicationFacts, _ evidence: Evidence = .none, under pack: PolicyPack
  ) -> RouteOutcome {
    evaluation(application, evidence, pack).outcome
  }

  private static func evaluation(
    _ application: ApplicationFacts, _ evidence: Evidence, _ pack: PolicyPack
  ) -> Evaluation {
    let established = EstablishedApplication(
      application, evidence,
      givesBenefitOfTheDoubt: pack.procedure.decision.givesBenefitOfTheDoubt)
    return Evaluation(established, pack)
  }

  private static func routes(
    _ evaluation: Evaluation, _ rule: MandatoryRule, _ pack: PolicyPack
  ) -> [RouteResult] {
    let (tally, lines) = (evaluation.mandatory, evaluation.mandatory.lines)
    let needsEvidence = !pack.factors.isEmpty || evaluation.locals.contains { $0.tally == nil }
    let evidence = needsEvidence ? Section104Subsection5.evidence(tally) : []
    var routes: [RouteResult] = []
    routes.reserveCapacity(evaluation.locals.count + 2)
    routes.append(Section104Subsection4.result(tally, rule, lines))
    for local in evaluation.locals { routes.append(local.result(lines, evidence)) }
    if let discretionary = Section104Subsection5.result(tally, pack, evidence) {
      routes.append(discretionary)
    }
    return routes
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

  public init(
    route: RouteName, clause: String, outcome: RouteOutcome, required: Int, counted: Int,
    complaints: [ComplaintResult], toFind: [Reason]
  ) {
    self.route = route
    self.clause = clause
    self.outcome = outcome
    self.required = required
    self.counted = counted
    self.complaints = complaints
    self.toFind = toFind
  }
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
  public let reason: Reason

  public init(
    index: Int, counted: Bool, with: Int?, standing: Standing = .applicantSays, reason: Reason
  ) {
    self.index = index
    self.counted = counted
    self.with = with
    self.standing = standing
    self.reason = reason
  }

  /// Codes of the rules that made it so.
  public var rules: [String] { [reason.code.rawValue] }
}
