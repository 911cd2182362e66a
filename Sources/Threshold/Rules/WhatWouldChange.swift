import CaseModel
import Policy

/// What would change the outcome, for each route that is not met. A further complaint can only be counted in
/// a later application; until when those that count now would count in it is said with it.
struct WhatWouldChange {
  let evaluation: Evaluation
  /// True if the procedure uses a factor of s.104(5).
  let weighsFactors: Bool

  /// Empty if s.104(4) is met; otherwise never.
  var reasons: [Reason] {
    guard !evaluation.isMet else { return [] }
    let mandatory = Units(
      evaluation.mandatory.lastDays, after: receivedOn)
    var reasons: [Reason] = []
    reasons.reserveCapacity(evaluation.locals.count + 2)
    reasons.append(
      moreComplaints(mandatory, evaluation.rule.required, Section104Subsection4.clause))
    for local in evaluation.locals {
      switch local.outcome {
      case .met: break
      case .personDecides: reasons.append(finding(local.alternative.clause))
      case .notMet:
        if let reason = reason(local) { reasons.append(reason) }
      }
    }
    if weighsFactors { reasons.append(finding(Section104Subsection5.clause)) }
    return reasons
  }

  private var receivedOn: CalendarDate { evaluation.mandatory.application.receivedOn }

  private func finding(_ clause: String) -> Reason {
    Reason(.findingNeeded, [.init("clause", clause)])
  }

  private func reason(_ local: LocalEvaluation) -> Reason? {
    guard let tally = local.tally else { return nil }
    let clause = local.alternative.clause
    switch local.alternative.kind {
    case .hate(let required, let ofHate):
      return hate(tally, required, ofHate, clause)
    case .severalPeople(let required):
      let people = units(tally) { $0.complainant }
      return people.lasting < required
        ? more(.morePeopleNeeded, people, required, clause)
        : moreComplaints(people, required, clause)
    case .severalHouseholds(let required):
      let households = units(tally) { $0.household.isEmpty ? nil : $0.household }
      return households.lasting < required
        ? more(.moreHouseholdsNeeded, households, required, clause)
        : moreComplaints(households, required, clause)
    case .vulnerability, .riskBand: return nil
    }
  }

  private func hate(_ tally: Tally, _ required: Int, _ ofHate: Int, _ clause: String) -> Reason {
    let incidents = HateIncidents(tally.application)
    let days = tally.lastDays
    let units = Units(days, after: receivedOn)
    let isOfHate = days.indices.count { days[$0] != nil && incidents.contains($0) }
    if tally.narrowedBy == nil, days.count(where: { $0 != nil }) >= required, isOfHate < ofHate {
      return Reason(
        .moreOfHateNeeded, [.init("needed", ofHate - isOfHate), .init("clause", clause)])
    }
    let lasting = days.indices.count { place in
      days[place].map { $0 > receivedOn } ?? false && incidents.contains(place)
    }
    return moreComplaints(units, required, clause, ofHate: max(0, ofHate - lasting))
  }

  private func moreComplaints(
    _ units: Units, _ required: Int, _ clause: String, ofHate: Int = 0
  ) -> Reason {
    // One at least, where enough count but a condition on all of them is not fulfilled.
    let needed = max(1, ofHate, required - units.lasting)
    let hate = ofHate > 0 ? [Reason.Detail("ofHate", ofHate)] : []
    guard let by = units.by else {
      return Reason(
        .moreComplaintsNeededAnew, [.init("needed", needed), .init("clause", clause)] + hate)
    }
    return Reason(
      .moreComplaintsNeeded,
      [.init("needed", needed), .init("by", by), .init("clause", clause)] + hate)
  }

  private func more(
    _ code: Reason.Code, _ units: Units, _ required: Int, _ clause: String
  ) -> Reason {
    let by = units.by.map { [Reason.Detail("by", $0)] } ?? []
    return Reason(
      code, [.init("needed", required - units.lasting)] + by + [.init("clause", clause)])
  }

  /// People or households: each counts as long as any of its complaints does.
  private func units(_ tally: Tally, by key: (ComplaintFacts) -> String?) -> Units {
    var days: [String: CalendarDate] = [:]
    for (place, day) in tally.lastDays.enumerated() {
      guard let day, let key = key(tally.application.facts[place]) else { continue }
      days[key] = max(days[key] ?? day, day)
    }
    return Units(days.values.map(\.self), after: receivedOn)
  }

  /// What is counted, and until when it will be.
  private struct Units {
    /// How many would still count in an application on a later day.
    let lasting: Int
    /// The last day on which all of these would; nil if there are none.
    let by: CalendarDate?

    init(_ lastDays: [CalendarDate?], after receivedOn: CalendarDate) {
      var (lasting, by) = (0, nil as CalendarDate?)
      for case let day? in lastDays where day > receivedOn {
        lasting += 1
        by = min(by ?? day, day)
      }
      (self.lasting, self.by) = (lasting, by)
    }
  }
}
