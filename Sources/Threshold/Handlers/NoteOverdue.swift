import CaseModel
import PolicyLibrary
import WorkerKit

/// The last day for a body's answer has gone by. If it has not answered, that is put on record and shown;
/// the day is never moved, and the decision does not wait for it any longer.
struct NoteOverdue {
  let library: PolicyLibrary

  func apply(_ timer: DueTimer, in tx: SliceTransaction) throws {
    let parts = timer.key.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw DamagedSlice(what: "a case and a body") }
    let reference = try CaseReference(parsing: parts[0])
    guard try tx.recordOverdue(parts[1], of: reference) else { return }
    try tx.audit(
      actor: "threshold", action: "threshold.information-overdue",
      subject: reference.description, reason: parts[1])
    try CaseClocks(library: library).startOnceInformed(
      try tx.knownApplication(reference), in: tx)
  }
}
