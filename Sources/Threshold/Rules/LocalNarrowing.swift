import CaseModel
import Policy

/// What in a procedure narrows its own alternatives: whom reports must have been made to, its conditions, and
/// which reports it takes for one complaint. None of it is ever applied to s.104(4).
struct LocalNarrowing {
  /// Conditions that nobody can tell from the facts: a person finds whether they are fulfilled.
  let toFind: [Reason]
  private let conditions: [Caveat]
  /// True if reports to some kinds of bodies are not recognised.
  let leavesOutBodies: Bool
  private let unrecognised: [Int]
  private let dedupe: DedupeRule

  init(_ application: borrowing EstablishedApplication, _ pack: borrowing PolicyPack) {
    let (caveats, recipients) = (pack.caveats, pack.procedure.recipients)
    // Most procedures have none, and an empty filter costs as much as a full one.
    let isNarrowed = caveats.contains { $0.route == .local }
    conditions = isNarrowed ? caveats.filter { $0.route == .local && $0.canBeTold } : []
    toFind =
      isNarrowed ? caveats.filter { $0.route == .local && !$0.canBeTold }.map(\.toFind) : []
    leavesOutBodies = !RelevantBody.Kind.allCases.allSatisfy(recipients.recognise)
    unrecognised =
      leavesOutBodies ? Self.unrecognised(application, pack.bodies, recipients) : []
    dedupe = pack.procedure.dedupe
  }

  /// True if it leaves everything as it is under s.104(4) on a route of this kind.
  func isNothing(for kind: LocalAlternative.Kind) -> Bool {
    conditions.isEmpty && unrecognised.isEmpty && !mergesFurther(kind)
  }

  /// True if reports to one body alone are not enough.
  var isOfSeveralBodies: Bool { conditions.contains { $0.kind == .singleAgency } }

  /// Conditions that depend on when a further complaint is made, as the procedure words them.
  var conditionsOfTime: [String] {
    conditions.filter { $0.kind != .singleAgency }.map(\.label)
  }

  /// Counts what the procedure lets count.
  /// - Parameters:
  ///   - mandatory: how the complaints stand under s.104(4).
  ///   - known: what came of the periods in the same application, with nothing read otherwise.
  func tally(
    besides mandatory: Tally, within periods: QualifyingPeriods,
    for kind: LocalAlternative.Kind, known: [Section104Subsection11]? = nil
  ) -> Tally {
    let application = mandatory.application
    var tally = Tally(application, within: periods, besides: mandatory.periods, known: known)
    for place in unrecognised { tally.exclude(place, .notRecognised) }
    tally.conditions = conditions
    for (number, condition) in conditions.enumerated() where condition.kind == .shorterWindow {
      Self.shorten(&tally, condition, number)
    }
    switch mergesFurther(kind) ? dedupe : .sameComplainantSameIncident {
    case .sameComplainantSameIncident:
      tally.countOnce(application.occurrences, .sameComplainantSameIncident)
    case .sameIncident:
      let incidents = EstablishedApplication.firstOfEach(application.facts) {
        $0.isOfSameIncident(as: $1)
      }
      tally.countOnce(application.occurrences, .sameComplainantSameIncident)
      tally.countOnce(incidents, .sameIncident)
      tally.followThrough(.sameIncident)
    case .sameComplainantSameDay:
      tally.countOnDifferentDays()
    }
    for condition in conditions where !Self.isFulfilled(condition, tally) {
      tally.narrow(by: condition.label)
    }
    return tally
  }

  /// Where people or households are counted, each counts once anyway, and that several report one incident
  /// is what such a route is for.
  private func mergesFurther(_ kind: LocalAlternative.Kind) -> Bool {
    guard case .hate = kind else { return false }
    return dedupe != .sameComplainantSameIncident
  }

  /// Kinds of bodies a report to which is not recognised. One that the pack does not know has the benefit of
  /// the doubt where the procedure gives it.
  private static func unrecognised(
    _ application: borrowing EstablishedApplication, _ bodies: [RelevantBody],
    _ recipients: [RelevantBody.Kind]
  ) -> [Int] {
    let facts = application.facts
    let countsUnknown = application.givesBenefitOfTheDoubt
    return facts.indices.filter { place in
      let body = bodies.firstIndex { $0.key == facts[place].body }
      return body.map { !recipients.recognise(bodies[$0].kind) } ?? !countsUnknown
    }
  }

  private static func shorten(_ tally: inout Tally, _ condition: Caveat, _ number: Int) {
    guard let period = condition.period else { return }
    let periods = QualifyingPeriods(complaint: period, application: .unlimited)
    for place in tally.application.places {
      let days = Section104Subsection11(tally.application, place, within: periods)
      if days.refusal != nil { tally.exclude(place, .narrowed(by: number)) }
    }
  }

  /// True if those that qualify fulfil a condition on all of them; so does an application without any.
  private static func isFulfilled(_ condition: Caveat, _ tally: Tally) -> Bool {
    let (places, application) = (tally.qualifying, tally.application)
    guard let first = places.first else { return true }
    switch condition.kind {
    case .withinLastMonth:
      return places.contains { place in
        let received = application.receivedOn
        let day =
          application.isReadInFavour(place)
          ? min(application.lastDay(place), received)
          : application.facts[place].complaint.lowerBound
        return received <= condition.lastMonth.lastDay(beginningWith: day)
      }
    case .singleAgency:
      let body = application.facts[first].body
      return body.isEmpty || places.contains { application.facts[$0].body != body }
    default: return true
    }
  }
}

extension Caveat {
  /// True if the facts show whether it is fulfilled.
  fileprivate var canBeTold: Bool {
    switch kind {
    case .withinLastMonth, .singleAgency: true
    case .shorterWindow: period != nil
    default: false
    }
  }

  var toFind: Reason { Reason(.caveatToFind, [.init("caveat", label)]) }

  /// How long ago the last report may be.
  var lastMonth: Period { period ?? Period(1, .months) }
}

extension Period {
  /// Longer than any life.
  static let unlimited = Period(amountLimit * 12, .months)
}
