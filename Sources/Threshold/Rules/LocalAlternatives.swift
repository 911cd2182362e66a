import CaseModel
import Policy

/// The alternatives that an area's own procedure gives. They can help an applicant who does not meet
/// s.104(4), never hinder one who does.
struct LocalEvaluation {
  let alternative: LocalAlternative
  /// Nil where nothing is counted.
  let tally: Tally?
  /// True if the complaints stand as they do under s.104(4).
  let isAsMandatory: Bool
  let required: Int
  let counted: Int
  let outcome: RouteOutcome
  /// What a person would have to find.
  let toFind: [Reason]

  init(
    _ alternative: LocalAlternative, _ rule: MandatoryRule, _ mandatory: Tally,
    _ narrowing: LocalNarrowing, known: Tally? = nil
  ) {
    var findings = alternative.toFind.map { Reason($0) }
    findings += narrowing.toFind
    guard let required = alternative.required else {
      self.init(alternative, nil, 0, 0, .personDecides, findings)
      return
    }
    let isAsMandatory =
      alternative.complaintWindow == nil && alternative.applicationWindow == nil
      && narrowing.isNothing(for: alternative.kind)
    let tally =
      isAsMandatory
      ? mandatory
      : narrowing.tally(
        mandatory.application, within: alternative.periods(besides: rule), for: alternative.kind,
        known: known)
    let (counted, perhaps, lacking) = Self.count(alternative.kind, tally)
    let toFind: [Reason]? =
      if counted >= required, lacking.isEmpty {
        findings
      } else if counted < required, counted + perhaps >= required {
        [
          Reason(
            .householdsToFind, [.init("counted", counted), .init("required", required)])
        ] + findings
      } else {
        nil
      }
    let outcome: RouteOutcome =
      toFind.map { $0.isEmpty ? .met : .personDecides } ?? .notMet
    // Enough of them, but too few of hate: the count alone would not explain the outcome.
    self.init(
      alternative, tally, required, counted, outcome,
      toFind ?? (counted >= required ? lacking : []), isAsMandatory: isAsMandatory)
  }

  private init(
    _ alternative: LocalAlternative, _ tally: Tally?, _ required: Int, _ counted: Int,
    _ outcome: RouteOutcome, _ toFind: [Reason], isAsMandatory: Bool = false
  ) {
    self.alternative = alternative
    self.tally = tally
    self.required = required
    self.counted = counted
    self.outcome = outcome
    self.toFind = toFind
    self.isAsMandatory = isAsMandatory
  }

  func result(_ mandatory: [ComplaintResult], _ evidence: [ComplaintResult]) -> RouteResult {
    let lines = isAsMandatory ? mandatory : tally?.lines ?? evidence
    return RouteResult(
      route: .local, clause: alternative.clause, outcome: outcome, required: required,
      counted: counted, complaints: lines, toFind: toFind)
  }

  /// How many count; how many more might, if a person found so; and what else is lacking.
  private static func count(
    _ kind: LocalAlternative.Kind, _ tally: Tally
  ) -> (counted: Int, perhaps: Int, lacking: [Reason]) {
    switch kind {
    case .hate(_, let required):
      let incidents = HateIncidents(tally.application)
      let ofHate =
        tally.narrowedBy == nil
        ? tally.verdicts.indices.count { tally.verdicts[$0] == .counts && incidents.contains($0) }
        : 0
      guard ofHate < required else { return (tally.counted, 0, []) }
      let details = [Reason.Detail("counted", ofHate), .init("required", required)]
      return (tally.counted, 0, [Reason(.tooFewOfHate, details)])
    case .severalPeople:
      let people = tally.application.different(complaining(tally)) {
        $0.complainant == $1.complainant
      }
      return (people, 0, [])
    case .severalHouseholds:
      let (places, application) = (complaining(tally), tally.application)
      let facts = application.facts
      let known = places.filter { !facts[$0].household.isEmpty }
      let unknown = places.filter { place in
        !known.contains { facts[$0].complainant == facts[place].complainant }
      }
      return (
        application.different(known) { $0.household == $1.household },
        application.different(unknown) { $0.complainant == $1.complainant }, []
      )
    case .vulnerability, .riskBand: return (0, 0, [])
    }
  }

  /// Places of those that count, by themselves or together with another.
  private static func complaining(_ tally: Tally) -> [Int] {
    tally.narrowedBy == nil ? tally.qualifying : []
  }
}

/// Which complaints are of hate. As the victim or anybody else perceived it: nobody has to have recorded it
/// as a crime, and no body can dispute it. One report of an occurrence as hate makes the occurrence one of
/// hate, whoever else reported it.
struct HateIncidents {
  private let facts: [ComplaintFacts]
  private let incidents: [String]

  init(_ application: EstablishedApplication) {
    facts = application.facts
    incidents = facts.lazy.filter { $0.hate && !$0.incident.isEmpty }.map(\.incident)
  }

  func contains(_ place: Int) -> Bool {
    facts[place].hate || (!incidents.isEmpty && incidents.contains(facts[place].incident))
  }
}

extension LocalAlternative {
  /// How many must count; nil where nothing is counted.
  fileprivate var required: Int? {
    switch kind {
    case .hate(let complaints, _): complaints
    case .severalPeople(let people): people
    case .severalHouseholds(let households): households
    case .vulnerability, .riskBand: nil
    }
  }

  func periods(besides rule: MandatoryRule) -> QualifyingPeriods {
    QualifyingPeriods(
      complaint: complaintWindow ?? rule.complaintWindow,
      application: applicationWindow ?? rule.applicationWindow)
  }
}
