import CaseModel
import Foundation
import PolicyLibrary
import WorkerKit

/// Makes an application of a draft, once: its code is the case's from then on, its sessions are the case's, and what it
/// held is removed.
struct HandIn: Sendable {
  let token: String
  let form: HandedInForm
  let library: PolicyLibrary

  struct Outcome: Sendable {
    let reference: CaseReference
    let application: CheckedApplication
  }

  /// - Throws: the refusals `session-ended`, `no-draft`, `handed-in`, `no-policy-yet` and `no-free-reference`;
  ///   ``FormProblems`` for everything that is wrong with the application: nothing has changed then.
  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> Outcome {
    let session = try tx.openSession(token)
    let draft = try tx.openDraft(of: session, on: tx.today)
    if let lacking = try library.lacking(in: tx) {
      throw Refusal(.tryAgain, code: "no-policy-yet", message: "Not ready yet: \(lacking).")
    }
    let application = try form.read(
      as: draft, shelf: try library.shelf(in: tx), now: tx.now)
    let reference = try ReceiveApplication(
      application: application, submittedBy: draft.officer.isEmpty ? "PUBLIC" : "OFFICER"
    ).apply(in: tx, using: &generator)
    try tx.keepCode(draft.secret, of: reference)
    try handOver(draft, session, to: reference, in: tx)
    try tx.bindSessions(ofDraft: draft.id, to: reference)
    try tx.keepHandedIn(draft, as: reference)
    try tx.audit(
      actor: draft.officer.isEmpty ? OpenCase.actor : draft.officer, action: "intake.hand-in",
      subject: reference.description, reason: draft.channel)
    return Outcome(reference: reference, application: application)
  }

  /// The files of the draft are the case's.
  private func handOver(
    _ draft: KeptDraft, _ session: OpenSession, to reference: CaseReference,
    in tx: SliceTransaction
  ) throws {
    let attachments = try tx.attachments(of: .draft(draft.id))
    guard !attachments.isEmpty else { return }
    let key = try session.key(of: draft)
    for attachment in attachments {
      try tx.handOver(
        attachment, to: reference,
        key: try key.fileKey(unwrapping: attachment.fileKey, file: attachment.id))
    }
  }
}
