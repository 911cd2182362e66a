import CaseModel
import Messages
import SwiftProtobuf

extension EventReader {
  static let correspondence: [(String, Read)] = [
    reading(Recourse_Correspondence_V1_NoticeReady.self) { event in
      .noticeReady(
        notice: try event.noticeID.present, kind: try NoticeKind(event.kind),
        channel: try NoticeWay?(event.channel).known, body: event.body,
        attempt: Int(event.attempt))
    },
    reading(Recourse_Correspondence_V1_NoticeHeld.self) { event in
      .noticeHeld(
        notice: try event.noticeID.present, kind: try NoticeKind(event.kind),
        reason: try NoticeHold(event.reason), body: event.body, on: try event.heldOn.day)
    },
    reading(Recourse_Correspondence_V1_NoticeSent.self) { event in
      .noticeSent(
        notice: try event.noticeID.present, kind: try NoticeKind(event.kind),
        channel: try NoticeWay?(event.channel), body: event.body, isInstead: event.instead,
        on: try event.sentOn.day)
    },
    reading(Recourse_Correspondence_V1_NoticeDelivered.self) { event in
      .noticeDelivered(
        notice: try event.noticeID.present, kind: try NoticeKind(event.kind), body: event.body,
        on: try event.deliveredOn.day)
    },
    reading(Recourse_Correspondence_V1_NoticeFailed.self) { event in
      .noticeFailed(
        notice: try event.noticeID.present, kind: try NoticeKind(event.kind), code: event.code,
        isUncertain: event.uncertain, body: event.body, on: try event.failedOn.day)
    },
  ]
}

extension NoticeKind {
  fileprivate init(_ kind: Recourse_Correspondence_V1_NoticeKind) throws {
    switch kind {
    case .acknowledgement: self = .acknowledgement
    case .consentRequest: self = .consentRequest
    case .bodyNotification: self = .bodyNotification
    case .informationRequest: self = .informationRequest
    case .informationChaser: self = .informationChaser
    case .thresholdMet: self = .thresholdMet
    case .thresholdNotMet: self = .thresholdNotMet
    case .thresholdDeferred: self = .thresholdDeferred
    case .delay: self = .delay
    case .invitation: self = .invitation
    case .outcome: self = .outcome
    case .appealAcknowledgement: self = .appealAcknowledgement
    case .appealOutcome: self = .appealOutcome
    case .signpost: self = .signpost
    case .withdrawal: self = .withdrawal
    case .followUp: self = .followUp
    case .recommendation: self = .recommendation
    case .recommendationReminder: self = .recommendationReminder
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}

extension NoticeWay? {
  /// Nil if none is named.
  fileprivate init(_ channel: Recourse_Correspondence_V1_NoticeChannel) throws {
    switch channel {
    case .email: self = .email
    case .sms: self = .sms
    case .post: self = .post
    case .phone: self = .phone
    case .unspecified: self = nil
    case .UNRECOGNIZED: throw Unreadable()
    }
  }

  /// - Throws: ``Unreadable`` if none is named.
  fileprivate var known: NoticeWay {
    get throws {
      guard let self else { throw Unreadable() }
      return self
    }
  }
}

extension NoticeHold {
  fileprivate init(_ reason: Recourse_Correspondence_V1_HoldReason) throws {
    switch reason {
    case .leakGuard: self = .leakGuard
    case .noSafeWay: self = .noSafeWay
    case .incomplete: self = .incomplete
    case .noChannel: self = .noChannel
    case .review: self = .review
    case .unspecified, .UNRECOGNIZED: throw Unreadable()
    }
  }
}
