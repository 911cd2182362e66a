import CaseModel
import ReportingRules
import Testing

/// s.104(9): the four figures of a period.
@Suite struct StatutoryFiguresTests {
  /// A day that a test is sure of.
  static func day(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(text) else { preconditionFailure("no such day: \(text)") }
    return date
  }

  static let period = day("2026-04-01")...day("2027-03-31")

  static func fact(
    _ kind: CountedFact.Kind, _ reference: String, _ on: String
  ) -> CountedFact {
    CountedFact(kind, reference, on: day(on))
  }

  static func fact(_ kind: CountedFact.Kind, _ on: String) -> CountedFact {
    fact(kind, "A", on)
  }

  /// A figure, by the kind of event that makes it.
  static func figure(_ kind: CountedFact.Kind, _ facts: [CountedFact]) -> [String] {
    let figures = StatutoryFigures(facts, in: period)
    return switch kind {
    case .applicationReceived: figures.applications
    case .decidedNotMet: figures.thresholdNotMet
    case .panelHeld: figures.reviews
    case .recommendationMade: figures.reviewsWithRecommendations
    }
  }

  @Test(arguments: CountedFact.Kind.allCases)
  func `both ends of the period are in it`(kind: CountedFact.Kind) {
    for (on, isCounted) in [
      ("2026-03-31", false), ("2026-04-01", true), ("2027-03-31", true), ("2027-04-01", false),
    ] {
      #expect(Self.figure(kind, [Self.fact(kind, on)]) == (isCounted ? ["A"] : []), "\(on)")
    }
  }

  @Test(arguments: CountedFact.Kind.allCases)
  func `an event counts for its own figure alone`(kind: CountedFact.Kind) {
    for other in CountedFact.Kind.allCases where other != kind {
      #expect(Self.figure(other, [Self.fact(kind, "2026-05-01")]).isEmpty)
    }
  }

  @Test(arguments: [CountedFact.Kind.applicationReceived, .panelHeld, .recommendationMade])
  func `a case stands once, on its first day`(kind: CountedFact.Kind) {
    let again = [Self.fact(kind, "2026-06-01"), Self.fact(kind, "2026-05-01")]
    #expect(Self.figure(kind, again) == ["A"])
    // The first was in the period before: it was counted there.
    for facts in [again, again.reversed()] {
      #expect(Self.figure(kind, facts + [Self.fact(kind, "2026-03-31")]).isEmpty)
    }
    // A second one after the period changes nothing.
    #expect(Self.figure(kind, again + [Self.fact(kind, "2027-05-01")]) == ["A"])
  }

  @Test func `each time that the threshold was decided not met counts`() {
    let facts = [
      Self.fact(.decidedNotMet, "B", "2026-05-01"), Self.fact(.decidedNotMet, "A", "2026-05-02"),
      Self.fact(.decidedNotMet, "B", "2026-05-01"), Self.fact(.decidedNotMet, "B", "2026-03-31"),
    ]
    #expect(StatutoryFigures(facts, in: Self.period).thresholdNotMet == ["A", "B", "B"])
  }

  @Test func `a period without events has four explicit noughts`() {
    let figures = StatutoryFigures([CountedFact](), in: Self.period)
    #expect(figures.applications.isEmpty && figures.thresholdNotMet.isEmpty)
    #expect(figures.reviews.isEmpty && figures.reviewsWithRecommendations.isEmpty)
  }

  @Test(arguments: CountedFact.Kind.allCases)
  func `references are sorted, however the events came`(kind: CountedFact.Kind) {
    let facts = ["C", "A", "D", "B"].map { Self.fact(kind, $0, "2026-05-01") }
    #expect(Self.figure(kind, facts) == ["A", "B", "C", "D"])
    #expect(Self.figure(kind, facts.reversed()) == ["A", "B", "C", "D"])
  }

  @Test func `figures need not add up, each is dated by its own event`() {
    // Received in the year before, held in this one; and one that is still open.
    let figures = StatutoryFigures(
      [
        Self.fact(.applicationReceived, "A", "2026-03-20"),
        Self.fact(.panelHeld, "A", "2026-04-01"),
        Self.fact(.recommendationMade, "A", "2026-04-02"),
        Self.fact(.applicationReceived, "B", "2027-03-31"),
        Self.fact(.decidedNotMet, "B", "2027-04-01"),
      ], in: Self.period)
    #expect(figures.applications == ["B"] && figures.thresholdNotMet.isEmpty)
    #expect(figures.reviews == ["A"] && figures.reviewsWithRecommendations == ["A"])
  }

  @Test func `a period of one day`() {
    let on = Self.day("2026-05-01")
    let facts = ["2026-04-30", "2026-05-01", "2026-05-02"].enumerated().map {
      Self.fact(.applicationReceived, "case-\($0.offset)", $0.element)
    }
    #expect(StatutoryFigures(facts, in: on...on).applications == ["case-1"])
  }

  /// Looks at each day of the period, and back to the beginning for each event.
  private func slowly(
    _ kind: CountedFact.Kind, _ facts: [CountedFact], _ period: ClosedRange<CalendarDate>,
    once: Bool
  ) -> [String] {
    var references: [String] = []
    for number in period.lowerBound.daysSince1970...period.upperBound.daysSince1970 {
      let today = facts.filter { $0.kind == kind && $0.on.daysSince1970 == number }
      for fact in today {
        let isKnown =
          references.contains(fact.reference)
          || facts.contains {
            $0.kind == kind && $0.reference == fact.reference && $0.on < period.lowerBound
          }
        if !once || !isKnown { references.append(fact.reference) }
      }
    }
    return references.sorted()
  }

  @Test func `the figures agree with counting day by day`() {
    var state: UInt64 = 1
    func drawn(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<200 {
      let start = Self.day("2026-01-01").adding(days: drawn(40))
      let period = start...start.adding(days: drawn(40))
      let facts = (0..<drawn(60)).map { _ in
        CountedFact(
          CountedFact.Kind.allCases[drawn(4)], "case-\(drawn(8))",
          on: Self.day("2026-01-01").adding(days: drawn(100)))
      }
      let figures = StatutoryFigures(facts, in: period)
      #expect(
        figures.applications == slowly(.applicationReceived, facts, period, once: true))
      #expect(figures.thresholdNotMet == slowly(.decidedNotMet, facts, period, once: false))
      #expect(figures.reviews == slowly(.panelHeld, facts, period, once: true))
      #expect(
        figures.reviewsWithRecommendations
          == slowly(.recommendationMade, facts, period, once: true))
    }
  }
}
