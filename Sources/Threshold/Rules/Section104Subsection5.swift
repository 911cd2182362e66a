import CaseModel
import Policy

/// s.104(5): where s.104(4) does not decide it, the bodies decide under their procedure, which may look at
/// persistence, harm and the adequacy of the response. Nothing here can be counted; it names what a person
/// weighs and never makes the outcome.
enum Section104Subsection5 {
  static let clause = "s.104(5)"

  /// Empty if the procedure uses none of the factors.
  static func assess(
    _ application: ApplicationFacts, _ factors: [DiscretionaryFactor]
  ) -> [RouteResult] {
    guard !factors.isEmpty else { return [] }
    let toFind = DiscretionaryFactor.allCases.filter(factors.contains).map { factor in
      switch factor {
      case .persistence: Reason(.weighPersistence)
      case .harm: Reason(.weighHarm)
      case .response: Reason(.weighResponse)
      }
    }
    return [
      RouteResult(
        route: .discretionary, clause: clause, outcome: .personDecides, required: 0, counted: 0,
        complaints: [], toFind: toFind)
    ]
  }
}
