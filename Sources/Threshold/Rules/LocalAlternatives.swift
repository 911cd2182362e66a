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
    _ alternative: LocalAlternative, _ rule: MandatoryRule, _ mandatory: borrowing Tally,
    _ narrowing: borrowing LocalNarrowing, known: [Section104Subsection11]? = nil
  ) {
    var findings = alternative.toFind.map { Reason($0) }
    findings += narrowing.toFind
    guard alternative.isCounted else {
      self.init(alternative, nil, Count(), .personDecides, findings)
      return
    }
    let periods = alternative.periods(besides: rule)
    let isAsMandatory =
      periods == QualifyingPeriods(rule) && narrowing.isNothing(for: alternative.kind)
    let tally =
      isAsMandatory
      ? copy mandatory
      : narrowing.tally(
        besides: mandatory, within: periods, for: alternative.kind, known: known)
    let count = Self.count(alternative.kind, tally)
    let toFind: [Reason]? =
      if count.counted >= count.required, count.lacking.isEmpty {
        findings
      } else if let unknown = count.unknown {
        [unknown] + findings
      } else {
        nil
      }
    let outcome: RouteOutcome =
      toFind.map { $0.isEmpty ? .met : .personDecides } ?? .notMet
    // Enough of them, but something else is lacking: the count alone would not explain the outcome.
    self.init(
      alternative, tally, count, outcome,
      toFind ?? (count.counted >= count.required ? count.lacking : []),
      isAsMandatory: isAsMandatory)
  }

  private init(
    _ alternative: LocalAlternative, _ tally: Tally?, _ count: Count, _ outcome: RouteOutcome,
    _ toFind: [Reason], isAsMandatory: Bool = false
  ) {
    self.alternative = alternative
    self.tally = tally
    self.required = count.required
    self.counted = count.counted
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

  /// What is counted on a route.
  private struct Count {
    var required = 0
    var counted = 0
    /// What else would have to be so.
    var lacking: [Reason] = []
    /// What a person would have to find for it to be enough; nil if nothing could make it so.
    var unknown: Reason?
  }

  private static func count(_ kind: LocalAlternative.Kind, _ tally: Tally) -> Count {
    switch kind {
    case .hate(let complaints, let required):
      let incidents = HateIncidents(tally.application)
      let ofHate =
        tally.narrowedBy == nil
        ? tally.verdicts.indices.count { tally.verdicts[$0] == .counts && incidents.contains($0) }
        : 0
      var count = Count(required: complaints, counted: tally.counted)
      if ofHate < required { count.lacking = [lacking(.tooFewOfHate, ofHate, required)] }
      return count
    case .severalPeople(let required, let complaints):
      let people = tally.application.different(complaining(tally)) {
        $0.complainant == $1.complainant
      }
      // Where no more complaints are asked for than people, people are what is counted.
      guard complaints > required else { return Count(required: required, counted: people) }
      var count = Count(required: complaints, counted: tally.counted)
      if people < required { count.lacking = [lacking(.tooFewPeople, people, required)] }
      return count
    case .severalHouseholds(let required, let complaints):
      let (known, possible) = households(tally)
      var count =
        complaints > required
        ? Count(required: complaints, counted: tally.counted)
        : Count(required: required, counted: known)
      guard known < required else { return count }
      count.lacking = [lacking(.tooFewHouseholds, known, required)]
      if possible >= required, complaints <= required || tally.counted >= complaints {
        count.unknown = lacking(.householdsToFind, known, required)
      }
      return count
    case .vulnerability, .riskBand: return Count()
    }
  }

  private static func lacking(_ code: Reason.Code, _ counted: Int, _ required: Int) -> Reason {
    Reason(code, [.init("counted", counted), .init("required", required)])
  }

  /// How many are known, and how many there may be at most. Whoever made a complaint whose household is not
  /// known counts for as many as they named in others, and for one at least, whoever else named these: so no
  /// further complaint makes fewer possible.
  private static func households(_ tally: Tally) -> (known: Int, possible: Int) {
    let (places, application) = (complaining(tally), tally.application)
    let facts = application.facts
    func sharesPerson(_ place: Int, with others: [Int]) -> Bool {
      others.contains { facts[$0].complainant == facts[place].complainant }
    }
    func households(_ places: [Int]) -> Int {
      application.different(places) { $0.household == $1.household }
    }
    let known = places.filter { !facts[$0].household.isEmpty }
    let unknown = places.filter { facts[$0].household.isEmpty }
    guard !unknown.isEmpty else {
      let count = households(known)
      return (count, count)
    }
    let named = known.filter { sharesPerson($0, with: unknown) }
    let certain = households(known.filter { !sharesPerson($0, with: unknown) })
    let byThem = application.different(named) {
      $0.complainant == $1.complainant && $0.household == $1.household
    }
    let others = application.different(unknown.filter { !sharesPerson($0, with: named) }) {
      $0.complainant == $1.complainant
    }
    return (households(known), certain + byThem + others)
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
  /// False where a person finds everything.
  fileprivate var isCounted: Bool {
    switch kind {
    case .hate, .severalPeople, .severalHouseholds: true
    case .vulnerability, .riskBand: false
    }
  }

  /// A procedure that says within how long reports were made to be has no other period for them on that
  /// route: the one month of s.104(11) is about s.104(4).
  func periods(besides rule: MandatoryRule) -> QualifyingPeriods {
    QualifyingPeriods(
      complaint: complaintWindow, application: applicationWindow ?? rule.applicationWindow)
  }
}
