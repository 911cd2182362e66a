import CaseModel
import IntakeRules
import WorkerKit

/// Shows an application to an officer who works on the case, and records who read it, why, and what they were told. The
/// person sees that it was read.
struct ShowApplication: Sendable {
  /// What the audit has of the officer and their reason.
  static let action = "intake.open-application"

  let officer: String
  let reason: String
  /// Who asks.
  let caller: Caller

  struct View: Sendable {
    let told: ToldApplication
    /// What of it may be told.
    let fields: [Disclosure.Field]
  }

  /// - Throws: the refusal `unknown-case`; PERMISSION_DENIED if the purpose is not approved for who asks.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> View {
    let purpose = Disclosure.Purpose.caseWork
    let fields = try caller.fields(Disclosure.minimum(for: purpose), for: purpose.rawValue)
    let told = try tx.toldApplication(reference)
    try tx.auditDisclosure(
      to: caller, "intake.read-application", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue))
    try tx.audit(
      actor: officer, action: Self.action, subject: reference.description, words: reason)
    return View(told: told, fields: fields)
  }
}
