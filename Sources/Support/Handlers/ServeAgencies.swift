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
