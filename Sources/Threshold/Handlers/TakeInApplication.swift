import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Keeps what was announced of an application, and says whom it must be passed to: every relevant body
/// of the area, or of its part, whatever the rules will say of the threshold (s.104(3)).
struct TakeInApplication {
  let library: PolicyLibrary

  /// - Parameters:
  ///   - area: the area that it is for, or the part of one.
  ///   - arrivedAt: the moment of receipt, in seconds since 1970; 0 where only the day is known.
  func apply(
    _ application: KeptApplication, area: String, arrivedAt: Int64, in tx: SliceTransaction
  ) throws {
    let pack = try library.pack(application.policyDigest, in: tx)
    guard try tx.keep(application) else { return }
    let bodies = pack.bodiesToNotify(on: application.receivedOn, inPart: area)
      .map(\.key)
    try tx.oweNotifications(to: bodies, of: application.reference)
    for body in bodies { try tx.announceOwed(body, of: application) }
    try tx.audit(
      actor: "threshold", action: "threshold.take-in", subject: application.reference.description)
    try CaseClocks(library: library).start(
      .decide, round: 1, from: .receipt,
      on: arrivedAt > 0 ? clockReceipt(arrivedAt, pack, application) : application.receivedOn,
      of: application, in: tx)
    try AssessThreshold(library: library).applyIfComplete(application, in: tx)
  }

  /// What arrives after hours counts for the clocks from the next working day, where that is known.
  private func clockReceipt(
    _ instant: Int64, _ pack: PolicyPack, _ application: KeptApplication
  ) -> CalendarDate {
    (try? pack.clockReceipt(atUnixSeconds: instant)) ?? application.receivedOn
  }
}
