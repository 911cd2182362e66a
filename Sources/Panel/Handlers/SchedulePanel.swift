import CaseModel
import PanelRules
import Policy
import PolicyLibrary
import WorkerKit

/// Looks for the earliest working day on which every required body can sit before the deadline, or says
/// who makes it impossible. A day that is set stays, whatever availability comes later.
struct SchedulePanel {
  let library: PolicyLibrary

  func apply(_ review: KeptReview, in tx: SliceTransaction) throws {
    guard try tx.panelDay(of: review.reference) == nil,
      try tx.meeting(of: review.reference) == nil,
      try tx.withdrawnOn(review.reference) == nil
    else { return }
    switch try find(review, tx) {
    case .found(let day, let reason):
      let set = try tx.setPanelDay(day, of: review.reference)
      try tx.announceScheduled(set, review)
      try audit("panel.schedule", review, reason, in: tx)
    case .blocked(let bodies, let reason):
      let earlier = try tx.block(of: review.reference)
      try tx.keep(Block(bodies: bodies, reason: reason), of: review.reference)
      // The same bodies in the way as before are no news.
      guard earlier?.bodies != bodies else { return }
      try tx.announceBlocked(by: bodies, review)
      try audit("panel.block", review, reason, in: tx)
    }
  }

  private func find(_ review: KeptReview, _ tx: SliceTransaction) throws -> PanelDate.Outcome {
    // Nobody can be called to a panel on the day itself.
    let earliest = max(review.openedOn, tx.today).adding(days: 1)
    var availability: [Availability] = []
    if earliest <= review.dueOn {
      for body in review.requiredBodies {
        availability += try tx.availability(of: body, between: earliest...review.dueOn)
      }
    }
    // The offices of the area may be closed on days that are no bank holidays.
    let calendar = try library.pack(review.policyDigest, in: tx).calendar
    return try PanelDate.find(
      earliest: earliest, due: review.dueOn, required: review.requiredBodies,
      availability: availability, calendar: calendar)
  }

  private func audit(
    _ action: String, _ review: KeptReview, _ reason: Reason, in tx: SliceTransaction
  ) throws {
    try tx.audit(
      actor: "panel", action: action, subject: review.reference.description,
      reason: reason.rendered(in: .english))
  }
}
