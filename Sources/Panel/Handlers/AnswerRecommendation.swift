import CaseModel
import PanelRules
import PolicyLibrary
import WorkerKit

/// Puts on record what a body says to a recommendation (s.104(7)): that it accepts it, in whole or in part, or does not,
/// and why.
struct AnswerRecommendation: Sendable {
  let which: WhichRecommendation
  let answer: FollowUp.Answer
  /// Nil: today.
  let answeredOn: CalendarDate?
  /// As the body named it.
  let doBy: CalendarDate?
  /// In the body's words; empty where it gives none.
  let reason: String
  /// Who records it.
  let caller: Caller
  let library: PolicyLibrary

  /// - Returns: how it stands now.
  /// - Throws: the refusals of ``SliceReader/knownFollowUp(_:of:)`` and of ``FollowUp/Fault``.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> KeptFollowUp {
    let before = try tx.knownFollowUp(which, of: reference)
    let day = answeredOn ?? tx.today
    if let fault = before.facts.fault(
      answer, on: day, doBy: doBy, hasReason: !reason.isEmpty, today: tx.today)
    {
      throw Refusal(fault, of: before, today: tx.today)
    }
    let number = before.facts.answers + 1
    let given = FollowUp.GivenAnswer(
      answer, on: day, doBy: before.facts.doBy(after: answer, naming: doBy))
    try tx.keep(given, reason: reason, number: number, of: before.key)
    let now = try tx.watched(before.key, library)
    try tx.announceAnswered(given, revision: number, now)
    try tx.audit(
      actor: caller.principal, action: "panel.answer", subject: reference.description,
      reason: "recommendation \(before.key.number) of round \(before.key.round): "
        + "\(before.body) \(answer.rawValue)" + (given.doBy.map { ", by \($0)" } ?? ""),
      words: reason)
    return now
  }
}

extension SliceTransaction {
  /// Looks anew at what is waited for, after something was put on record, and returns how it stands.
  func watched(_ key: RecommendationKey, _ library: PolicyLibrary) throws -> KeptFollowUp {
    guard let (changed, _) = try followUp(key) else { throw DamagedSlice(what: "a recommendation") }
    try WatchFollowUp(library: library).apply(changed, in: self)
    guard let (now, _) = try followUp(key) else { throw DamagedSlice(what: "a recommendation") }
    return now
  }
}
