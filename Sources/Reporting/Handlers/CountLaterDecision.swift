import CaseModel
import Policy
import PolicyLibrary
import ReportingRules
import WorkerKit

/// Keeps a decision that took the place of another after an appeal, with what the case's procedure says
/// that the figures count then.
struct CountLaterDecision {
  let reference: CaseReference
  let policyDigest: String
  /// 2 for the first of them.
  let number: Int
  let met: Bool
  let decidedOn: CalendarDate
  /// Where the event stands in the log.
  let position: UInt64

  /// - Throws: `PolicyLibraryError` if the case's pack has not been published.
  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let pack = try library.pack(policyDigest, in: tx)
    let decision = LaterDecision(
      reference.description, number: number, met: met,
      reversal: (pack.procedure.reporting ?? ReportingPolicy()).reversal, on: decidedOn)
    try tx.keep(decision, at: position)
  }
}
