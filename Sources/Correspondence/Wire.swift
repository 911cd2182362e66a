import CaseModel
import CorrespondenceRules
import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

// What comes in by event. Generated messages go no further than here and the other files of `Wire/`. An event that makes
// no sense throws, so that it is parked and seen.

extension SliceReader {
  /// Full name of the message that a complaint comes by.
  static var complaintType: String { Recourse_Intake_V1_ComplaintRecorded.protoMessageName }
}

/// An event of a case, whichever it is.
protocol EventOfCase: EventMessage {
  var caseReference: String { get }
  var policyDigest: String { get }
}

extension OweNotices {
  /// - Parameter occasion: who is written to because of it; nil if it is only kept, to write from.
  init<Event: EventOfCase>(
    _ received: Received<Event>, _ occasion: NoticeOccasion? = nil
  ) throws {
    self.init(
      reference: try CaseReference(event: received.event.caseReference),
      policyDigest: received.event.policyDigest,
      event: KeptEvent(
        position: received.position, type: Event.protoMessageName,
        payload: try received.event.serializedBytes(), occurredAt: received.occurredAt),
      occasion: occasion, isReplay: received.isReplay)
  }

  static func received(
    _ received: Received<Recourse_Intake_V1_ApplicationReceived>
  ) throws -> OweNotices {
    var owe = try OweNotices(received, .received(awaitsConsent: received.event.awaitsConsent))
    owe.complaints = Int(received.event.complaints)
    return owe
  }

  static func owed(
    _ received: Received<Recourse_Threshold_V1_NotificationOwed>
  ) throws -> OweNotices {
    try OweNotices(received, .notificationOwed(body: try received.event.body.present("body")))
  }

  static func requested(
    _ received: Received<Recourse_Threshold_V1_InformationRequested>
  ) throws -> OweNotices {
    let day = try CalendarDate(event: received.event.requestedOn, field: "requested_on")
    let body = try received.event.body.present("body")
    return try OweNotices(received, .informationRequested(body: body, on: day))
  }

  static func chased(
    _ received: Received<Recourse_Threshold_V1_InformationChased>
  ) throws -> OweNotices {
    let day = try CalendarDate(event: received.event.chasedOn, field: "chased_on")
    let body = try received.event.body.present("body")
    return try OweNotices(received, .informationChased(body: body, on: day))
  }

  /// Decisions of earlier versions have no number; there was one in a case.
  static func decided(
    _ received: Received<Recourse_Threshold_V1_ThresholdDecided>
  ) throws -> OweNotices {
    let number = max(1, Int(received.event.number))
    return try OweNotices(received, .decided(met: received.event.met, number: number))
  }

  static func deferred(
    _ received: Received<Recourse_Threshold_V1_ThresholdDeferred>
  ) throws -> OweNotices {
    let day = try CalendarDate(event: received.event.deferredOn, field: "deferred_on")
    return try OweNotices(received, .deferred(on: day))
  }

  static func delayed(
    _ received: Received<Recourse_Threshold_V1_DelayNoticeOwed>
  ) throws -> OweNotices {
    let due = try CalendarDate(event: received.event.dueOn, field: "due_on")
    let stage = try received.event.stage.present("stage")
    return try OweNotices(received, .delayed(stage: stage, dueOn: due))
  }

  static func scheduled(
    _ received: Received<Recourse_Panel_V1_PanelScheduled>
  ) throws -> OweNotices {
    let day = try CalendarDate(event: received.event.panelOn, field: "panel_on")
    let revision = Int(received.event.revision)
    return try OweNotices(received, .panelScheduled(on: day, revision: revision))
  }

  static func blocked(
    _ received: Received<Recourse_Panel_V1_PanelBlocked>
  ) throws -> OweNotices {
    try OweNotices(received, .panelBlocked())
  }

  static func held(_ received: Received<Recourse_Panel_V1_PanelHeld>) throws -> OweNotices {
    let day = try CalendarDate(event: received.event.heldOn, field: "held_on")
    return try OweNotices(received, .panelHeld(on: day))
  }

  static func appealMade(
    _ received: Received<Recourse_Threshold_V1_AppealMade>
  ) throws -> OweNotices {
    try OweNotices(received, .appealMade(number: Int(received.event.number)))
  }

  static func appealDecided(
    _ received: Received<Recourse_Threshold_V1_AppealDecided>
  ) throws -> OweNotices {
    try OweNotices(received, .appealDecided(number: Int(received.event.number)))
  }

  static func withdrawn(
    _ received: Received<Recourse_Intake_V1_ApplicationWithdrawn>
  ) throws -> OweNotices {
    try OweNotices(received, .withdrawn(underPressure: received.event.underPressure))
  }
}

extension HeedChangedContact {
  init(_ received: Received<Recourse_Intake_V1_ContactChanged>) throws {
    self.init(
      reference: try CaseReference(event: received.event.caseReference),
      personKey: try received.event.personKey.present("person_key"))
  }
}

extension String {
  /// - Throws: `MalformedEvent` if it is empty.
  fileprivate func present(_ field: String) throws -> String {
    guard !isEmpty else { throw MalformedEvent(field: field) }
    return self
  }
}

extension Recourse_Intake_V1_ApplicationReceived: EventOfCase {}
extension Recourse_Intake_V1_ComplaintRecorded: EventOfCase {}
extension Recourse_Intake_V1_ApplicationWithdrawn: EventOfCase {}
extension Recourse_Threshold_V1_NotificationOwed: EventOfCase {}
extension Recourse_Threshold_V1_InformationRequested: EventOfCase {}
extension Recourse_Threshold_V1_InformationChased: EventOfCase {}
extension Recourse_Threshold_V1_ThresholdDecided: EventOfCase {}
extension Recourse_Threshold_V1_ThresholdDeferred: EventOfCase {}
extension Recourse_Threshold_V1_DelayNoticeOwed: EventOfCase {}
extension Recourse_Threshold_V1_AppealMade: EventOfCase {}
extension Recourse_Threshold_V1_AppealDecided: EventOfCase {}
extension Recourse_Panel_V1_ReviewOpened: EventOfCase {}
extension Recourse_Panel_V1_PanelScheduled: EventOfCase {}
extension Recourse_Panel_V1_PanelBlocked: EventOfCase {}
extension Recourse_Panel_V1_PanelHeld: EventOfCase {}
extension Recourse_Intake_V1_ConsentGiven: EventOfCase {}
extension Recourse_Intake_V1_ConsentRefused: EventOfCase {}
extension Recourse_Intake_V1_ConsentWithdrawn: EventOfCase {}
extension Recourse_Panel_V1_RecommendationMade: EventOfCase {}
