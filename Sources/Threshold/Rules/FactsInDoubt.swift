import CaseModel
import Policy

/// Whether the outcome turns on a fact in doubt: a day that is only known as a range, or that a record has
/// otherwise; a complaint that a body disputes or has no record of; reports that may be of one incident.
///
/// What is said of a fact holds whatever is true of all others in doubt: it is said only where they come to
/// the same when they are all read as is best and when they are all read as is worst. Where they do not, it
/// says that the outcome may turn on it, and no more.
struct FactsInDoubt {
  let evaluation: Evaluation
  let doubts: [EstablishedApplication.Doubt]
  /// Reports that may be of one incident.
  let groups: [[Int]]
  /// Conditions of the procedure's.
  let caveats: [Caveat]

  typealias Doubt = EstablishedApplication.Doubt

  /// Facts in doubt that are looked at one by one; an application may have hundreds.
  static let doubtsLimit = 16

  var application: EstablishedApplication { evaluation.mandatory.application }

  /// What the outcome turns on, and what would settle it; empty if it is the same whichever way.
  var reasons: [Reason] {
    guard canChange,
      verdict(.best) != evaluation.verdict || verdict(.worst) != evaluation.verdict
    else { return [] }
    let looked = Array(doubts.prefix(Self.doubtsLimit))
    var reasons = settled(deciding(looked))
    if looked.count < doubts.count {
      reasons.append(
        Reason(.moreInDoubt, [.init("looked", looked.count), .init("doubts", doubts.count)]))
    }
    return reasons
  }

  /// Those that decide, and what is said of each.
  private func deciding(_ doubts: [Doubt]) -> [(doubt: Doubt, reason: Reason)] {
    let alone = doubts.filter { verdict(otherwise: [$0]) != evaluation.verdict }
    if !alone.isEmpty { return alone.map { ($0, reason($0, among: [$0])) } }
    // Without the benefit of the doubt some are read as is worst, and others as is best.
    let incidents = doubts.filter { $0.about == .incident }
    let others = doubts.filter { $0.about != .incident }
    let sets = [others, incidents, doubts]
    guard let set = sets.first(where: { verdict(otherwise: $0) != evaluation.verdict }) else {
      return []
    }
    let together = fewest(set)
    return together.map { ($0, reason($0, among: together)) }
  }

  /// False if the outcome is plainly the same whichever way: read as is worst it is never stronger, read as is
  /// best never weaker, and a complaint less is at most one less that counts under s.104(4).
  private var canChange: Bool {
    let isLenient = application.givesBenefitOfTheDoubt
    if evaluation.isMet {
      let loss =
        doubts.count { $0.about != .incident && isLenient }
        + groups.map { $0.count - 1 }.reduce(0, +)
      return evaluation.mandatory.counted - loss < evaluation.rule.required
    }
    return !isLenient || evaluation.outcome != .notMet
  }

  private func verdict(_ reading: EstablishedApplication.Reading) -> Evaluation.Verdict {
    evaluation.verdict(of: application.read(reading, [:], groups))
  }

  /// What it comes to if these facts are the other way from how they are taken.
  private func verdict(otherwise doubts: [Doubt]) -> Evaluation.Verdict {
    evaluation.verdict(of: application.read(.asTaken, theOtherWay(doubts), groups))
  }

  private func theOtherWay(_ doubts: [Doubt]) -> [Doubt: Bool] {
    var fixed: [Doubt: Bool] = [:]
    for doubt in doubts { fixed[doubt] = !application.takes(doubt) }
    return fixed
  }

  /// Where none decides alone: some that decide together, and none of them could be left out.
  private func fewest(_ doubts: [Doubt]) -> [Doubt] {
    var kept = doubts
    for place in doubts.indices.reversed() {
      var fewer = kept
      fewer.remove(at: place)
      if !fewer.isEmpty, verdict(otherwise: fewer) != evaluation.verdict { kept = fewer }
    }
    return kept
  }
}

// MARK: - What is certain

extension FactsInDoubt {
  /// What an application comes to, whatever is true of the doubts that are not fixed; nil if that is not the
  /// same for all. Of s.104(4) alone where only that turns, and a route of the area's own keeps the outcome.
  func certain(
    _ application: EstablishedApplication, _ fixed: [Doubt: Bool] = [:], isOfAct: Bool
  ) -> RouteOutcome? {
    let best = evaluation.verdict(of: application.read(.best, fixed))
    let worst = evaluation.verdict(of: application.read(.worst, fixed))
    if isOfAct { return best.isMet == worst.isMet ? (best.isMet ? .met : .notMet) : nil }
    return best.outcome == worst.outcome ? best.outcome : nil
  }

  private func reason(_ doubt: Doubt, among together: [Doubt]) -> Reason {
    let fixed = theOtherWay(together)
    let isOfAct =
      evaluation.verdict(of: application.read(.asTaken, fixed, groups)).outcome
      == evaluation.outcome
    let facts = application.facts[doubt.place]
    let place = Reason.Detail("place", facts.index)
    var outcome: RouteOutcome?
    var reason: (code: Reason.Code, details: [Reason.Detail])
    switch doubt.about {
    case .whetherMade:
      let isDisputed = application.standing(doubt.place) == .bodyDisputes
      let body = Reason.Detail("body", application.body(doubt.place))
      let counted = application.isBelieved(doubt.place) ? [] : [Reason.Detail("counted", 0)]
      reason = (isDisputed ? .turnsOnDispute : .turnsOnRecord, [place, body] + counted)
      // Days that turn together with it are not said, so that it must hold whatever they are.
      let made = theOtherWay(together.filter { $0.about == .whetherMade })
      outcome = certain(application, made, isOfAct: isOfAct)
    case .days where application.hasDaysInConflict(doubt.place):
      reason = (.turnsOnRecordedDays, [place, .init("body", facts.body)])
      outcome = certain(application.settledByRecord(doubt.place), isOfAct: isOfAct)
    case .days:
      reason = (.turnsOnDay, [place])
      if let turning = DaysInDoubt(doubts: self, place: doubt.place, isOfAct: isOfAct).turning {
        reason.details.append(.init("day", turning.day.rawValue))
        reason.details.append(.init(turning.isAfter ? "by" : "until", turning.last))
        outcome = turning.outcome
      }
    case .incident:
      reason = (.turnsOnSameIncident, [.init("places", places(doubt))])
      outcome = certain(application, [doubt: false], isOfAct: isOfAct)
    }
    if let outcome { reason.details.append(.init("outcome", outcome.rawValue)) }
    if isOfAct { reason.details.append(.init("clause", Section104Subsection4.clause)) }
    if together.count > 1 { reason.details.append(.init("together", together.count)) }
    return Reason(reason.code, reason.details)
  }

  /// Of the reports that may be of one incident.
  private func places(_ doubt: Doubt) -> String {
    let group = groups.first { $0[0] == doubt.place } ?? []
    return group.map { String(application.facts[$0].index) }.joined(separator: ",")
  }

  /// After what is said of a complaint, how it can be settled.
  private func settled(_ said: [(doubt: Doubt, reason: Reason)]) -> [Reason] {
    said.indices.flatMap { order -> [Reason] in
      let (doubt, reason) = said[order]
      if doubt.about == .incident {
        return [reason, Reason(.settledByIncident, [.init("places", reason["places"])])]
      }
      let next = order + 1 < said.count ? said[order + 1].doubt : nil
      let isLastOfIt = next?.place != doubt.place || next?.about == .incident
      return [reason] + (isLastOfIt ? [settledByRecord(doubt.place)] : [])
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
