import CaseModel
import Messages
import WorkerKit

/// Reads what other workers announce into the values that Panel works with. Generated messages go no
/// further than here and the other files of `Wire/`.
///
/// What cannot be read throws ``MalformedEvent``: the event then waits with its case until somebody has
/// looked.
struct Receipt: Sendable, Hashable {
  let reference: CaseReference
  /// The day in Europe/London.
  let receivedOn: CalendarDate

  init(_ event: Recourse_Intake_V1_ApplicationReceived) throws {
    reference = try CaseReference(event: event.caseReference)
    receivedOn = try CalendarDate(event: event.receivedOn, field: "received_on")
  }
}

/// A decision that makes a review owed (s.104(1)).
struct MetDecision: Sendable, Hashable {
  let reference: CaseReference
  let policyDigest: String
  let decidedOn: CalendarDate

  /// Nil if it was decided that the threshold is not met.
  init?(_ event: Recourse_Threshold_V1_ThresholdDecided) throws {
    guard event.met else { return nil }
    reference = try CaseReference(event: event.caseReference)
    policyDigest = event.policyDigest
    decidedOn = try CalendarDate(event: event.decidedOn, field: "decided_on")
  }
}

/// An appeal about how the review was carried out that was upheld (Sch. 4 para 3).
struct UpheldAppeal: Sendable, Hashable {
  let reference: CaseReference
  let decidedOn: CalendarDate

  /// Nil if it was dismissed, or is about something else.
  init?(_ event: Recourse_Threshold_V1_AppealDecided) throws {
    guard event.subject == .review, event.outcome == .referredBack else { return nil }
    reference = try CaseReference(event: event.caseReference)
    decidedOn = try CalendarDate(event: event.decidedOn, field: "decided_on")
  }
}

extension Reversal {
  /// Nil if it was decided that the threshold is met, or if this is the first decision of its case.
  init?(_ event: Recourse_Threshold_V1_ThresholdDecided) throws {
    guard !event.met, event.number > 1 else { return nil }
    self.init(
      reference: try CaseReference(event: event.caseReference),
      decidedOn: try CalendarDate(event: event.decidedOn, field: "decided_on"))
  }
}

extension EndReview {
  /// - Throws: ``MalformedEvent``.
  init(_ event: Recourse_Intake_V1_ApplicationWithdrawn) throws {
    self.init(
      reference: try CaseReference(event: event.caseReference),
      withdrawnOn: try CalendarDate(event: event.withdrawnOn, field: "withdrawn_on"))
  }
}
