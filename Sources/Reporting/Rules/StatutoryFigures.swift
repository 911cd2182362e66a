public import CaseModel

/// Something that one of the four figures counts.
public struct CountedFact: Sendable, Hashable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable {
    case applicationReceived = "application-received"
    case decidedNotMet = "decided-not-met"
    case panelHeld = "panel-held"
    case recommendationMade = "recommendation-made"
  }

  public let kind: Kind
  public let reference: String
  /// The local day of it.
  public let on: CalendarDate

  public init(_ kind: Kind, _ reference: String, on day: CalendarDate) {
    self.kind = kind
    self.reference = reference
    self.on = day
  }
}

/// The four figures that s.104(9) demands, for a period of whole days, both ends included. Each is dated by
/// its own event, so that they need not add up.
public struct StatutoryFigures: Sendable, Hashable {
  /// Sorted references of the applications received.
  public let applications: [String]
  /// A reference stands once for each time that the threshold was decided not met. A decision after an
  /// appeal counts as the case's procedure says: not at all, or in place of the first.
  public let thresholdNotMet: [String]
  /// Of those, the cases whose threshold was decided met later, after an appeal: a note to the figure.
  public let reversedOnAppeal: [String]
  /// Reviews carried out, each case once, by the day of its first meeting that was held.
  public let reviews: [String]
  /// Reviews that led to recommendations, each case once, by the day of the first.
  public let reviewsWithRecommendations: [String]

  /// - Parameters:
  ///   - facts: up to the end of the period at least.
  ///   - later: decisions that took the place of others, whenever they were made.
  public init(
    _ facts: some Sequence<CountedFact>, later: [LaterDecision] = [],
    in period: ClosedRange<CalendarDate>
  ) {
    let facts = Array(facts)
    let notMet = DecidedNotMet(facts, later)
    applications = Self.firsts(.applicationReceived, facts, period)
    thresholdNotMet = notMet.counted.filter { period.contains($0.on) }.map(\.reference).sorted()
    reversedOnAppeal = notMet.reversed.intersection(thresholdNotMet).sorted()
    reviews = Self.firsts(.panelHeld, facts, period)
    reviewsWithRecommendations = Self.firsts(.recommendationMade, facts, period)
  }

  /// Cases whose first event of a kind lies in the period.
  private static func firsts(
    _ kind: CountedFact.Kind, _ facts: [CountedFact], _ period: ClosedRange<CalendarDate>
  ) -> [String] {
    var first: [String: CalendarDate] = [:]
    for fact in facts where fact.kind == kind {
      first[fact.reference] = min(first[fact.reference] ?? fact.on, fact.on)
    }
    return first.filter { period.contains($0.value) }.keys.sorted()
  }
}
