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

  func apply(_ library: PolicyLibrary, in tx: SliceTransaction) throws {
    let decision = LaterDecision(
      reference.description, number: number, met: met,
      reversal: try rule(library, tx).reversal, on: decidedOn)
    try tx.keep(decision, at: position)
  }

  /// A pack that has not been published here yet says nothing, like one that is silent: a slice from
  /// before packs were kept gets them while it counts on.
  private func rule(_ library: PolicyLibrary, _ slice: SliceReader) throws -> ReportingPolicy {
    do {
      return try library.pack(policyDigest, in: slice).procedure.reporting ?? ReportingPolicy()
    } catch PolicyLibraryError.unknown {
      return ReportingPolicy()
    }
  }
}
