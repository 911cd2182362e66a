/// What a notice, written to somebody about a case, is about.
public enum NoticeKind: String, Sendable, Hashable, CaseIterable {
  case acknowledgement = "ACKNOWLEDGEMENT"
  case consentRequest = "CONSENT_REQUEST"
  /// That a body must be told of an application (s.104(3)).
  case bodyNotification = "BODY_NOTIFICATION"
  case informationRequest = "INFORMATION_REQUEST"
  case informationChaser = "INFORMATION_CHASER"
  case thresholdMet = "THRESHOLD_MET"
  case thresholdNotMet = "THRESHOLD_NOT_MET"
  case thresholdDeferred = "THRESHOLD_DEFERRED"
  case delay = "DELAY"
  case invitation = "INVITATION"
  case outcome = "OUTCOME"
  case appealAcknowledgement = "APPEAL_ACKNOWLEDGEMENT"
  case appealOutcome = "APPEAL_OUTCOME"
  case signpost = "SIGNPOST"
  case withdrawal = "WITHDRAWAL"
  /// What became of recommendations.
  case followUp = "FOLLOW_UP"
  /// What is recommended to a body (s.104(7)).
  case recommendation = "RECOMMENDATION"
  case recommendationReminder = "RECOMMENDATION_REMINDER"
}

/// A way by which a notice travels.
public enum NoticeWay: String, Sendable, Hashable, CaseIterable {
  case email = "EMAIL"
  case sms = "SMS"
  case post = "POST"
  /// Somebody rings, and says only what may be said.
  case phone = "PHONE"
}

/// Why a notice waits for a person.
public enum NoticeHold: String, Sendable, Hashable, CaseIterable {
  /// It names what is protected.
  case leakGuard = "LEAK_GUARD"
  /// There is no way that is safe and that can be used here.
  case noSafeWay = "NO_SAFE_WAY"
  /// Something that it must say is not known.
  case incomplete = "INCOMPLETE"
  /// Nothing has taken on its channel.
  case noChannel = "NO_CHANNEL"
  /// A policy wants a person's look first.
  case review = "REVIEW"
}

extension NoticeKind {
  /// Such as "acknowledgement"; goes on in a sentence.
  public var inWords: String {
    switch self {
    case .acknowledgement: "acknowledgement"
    case .consentRequest: "request for consent"
    case .bodyNotification: "notification of the application"
    case .informationRequest: "request for information"
    case .informationChaser: "reminder about information"
    case .thresholdMet: "letter that the threshold is met"
    case .thresholdNotMet: "letter that the threshold is not met"
    case .thresholdDeferred: "letter that the decision is put off"
    case .delay: "letter about a delay"
    case .invitation: "invitation to the panel"
    case .outcome: "letter about the outcome"
    case .appealAcknowledgement: "acknowledgement of an appeal"
    case .appealOutcome: "outcome of an appeal"
    case .signpost: "signpost to the review"
    case .withdrawal: "confirmation of the withdrawal"
    case .followUp: "letter about what became of recommendations"
    case .recommendation: "letter about a recommendation"
    case .recommendationReminder: "reminder about a recommendation"
    }
  }
}

extension NoticeWay {
  /// Goes on after "by": "email".
  public var inWords: String {
    switch self {
    case .email: "email"
    case .sms: "text message"
    case .post: "post"
    case .phone: "telephone"
    }
  }
}

extension NoticeHold {
  /// Such as "it names what is protected".
  public var inWords: String {
    switch self {
    case .leakGuard: "it names what is protected"
    case .noSafeWay: "no way to send it is safe and can be used here"
    case .incomplete: "something that it must say is not known"
    case .noChannel: "nothing takes on its channel"
    case .review: "somebody has to look at it first"
    }
  }
}
