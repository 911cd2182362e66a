import CaseModel
import Policy
import PolicyLibrary
import WorkerKit

/// Records that the applicant knows that the application is there, and its reference, on somebody's evidence.
/// What is counted from the acknowledgement starts with it.
struct RecordAcknowledged: Sendable {
  /// Nil for today.
  let acknowledgedOn: CalendarDate?
  /// Who has the evidence; empty if nobody is named.
  let officer: String
  /// The principal that calls: it alone takes this back.
  let caller: String
  let library: PolicyLibrary

  struct Outcome: Sendable {
    let acknowledgedOn: CalendarDate
    /// True if it had been recorded before, or was known with the application.
    let repeated: Bool
  }

  /// - Throws: the refusals `unknown-case`, `already-acknowledged`, `date-in-future` and
  ///   `date-before-receipt`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Outcome {
    var application = try tx.knownApplication(reference)
    if let earlier = application.acknowledgedOn {
      guard acknowledgedOn == nil || acknowledgedOn == earlier else {
        throw Refusal(
          .state, code: "already-acknowledged", path: "acknowledgedOn",
          message:
            "It is on record that the applicant knew on \(earlier); the first evidence stands.")
      }
      return Outcome(acknowledgedOn: earlier, repeated: true)
    }
    let day = acknowledgedOn ?? tx.today
    try checkHasCome(day, today: tx.today, path: "acknowledgedOn")
    try checkReceived(application, by: day, path: "acknowledgedOn")
    application.acknowledgedOn = day
    try tx.keepAcknowledged(on: day, reference)
    try tx.keepTold(.acknowledgement, by: caller, on: day, of: reference)
    let clocks = CaseClocks(library: library)
    try clocks.stop(.acknowledge, on: day, of: reference, in: tx)
    try clocks.startWhatIsCounted(application, in: tx)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.record-acknowledged",
      subject: reference.description, reason: "on \(day)")
    return Outcome(acknowledgedOn: day, repeated: false)
  }
}
