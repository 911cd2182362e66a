import CaseModel
import PolicyDocuments
import WorkerKit

/// A "not met" that waits for its second signature.
struct PendingDecision: Sendable, Hashable {
  let signedOn: CalendarDate
  let signature: Signature

  /// Names exactly this signature under one assessment of its case, and says nothing of either.
  func token(of reference: CaseReference, revision: Int) -> String {
    let parts = [
      reference.description, String(revision), "not met", signedOn.description,
      signature.officer.key,
      signature.body, signature.capacity, signature.reason,
    ]
    // Each part with its length, so that no two lists read the same.
    return PolicyDocument.digest(of: parts.map { "\($0.utf8.count):\($0)" }.joined())
  }
}

/// That the decision is put off.
struct Deferral: Sendable, Hashable {
  let deferredOn: CalendarDate
  let until: CalendarDate
  let officer: Officer
  /// In the officer's words; does not leave with an event.
  let reason: String
}

extension SliceTransaction {
  /// Keeps a first signature, in place of one that waits.
  func keep(_ pending: PendingDecision, of reference: CaseReference) throws {
    try removePendingDecision(of: reference)
    let signature = pending.signature
    try execute(
      """
      INSERT INTO pending_decision (
        case_reference, signed_on, officer_key, reason, body, capacity
      ) VALUES (?, ?, ?, ?, ?, ?)
      """, .text(reference.description), .text(pending.signedOn.description),
      .text(signature.officer.key), .text(signature.reason), .text(signature.body),
      .text(signature.capacity))
  }

  func removePendingDecision(of reference: CaseReference) throws {
    try execute(
      "DELETE FROM pending_decision WHERE case_reference = ?", .text(reference.description))
  }

  /// Keeps to which day the decision is put off, in place of an earlier one.
  func keep(_ deferral: Deferral, of reference: CaseReference) throws {
    try removeDeferral(of: reference)
    try execute(
      """
      INSERT INTO deferral (case_reference, deferred_on, deferred_until, officer_key, reason)
      VALUES (?, ?, ?, ?, ?)
      """, .text(reference.description), .text(deferral.deferredOn.description),
      .text(deferral.until.description), .text(deferral.officer.key), .text(deferral.reason))
  }

  func removeDeferral(of reference: CaseReference) throws {
    try execute("DELETE FROM deferral WHERE case_reference = ?", .text(reference.description))
  }
}

extension SliceReader {
  /// The "not met" of a case that waits for its second signature, if one does.
  func pendingDecision(of reference: CaseReference) throws -> PendingDecision? {
    try row(
      """
      SELECT signed_on, name, pending_decision.officer_key AS officer_key, reason, body, capacity
      FROM pending_decision JOIN officer ON officer.officer_key = pending_decision.officer_key
      WHERE case_reference = ?
      """, .text(reference.description)
    ).map {
      PendingDecision(
        signedOn: try storedDate(try $0.text("signed_on")), signature: try signature(in: $0))
    }
  }

  /// To which day the decision is put off, if it is.
  func deferral(of reference: CaseReference) throws -> Deferral? {
    try row(
      """
      SELECT deferred_on, deferred_until, name, deferral.officer_key AS officer_key, reason
      FROM deferral JOIN officer ON officer.officer_key = deferral.officer_key
      WHERE case_reference = ?
      """, .text(reference.description)
    ).map {
      Deferral(
        deferredOn: try storedDate(try $0.text("deferred_on")),
        until: try storedDate(try $0.text("deferred_until")),
        officer: Officer(name: try $0.text("name"), key: try $0.text("officer_key")),
        reason: try $0.text("reason"))
    }
  }
}
