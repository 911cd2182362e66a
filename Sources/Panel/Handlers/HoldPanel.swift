import CaseModel
import PanelRules
import Policy
import PolicyLibrary
import WorkerKit

/// Records that the panel met, and what it recommended (s.104(7)) or that it recommended nothing.
struct HoldPanel: Sendable {
  let meeting: KeptMeeting
  /// Who records it.
  let caller: Caller
  let library: PolicyLibrary

  /// - Throws: the refusals `unknown-case`, `no-review`, `already-held`, `date-in-future`,
  ///   `date-before-decision`, `withdrawn`, `unknown-body`, `date-before-meeting` and `date-too-far`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws {
    let review = try tx.knownReview(reference)
    if let earlier = try tx.meeting(of: reference) {
      throw Refusal(
        .state, code: "already-held",
        message: "It is on record that the panel of \(reference) met on \(earlier.heldOn).")
    }
    try checkDay(review, today: tx.today)
    // What was held before that was held, however late it is recorded.
    if let day = try tx.withdrawnOn(reference), meeting.heldOn > day {
      throw Refusal(
        .state, code: "withdrawn", path: "heldOn",
        message: "The application of \(reference) was withdrawn on \(day); no review of it is owed "
          + "any more.")
    }
    try checkBodies(review, tx)
    try checkDaysAsked()
    try tx.removeBlock(of: reference)
    try tx.keep(meeting, of: reference)
    let followUps = try OpenFollowUps(library: library).apply(meeting, of: review, in: tx)
    try tx.announceHeld(meeting, followUps, review)
    try tx.audit(
      actor: caller.principal, action: "panel.hold", subject: reference.description,
      words: meeting.reason)
    try settleDeadline(review, in: tx)
  }

  private func checkDay(_ review: KeptReview, today: CalendarDate) throws {
    guard meeting.heldOn <= today else {
      throw Refusal(
        .input, code: "date-in-future", path: "heldOn",
        message: "\(meeting.heldOn) is still to come; today is \(today).")
    }
    guard meeting.heldOn >= review.openedOn else {
      throw Refusal(
        .input, code: "date-before-decision", path: "heldOn",
        message: "\(meeting.heldOn) is before \(review.openedOn), when it was decided "
          + "that the review is owed.")
    }
  }

  /// Recommendations are made to bodies that the case's pack knows.
  private func checkBodies(_ review: KeptReview, _ slice: SliceReader) throws {
    let pack = try library.pack(review.policyDigest, in: slice)
    for (index, recommendation) in meeting.recommendations.enumerated()
    where pack.body(recommendation.body) == nil {
      let known = pack.bodies.map(\.key).joined(separator: ", ")
      throw Refusal(
        .input, code: "unknown-body", path: "recommendations[\(index)].body",
        message: "This is not the key of a body of the area; expected one of: \(known).")
    }
  }

  /// Something is asked for after the meeting, and in a time that somebody still watches.
  private func checkDaysAsked() throws {
    let last = meeting.heldOn.adding(days: FollowUp.doByDaysLimit)
    for (index, recommendation) in meeting.recommendations.enumerated() {
      guard let day = recommendation.askedBy else { continue }
      let path = "recommendations[\(index)].doBy"
      guard day >= meeting.heldOn else {
        throw Refusal(
          .input, code: "date-before-meeting", path: path,
          message: "\(day) is before \(meeting.heldOn), when the panel met.")
      }
      guard day <= last else {
        throw Refusal(
          .input, code: "date-too-far", path: path,
          message: "Expected a day within \(FollowUp.doByDaysLimit) days of the meeting.")
      }
    }
  }

  /// The deadline needs no watching any more. If it had gone by on record and the meeting was in time
  /// after all, the record of the breach is taken back, and that is recorded.
  private func settleDeadline(_ review: KeptReview, in tx: SliceTransaction) throws {
    let reference = review.reference
    try tx.cancelTimer(OpenReview.timerKind, key: reference.description)
    guard meeting.heldOn <= review.dueOn, try tx.withdrawBreach(of: reference) else { return }
    try tx.audit(
      actor: "panel", action: "panel.withdraw-breach", subject: reference.description,
      reason: "met on \(meeting.heldOn), due \(review.dueOn)")
  }
}
