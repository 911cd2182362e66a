import Foundation
import Messages
import SwiftProtobuf
import WorkerKit

/// The events that a notice can tell of in JSON. Others travel as they are in the log.
enum NoticeEvents {
  static let all: [any EventMessage.Type] = [
    Recourse_Correspondence_V1_NoticeReady.self,
    Recourse_Correspondence_V1_NoticeHeld.self,
    Recourse_Correspondence_V1_NoticeSent.self,
    Recourse_Correspondence_V1_NoticeDelivered.self,
    Recourse_Correspondence_V1_NoticeFailed.self,
    Recourse_Intake_V1_ApplicationReceived.self,
    Recourse_Intake_V1_ComplaintRecorded.self,
    Recourse_Intake_V1_ConsentGiven.self,
    Recourse_Intake_V1_ConsentRefused.self,
    Recourse_Intake_V1_ConsentWithdrawn.self,
    Recourse_Intake_V1_ApplicationWithdrawn.self,
    Recourse_Intake_V1_ContactChanged.self,
    Recourse_Intake_V1_AttendanceChosen.self,
    Recourse_Intake_V1_AttachmentAdded.self,
    Recourse_Intake_V1_SecondReportRecorded.self,
    Recourse_Intake_V1_SecondReportSignposted.self,
    Recourse_Outreach_V1_ActivityHeld.self,
    Recourse_Outreach_V1_MaterialDistributed.self,
    Recourse_Panel_V1_ReviewOpened.self,
    Recourse_Panel_V1_PanelScheduled.self,
    Recourse_Panel_V1_PanelBlocked.self,
    Recourse_Panel_V1_PanelHeld.self,
    Recourse_Panel_V1_RecommendationMade.self,
    Recourse_Panel_V1_RecommendationAnswered.self,
    Recourse_Panel_V1_ActionReported.self,
    Recourse_Panel_V1_ReminderOwed.self,
    Recourse_Support_V1_SupportOffered.self,
    Recourse_Support_V1_ReferralMade.self,
    Recourse_Support_V1_ReferralAnswered.self,
    Recourse_Support_V1_WithdrawalAcknowledged.self,
    Recourse_Threshold_V1_PolicyPackPublished.self,
    Recourse_Threshold_V1_NotificationOwed.self,
    Recourse_Threshold_V1_BodyNotified.self,
    Recourse_Threshold_V1_ThresholdAssessed.self,
    Recourse_Threshold_V1_ThresholdDecided.self,
    Recourse_Threshold_V1_ThresholdDeferred.self,
    Recourse_Threshold_V1_InformationRequested.self,
    Recourse_Threshold_V1_InformationReturned.self,
    Recourse_Threshold_V1_InformationRefused.self,
    Recourse_Threshold_V1_InformationChased.self,
    Recourse_Threshold_V1_AppealMade.self,
    Recourse_Threshold_V1_AppealDecided.self,
    Recourse_Threshold_V1_DelayNoticeOwed.self,
    Recourse_Threshold_V1_ClockChanged.self,
    Recourse_Threshold_V1_DelayNoticeGiven.self,
  ]

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.map { ($0.protoMessageName, $0) })

  static func isKnown(_ type: String) -> Bool { byName[type] != nil }

  /// The event as protobuf's JSON; nil if its type is not known.
  static func json(of event: EncodedEvent) throws -> Data? {
    guard let type = byName[event.type] else { return nil }
    return try json(type, event.payload)
  }

  private static func json<Event: EventMessage>(_: Event.Type, _ payload: Data) throws -> Data {
    try Event(serializedBytes: payload).jsonUTF8Data()
  }
}
