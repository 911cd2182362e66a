import CaseModel
import WorkerKit

/// The application was taken back. A review that is owed ends as withdrawn, for the duty is to whoever applied (s.104(1));
/// one that was carried out stays so.
struct EndReview: Sendable {
  let reference: CaseReference
  let withdrawnOn: CalendarDate

  func apply(in tx: SliceTransaction) throws {
    guard try tx.keepWithdrawn(on: withdrawnOn, reference),
      let review = try tx.review(of: reference),
      try tx.meeting(of: reference) == nil
    else { return }
    try tx.cancelTimer(OpenReview.timerKind, key: reference.description)
    try tx.removeBlock(of: reference)
    try tx.audit(
      actor: "panel", action: "panel.end-review", subject: reference.description,
      reason: "round \(review.round), due \(review.dueOn); withdrawn on \(withdrawnOn)")
  }
}
