import CaseModel
import Messages
import SwiftProtobuf

// A table for each worker: its event, and the fact that it is. Threshold's is in a file of its own.

extension EventReader {
  static let intake: [(String, Read)] = [
    reading(Recourse_Intake_V1_ApplicationReceived.self) { event in
      .applicationReceived(
        on: try event.receivedOn.day, area: try event.area.present,
        complaints: Int(event.complaints))
    },
    reading(Recourse_Intake_V1_ComplaintRecorded.self) { event in
      let (index, day) = (Int(event.index), try event.complaintFrom.day)
      return event.addedLater
        ? .complaintAdded(index: index, on: day, body: event.body)
        : .complaintRecorded(index: index, on: day, body: event.body)
    },
    reading(Recourse_Intake_V1_ApplicationWithdrawn.self) { event in
      .applicationWithdrawn(on: try event.withdrawnOn.day, underPressure: event.underPressure)
    },
    reading(Recourse_Intake_V1_ContactChanged.self) { event in
      .contactChanged(on: try event.changedOn.day)
    },
    reading(Recourse_Intake_V1_AttendanceChosen.self) { event in
      .attendanceChosen(
        attendance: try event.attendance.present, on: try event.chosenOn.day)
    },
    reading(Recourse_Intake_V1_AttachmentAdded.self) { event in
      .attachmentAdded(on: try event.addedOn.day, byOfficer: event.byOfficer)
    },
    reading(Recourse_Intake_V1_ConsentGiven.self) { event in
      .consentGiven(purpose: try event.purpose.present, recipient: event.recipient)
    },
    reading(Recourse_Intake_V1_ConsentRefused.self) { event in
      .consentRefused(
        purpose: try event.purpose.present, recipient: event.recipient,
        on: CalendarDate(ofUnixSeconds: event.at.seconds))
    },
    reading(Recourse_Intake_V1_ConsentWithdrawn.self) { event in
      .consentWithdrawn(
        purpose: try event.purpose.present, recipient: event.recipient,
        on: CalendarDate(ofUnixSeconds: event.at.seconds))
    },
  ]

  static let panel: [(String, Read)] = [
    // Those of earlier versions have no round; there was one in a case.
    reading(Recourse_Panel_V1_ReviewOpened.self) { event in
      let (day, due) = (try event.openedOn.day, try event.dueOn.day)
      return event.round <= 1
        ? .reviewOpened(on: day, dueBy: due)
        : .reviewOpenedAgain(round: Int(event.round), on: day, dueBy: due)
    },
    reading(Recourse_Panel_V1_PanelScheduled.self) { event in
      .panelScheduled(on: try event.panelOn.day)
    },
    reading(Recourse_Panel_V1_PanelBlocked.self) { event in
      .panelBlocked(bodies: event.blockingBodies, dueBy: try event.dueOn.day)
    },
    reading(Recourse_Panel_V1_PanelHeld.self) { event in
      .panelHeld(on: try event.heldOn.day, recommendations: Int(event.recommendations))
    },
    reading(Recourse_Panel_V1_RecommendationMade.self) { event in
      .recommendationMade(
        index: Int(event.index), body: try event.body.present, on: try event.madeOn.day)
    },
  ]

  static let followUps: [(String, Read)] = [
    reading(Recourse_Panel_V1_RecommendationAnswered.self) { event in
      .recommendationAnswered(
        index: Int(event.index), body: try event.body.present,
        answer: try RecommendationAnswer(event.answer), on: try event.answeredOn.day,
        doBy: try event.doBy.dayIfAny)
    },
    reading(Recourse_Panel_V1_ActionReported.self) { event in
      .actionReported(
        index: Int(event.index), body: try event.body.present,
        action: try ActionState(event.action), on: try event.reportedOn.day)
    },
    reading(Recourse_Panel_V1_ReminderOwed.self) { event in
      .reminderOwed(
        index: Int(event.index), body: try event.body.present,
        awaited: try FollowUpAwaited(event.awaited), dueBy: try event.dueOn.day,
        isOverdue: event.overdue, escalates: event.escalates)
    },
  ]

  static let support: [(String, Read)] = [
    reading(Recourse_Support_V1_SupportOffered.self) { event in
      .supportOffered(agencies: try event.agencies.present)
    },
    reading(Recourse_Support_V1_ReferralMade.self) { event in
      .referralMade(agency: try event.agency.present)
    },
    reading(Recourse_Support_V1_ReferralAnswered.self) { event in
      .referralAnswered(
        agency: try event.agency.present, answer: try ReferralAnswer(event.answer),
        reason: try DeclineReason?(event.reason), on: try event.answeredOn.day)
    },
    reading(Recourse_Support_V1_WithdrawalAcknowledged.self) { event in
      .withdrawalAcknowledged(
        agency: try event.agency.present, on: try event.acknowledgedOn.day)
    },
  ]

  static let plugins: [(String, Read)] = [
    reading(Recourse_Webhook_V1_DeliveryRecorded.self) { event in
      .noticeEnded(
        webhook: try event.webhook.present, event: try event.eventType.present,
        outcome: try NoticeOutcome(event.state), attempts: Int(event.attempts))
    }
  ]
}

extension RecommendationAnswer {
  fileprivate init(_ answer: Recourse_Panel_V1_RecommendationAnswered.Answer) throws {
    switch answer {
    case .accepted: self = .accepted
    case .acceptedInPart: self = .acceptedInPart
    case .notAccepted: self = .notAccepted
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension ActionState {
  fileprivate init(_ action: Recourse_Panel_V1_ActionReported.Action) throws {
    switch action {
    case .underWay: self = .underWay
    case .done: self = .done
    case .notDone: self = .notDone
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension FollowUpAwaited {
  fileprivate init(_ awaited: Recourse_Panel_V1_ReminderOwed.Awaited) throws {
    switch awaited {
    case .answer: self = .answer
    case .action: self = .action
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension ReferralAnswer {
  fileprivate init(_ answer: Recourse_Support_V1_ReferralAnswer) throws {
    switch answer {
    case .accepted: self = .accepted
    case .declined: self = .declined
    case .noContact: self = .noContact
    case .closed: self = .closed
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension DeclineReason? {
  fileprivate init(_ reason: Recourse_Support_V1_DeclineReason) throws {
    switch reason {
    case .unspecified: self = nil
    case .noCapacity: self = .noCapacity
    case .notEligible: self = .notEligible
    case .outOfArea: self = .outOfArea
    case .alreadySupported: self = .alreadySupported
    case .personDeclined: self = .personDeclined
    case .notDelivered: self = .notDelivered
    case .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension NoticeOutcome {
  fileprivate init(_ state: Recourse_Webhook_V1_DeliveryRecorded.State) throws {
    switch state {
    case .delivered: self = .delivered
    case .refused: self = .refused
    case .givenUp: self = .givenUp
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}
