import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Puts on record that somebody is dissatisfied with how the application was handled, or with the review
/// (Sch. 4 para 3).
struct MakeAppeal: Sendable {
  let subject: AppealPolicy.Subject
  let ground: AppealPolicy.Ground
  /// Nil for today.
  let madeOn: CalendarDate?
  /// Who puts it on record.
  let officer: String
  /// What whoever appeals says.
  let words: String
  let library: PolicyLibrary

  /// - Throws: the refusals `unknown-case`, `not-decided-yet`, `no-review`, `date-in-future`,
  ///   `date-before-decision`, `appeal-open`, `beyond-horizon`, and those of `AppealRules`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> KeptAppeal {
    let application = try tx.knownApplication(reference)
    let standing = try tx.decisionStanding(of: reference)
    let decision = try decisionAppealedAgainst(standing, reference)
    let day = madeOn ?? tx.today
    try check(day, decision, today: tx.today)
    let earlier = standing.appeals.filter {
      $0.subject == subject && $0.decisionNumber == decision.number
    }
    try checkNoneIsOpen(standing.appeals, reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    let policy = pack.procedure.appeals.first { $0.subject == subject }
    // Nobody here is told on which day the outcome of a review was given.
    let countedFrom =
      subject == .review ? nil : earlier.last?.verdict?.decidedOn ?? decision.decidedOn
    let refusal = try withinHorizon { () throws(BeyondHorizon) in
      try AppealRules.refusal(
        on: ground, madeOn: day, under: policy, countedFrom: countedFrom, earlier: earlier.count,
        in: pack.calendar)
    }
    if let refusal {
      throw Refusal(
        .state, code: refusal.code, path: refusal.path, message: refusal.message + ".")
    }
    let appeal = KeptAppeal(
      number: standing.appeals.count + 1, decisionNumber: decision.number, subject: subject,
      ground: ground, madeOn: day, dueOn: try due(day, decision, pack, application, tx),
      recorder: try tx.officer(officer, using: &generator), words: words, verdict: nil)
    try tx.keep(appeal, of: reference)
    try tx.announceMade(appeal, of: application)
    try startClock(of: appeal, decision, application, in: tx)
    let window = policy?.window == nil ? "; the procedure is not known to say by when" : ""
    try tx.audit(
      actor: officer, action: "threshold.make-appeal", subject: reference.description,
      reason: "\(appeal.number), \(subject.rawValue), \(ground.rawValue), made on \(day)\(window)")
    return appeal
  }

  private func decisionAppealedAgainst(
    _ standing: DecisionStanding, _ reference: CaseReference
  ) throws -> KeptDecision {
    guard let decision = standing.current else {
      throw Refusal(
        .state, code: "not-decided-yet",
        message: "It has not been decided whether the threshold of \(reference) is met; there is "
          + "nothing to appeal against yet.")
    }
    guard subject == .handling || decision.met else {
      throw Refusal(
        .state, code: "no-review", path: "subject",
        message: "It was decided that the threshold of \(reference) is not met, so there is no "
          + "review; an appeal against that is about the handling.")
    }
    return decision
  }

  private func check(_ day: CalendarDate, _ decision: KeptDecision, today: CalendarDate) throws {
    guard day <= today else {
      throw Refusal(
        .input, code: "date-in-future", path: "madeOn",
        message: "\(day) is still to come; today is \(today).")
    }
    guard day >= decision.decidedOn else {
      throw Refusal(
        .input, code: "date-before-decision", path: "madeOn",
        message: "\(day) is before the decision of \(decision.decidedOn).")
    }
  }

  private func checkNoneIsOpen(_ appeals: [KeptAppeal], _ reference: CaseReference) throws {
    guard let open = appeals.first(where: { $0.subject == subject && $0.verdict == nil }) else {
      return
    }
    throw Refusal(
      .state, code: "appeal-open",
      message:
        "Appeal \(open.number) of \(reference), made on \(open.madeOn), is about the same and "
        + "has not been decided yet.")
  }

  private func startClock(
    of appeal: KeptAppeal, _ decision: KeptDecision, _ application: KeptApplication,
    in tx: SliceTransaction
  ) throws {
    for (anchor, day) in [
      (Clock.Anchor.appeal, appeal.madeOn), (.decision, decision.decidedOn),
      (.receipt, application.receivedOn),
    ] {
      try CaseClocks(library: library).start(
        .appeal, round: appeal.number, from: anchor, on: day, of: application, in: tx)
    }
  }

  /// By when it has to be decided, by the pack's own clock or a lent one; nil if neither has one that
  /// counts from something that is known here.
  private func due(
    _ day: CalendarDate, _ decision: KeptDecision, _ pack: PolicyPack,
    _ application: KeptApplication, _ slice: SliceReader
  ) throws -> CalendarDate? {
    let lender = try library.lenders(in: slice).defaultPack(on: application.receivedOn)
    guard let clock = pack.clock(.appeal, fallback: lender)?.clock else { return nil }
    let anchor: CalendarDate
    switch clock.anchor {
    case .appeal: anchor = day
    case .decision: anchor = decision.decidedOn
    case .receipt: anchor = application.receivedOn
    case .acknowledgement, .information, .meeting, .outcome: return nil
    }
    return try withinHorizon { () throws(BeyondHorizon) in
      try clock.period.deadline(from: anchor, in: pack.calendar)
    }
  }

  /// - Throws: the refusal `beyond-horizon`.
  private func withinHorizon<T>(_ count: () throws(BeyondHorizon) -> T) throws -> T {
    do {
      return try count()
    } catch {
      throw Refusal(.state, code: error.code, path: "madeOn", message: error.description)
    }
  }
}

extension AppealRules.Refusal {
  /// Where in the request.
  fileprivate var path: String {
    switch self {
    case .groundNotInProcedure: "ground"
    case .noFurtherStage: "subject"
    case .tooLate: "madeOn"
    }
  }
}
