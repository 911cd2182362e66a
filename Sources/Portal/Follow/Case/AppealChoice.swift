import CaseModel
import Letters
import Policy
import ThresholdRules

/// An appeal that can be made now (Sch. 4 para 3): about what, on which grounds, and by when as far as the procedure is
/// known to say. No day bars one: the procedure's window counts from the day of telling.
struct AppealChoice: Sendable, Hashable {
  let subject: AppealPolicy.Subject
  /// Those that fit; never empty.
  let grounds: [AppealPolicy.Ground]
  /// The day until which it is in time at least; nil where that is not known.
  let until: CalendarDate?
  /// How long after the notice; nil where it is not known.
  let window: Period?
  /// Who hears it; empty where that is not known.
  let handler: String

  static func all(_ facts: CaseFacts) -> [AppealChoice] {
    guard facts.decision != nil else { return [] }
    return AppealPolicy.Subject.allCases.compactMap { choice($0, facts) }
  }

  private static func choice(_ subject: AppealPolicy.Subject, _ facts: CaseFacts) -> AppealChoice? {
    guard let decision = facts.decision, isOpen(subject, facts) else { return nil }
    let policy = facts.pack.appeal(about: subject)
    let verdicts = facts.appealsAgainstWhatStands(subject).map { $0.verdict.map(\.isUpheld) }
    let used = AppealRules.stagesUsed(by: verdicts)
    let grounds = self.grounds(policy, subject, decision).filter {
      AppealRules.refusal(on: $0, under: policy, earlier: used) == nil
    }
    guard !grounds.isEmpty else { return nil }
    let told = subject == .handling ? decision.decidedOn : facts.outcomeToldOn
    return AppealChoice(
      subject: subject, grounds: grounds,
      until: told.flatMap { try? policy?.window?.deadline(from: $0, in: facts.pack.calendar) },
      window: policy?.window, handler: policy?.handler ?? "")
  }

  /// There is something to appeal against, and nobody is deciding about the same.
  private static func isOpen(_ subject: AppealPolicy.Subject, _ facts: CaseFacts) -> Bool {
    let isUnderWay = facts.appeals.contains { $0.subject == subject && $0.verdict == nil }
    if isUnderWay { return false }
    return switch subject {
    case .handling: !facts.isBeingDecidedAgain
    case .review: facts.decision?.isMet == true
    }
  }

  /// That the threshold was met is no ground where it was decided so, nor of an appeal about a review.
  private static func grounds(
    _ policy: AppealPolicy?, _ subject: AppealPolicy.Subject, _ decision: DecisionFact
  ) -> [AppealPolicy.Ground] {
    let known = policy?.grounds ?? []
    let all: [AppealPolicy.Ground] =
      if known.isEmpty || known.contains(.any) {
        [.thresholdWasMet, .processNotConsidered, .factsNotConsidered, .any]
      } else {
        known
      }
    return all.filter { !($0 == .thresholdWasMet && (decision.isMet || subject == .review)) }
  }
}

extension CaseFacts {
  /// Appeals about the decision or the review that stands, the first one first.
  fileprivate func appealsAgainstWhatStands(
    _ subject: AppealPolicy.Subject
  ) -> [Letter.Appeal] {
    appeals.filter { appeal in
      appeal.subject == subject
        && (subject == .review || decidedOn.map { appeal.madeOn >= $0 } ?? true)
    }
  }
}
