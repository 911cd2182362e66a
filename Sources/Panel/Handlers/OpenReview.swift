import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// A met threshold makes a review owed (s.104(1)): opens it with the last day for the panel to meet and
/// the bodies without which it does not, and looks for a day at once.
struct OpenReview {
  /// Fires on the day after the last day.
  static let timerKind = "panel-due"

  let library: PolicyLibrary

  /// A review that is open already stays as it is.
  /// - Throws: ``NoPanelClock``; ``DecisionWithoutApplication``.
  func apply(_ decision: MetDecision, in tx: SliceTransaction) throws {
    let reference = decision.reference
    try tx.removeReversal(of: reference)
    guard try isStillApplied(reference, in: tx) else { return }
    guard try tx.review(of: reference) == nil else { return }
    guard let receivedOn = try tx.receipt(of: reference) else { throw DecisionWithoutApplication() }
    try open(
      reference, decision.policyDigest, round: 1, on: decision.decidedOn, receivedOn: receivedOn,
      in: tx)
  }

  /// An appeal about the review was upheld: it is carried out once more, counted from the day of that. One
  /// whose panel has not met is owed as it is.
  /// - Throws: ``NoPanelClock``.
  func apply(_ appeal: UpheldAppeal, in tx: SliceTransaction) throws {
    guard let earlier = try tx.review(of: appeal.reference),
      try isStillApplied(appeal.reference, in: tx)
    else { return }
    guard try tx.meeting(of: appeal.reference) != nil else {
      return try tx.audit(
        actor: "panel", action: "panel.keep-review", subject: appeal.reference.description,
        reason: "an appeal about the review was upheld on \(appeal.decidedOn); no meeting is on "
          + "record, so it is owed as before")
    }
    try tx.setAside(earlier)
    try open(
      appeal.reference, earlier.policyDigest, round: earlier.round + 1, on: appeal.decidedOn,
      receivedOn: appeal.decidedOn, in: tx)
  }

  /// False of an application that was taken back before what makes a review owed was heard of: none is.
  private func isStillApplied(_ reference: CaseReference, in tx: SliceTransaction) throws -> Bool {
    guard let day = try tx.withdrawnOn(reference) else { return true }
    try tx.audit(
      actor: "panel", action: "panel.open-no-review", subject: reference.description,
      reason: "withdrawn on \(day)")
    return false
  }

  private func open(
    _ reference: CaseReference, _ digest: String, round: Int, on day: CalendarDate,
    receivedOn: CalendarDate, in tx: SliceTransaction
  ) throws {
    let pack = try library.pack(digest, in: tx)
    let received = try tx.receipt(of: reference) ?? receivedOn
    let deadline = try PanelDeadline(
      decidedOn: day, receivedOn: receivedOn, under: pack,
      lender: try library.lenders(in: tx).defaultPack(on: received))
    let review = KeptReview(
      reference: reference, policyDigest: digest, round: round, openedOn: day,
      dueOn: deadline.day, clockSource: deadline.source, clockNote: deadline.note,
      requiredBodies: pack.bodiesForQuorum(on: day).map(\.key))
    try tx.open(review)
    try tx.announceOpened(review)
    try tx.schedule(
      Self.timerKind, key: review.reference.description, at: review.dueOn.isOver)
    try tx.audit(
      actor: "panel", action: "panel.open-review", subject: review.reference.description,
      reason: "round \(round), due \(review.dueOn) by the clock of \(review.clockSource)"
        + (review.clockNote.isEmpty ? "" : "; " + review.clockNote))
    try SchedulePanel(library: library).apply(review, in: tx)
  }
}

/// A case's events come in order, so this one is of a case that began elsewhere, or nowhere.
struct DecisionWithoutApplication: Error {}
