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
    // One that is added after the application was assessed is known from now on, like what a body answers.
    if try tx.assessment(of: reference) == nil {
      try applyIfComplete(application, in: tx)
    } else {
      try applyAnew(application, in: tx)
    }
  }

  /// Assesses, unless a complaint is still to come or it has been done.
  func applyIfComplete(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard try tx.assessment(of: application.reference) == nil else { return }
    let facts = try tx.facts(of: application)
    guard facts.complaints.count >= application.complaintsExpected else { return }
    let inputs = AssessmentInputs(facts: facts, evidence: try tx.evidence(of: application))
    try keep(assessed(inputs, of: application, in: tx), revision: 0, of: application, in: tx)
  }

  /// Assesses again if something else is known by now, unless nobody has assessed yet, the application was
  /// taken back, or a decision stands: that rests on what was known when it was signed.
  func applyAnew(_ application: KeptApplication, in tx: SliceTransaction) throws {
    guard application.withdrawnOn == nil,
      let earlier = try tx.assessment(of: application.reference),
      try !tx.isDecided(application.reference)
    else { return }
    let inputs = try tx.inputs(of: application)
    guard try inputs.serialized() != earlier.input else { return }
    try keep(
      assessed(inputs, of: application, in: tx), revision: earlier.revision + 1, of: application,
      in: tx)
  }

  /// What the rules say of these inputs, which may be more than was announced.
  func assessed(
    _ inputs: AssessmentInputs, of application: KeptApplication, in slice: SliceReader
  ) throws -> AssessedInputs {
    let pack = try library.pack(application.policyDigest, in: slice)
    return AssessedInputs(
      inputs: inputs, assessment: Assessment.of(inputs.facts, inputs.evidence, under: pack))
  }

  /// Keeps and announces an assessment, with what it was made from.
  func keep(
    _ assessed: AssessedInputs, revision: Int, of application: KeptApplication,
    in tx: SliceTransaction
  ) throws {
    let assessment = assessed.assessment
    let kept = try tx.announceAssessed(assessed, revision: revision, of: application)
    try tx.keep(kept, of: application.reference)
    try tx.dropPendingIfChanged(of: application.reference, revision: revision)
    try tx.audit(
      actor: "threshold", action: "threshold.assess", subject: application.reference.description,
      reason: "\(assessment.outcome.rawValue) under \(assessment.policyName) "
        + "\(assessment.policyVersion), revision \(revision)")
  }
}

/// What the rules said, and what they were given.
struct AssessedInputs: Sendable {
  let inputs: AssessmentInputs
  let assessment: Assessment
}

extension SliceReader {
  /// True if a decision stands and is not open again, so that what comes in changes no assessment.
  func isDecided(_ reference: CaseReference) throws -> Bool {
    try decisionStanding(of: reference).openNumber == nil
  }
}

/// A case's events come in order, so this one is of a case that began elsewhere, or nowhere.
struct ComplaintWithoutApplication: Error {}
