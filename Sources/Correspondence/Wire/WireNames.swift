import CaseModel
import CorrespondenceRules
import Messages

// Names in messages have the raw values of our own.

extension Recourse_Correspondence_V1_NoticeKind {
  init(_ kind: NoticeKind) {
    self =
      switch kind {
      case .acknowledgement: .acknowledgement
      case .consentRequest: .consentRequest
      case .bodyNotification: .bodyNotification
      case .informationRequest: .informationRequest
      case .informationChaser: .informationChaser
      case .thresholdMet: .thresholdMet
      case .thresholdNotMet: .thresholdNotMet
      case .thresholdDeferred: .thresholdDeferred
      case .delay: .delay
      case .invitation: .invitation
      case .outcome: .outcome
      case .appealAcknowledgement: .appealAcknowledgement
      case .appealOutcome: .appealOutcome
      case .signpost: .signpost
      case .withdrawal: .withdrawal
      case .followUp: .followUp
      case .recommendation: .recommendation
      case .recommendationReminder: .recommendationReminder
      }
  }
}

extension NoticeKind {
  /// Nil if it is none that is known.
  init?(_ kind: Recourse_Correspondence_V1_NoticeKind) {
    guard let known = Self.allCases.first(where: { .init($0) == kind }) else { return nil }
    self = known
  }
}

extension Recourse_Correspondence_V1_NoticeChannel {
  init(_ channel: NoticeWay?) {
    self =
      switch channel {
      case .email: .email
      case .sms: .sms
      case .post: .post
      case .phone: .phone
      case nil: .unspecified
      }
  }
}

extension NoticeWay {
  /// Nil if it is none that is known.
  init?(_ channel: Recourse_Correspondence_V1_NoticeChannel) {
    guard let known = Self.allCases.first(where: { .init($0) == channel }) else { return nil }
    self = known
  }
}

extension Recourse_Correspondence_V1_HoldReason {
  init(_ hold: NoticeHold?) {
    self =
      switch hold {
      case .leakGuard: .leakGuard
      case .noSafeWay: .noSafeWay
      case .incomplete: .incomplete
      case .noChannel: .noChannel
      case .review: .review
      case nil: .unspecified
      }
  }
}

extension Recourse_Correspondence_V1_NoticeState.Value {
  init(_ state: NoticeState) {
    self =
      switch state {
      case .composing: .composing
      case .held: .held
      case .waiting: .waiting
      case .ready: .ready
      case .sent: .sent
      case .delivered: .delivered
      case .failed: .failed
      case .uncertain: .uncertain
      case .cancelled: .cancelled
      }
  }
}

extension NoticeState {
  /// Nil if it is none that is known.
  init?(_ state: Recourse_Correspondence_V1_NoticeState.Value) {
    guard let known = Self.allCases.first(where: { .init($0) == state }) else { return nil }
    self = known
  }
}
