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

  /// Assesses again with what is known by now, unless nobody has assessed yet or somebody has signed: a
  /// decision stands on what was known when it was made.
  func applyAnew(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard let earlier = try tx.assessment(of: application.reference),
      try !tx.isDecided(application.reference)
    else { return }
    try assess(application, revision: earlier.revision + 1, in: tx)
  }

  /// What the rules say of an application as it is known now.
  func assessment(of application: KeptApplication, in slice: SliceReader) throws -> Assessment {
    let inputs = try slice.inputs(of: application)
    let pack = try library.pack(application.policyDigest, in: slice)
    return Assessment.of(inputs.facts, inputs.evidence, under: pack)
  }

  private func assess(
    _ application: KeptApplication, revision: Int, in tx: SliceTransaction
  ) throws {
    let assessment = try assessment(of: application, in: tx)
    let kept = try tx.announceAssessed(assessment, revision: revision, of: application)
    try tx.keep(
      kept, from: try tx.inputs(of: application).serialized(), of: application.reference)
    try tx.audit(
      actor: "threshold", action: "threshold.assess", subject: application.reference.description,
      reason: "\(assessment.outcome.rawValue) under \(assessment.policyName) "
        + "\(assessment.policyVersion), revision \(revision)")
  }
}

extension SliceReader {
  /// True if a decision stands, so that what comes in changes no assessment any more.
  func isDecided(_ reference: CaseReference) throws -> Bool {
    try decision(of: reference) != nil
  }
}

/// A case's events come in order, so this one is of a case that began elsewhere, or nowhere.
struct ComplaintWithoutApplication: Error {}
