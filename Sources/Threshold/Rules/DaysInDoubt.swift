import CaseModel
import Policy

/// On which day the outcome turns, where a complaint's days are only known as ranges.
struct DaysInDoubt {
  let doubts: FactsInDoubt
  let place: Int
  /// True if it is about s.104(4) alone.
  let isOfAct: Bool

  /// Days that are tried for one complaint; each window gives a few.
  static let daysLimit = 8

  /// Which of a complaint's days.
  enum Day: String {
    case behaviour
    case report
  }

  /// What is certain on one side of a day.
  struct Turning {
    let day: Day
    /// The last day before the outcome turns.
    let last: CalendarDate
    /// True if it is certain after that day, otherwise until then.
    let isAfter: Bool
    let outcome: RouteOutcome
  }

  /// A day on which it does turn, else one on a side of which it is certain; nil if there is none.
  var turning: Turning? {
    var onOneSide: Turning?
    for (day, last) in candidates.prefix(Self.daysLimit) {
      let after = outcome(day, last, isAfter: true)
      let until = outcome(day, last, isAfter: false)
      if let after, let until {
        if after != until { return Turning(day: day, last: last, isAfter: true, outcome: after) }
      } else if onOneSide == nil, let outcome = after ?? until {
        onOneSide = Turning(day: day, last: last, isAfter: after != nil, outcome: outcome)
      }
    }
    return onOneSide
  }

  private var facts: ComplaintFacts { doubts.application.facts[place] }

  /// What it certainly is if the day was after, or not after, a day of its range.
  private func outcome(_ day: Day, _ last: CalendarDate, isAfter: Bool) -> RouteOutcome? {
    func side(_ range: ClosedRange<CalendarDate>) -> ClosedRange<CalendarDate> {
      isAfter ? last.adding(days: 1)...range.upperBound : range.lowerBound...last
    }
    var days = facts.days
    switch day {
    case .behaviour: days.behaviour = side(days.behaviour)
    case .report: days.complaint = side(days.complaint)
    }
    return doubts.certain(doubts.application.knowing(place, days), isOfAct: isOfAct)
  }

  /// Days on which the complaint comes into time, or out of it, on any route; those of s.104(4) first.
  private var candidates: [(day: Day, last: CalendarDate)] {
    let (behaviour, made) = (facts.behaviour, facts.complaint)
    let received = doubts.application.receivedOn
    let earliest = max(made.lowerBound, behaviour.lowerBound)
    let latest = min(made.upperBound, received)
    guard earliest <= latest else { return [] }
    var candidates: [(day: Day, last: CalendarDate)] = []
    func add(_ day: Day, _ last: CalendarDate?) {
      let range = day == .behaviour ? behaviour : made
      guard let last, range.lowerBound <= last, last < range.upperBound,
        !candidates.contains(where: { $0 == (day, last) })
      else { return }
      candidates.append((day, last))
    }
    for periods in allPeriods {
      if let period = periods.complaint {
        for report in [latest, earliest] {
          add(.behaviour, last(of: behaviour) { period.lastDay(beginningWith: $0) < report })
        }
        for day in [behaviour.upperBound, behaviour.lowerBound] {
          add(.report, period.lastDay(beginningWith: day))
        }
      }
      add(
        .report,
        last(of: earliest...latest) { periods.application.lastDay(beginningWith: $0) < received })
    }
    return candidates
  }

  /// All periods that count on any route.
  private var allPeriods: [QualifyingPeriods] {
    let rule = doubts.evaluation.rule
    let conditions = doubts.caveats.filter { $0.route == .local }.compactMap { caveat in
      switch caveat.kind {
      case .shorterWindow:
        caveat.period.map { QualifyingPeriods(complaint: $0, application: .unlimited) }
      case .withinLastMonth: QualifyingPeriods(complaint: nil, application: caveat.lastMonth)
      default: nil
      }
    }
    return [QualifyingPeriods(rule)]
      + doubts.evaluation.locals.map { $0.alternative.periods(besides: rule) } + conditions
  }

  /// The last day of a range on which something holds that holds on all earlier ones too.
  private func last(
    of days: ClosedRange<CalendarDate>, where holds: (CalendarDate) -> Bool
  ) -> CalendarDate? {
    guard holds(days.lowerBound) else { return nil }
    var (from, to) = (days.lowerBound.daysSince1970, days.upperBound.daysSince1970)
    while from < to {
      let middle = to - (to - from) / 2
      if holds(CalendarDate(daysSince1970: middle)) { from = middle } else { to = middle - 1 }
    }
    return CalendarDate(daysSince1970: from)
  }
}
