import WorkerKit

/// Keeps which agencies a worker takes referrals to. Referrals that are files already, or another's, stay so.
struct ServeAgencies {
  /// Agencies that one worker may serve.
  static let limit = 64

  let agencies: [String]
  /// Who asks: the worker that serves them.
  let worker: String

  func apply(in tx: SliceTransaction) throws {
    try tx.serve(agencies, by: worker)
    try tx.audit(
      actor: worker, action: "support.serve-agencies", subject: worker,
      reason: agencies.isEmpty ? "none" : agencies.joined(separator: ", "))
  }
}

/// Forgets a worker that was taken away for good: referrals to the agencies that it served are files from now on.
struct ForgetServer {
  let worker: String
  /// Who says so.
  let actor: String

  /// Returns the agencies that it served, in the order of their keys.
  func apply(in tx: SliceTransaction) throws -> [String] {
    let agencies = try tx.agencies(servedBy: worker)
    guard !agencies.isEmpty else { return [] }
    try tx.serve([], by: worker)
    try tx.audit(
      actor: actor, action: "support.forget-server", subject: worker,
      reason: agencies.joined(separator: ", "))
    return agencies
  }
}
