import CaseModel
import WorkerKit

/// The last day for a panel has gone by. If no meeting is on record, that is put on record: a late
/// review is late, and its deadline is never moved.
struct NoteBreach {
  func apply(_ timer: DueTimer, in tx: SliceTransaction) throws {
    let reference = try CaseReference(parsing: timer.key)
    guard let review = try tx.review(of: reference), try tx.meeting(of: reference) == nil,
      try tx.withdrawnOn(reference) == nil
    else { return }
    try tx.recordBreach(of: review, on: tx.today)
    try tx.audit(
      actor: "panel", action: "panel.overdue", subject: reference.description,
      reason: "the panel had to meet by \(review.dueOn)")
  }
}
