import CaseModel
import PolicyLibrary
import WorkerKit

/// Takes note of that an application was taken back: its clocks end, what was put off or waits for a signature is dropped,
/// and nobody is asked for anything or decides any more. What was assessed and decided stays on record.
struct TakeInWithdrawal {
  let on: CalendarDate
  /// The person says that they were put under pressure.
  let underPressure: Bool
  let library: PolicyLibrary

  func apply(to reference: CaseReference, in tx: SliceTransaction) throws {
    guard let application = try tx.application(of: reference), application.withdrawnOn == nil
    else { return }
    try tx.keepWithdrawn(on: on, underPressure: underPressure, reference)
    try CaseClocks(library: library).endAll(on: on, of: reference, in: tx)
    for request in try tx.informationRequests(of: reference) {
      try tx.cancelTimer(
        RequestInformation.timerKind, key: RequestInformation.timerKey(request.body, reference))
    }
    try tx.removePendingDecision(of: reference)
    try tx.removeDeferral(of: reference)
    try tx.cancelTimer(DeferDecision.timerKind, key: reference.description)
    try tx.audit(
      actor: "threshold", action: "threshold.withdrawn", subject: reference.description,
      reason: "on \(on)" + (underPressure ? ", under pressure as the person says" : ""))
  }
}
