import CaseModel
import Policy

/// Whether the outcome turns on a fact in doubt: a day that is only known as a range, or a complaint that a
/// body disputes or has no record of.
struct FactsInDoubt {
  let evaluation: Evaluation
  let doubts: [EstablishedApplication.Doubt]
  /// Conditions of the procedure's.
  let caveats: [Caveat]
  let outcome: RouteOutcome

  private typealias Doubt = EstablishedApplication.Doubt

  private var application: EstablishedApplication { evaluation.mandatory.application }

  /// What the outcome turns on, and what would settle it; empty if it is the same whichever way.
  var reasons: [Reason] {
    guard canChange(doubts), outcome(otherwise: doubts) != outcome else {
      return []
    }
    let alone = doubts.map { ($0, outcome(otherwise: [$0])) }.filter { $0.1 != outcome }
    if !alone.isEmpty { return settled(alone.map { ($0.0, reasons($0.0, $0.1, 1)) }) }
    let together = fewest(doubts)
    let other = outcome(otherwise: together)
    return settled(together.map { ($0, reasons($0, other, together.count)) })
  }

  /// False if the outcome is plainly the same whichever way: read as is worst it is never stronger, read as is
  /// best never weaker, and a complaint less is at most one less that counts under s.104(4). Households are
  /// another matter: with a complaint less it may no longer be known that two people share one.
  private func canChange(_ doubts: [Doubt]) -> Bool {
    let isWorstNext = application.givesBenefitOfTheDoubt
    if evaluation.isMet {
      return isWorstNext && evaluation.mandatory.counted - doubts.count < evaluation.rule.required
    }
    let countsHouseholds = evaluation.locals.contains { local in
      if case .severalHouseholds = local.alternative.kind { true } else { false }
    }
    return countsHouseholds || outcome != (isWorstNext ? .notMet : .met)
  }

  /// The outcome if these facts were the other way from how they are taken.
  private func outcome(otherwise doubts: [Doubt]) -> RouteOutcome {
    var changed = application
    changed.otherwise = doubts
    return evaluation.outcome(of: changed)
  }

  /// Where none decides alone: some that decide together, and none of them could be left out.
  private func fewest(_ doubts: [Doubt]) -> [Doubt] {
    var kept = doubts
    for place in doubts.indices.reversed() {
      var fewer = kept
      fewer.remove(at: place)
      if !fewer.isEmpty, outcome(otherwise: fewer) != outcome { kept = fewer }
    }
    return kept
  }

  /// After what is said of a complaint, how it can be settled.
  private func settled(_ said: [(doubt: Doubt, reasons: [Reason])]) -> [Reason] {
    said.indices.flatMap { order in
      let place = said[order].doubt.place
      let isLastOfIt = order + 1 == said.count || said[order + 1].doubt.place != place
      return said[order].reasons + (isLastOfIt ? [settledByRecord(place)] : [])
    }
  }

  private func settledByRecord(_ place: Int) -> Reason {
    Reason(
      .settledByRecord,
      [
        .init("place", application.facts[place].index), .init("body", application.body(place)),
      ])
  }
}

// MARK: - In words

extension FactsInDoubt {
  private func reasons(_ doubt: Doubt, _ other: RouteOutcome, _ together: Int) -> [Reason] {
    let facts = application.facts[doubt.place]
    let more = together > 1 ? [Reason.Detail("together", together)] : []
    let place = Reason.Detail("place", facts.index)
    if doubt.isAboutDays {
      return days(facts, other).map { day in
        Reason(
          .turnsOnDay,
          [
            place, .init("day", day.name), .init("by", day.by),
            .init("outcome", day.outcome.rawValue),
          ] + more)
      }
    }
    let counted = application.isBelieved(doubt.place) ? [] : [Reason.Detail("counted", 0)]
    return [
      Reason(
        application.standing(doubt.place) == .bodyDisputes ? .turnsOnDispute : .turnsOnRecord,
        [
          place, .init("body", application.body(doubt.place)), .init("outcome", other.rawValue),
        ] + counted + more)
    ]
  }

  /// A day on which it turns, and what the outcome is after it.
  private struct TurningDay {
    let name: String
    let by: CalendarDate
    let outcome: RouteOutcome
  }

  private func days(_ facts: ComplaintFacts, _ other: RouteOutcome) -> [TurningDay] {
    let (best, worst) = application.givesBenefitOfTheDoubt ? (outcome, other) : (other, outcome)
    for periods in allPeriods {
      let days = days(facts, within: periods, best: best, worst: worst)
      if !days.isEmpty { return days }
    }
    return []
  }

  /// All periods that count on any route, those of s.104(4) first.
  private var allPeriods: [QualifyingPeriods] {
    let rule = evaluation.rule
    let conditions = caveats.filter { $0.route == .local }.compactMap { caveat in
      switch caveat.kind {
      case .shorterWindow:
        caveat.period.map { QualifyingPeriods(complaint: $0, application: .unlimited) }
      case .withinLastMonth:
        QualifyingPeriods(complaint: .unlimited, application: caveat.lastMonth)
      default: nil
      }
    }
    return [QualifyingPeriods(rule)]
      + evaluation.locals.map { $0.alternative.periods(besides: rule) }
      + conditions
  }

  private func days(
    _ facts: ComplaintFacts, within periods: QualifyingPeriods, best: RouteOutcome,
    worst: RouteOutcome
  ) -> [TurningDay] {
    let earliest = max(facts.complaint.lowerBound, facts.behaviour.lowerBound)
    let latest = min(facts.complaint.upperBound, application.receivedOn)
    guard earliest <= latest else { return [] }
    var days: [TurningDay] = []
    // Too late after the behaviour, unless that was later, or the report earlier, than it may have been.
    if latest > periods.complaint.lastDay(beginningWith: facts.behaviour.lowerBound) {
      let inTime = first(in: facts.behaviour) {
        periods.complaint.lastDay(beginningWith: $0) >= latest
      }
      if let inTime {
        days.append(TurningDay(name: "behaviour", by: inTime.adding(days: -1), outcome: best))
      } else {
        let lastDay = periods.complaint.lastDay(beginningWith: facts.behaviour.upperBound)
        if lastDay >= earliest {
          days.append(TurningDay(name: "report", by: lastDay, outcome: worst))
        }
      }
    }
    // Too long before the application, unless the report was later than it may have been.
    if application.receivedOn > periods.application.lastDay(beginningWith: earliest) {
      let inTime = first(in: earliest...latest) {
        periods.application.lastDay(beginningWith: $0) >= application.receivedOn
      }
      if let inTime {
        days.append(TurningDay(name: "report", by: inTime.adding(days: -1), outcome: best))
      }
    }
    return days
  }

  /// The first day of a range on which something holds that holds on all later ones too.
  private func first(
    in days: ClosedRange<CalendarDate>, where holds: (CalendarDate) -> Bool
  ) -> CalendarDate? {
    guard holds(days.upperBound) else { return nil }
    var (from, to) = (days.lowerBound.daysSince1970, days.upperBound.daysSince1970)
    while from < to {
      let middle = from + (to - from) / 2
      if holds(CalendarDate(daysSince1970: middle)) { to = middle } else { from = middle + 1 }
    }
    return CalendarDate(daysSince1970: to)
  }
}
