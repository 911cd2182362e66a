import CaseModel
import Policy
import PolicyLibrary
import ThresholdRules
import WorkerKit

/// Shows what the rules said, what a person decided, and who has been told. It names an officer, so that
/// the reading is put on record.
struct ShowAssessment: Sendable {
  let purpose: Disclosure.Purpose
  /// Who asks.
  let caller: Caller
  let library: PolicyLibrary

  struct View: Sendable {
    let application: KeptApplication
    let assessment: KeptAssessment
    /// What the decision that stands was signed on; nil where there is none, or it was not kept.
    let signedOn: KeptAssessment?
    let standing: DecisionStanding
    let notifications: [KeptNotification]
    let information: [KeptInformationRequest]
    /// How far the bodies have got, as far as what is shown rests on it; nil where nobody was asked.
    let completeness: InformationCompleteness?
    let clocks: [ClockView]
    let delays: [KeptDelay]
    let policyName: String
    let policyVersion: String
    /// What may be told of names and words.
    let fields: [Disclosure.Field]
  }

  /// - Throws: the refusals `unknown-case` and `not-assessed-yet`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> View {
    let application = try tx.knownApplication(reference)
    let assessment = try tx.knownAssessment(reference)
    let pack = try library.pack(assessment.policyDigest, in: tx)
    var standing = try tx.decisionStanding(of: reference)
    try standing.readDueDays(in: tx, pack.calendar, of: reference)
    let fields = try caller.fields(Disclosure.minimum(for: purpose), for: purpose.rawValue)
    try tx.auditDisclosure(
      to: caller, "threshold.read-assessment", of: reference, purpose: purpose.rawValue,
      fields: fields.map(\.rawValue),
      visit: purpose == .letter ? Bounds.visitLimit : .zero)
    let information = try tx.informationRequests(of: reference)
    return View(
      application: application, assessment: assessment,
      signedOn: try standing.current.flatMap {
        try tx.assessment(of: reference, signedBy: $0, newest: assessment)
      },
      standing: standing,
      notifications: try tx.notifications(of: reference),
      information: information,
      completeness: try tx.completeness(of: reference),
      clocks: try tx.clocks(of: reference).compactMap {
        // One that cannot be read for want of bank holidays hides nothing else.
        try? ClockView(
          $0, isNobodyAsked: information.isEmpty, on: tx.today, in: pack.calendar)
      }, delays: try tx.delays(of: reference), policyName: pack.name,
      policyVersion: pack.version, fields: fields)
  }
}
