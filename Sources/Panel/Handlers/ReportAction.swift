import CaseModel
import PanelRules
import PolicyLibrary
import WorkerKit

/// Puts on record how far a body is with what it accepted: under way, done with what shows it, or not to be done and why.
struct ReportAction: Sendable {
  let which: WhichRecommendation
  let action: FollowUp.Action
  /// Nil: today. Where it was done, the day on which it was.
  let reportedOn: CalendarDate?
  let words: KeptWords
  /// Who records it.
  let caller: Caller
  let library: PolicyLibrary

  /// - Returns: how it stands now.
  /// - Throws: the refusals of ``SliceReader/knownFollowUp(_:of:)`` and of ``FollowUp/Fault``.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> KeptFollowUp {
    let before = try tx.knownFollowUp(which, of: reference)
    let day = reportedOn ?? tx.today
    if let fault = before.facts.fault(
      action, on: day, hasText: !words.report.isEmpty, hasEvidence: !words.evidence.isEmpty,
      today: tx.today)
    {
      throw Refusal(fault, of: before, today: tx.today)
    }
    let number = before.facts.reports + 1
    try tx.keep(
      action, on: day, text: words.report, evidence: words.evidence, number: number,
      answer: before.facts.answers, of: before.key)
    // What is under way is waited for as before, and its reminders go on.
    let isSame = before.facts.action?.ends != true && !action.ends
    let now = isSame ? before : try tx.watched(before.key, library)
    try tx.announceReported(action, on: day, revision: number, now)
    try tx.audit(
      actor: caller.principal, action: "panel.report-action", subject: reference.description,
      reason: "recommendation \(before.key.number) of round \(before.key.round): "
        + "\(before.body) \(action.rawValue) on \(day)",
      words: [words.report, words.evidence].filter { !$0.isEmpty }.joined(separator: "\n"))
    return isSame ? try tx.followUp(before.key)?.kept ?? now : now
  }
}
