import CaseModel
import Policy

/// What the rules come to, before it is put into words.
struct Evaluation {
  let mandatory: Tally
  let isMet: Bool
  let locals: [LocalEvaluation]

  init(_ application: EstablishedApplication, _ pack: PolicyPack) {
    let rule = pack.mandatory.lawful
    let mandatory = Section104Subsection4.tally(application, within: QualifyingPeriods(rule))
    self.mandatory = mandatory
    isMet = mandatory.counted >= rule.required
    guard !pack.alternatives.isEmpty else {
      locals = []
      return
    }
    let narrowing = LocalNarrowing(application, pack)
    locals = pack.alternatives.map { LocalEvaluation($0, rule, mandatory, narrowing) }
  }

  /// The strongest of the mandatory and the local routes.
  var outcome: RouteOutcome {
    isMet ? .met : locals.map(\.outcome).max() ?? .notMet
  }
}
