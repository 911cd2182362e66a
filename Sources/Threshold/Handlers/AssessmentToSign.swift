import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

extension AssessThreshold {
  /// What somebody signs is what is on record: where more is known than was announced, such as that a
  /// body is overdue, the application is assessed anew first.
  /// - Returns: what the rules say now, and the revision under which it is kept.
  /// - Throws: the refusal `not-assessed-yet`.
  func assessmentToSign(
    of application: KeptApplication, in tx: SliceTransaction
  ) throws -> (assessed: AssessedInputs, revision: Int) {
    let assessed = try assessed(try tx.inputs(of: application), of: application, in: tx)
    let kept = try tx.knownAssessment(application.reference)
    guard try !kept.says(assessed.assessment, of: application.reference) else {
      return (assessed, kept.revision)
    }
    try keep(assessed, revision: kept.revision + 1, of: application, in: tx)
    return (assessed, kept.revision + 1)
  }
}

extension SliceTransaction {
  /// A first signature is of one assessment: with the next one it is worth nothing, and somebody decides
  /// anew.
  func dropPendingIfChanged(of reference: CaseReference, revision: Int) throws {
    guard revision > 0, let pending = try pendingDecision(of: reference) else { return }
    try removePendingDecision(of: reference)
    try audit(
      actor: "threshold", action: "threshold.drop-pending", subject: reference.description,
      reason: "not met, signed first by \(pending.signature.officer.name) on \(pending.signedOn); "
        + "assessed anew as revision \(revision)")
  }
}
