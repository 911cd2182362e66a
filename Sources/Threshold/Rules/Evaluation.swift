import CaseModel
import Policy

/// What the rules come to, before it is put into words.
struct Evaluation {
  let rule: MandatoryRule
  let mandatory: Tally
  let isMet: Bool
  let locals: [LocalEvaluation]
  /// Nil where the area has no alternatives.
  let narrowing: LocalNarrowing?

  init(_ application: EstablishedApplication, _ pack: PolicyPack) {
    rule = pack.mandatory.lawful
    let mandatory = Section104Subsection4.tally(application, within: QualifyingPeriods(rule))
    self.mandatory = mandatory
    isMet = mandatory.counted >= rule.required
    guard !pack.alternatives.isEmpty else {
      (narrowing, locals) = (nil, [])
      return
    }
    let (rule, narrowing) = (rule, LocalNarrowing(application, pack))
    self.narrowing = narrowing
    locals = pack.alternatives.map { LocalEvaluation($0, rule, mandatory, narrowing) }
  }

  /// The strongest of the mandatory and the local routes.
  var outcome: RouteOutcome {
    isMet ? .met : locals.lazy.map(\.outcome).max() ?? .notMet
  }

  /// The outcome if the same application was read otherwise.
  func outcome(of application: EstablishedApplication) -> RouteOutcome {
    let other = Section104Subsection4.tally(
      application, within: QualifyingPeriods(rule), known: mandatory)
    if other.counted >= rule.required { return .met }
    guard let narrowing else { return .notMet }
    return locals.lazy.map { local in
      LocalEvaluation(local.alternative, rule, other, narrowing, known: local.tally).outcome
    }.max() ?? .notMet
  }
}
