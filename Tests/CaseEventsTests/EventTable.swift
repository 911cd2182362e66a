import CaseModel
import Messages
import SwiftProtobuf

/// One event of each type, and the fact that it is.
struct Announced: Sendable, CustomStringConvertible {
  let event: any Message & Sendable
  let fact: CaseEventFact

  var type: String { Swift.type(of: event).protoMessageName }
  var description: String { type }

  init<Event: Message & Sendable>(_ fact: CaseEventFact, _ fill: (inout Event) -> Void) {
    var event = Event()
    fill(&event)
    self.event = event
    self.fact = fact
  }

  static let all: [Announced] =
    intake + changes + threshold + panel + followUps + support + correspondence + plugins

  private static let intake: [Announced] = [
    Announced(.applicationReceived(on: .test(16), area: "plymouth", complaints: 3)) {
      (event: inout Recourse_Intake_V1_ApplicationReceived) in
      event.receivedOn = "2026-03-16"
      event.area = "plymouth"
      event.complaints = 3
    },
    Announced(.complaintRecorded(index: 1, on: .test(3), body: "livewest")) {
      (event: inout Recourse_Intake_V1_ComplaintRecorded) in
      event.index = 1
      event.complaintFrom = "2026-03-03"
      event.complaintTo = "2026-03-05"
      event.body = "livewest"
    },
    Announced(.consentGiven(purpose: "SUPPORT_REFERRAL", recipient: "victim-support")) {
      (event: inout Recourse_Intake_V1_ConsentGiven) in
      event.purpose = "SUPPORT_REFERRAL"
      event.recipient = "victim-support"
    },
    Announced(
      .consentRefused(purpose: "THIRD_PARTY_AUTHORITY", recipient: "", on: .test(17))
    ) {
      (event: inout Recourse_Intake_V1_ConsentRefused) in
      event.purpose = "THIRD_PARTY_AUTHORITY"
      event.at = Google_Protobuf_Timestamp(seconds: 1_773_705_600)
    },
    Announced(
      .consentWithdrawn(purpose: "SUPPORT_REFERRAL", recipient: "victim-support", on: .test(17))
    ) {
      (event: inout Recourse_Intake_V1_ConsentWithdrawn) in
      event.purpose = "SUPPORT_REFERRAL"
      event.recipient = "victim-support"
      event.at = Google_Protobuf_Timestamp(seconds: 1_773_705_600)
    },
  ]

  /// What a person changes of a case of their own.
  static let changes: [Announced] = [
    Announced(.applicationWithdrawn(on: .test(20), underPressure: true)) {
      (event: inout Recourse_Intake_V1_ApplicationWithdrawn) in
      event.withdrawnOn = "2026-03-20"
      event.underPressure = true
    },
    Announced(.contactChanged(on: .test(19))) {
      (event: inout Recourse_Intake_V1_ContactChanged) in
      event.changedOn = "2026-03-19"
    },
    Announced(.attendanceChosen(attendance: "ATTEND_REMOTELY", on: .test(19))) {
      (event: inout Recourse_Intake_V1_AttendanceChosen) in
      event.attendance = "ATTEND_REMOTELY"
      event.chosenOn = "2026-03-19"
    },
    Announced(.attachmentAdded(on: .test(19), byOfficer: true)) {
      (event: inout Recourse_Intake_V1_AttachmentAdded) in
      event.attachmentID = "f1"
      event.addedOn = "2026-03-19"
      event.byOfficer = true
    },
  ]

  private static let panel: [Announced] = [
    Announced(.reviewOpened(on: .test(18), dueBy: .test(31))) {
      (event: inout Recourse_Panel_V1_ReviewOpened) in
      event.openedOn = "2026-03-18"
      event.dueOn = "2026-03-31"
    },
    Announced(.panelScheduled(on: .test(25))) {
      (event: inout Recourse_Panel_V1_PanelScheduled) in
      event.panelOn = "2026-03-25"
    },
    Announced(.panelBlocked(bodies: ["livewest"], dueBy: .test(31))) {
      (event: inout Recourse_Panel_V1_PanelBlocked) in
      event.blockingBodies = ["livewest"]
      event.dueOn = "2026-03-31"
    },
    Announced(.panelHeld(on: .test(25), recommendations: 2)) {
      (event: inout Recourse_Panel_V1_PanelHeld) in
      event.heldOn = "2026-03-25"
      event.recommendations = 2
    },
    Announced(.recommendationMade(index: 0, body: "livewest", on: .test(25))) {
      (event: inout Recourse_Panel_V1_RecommendationMade) in
      event.body = "livewest"
      event.madeOn = "2026-03-25"
    },
  ]

  private static let followUps: [Announced] = [
    Announced(
      .recommendationAnswered(
        index: 1, body: "livewest", answer: .acceptedInPart, on: .test(27), doBy: .test(31))
    ) {
      (event: inout Recourse_Panel_V1_RecommendationAnswered) in
      event.index = 1
      event.body = "livewest"
      event.answer = .acceptedInPart
      event.answeredOn = "2026-03-27"
      event.doBy = "2026-03-31"
    },
    Announced(.actionReported(index: 0, body: "livewest", action: .done, on: .test(30))) {
      (event: inout Recourse_Panel_V1_ActionReported) in
      event.body = "livewest"
      event.action = .done
      event.reportedOn = "2026-03-30"
    },
    Announced(
      .reminderOwed(
        index: 0, body: "livewest", awaited: .answer, dueBy: .test(30), isOverdue: true,
        escalates: false)
    ) {
      (event: inout Recourse_Panel_V1_ReminderOwed) in
      event.body = "livewest"
      event.awaited = .answer
      event.dueOn = "2026-03-30"
      event.overdue = true
    },
  ]

  private static let support: [Announced] = [
    Announced(.supportOffered(agencies: ["victim-support", "victim-care-unit"])) {
      (event: inout Recourse_Support_V1_SupportOffered) in
      event.agencies = ["victim-support", "victim-care-unit"]
    },
    Announced(.referralMade(agency: "victim-support")) {
      (event: inout Recourse_Support_V1_ReferralMade) in
      event.agency = "victim-support"
    },
    Announced(
      .referralAnswered(
        agency: "victim-support", answer: .declined, reason: .noCapacity, on: .test(18))
    ) {
      (event: inout Recourse_Support_V1_ReferralAnswered) in
      event.agency = "victim-support"
      event.answer = .declined
      event.reason = .noCapacity
      event.answeredOn = "2026-03-18"
    },
    Announced(.withdrawalAcknowledged(agency: "victim-support", on: .test(19))) {
      (event: inout Recourse_Support_V1_WithdrawalAcknowledged) in
      event.agency = "victim-support"
      event.acknowledgedOn = "2026-03-19"
    },
  ]

  private static let correspondence: [Announced] = [
    Announced(
      .noticeReady(
        notice: "n1", kind: .acknowledgement, channel: .email, body: "", attempt: 1)
    ) {
      (event: inout Recourse_Correspondence_V1_NoticeReady) in
      event.noticeID = "n1"
      event.kind = .acknowledgement
      event.channel = .email
      event.attempt = 1
    },
    Announced(
      .noticeHeld(
        notice: "n1", kind: .delay, reason: .incomplete, body: "", on: .test(18))
    ) {
      (event: inout Recourse_Correspondence_V1_NoticeHeld) in
      event.noticeID = "n1"
      event.kind = .delay
      event.reason = .incomplete
      event.heldOn = "2026-03-18"
    },
    Announced(
      .noticeSent(
        notice: "n1", kind: .bodyNotification, channel: .email, body: "livewest",
        isInstead: false, on: .test(18))
    ) {
      (event: inout Recourse_Correspondence_V1_NoticeSent) in
      event.noticeID = "n1"
      event.kind = .bodyNotification
      event.channel = .email
      event.body = "livewest"
      event.sentOn = "2026-03-18"
    },
    Announced(
      .noticeDelivered(notice: "n1", kind: .bodyNotification, body: "livewest", on: .test(19))
    ) {
      (event: inout Recourse_Correspondence_V1_NoticeDelivered) in
      event.noticeID = "n1"
      event.kind = .bodyNotification
      event.body = "livewest"
      event.deliveredOn = "2026-03-19"
    },
    Announced(
      .noticeFailed(
        notice: "n1", kind: .outcome, code: "mailbox-refused", isUncertain: false, body: "",
        on: .test(19))
    ) {
      (event: inout Recourse_Correspondence_V1_NoticeFailed) in
      event.noticeID = "n1"
      event.kind = .outcome
      event.code = "mailbox-refused"
      event.failedOn = "2026-03-19"
    },
  ]

  private static let plugins: [Announced] = [
    Announced(
      .noticeEnded(
        webhook: "council-alerts", event: "recourse.threshold.v1.ThresholdDecided",
        outcome: .delivered, attempts: 2)
    ) {
      (event: inout Recourse_Webhook_V1_DeliveryRecorded) in
      event.webhook = "council-alerts"
      event.eventType = "recourse.threshold.v1.ThresholdDecided"
      event.state = .delivered
      event.attempts = 2
    }
  ]
}

extension CalendarDate {
  /// A day of March 2026.
  static func test(_ day: Int) -> CalendarDate {
    CalendarDate(daysSince1970: 20_512 + day)
  }
}
