import CaseModel
import Messages
import ReportingRules
import WorkerKit

// What comes in by event: each is dated by its own day. An event that makes no sense throws, so that it is
// parked, and every report says that it is incomplete. Generated messages go no further than here and
// the other files of `Wire/`.

extension CountFact {
  /// An application is made on the local day of its receipt.
  init(_ received: Received<Recourse_Intake_V1_ApplicationReceived>) throws {
    let event = received.event
    try self.init(
      .applicationReceived, event.caseReference, event.receivedOn, received.position)
  }

  /// Nil if the threshold was decided met, which is none of the four figures.
  init?(_ decided: Received<Recourse_Threshold_V1_ThresholdDecided>) throws {
    let event = decided.event
    guard !event.met else { return nil }
    try self.init(.decidedNotMet, event.caseReference, event.decidedOn, decided.position)
  }

  /// A review is carried out on the day on which its panel met.
  init(_ held: Received<Recourse_Panel_V1_PanelHeld>) throws {
    let event = held.event
    try self.init(.panelHeld, event.caseReference, event.heldOn, held.position)
  }

  init(_ made: Received<Recourse_Panel_V1_RecommendationMade>) throws {
    let event = made.event
    try self.init(.recommendationMade, event.caseReference, event.madeOn, made.position)
  }

  private init(
    _ kind: CountedFact.Kind, _ reference: String, _ day: String, _ position: UInt64
  ) throws {
    let day = try CalendarDate(event: day, field: "date")
    let reference = try CaseReference(event: reference)
    self.init(fact: CountedFact(kind, reference.description, on: day), position: position)
  }
}

extension CountLaterDecision {
  /// Nil if it is the first of its case: those of earlier versions have no number.
  init?(_ decided: Received<Recourse_Threshold_V1_ThresholdDecided>) throws {
    let event = decided.event
    guard event.number > 1 else { return nil }
    self.init(
      reference: try CaseReference(event: event.caseReference), policyDigest: event.policyDigest,
      number: Int(event.number), met: event.met,
      decidedOn: try CalendarDate(event: event.decidedOn, field: "date"),
      position: decided.position)
  }
}
