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
  ///   `date-before-decision`, `being-decided-anew`, `appeal-open`, `beyond-horizon`, and those of
  ///   `AppealRules`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> KeptAppeal {
    let application = try tx.openApplication(reference)
    let standing = try tx.decisionStanding(of: reference)
    let decision = try decisionAppealedAgainst(standing, reference)
    let day = madeOn ?? tx.today
    try check(day, decision, today: tx.today)
    let earlier = standing.appeals.filter {
      $0.subject == subject && $0.decisionNumber == decision.number
    }
    try checkNoneIsOpen(standing, reference)
    let pack = try library.pack(application.policyDigest, in: tx)
    let policy = pack.appeal(about: subject)
    let used = AppealRules.stagesUsed(
      by: earlier.map { $0.verdict.map { $0.outcome == .referredBack } })
    let refusal = AppealRules.refusal(on: ground, under: policy, earlier: used)
    if let refusal {
      throw Refusal(
        .state, code: refusal.code, path: refusal.path, message: refusal.message + ".")
    }
    let number = standing.appeals.count + 1
    try startClock(number, madeOn: day, application, in: tx)
    let appeal = KeptAppeal(
      number: number, decisionNumber: decision.number, subject: subject, ground: ground,
      madeOn: day,
      dueOn: try countingDays(at: "madeOn") {
        try tx.dueDay(ofAppeal: number, in: pack.calendar, of: reference)
      },
      recorder: try tx.officer(officer, using: &generator), words: words,
      windowIsUnknown: policy?.window == nil, verdict: nil)
    try tx.keep(appeal, of: reference)
    try tx.announceMade(appeal, of: application)
    let window = appeal.windowIsUnknown ? "; the procedure is not known to say by when" : ""
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
    try checkHasCome(day, today: today, path: "madeOn")
    guard day >= decision.decidedOn else {
      throw Refusal(
        .input, code: "date-before-decision", path: "madeOn",
        message: "\(day) is before the decision of \(decision.decidedOn).")
    }
  }

  private func checkNoneIsOpen(_ standing: DecisionStanding, _ reference: CaseReference) throws {
    if subject == .handling, standing.isBeingDecidedAnew {
      throw Refusal(
        .state, code: "being-decided-anew", path: "subject",
        message:
          "An appeal about the handling of \(reference) was upheld, and the threshold is to be "
          + "decided again; there is nothing to appeal against until it is.")
    }
    let open = standing.appeals.first { $0.subject == subject && $0.verdict == nil }
    guard let open else { return }
    throw Refusal(
      .state, code: "appeal-open",
      message:
        "Appeal \(open.number) of \(reference), made on \(open.madeOn), is about the same and "
        + "has not been decided yet.")
  }

  private func startClock(
    _ number: Int, madeOn day: CalendarDate, _ application: KeptApplication,
    in tx: SliceTransaction
  ) throws {
    try CaseClocks(library: library).start(
      .appeal, round: number, given: [.appeal: day], of: application, in: tx)
  }
}

extension SliceReader {
  /// By when an appeal has to be decided, by its clock; nil if it has none, or while that stands still.
  /// - Throws: `BeyondHorizon`.
  func dueDay(
    ofAppeal number: Int, in calendar: WorkingCalendar, of reference: CaseReference
  ) throws -> CalendarDate? {
    try clocks(of: reference).first { $0.stage == .appeal && $0.round == number }?
      .running.due(in: calendar)
  }
}

extension DecisionStanding {
  /// Reads by when the appeals are due now: a clock may have been changed since they were made.
  mutating func readDueDays(
    in slice: SliceReader, _ calendar: WorkingCalendar, of reference: CaseReference
  ) throws {
    for (index, appeal) in appeals.enumerated() {
      do {
        appeals[index].dueOn = try slice.dueDay(
          ofAppeal: appeal.number, in: calendar, of: reference)
      } catch is BeyondHorizon {
        // It stays as it was when the appeal was made.
      }
    }
  }
}

extension AppealRules.Refusal {
  /// Where in the request.
  fileprivate var path: String {
    switch self {
    case .groundNotInProcedure: "ground"
    case .noFurtherStage: "subject"
    }
  }
}
