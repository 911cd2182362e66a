import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Keeps what was announced of an application, and says whom it must be passed to: every relevant body
/// of the pack, whatever the rules will say of the threshold (s.104(3)).
struct TakeInApplication {
  let library: PolicyLibrary

  func apply(_ application: KeptApplication, in tx: SliceTransaction) throws {
    let pack = try library.pack(application.policyDigest, in: tx)
    guard try tx.keep(application) else { return }
    let bodies = pack.bodiesToNotify(on: application.receivedOn).map(\.key)
    try tx.oweNotifications(to: bodies, of: application.reference)
    for body in bodies { try tx.announceOwed(body, of: application) }
    try tx.audit(
      actor: "threshold", action: "threshold.take-in", subject: application.reference.description)
    try AssessThreshold(library: library).applyIfComplete(application, in: tx)
  }
}
