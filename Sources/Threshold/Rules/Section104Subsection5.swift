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
    let weighed = DiscretionaryFactor.allCases.filter(pack.factors.contains).map { factor in
      switch factor {
      case .persistence: Reason(.weighPersistence, persistence(mandatory))
      case .harm: Reason(.weighHarm, harm(mandatory.application))
      case .response: Reason(.weighResponse, response(mandatory.application))
      }
    }
    let conditions = pack.caveats.filter { $0.route == .discretionary }.map(\.toFind)
    return RouteResult(
      route: .discretionary, clause: clause, outcome: .personDecides, required: 0, counted: 0,
      complaints: evidence, toFind: weighed + conditions)
  }

  /// One line for each complaint where none is counted.
  static func evidence(_ application: EstablishedApplication) -> [ComplaintResult] {
    application.complaints.map { complaint in
      var details: [Reason.Detail] = []
      details.append("complaint", complaint.facts.complaint)
      return ComplaintResult(
        index: complaint.facts.index, counted: false, with: nil, standing: complaint.standing,
        reason: Reason(.evidence, details))
    }
  }

  private static func persistence(_ tally: Tally) -> [Reason.Detail] {
    let days = tally.application.complaints.lazy.map(\.facts.complaint)
    guard let first = days.map(\.lowerBound).min(), let last = days.map(\.upperBound).max() else {
      return []
    }
    let count = tally.verdicts.count
    return [
      .init("complaints", count), .init("first", first), .init("last", last),
      .init("uncounted", count - tally.qualifying.count),
    ]
  }

  private static func harm(_ application: EstablishedApplication) -> [Reason.Detail] {
    guard !application.complaints.isEmpty else { return [] }
    let people = Set(application.complaints.map(\.facts.complainant)).count
    let ofHate = application.complaints.count(where: \.facts.hate)
    return [.init("people", people), .init("ofHate", ofHate)]
  }

  /// To how many bodies, and how often after the first day: what was done before did not end it.
  private static func response(_ application: EstablishedApplication) -> [Reason.Detail] {
    let days = application.complaints.lazy.map(\.facts.complaint)
    guard let first = days.map(\.upperBound).min() else { return [] }
    let bodies = Set(application.complaints.map(\.facts.body)).count
    return [
      .init("bodies", bodies), .init("again", days.count { $0.lowerBound > first }),
    ]
  }
}
