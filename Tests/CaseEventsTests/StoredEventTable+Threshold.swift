import Messages
import SwiftProtobuf

extension StoredEvent {
  static let threshold = assessment + information + appeals + clocks

  private static let assessment: [StoredEvent] = [
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
      event.notes = [.with { $0.code = "caveat-not-applied" }]
      event.changes = [.with { $0.code = "more-complaints-needed" }]
      event.turnsOn = [.with { $0.code = "turns-on-day" }]
      event.information.asked = 6
      event.information.returned = 4
      event.information.refused = 1
      event.information.overdue = 1
      event.engineVersion = 2
      event.revision = 1
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_ThresholdDecided) in
      event.caseReference = reference
      event.policyDigest = digest
      event.met = true
      event.route = .mandatory
      event.clause = "s.104(4)"
      event.decidedOn = "2026-03-18"
      event.officerKey = "o1"
      event.number = 2
      event.body = "plymouth-council"
      event.secondOfficerKey = "o2"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_ThresholdDeferred) in
      event.caseReference = reference
      event.policyDigest = digest
      event.deferredOn = "2026-03-18"
      event.until = "2026-03-31"
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
        finding.standing = .bodyConfirms
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

  private static let information: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Threshold_V1_InformationRequested) in
      event.caseReference = reference
      event.policyDigest = digest
      event.body = "livewest"
      event.mandatory = true
      event.requestedOn = "2026-03-17"
      event.dueOn = "2026-03-24"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_InformationReturned) in
      event.caseReference = reference
      event.policyDigest = digest
      event.body = "livewest"
      event.returnedOn = "2026-03-20"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_InformationRefused) in
      event.caseReference = reference
      event.policyDigest = digest
      event.body = "livewest"
      event.refusedOn = "2026-03-20"
      event.ground = .notHeld
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_InformationChased) in
      event.caseReference = reference
      event.policyDigest = digest
      event.body = "livewest"
      event.chasedOn = "2026-03-25"
    },
  ]

  private static let appeals: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Threshold_V1_AppealMade) in
      event.caseReference = reference
      event.policyDigest = digest
      event.number = 1
      event.subject = .handling
      event.ground = "threshold-was-met"
      event.madeOn = "2026-03-19"
      event.dueOn = "2026-03-31"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_AppealDecided) in
      event.caseReference = reference
      event.policyDigest = digest
      event.number = 1
      event.outcome = .referredBack
      event.decidedOn = "2026-03-26"
      event.officerKey = "o3"
      event.subject = .handling
    },
  ]

  private static let clocks: [StoredEvent] = [
    StoredEvent { (event: inout Recourse_Threshold_V1_DelayNoticeOwed) in
      event.caseReference = reference
      event.policyDigest = digest
      event.stage = "decide"
      event.dueOn = "2026-03-23"
      event.onBreach = "escalate"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_DelayNoticeGiven) in
      event.caseReference = reference
      event.policyDigest = digest
      event.stage = "decide"
      event.dueOn = "2026-03-23"
      event.toldOn = "2026-03-24"
    },
    StoredEvent { (event: inout Recourse_Threshold_V1_ClockChanged) in
      event.caseReference = reference
      event.policyDigest = digest
      event.stage = "decide"
      event.change = .extended
      event.changedOn = "2026-03-20"
      event.dueOn = "2026-03-30"
    },
  ]
}
