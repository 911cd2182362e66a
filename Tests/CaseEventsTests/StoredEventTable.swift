import Messages
import SwiftProtobuf

extension StoredEvent {
  static let all = intake + threshold + panel + support

  private static let reference = "4F7K-2M9X"
  private static let digest = "sha256:0f1e2d3c"

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
    },
    StoredEvent { (event: inout Recourse_Intake_V1_ConsentGiven) in
      event.caseReference = reference
      event.policyDigest = digest
      event.purpose = "SUPPORT_REFERRAL"
      event.recipient = "victim-support"
      event.wording = "2026-01"
      event.at = Google_Protobuf_Timestamp(seconds: 1_773_652_321)
      event.consentID = "k1"
    },
  ]

  private static let threshold: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Threshold_V1_PolicyPackPublished) in
      event.digest = digest
      event.name = "plymouth"
      event.version = "2026-01"
      event.document = "name: plymouth\n"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_NotificationOwed) in
      event.caseReference = reference
      event.policyDigest = digest
      event.body = "livewest"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_BodyNotified) in
      event.caseReference = reference
      event.policyDigest = digest
      event.body = "livewest"
      event.notifiedOn = "2026-03-17"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_ThresholdAssessed) in
      event.caseReference = reference
      event.policyDigest = digest
      event.outcome = .personDecides
      event.met = true
      event.required = 3
      event.counted = 2
      event.routes = [route]
      event.assessedOn = "2026-03-16"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_ThresholdDecided) in
      event.caseReference = reference
      event.policyDigest = digest
      event.met = true
      event.route = .mandatory
      event.clause = "s.104(4)"
      event.decidedOn = "2026-03-18"
      event.officerKey = "o1"
    },
  ]

  private static let route = Recourse_Threshold_V1_RouteFinding.with { route in
    route.route = .local
    route.clause = "local"
    route.outcome = .notMet
    route.required = 3
    route.counted = 2
    route.complaints = [
      .with { finding in
        finding.index = 1
        finding.counted = true
        finding.with = 0
        finding.rules = ["one-incident"]
        finding.reason.code = "same-incident"
        finding.reason.details = [
          .with {
            $0.name = "with"
            $0.value = "0"
          }
        ]
      }
    ]
    route.toFind = [.with { $0.code = "harm" }]
  }

  private static let panel: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Panel_V1_ReviewOpened) in
      event.caseReference = reference
      event.policyDigest = digest
      event.openedOn = "2026-03-18"
      event.dueOn = "2026-03-31"
      event.requiredBodies = ["plymouth-council", "police"]
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
    },
  ]
}
