import CaseModel
import Foundation
import IntakeRules
import WorkerKit

/// Opens a case for the person whose it is, by its reference and code.
struct OpenCase: Sendable {
  let reference: CaseReference
  let code: DoorCode

  /// Who is on record for what a person does with a case of their own.
  static let actor = "applicant"
  static let action = "intake.open-case"

  func apply(
    in tx: SliceTransaction, using generator: inout some RandomNumberGenerator
  ) throws -> Knock<SessionToken> {
    let kept = try tx.code(of: reference)
    let isRight = code.secret.matches(kept ?? .none) && kept != nil
    if let refusal = try tx.refusal(of: [.aCase(reference), .everything], isRight: isRight) {
      return .turnedAway(refusal)
    }
    try tx.audit(actor: Self.actor, action: Self.action, subject: reference.description)
    return .letIn(
      try tx.beginSession(draft: nil, case: reference, key: nil, using: &generator))
  }
}

/// A new code in place of the old one, and of every session that was opened by it. It unlocks a case that guessing has
/// locked.
struct IssueCode: Sendable {
  let officer: String
  let reason: String

  /// - Throws: the refusals `unknown-case` and `no-free-code`.
  func apply(
    _ reference: CaseReference, in tx: SliceTransaction,
    using generator: inout some RandomNumberGenerator
  ) throws -> DoorCode {
    _ = try tx.knownCase(reference)
    let code = try DoorCode.drawn(in: tx, using: &generator)
    try tx.removeDraft(of: reference)
    try tx.removeSessions(of: reference)
    try tx.removeGuesses(.aCase(reference))
    try tx.keepCode(code.secret.kept, of: reference)
    try tx.audit(
      actor: officer, action: "intake.issue-code", subject: reference.description, words: reason)
    return code
  }
}
