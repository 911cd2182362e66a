import CaseModel
import WorkerKit

/// After an appeal it was decided anew that the threshold is not met. A review that was opened on the
/// decision before stays owed as it was promised: whether it is still carried out is for people to say,
/// and until it is, its deadline runs on. That it stands on a decision that was taken back is shown.
struct KeepReview {
  func apply(_ reversal: Reversal, in tx: SliceTransaction) throws {
    guard try tx.review(of: reversal.reference) != nil else { return }
    try tx.keep(reversal)
    try tx.audit(
      actor: "panel", action: "panel.keep-review", subject: reversal.reference.description,
      reason: reversal.explanation)
  }
}

/// That a decision which made a review owed was taken back.
struct Reversal: Sendable, Hashable {
  let reference: CaseReference
  let decidedOn: CalendarDate

  /// In words.
  var explanation: String {
    "It was decided anew on \(decidedOn.inWords) that the threshold is not met; the review that was "
      + "opened before is kept."
  }
}
