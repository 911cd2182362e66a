import CaseModel
import PanelRules
import Policy
import PolicyLibrary
import WorkerKit

/// Each recommendation that was made waits for the answer of its body (s.104(7)).
struct OpenFollowUps: Sendable {
  let library: PolicyLibrary

  /// - Returns: them, in the order of the recommendations.
  func apply(
    _ meeting: KeptMeeting, of review: KeptReview, in tx: SliceTransaction
  ) throws -> [KeptFollowUp] {
    let pack = try library.pack(review.policyDigest, in: tx)
    let received = try tx.receipt(of: review.reference)
    let deadline = AnswerDeadline(
      heldOn: meeting.heldOn, openedOn: review.openedOn, receivedOn: received, under: pack,
      lender: try library.lenders(in: tx).defaultPack(on: received ?? review.openedOn))
    if !meeting.recommendations.isEmpty {
      try tx.audit(
        actor: "panel", action: "panel.await-answers", subject: review.reference.description,
        reason: deadline.map { "due \($0.day) by the clock of \($0.source)" }
          ?? "no clock says by when")
    }
    return try meeting.recommendations.enumerated().map { place, one in
      let followUp = KeptFollowUp(
        key: RecommendationKey(reference: review.reference, round: review.round, place: place),
        policyDigest: review.policyDigest, body: one.body,
        facts: FollowUp(
          madeOn: meeting.heldOn, answerDueOn: deadline?.day, askedBy: one.askedBy))
      try tx.open(followUp)
      try WatchFollowUp(library: library).apply(followUp, in: tx)
      return followUp
    }
  }
}
