import CaseModel
import WorkerKit

/// Asks a body again that has not answered by its day.
struct ChaseInformation: Sendable {
  let body: String
  /// Who asks; empty if nobody is named.
  let officer: String

  /// - Returns: true if it is on record for today already.
  /// - Throws: the refusals `unknown-case`, `not-asked`, `already-answered` and `not-overdue`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Bool {
    let application = try tx.openApplication(reference)
    let request = try tx.knownInformationRequest(to: body, of: reference)
    switch request.state {
    case .overdue: break
    case .requested:
      throw Refusal(
        .state, code: "not-overdue", path: "body",
        message: "This body has until \(request.dueOn) to answer; chase it from the day after.")
    case .returned, .refused:
      throw Refusal(
        .state, code: "already-answered", path: "body",
        message: "This body has answered; there is nothing to chase.")
    }
    guard try tx.recordChased(body, on: tx.today, of: reference) else { return true }
    try tx.announceChased(body, of: application)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.chase-information",
      subject: reference.description, reason: body)
    return false
  }
}

extension SliceReader {
  /// What a body was asked in a case.
  /// - Throws: the refusal `not-asked`.
  func knownInformationRequest(
    to body: String, of reference: CaseReference
  ) throws -> KeptInformationRequest {
    let requests = try informationRequests(of: reference)
    if let request = requests.first(where: { $0.body == body }) { return request }
    let asked =
      requests.isEmpty
      ? "nobody has been asked" : "asked are: " + requests.map(\.body).joined(separator: ", ")
    throw Refusal(
      .input, code: "not-asked", path: "body",
      message: "This is not the key of a body that was asked for information; \(asked).")
  }
}
