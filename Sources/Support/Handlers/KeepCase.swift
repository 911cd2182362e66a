import CaseModel
import WorkerKit

/// Keeps that a case exists and which pack names its support agencies.
struct KeepCase {
  let reference: CaseReference
  let policyDigest: String

  func apply(in tx: SliceTransaction) throws {
    try tx.keep(SupportedCase(reference: reference, policyDigest: policyDigest, isDecided: false))
  }
}
