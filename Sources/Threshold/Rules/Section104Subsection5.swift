import CaseModel
import Policy

/// s.104(5): where s.104(4) does not decide it, the bodies decide under their procedure, which may look at
/// persistence, harm and the adequacy of the response. Nothing here can be counted; it names what a person
/// weighs and the facts that bear on it, and never makes the outcome. Complaints that do not count under
/// s.104(4) are evidence here.
enum Section104Subsection5 {
  static let clause = "s.104(5)"

  /// Nil if the procedure uses none of the factors.
  static func result(
    _ mandatory: Tally, _ pack: PolicyPack, _ evidence: [ComplaintResult]
  ) -> RouteResult? {
    guard !pack.factors.isEmpty else { return nil }
    var toFind: [Reason] = []
    toFind.reserveCapacity(pack.factors.count)
    for factor in DiscretionaryFactor.allCases where pack.factors.contains(factor) {
      switch factor {
      case .persistence: toFind.append(Reason(.weighPersistence, persistence(mandatory)))
      case .harm: toFind.append(Reason(.weighHarm, harm(mandatory.application)))
      case .response: toFind.append(Reason(.weighResponse, response(mandatory)))
      }
    }
    for caveat in pack.caveats where caveat.route == .discretionary {
      toFind.append(caveat.toFind)
    }
    return RouteResult(
      route: .discretionary, clause: clause, outcome: .personDecides, required: 0, counted: 0,
      complaints: evidence, toFind: toFind)
  }

  /// One line for each complaint where none is counted, with the days of s.104(4).
  static func evidence(_ mandatory: Tally) -> [ComplaintResult] {
    mandatory.application.places.map { place in
      var details: [Reason.Detail] = []
      details.append("complaint", mandatory.periods[place].days.complaint)
      return ComplaintResult(
        index: mandatory.application.facts[place].index, counted: false, with: nil,
        standing: mandatory.standing(place), reason: Reason(.evidence, details))
    }
  }

  private static func persistence(_ tally: Tally) -> [Reason.Detail] {
    let days = tally.periods.lazy.map(\.days.complaint)
    guard let first = days.map(\.lowerBound).min(), let last = days.map(\.upperBound).max() else {
      return []
    }
    let count = tally.verdicts.count
    return [
      .init("complaints", count), .init("first", first), .init("last", last),
      .init("uncounted", count - tally.verdicts.indices.count(where: tally.qualifies)),
    ]
  }

  private static func harm(_ application: EstablishedApplication) -> [Reason.Detail] {
    guard !application.facts.isEmpty else { return [] }
    let people = application.different(application.places) { $0.complainant == $1.complainant }
    let ofHate = application.facts.count { $0.hate }
    return [.init("people", people), .init("ofHate", ofHate)]
  }

  /// To how many bodies, and how often after the first day: what was done before did not end it.
  private static func response(_ tally: Tally) -> [Reason.Detail] {
    let (days, application) = (tally.periods.lazy.map(\.days.complaint), tally.application)
    guard let first = days.map(\.upperBound).min() else { return [] }
    let bodies = application.different(application.places) { $0.body == $1.body }
    return [
      .init("bodies", bodies), .init("again", days.count { $0.lowerBound > first }),
    ]
  }
}
