public import Letters
public import Messages

extension Letter.Notice.Kind {
  /// Nil for a kind that this version does not know.
  public init?(_ kind: Recourse_Correspondence_V1_NoticeKind) {
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
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension Recourse_Correspondence_V1_NoticeKind {
  /// The same kind, as messages name it.
  public init(_ kind: Letter.Notice.Kind) {
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
