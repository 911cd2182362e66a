import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Applies the case's own pack to an application, as soon as all of its complaints are there. The rules
/// recommend; a named person decides.
struct AssessThreshold {
  let library: PolicyLibrary

  /// Takes in one more complaint.
  /// - Throws: ``ComplaintWithoutApplication`` if the application has not been announced before it.
  func apply(
    _ complaint: KeptComplaint, of reference: CaseReference, in tx: SliceTransaction
  ) throws {
    guard let application = try tx.application(of: reference) else {
      throw ComplaintWithoutApplication()
    }
    try tx.keep(complaint, of: reference)
    try applyIfComplete(application, in: tx)
  }

  /// Assesses, unless a complaint is still to come or it has been done.
  func applyIfComplete(_ application: KeptApplication, in tx: SliceTransaction) throws {
    let facts = try tx.facts(of: application)
    guard facts.complaints.count >= application.complaintsExpected,
      try tx.assessment(of: application.reference) == nil
    else { return }
    let pack = try library.pack(application.policyDigest, in: tx)
    let assessment = Assessment.of(facts, under: pack)
    let kept = try tx.announceAssessed(assessment, of: application)
    try tx.keep(kept, of: application.reference)
    try tx.audit(
      actor: "threshold", action: "threshold.assess", subject: application.reference.description,
      reason: "\(assessment.outcome.rawValue) under \(pack.name) \(pack.version)")
  }
}

/// A case's events come in order, so this one is of a case that began elsewhere, or nowhere.
struct ComplaintWithoutApplication: Error {}
