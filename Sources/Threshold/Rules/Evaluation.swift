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

  init(_ application: EstablishedApplication, _ pack: borrowing PolicyPack) {
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

  /// What is decided.
  struct Verdict: Hashable {
    /// Under s.104(4).
    let isMet: Bool
    let outcome: RouteOutcome
  }

  var verdict: Verdict { Verdict(isMet: isMet, outcome: outcome) }

  /// What it would be if the same application was read otherwise.
  func verdict(of application: EstablishedApplication) -> Verdict {
    let other = Section104Subsection4.tally(
      application, within: QualifyingPeriods(rule), known: mandatory.periods)
    if other.counted >= rule.required { return Verdict(isMet: true, outcome: .met) }
    let locals = narrowing.map { narrowing in
      self.locals.lazy.map { local in
        LocalEvaluation(local.alternative, rule, other, narrowing, known: local.tally?.periods)
          .outcome
      }.max() ?? .notMet
    }
    return Verdict(isMet: false, outcome: locals ?? .notMet)
  }
}
