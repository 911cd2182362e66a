import CaseModel
import PanelRules
import PolicyLibrary
import WorkerKit

/// Keeps when bodies can sit, then looks again for a day for each review that has none and requires one
/// of them. All lines are kept before a day is looked for, so that their order makes no difference.
struct TakeAvailability: Sendable {
  let accepted: [Availability]
  /// Who says so.
  let caller: Caller
  let library: PolicyLibrary

  func apply(in tx: SliceTransaction) throws {
    for availability in accepted { try tx.keep(availability) }
    let bodies = Set(accepted.map(\.body)).sorted()
    try tx.audit(
      actor: caller.principal, action: "panel.add-availability",
      subject: bodies.joined(separator: ", "), reason: "\(accepted.count) lines")
    var affected: Set<CaseReference> = []
    for body in bodies { affected.formUnion(try tx.unscheduledReviews(requiring: body)) }
    for reference in affected.sorted() {
      guard let review = try tx.review(of: reference) else { continue }
      try SchedulePanel(library: library).apply(review, in: tx)
    }
  }
}
