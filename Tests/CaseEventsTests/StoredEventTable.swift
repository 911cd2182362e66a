import Messages
import SwiftProtobuf

extension StoredEvent {
  static let all = intake + threshold + panel + followUps + support + correspondence + plugins

  static let reference = "4F7K-2M9X"
  static let digest = "sha256:0f1e2d3c"

  private static let intake: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Intake_V1_ApplicationReceived) in
      event.caseReference = reference
      event.area = "plymouth"
      event.receivedAt = Google_Protobuf_Timestamp(seconds: 1_773_652_320, nanos: 250_000_000)
      event.receivedOn = "2026-03-16"
      event.policyDigest = digest
      event.complaints = 3
      event.channel = "WEB"
      event.bodies = ["plymouth-council", "livewest"]
      event.awaitsConsent = true
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ComplaintRecorded) in
      event.caseReference = reference
      event.policyDigest = digest
      event.index = 1
      event.behaviourFrom = "2026-03-02"
      event.behaviourTo = "2026-03-04"
      event.complaintFrom = "2026-03-03"
      event.complaintTo = "2026-03-05"
      event.body = "livewest"
      event.madeTo = "HOUSING_PROVIDER"
      event.complainantKey = "c1"
      event.householdKey = "h1"
      event.incidentKey = "i1"
      event.hate = true
      event.addedLater = true
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ConsentGiven) in
      event.caseReference = reference
      event.policyDigest = digest
      event.purpose = "SUPPORT_REFERRAL"
      event.recipient = "victim-support"
      event.wording = "2026-01"
      event.at = Google_Protobuf_Timestamp(seconds: 1_773_652_321)
      event.consentID = "k1"
      event.personKey = "p1"
      event.awaitsConsent = true
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ConsentRefused) in
      event.caseReference = reference
      event.policyDigest = digest
      event.purpose = "THIRD_PARTY_AUTHORITY"
      event.recipient = "livewest"
      event.at = Google_Protobuf_Timestamp(seconds: 1_773_652_321)
      event.personKey = "p2"
      event.awaitsConsent = true
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ConsentWithdrawn) in
      event.caseReference = reference
      event.policyDigest = digest
      event.purpose = "SUPPORT_REFERRAL"
      event.recipient = "victim-support"
      event.at = Google_Protobuf_Timestamp(seconds: 1_773_652_321)
      event.consentID = "k1"
      event.personKey = "p1"
      event.awaitsConsent = true
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ApplicationWithdrawn) in
      event.caseReference = reference
      event.policyDigest = digest
      event.withdrawnOn = "2026-03-20"
      event.underPressure = true
      event.personKey = "p1"
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ContactChanged) in
      event.caseReference = reference
      event.policyDigest = digest
      event.personKey = "p1"
      event.changedOn = "2026-03-19"
    },
    StoredEvent { (event: inout Recourse_Intake_V1_AttendanceChosen) in
      event.caseReference = reference
      event.policyDigest = digest
      event.attendance = "ATTEND_REMOTELY"
      event.chosenOn = "2026-03-19"
    },
    StoredEvent { (event: inout Recourse_Intake_V1_AttachmentAdded) in
      event.caseReference = reference
      event.policyDigest = digest
      event.attachmentID = "f1"
      event.addedOn = "2026-03-19"
      event.byOfficer = true
    },
    StoredEvent { (event: inout Recourse_Intake_V1_SecondReportRecorded) in
      event.area = "plymouth"
      event.source = "open311"
      event.number = 3
      event.reportedOn = "2026-03-16"
      event.earlierReportedOn = "2026-01-05"
    },
    StoredEvent { (event: inout Recourse_Intake_V1_SecondReportSignposted) in
      event.area = "plymouth"
      event.source = "open311"
      event.number = 3
      event.reportedOn = "2026-03-16"
      event.signpostedOn = "2026-03-18"
      event.days = 2
      event.channel = .source
      event.policyDigest = digest
    },
  ]

  private static let panel: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Panel_V1_ReviewOpened) in
      event.caseReference = reference
      event.policyDigest = digest
      event.openedOn = "2026-03-18"
      event.dueOn = "2026-03-31"
      event.requiredBodies = ["plymouth-council", "police"]
      event.round = 2
    },
    StoredEvent { (event: inout Recourse_Panel_V1_PanelScheduled) in
      event.caseReference = reference
      event.policyDigest = digest
      event.panelOn = "2026-03-25"
      event.dueOn = "2026-03-31"
      event.revision = 2
    },
    StoredEvent { (event: inout Recourse_Panel_V1_PanelBlocked) in
      event.caseReference = reference
      event.policyDigest = digest
      event.dueOn = "2026-03-31"
      event.blockingBodies = ["livewest"]
    },
    StoredEvent { (event: inout Recourse_Panel_V1_PanelHeld) in
      event.caseReference = reference
      event.policyDigest = digest
      event.heldOn = "2026-03-25"
      event.recommendations = 2
    },
    StoredEvent { (event: inout Recourse_Panel_V1_RecommendationMade) in
      event.caseReference = reference
      event.policyDigest = digest
      event.index = 1
      event.body = "livewest"
      event.madeOn = "2026-03-25"
      event.round = 2
      event.answerDueOn = "2026-04-24"
      event.doBy = "2026-05-29"
    },
  ]

  private static let followUps: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Panel_V1_RecommendationAnswered) in
      event.caseReference = reference
      event.policyDigest = digest
      event.round = 2
      event.index = 1
      event.body = "livewest"
      event.answer = .acceptedInPart
      event.answeredOn = "2026-03-27"
      event.doBy = "2026-05-29"
      event.revision = 2
    },
    StoredEvent { (event: inout Recourse_Panel_V1_ActionReported) in
      event.caseReference = reference
      event.policyDigest = digest
      event.round = 2
      event.index = 1
      event.body = "livewest"
      event.action = .done
      event.reportedOn = "2026-03-30"
      event.revision = 3
    },
    StoredEvent { (event: inout Recourse_Panel_V1_ReminderOwed) in
      event.caseReference = reference
      event.policyDigest = digest
      event.round = 2
      event.index = 1
      event.body = "livewest"
      event.awaited = .action
      event.dueOn = "2026-03-30"
      event.overdue = true
      event.number = 2
      event.escalates = true
    },
  ]

  private static let support: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Support_V1_SupportOffered) in
      event.caseReference = reference
      event.policyDigest = digest
      event.agencies = ["victim-support", "victim-care-unit"]
    },
    StoredEvent { (event: inout Recourse_Support_V1_ReferralMade) in
      event.caseReference = reference
      event.policyDigest = digest
      event.agency = "victim-support"
      event.consentID = "k1"
      event.servedBy = "victim-support"
    },
    StoredEvent { (event: inout Recourse_Support_V1_ReferralAnswered) in
      event.caseReference = reference
      event.policyDigest = digest
      event.agency = "victim-support"
      event.consentID = "k1"
      event.answer = .declined
      event.reason = .noCapacity
      event.answeredOn = "2026-03-18"
    },
    StoredEvent { (event: inout Recourse_Support_V1_WithdrawalAcknowledged) in
      event.caseReference = reference
      event.policyDigest = digest
      event.agency = "victim-support"
      event.consentID = "k1"
      event.acknowledgedOn = "2026-03-19"
    },
  ]

  private static let correspondence: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Correspondence_V1_NoticeReady) in
      event.caseReference = reference
      event.policyDigest = digest
      event.noticeID = "n1"
      event.kind = .bodyNotification
      event.channel = .email
      event.servedBy = "mail"
      event.personKey = "p1"
      event.body = "livewest"
      event.attempt = 2
    },
    StoredEvent { (event: inout Recourse_Correspondence_V1_NoticeHeld) in
      event.caseReference = reference
      event.policyDigest = digest
      event.noticeID = "n1"
      event.kind = .delay
      event.reason = .leakGuard
      event.heldOn = "2026-03-18"
      event.personKey = "p1"
      event.body = "livewest"
    },
    StoredEvent { (event: inout Recourse_Correspondence_V1_NoticeSent) in
      event.caseReference = reference
      event.policyDigest = digest
      event.noticeID = "n1"
      event.kind = .outcome
      event.channel = .sms
      event.personKey = "p1"
      event.body = "livewest"
      event.sentOn = "2026-03-18"
      event.instead = true
    },
    StoredEvent { (event: inout Recourse_Correspondence_V1_NoticeDelivered) in
      event.caseReference = reference
      event.policyDigest = digest
      event.noticeID = "n1"
      event.deliveredOn = "2026-03-19"
      event.kind = .outcome
      event.personKey = "p1"
      event.body = "livewest"
    },
    StoredEvent { (event: inout Recourse_Correspondence_V1_NoticeFailed) in
      event.caseReference = reference
      event.policyDigest = digest
      event.noticeID = "n1"
      event.kind = .invitation
      event.code = "mailbox-refused"
      event.failedOn = "2026-03-19"
      event.uncertain = true
      event.personKey = "p1"
      event.body = "livewest"
    },
  ]

  private static let plugins: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Webhook_V1_DeliveryRecorded) in
      event.caseReference = reference
      event.webhook = "council-alerts"
      event.eventType = "recourse.threshold.v1.ThresholdDecided"
      event.eventPosition = 17
      event.state = .delivered
      event.attempts = 2
      event.statusCode = 204
    },
    StoredEvent { (event: inout Recourse_Outreach_V1_ActivityHeld) in
      event.plan = "plymouth-2022"
      event.activity = "launch"
      event.campaign = "awareness"
      event.channel = .event
      event.ward = "st-peter-and-the-waterfront"
      event.heldOn = "2022-01-17"
    },
    StoredEvent { (event: inout Recourse_Outreach_V1_MaterialDistributed) in
      event.plan = "plymouth-2022"
      event.distribution = "posters-livewest"
      event.material = "K7Q2"
      event.partner = "LiveWest"
      event.ward = "ham"
      event.quantity = 250
      event.distributedOn = "2022-01-20"
    },
  ]
}
