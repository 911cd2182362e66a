import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Applies the case's own pack to an application, as soon as all of its complaints are there, and anew
/// when a body has answered. The rules recommend; a named person decides.
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
    guard try tx.assessment(of: application.reference) == nil,
      try tx.facts(of: application).complaints.count >= application.complaintsExpected
    else { return }
    try assess(application, revision: 0, in: tx)
  }

  /// Assesses again if something else is known by now, unless nobody has assessed yet or a decision
  /// stands: that rests on what was known when it was signed.
  func applyAnew(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard let earlier = try tx.assessment(of: application.reference),
      try !tx.isDecided(application.reference),
      try tx.inputs(of: application).serialized() != earlier.input
    else { return }
    try assess(application, revision: earlier.revision + 1, in: tx)
  }

  func assess(
    _ application: KeptApplication, revision: Int, in tx: SliceTransaction
  ) throws {
    let pack = try library.pack(application.policyDigest, in: tx)
    let assessment = try tx.assessmentNow(of: application, under: pack)
    let kept = try tx.announceAssessed(assessment, revision: revision, of: application)
    try tx.keep(kept, of: application.reference)
    try tx.dropPendingIfChanged(of: application.reference, revision: revision)
    try tx.audit(
      actor: "threshold", action: "threshold.assess", subject: application.reference.description,
      reason: "\(assessment.outcome.rawValue) under \(pack.name) \(pack.version), "
        + "revision \(revision)")
  }
}

extension SliceReader {
  /// True if a decision stands and is not open again, so that what comes in changes no assessment.
  func isDecided(_ reference: CaseReference) throws -> Bool {
    try decisionStanding(of: reference).openNumber == nil
  }
}

/// A case's events come in order, so this one is of a case that began elsewhere, or nowhere.
struct ComplaintWithoutApplication: Error {}
