import CaseModel
import CorrespondenceRules
import WorkerKit

/// A person has a notice written: one that needs words of theirs, such as why a stage is late, or one that has never come
/// to be.
struct AskForNotice {
  let reference: CaseReference
  let kind: NoticeKind
  /// The stage that is late, the number of an appeal, or the body; empty where there is only one.
  let about: String
  /// Said to the reader; empty where nothing needs saying.
  let reason: String
  let officer: String
  /// Drawn before the transaction.
  let id: String

  /// - Throws: the refusals `unknown-case`, `missing`, `already-written` and `application-withdrawn`.
  func apply(in tx: SliceTransaction) throws -> [KeptNotice] {
    guard let known = try tx.writtenCase(reference) else {
      throw Refusal(
        .notFound, code: "unknown-case", path: "caseReference",
        message: "There is no case \(reference).")
    }
    guard !known.isWithdrawn || kind == .withdrawal else {
      throw Refusal(
        .state, code: "application-withdrawn", path: "caseReference",
        message: "The application was withdrawn; nothing but its confirmation is written.")
    }
    let notice = try owed()
    let earlier = try tx.owed(in: reference).last { isMeant($0.notice) }
    let toWrite: KeptOwed?
    if let earlier, earlier.isOpen, try !tx.hasRound(reference) {
      // A person gave up the round in which it was to be written.
      toWrite = earlier
    } else if let earlier {
      let written = try tx.notices(of: earlier)
      guard !earlier.isOpen, written.allSatisfy(\.isWrittenAnew) else {
        throw Refusal(
          .state, code: "already-written", path: "kind",
          message: "It is written, or is about to be; `recourse notice list` shows what became of "
            + "it, and a notice that is held can be amended.")
      }
      toWrite = try tx.setAbout(earlier, again: reason)
    } else {
      let position = try tx.events(of: reference).last?.position ?? 0
      toWrite = try tx.keep(
        KeptOwed(
          id: "\(reference)/\(kind.rawValue)/\(id)", reference: reference,
          policyDigest: known.policyDigest, notice: notice, position: position,
          owedOn: tx.today, reason: reason))
    }
    guard let toWrite else { throw UnknownNotice() }
    try tx.setAbout(reference)
    try tx.audit(
      actor: officer, action: "correspondence.write", subject: "\(reference) \(kind.rawValue)",
      reason: about, words: reason)
    return try tx.notices(of: toWrite)
  }

  private func isMeant(_ other: OwedNotice) -> Bool {
    guard other.kind == kind else { return false }
    if case .body(let body) = other.readers { return body == about }
    let first = other.about.split(separator: " ").first.map(String.init) ?? ""
    return about.isEmpty || first == about
  }

  private func owed() throws -> OwedNotice {
    switch kind {
    case .bodyNotification, .informationRequest, .informationChaser:
      return try OwedNotice(kind, to: .body(needed("the key of a body")))
    case .delay:
      guard !reason.isEmpty else {
        throw Refusal(
          .input, code: "missing", path: "reason",
          message: "The person is told why it is late; expected a reason.")
      }
      return try OwedNotice(kind, to: .applicant, about: needed("a stage, such as decide"))
    case .appealAcknowledgement, .appealOutcome:
      return try OwedNotice(kind, to: .applicant, about: needed("the number of an appeal"))
    case .acknowledgement, .withdrawal: return OwedNotice(kind, to: .applicant)
    case .consentRequest: return OwedNotice(kind, to: .awaited)
    case .thresholdMet, .thresholdNotMet, .thresholdDeferred, .outcome, .followUp:
      return OwedNotice(kind, to: .participants)
    case .recommendation, .recommendationReminder:
      throw Refusal(
        .input, code: "not-by-hand", path: "kind",
        message: "A letter to a body about a recommendation follows from what is on record of it, "
          + "and is written by itself.")
    case .invitation:
      throw Refusal(
        .input, code: "not-by-hand", path: "kind",
        message: "An invitation follows from the day that is set, and is written by itself.")
    case .signpost:
      throw Refusal(
        .input, code: "not-by-hand", path: "kind",
        message: "A signpost is of no case: the system that was reported to gives it.")
    }
  }

  private func needed(_ what: String) throws -> String {
    guard !about.isEmpty else {
      throw Refusal(.input, code: "missing", path: "about", message: "Expected \(what).")
    }
    return about
  }
}
