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
    let complaints = Units(tally.lastDays, after: receivedOn)
    var further: Further
    switch local.alternative.kind {
    case .hate(let required, let ofHate):
      let incidents = HateIncidents(tally.application)
      let days = tally.lastDays
      let counting = days.indices.filter { days[$0] != nil }
      let isOfHate = counting.count(where: incidents.contains)
      if tally.narrowedBy == nil, counting.count >= required, isOfHate < ofHate {
        return Reason(
          .moreOfHateNeeded,
          [.init("needed", ofHate - isOfHate), .init("clause", local.alternative.clause)])
      }
      let lasting = counting.count { place in
        days[place].map { $0 > receivedOn } ?? false && incidents.contains(place)
      }
      further = Further(complaints, required)
      further.ofWhich = ("ofHate", max(0, ofHate - lasting))
    case .severalPeople(let required, let complaintsRequired):
      further = Further(
        units(tally) { $0.complainant }, required, .morePeopleNeeded, complaints,
        complaintsRequired, "people")
    case .severalHouseholds(let required, let complaintsRequired):
      further = Further(
        units(tally) { $0.household.isEmpty ? nil : $0.household }, required,
        .moreHouseholdsNeeded, complaints, complaintsRequired, "households")
    case .vulnerability, .riskBand: return nil
    }
    return reason(further, local, tally)
  }

  /// What is still missing on a route.
  private struct Further {
    var code = Reason.Code.moreComplaintsNeeded
    var needed: Int
    /// The last day on which those that count now would; nil if there are none.
    let by: CalendarDate?
    /// So many of them must be something besides, by the detail's name.
    var ofWhich = (name: "", count: 0)

    init(_ complaints: Units, _ required: Int) {
      needed = required - complaints.lasting
      by = complaints.by
    }

    /// Where people or households are asked for: each of those that are missing makes one complaint.
    init(
      _ units: Units, _ required: Int, _ code: Reason.Code, _ complaints: Units,
      _ complaintsRequired: Int, _ name: String
    ) {
      guard complaintsRequired > required else {
        self.init(units, required)
        if needed > 0 { self.code = code }
        return
      }
      self.init(complaints, complaintsRequired)
      ofWhich = (name, max(0, required - units.lasting))
    }
  }

  /// With the conditions of the procedure's that a further complaint must fulfil, too.
  private func reason(_ further: Further, _ local: LocalEvaluation, _ tally: Tally) -> Reason {
    // One at least, where enough count but a condition on all of them is not fulfilled.
    var needed = max(1, further.ofWhich.count, further.needed)
    var conditions: [Reason.Detail] = []
    if let narrowing = evaluation.narrowing {
      if narrowing.isOfSeveralBodies {
        let bodies = bodies(tally, on: further.by)
        if bodies.isEmpty {
          needed = max(2, needed)
          conditions.append(.init("bodies", 2))
        } else if bodies.count == 1, let body = bodies.first, !body.isEmpty {
          conditions.append(.init("besides", body))
        }
      }
      if narrowing.leavesOutBodies { conditions.append(.init("recognised", 1)) }
      let times = narrowing.conditionsOfTime
      if !times.isEmpty { conditions.append(.init("caveat", times.joined(separator: "; "))) }
      if !(local.alternative.toFind.isEmpty && narrowing.toFind.isEmpty) {
        conditions.append(.init("decides", 1))
      }
    }
    return reason(
      further.code, needed, further.by, local.alternative.clause,
      (further.ofWhich.count > 0 ? [.init(further.ofWhich.name, further.ofWhich.count)] : [])
        + conditions)
  }

  /// Whom the complaints were made to that would still count on a day; none where no day is left.
  private func bodies(_ tally: Tally, on day: CalendarDate?) -> Set<String> {
    guard let day else { return [] }
    let places = tally.qualifying.filter { tally.periods[$0].applicationBy >= day }
    return Set(places.map { tally.application.facts[$0].body })
  }

  private func moreComplaints(_ units: Units, _ required: Int, _ clause: String) -> Reason {
    reason(.moreComplaintsNeeded, max(1, required - units.lasting), units.by, clause, [])
  }

  private func reason(
    _ code: Reason.Code, _ needed: Int, _ by: CalendarDate?, _ clause: String,
    _ more: [Reason.Detail]
  ) -> Reason {
    let isAnew = code == .moreComplaintsNeeded && by == nil
    var details: [Reason.Detail] = []
    details.reserveCapacity(3 + more.count)
    details.append(.init("needed", needed))
    if let by { details.append(.init("by", by)) }
    details.append(.init("clause", clause))
    details += more
    return Reason(isAnew ? .moreComplaintsNeededAnew : code, details)
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
