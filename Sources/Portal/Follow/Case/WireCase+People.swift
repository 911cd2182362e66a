import CaseModel
import Messages

// Consents, referrals, letters and readings, as facts.

extension ConsentFact {
  init?(_ consent: Recourse_Intake_V1_ConsentOnRecord) {
    guard let purpose = ConsentPurpose(consent.purpose), let day = CalendarDate(consent.answeredOn)
    else { return nil }
    let answer: Answer? =
      switch consent.answer {
      case .given: .given
      case .refused: .refused
      case .withdrawn: .withdrawn
      case .unspecified, .UNRECOGNIZED: nil
      }
    guard let answer else { return nil }
    self.init(
      id: consent.consentID, person: consent.person, purpose: purpose,
      recipient: consent.recipient, answer: answer, wording: consent.wording, answeredOn: day,
      isNewest: consent.newest)
  }
}

extension ConsentPurpose {
  init?(_ purpose: Recourse_Intake_V1_Consent.Purpose) {
    switch purpose {
    case .shareWithRelevantBodies: self = .sharing
    case .supportReferral: self = .referral
    case .thirdPartyAuthority: self = .authority
    case .attendance: self = .attendance
    case .feedback: self = .feedback
    case .equalityMonitoring: self = .equality
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }

  /// As messages have it.
  var message: Recourse_Intake_V1_Consent.Purpose {
    switch self {
    case .sharing: .shareWithRelevantBodies
    case .referral: .supportReferral
    case .authority: .thirdPartyAuthority
    case .attendance: .attendance
    case .feedback: .feedback
    case .equality: .equalityMonitoring
    }
  }
}

extension AwaitedFact {
  init?(_ awaited: Recourse_Intake_V1_AwaitedConsent) {
    guard let purpose = ConsentPurpose(awaited.purpose) else { return nil }
    self.init(person: awaited.person, purpose: purpose)
  }
}

extension ReferralFact {
  init(_ referral: Recourse_Support_V1_Referral) {
    let state: State =
      switch referral.state {
      case .sent: .sent
      case .uncertain: .uncertain
      case .failed: .failed
      case .intended, .unspecified, .UNRECOGNIZED: .intended
      }
    let answer: ReferralAnswer? =
      switch referral.answer {
      case .accepted: .accepted
      case .declined: .declined
      case .noContact: .noContact
      case .closed: .closed
      case .unspecified, .UNRECOGNIZED: nil
      }
    self.init(
      agency: referral.agency, consentID: referral.consentID, state: state, answer: answer,
      answeredOn: CalendarDate(referral.answeredOn),
      isNotDelivered: referral.reason == .notDelivered, isFile: referral.servedBy.isEmpty,
      withdrawnOn: CalendarDate(referral.withdrawnOn),
      confirmationDueOn: CalendarDate(referral.acknowledgementDueOn),
      confirmedOn: CalendarDate(referral.acknowledgedOn),
      isConfirmationOverdue: referral.acknowledgementOverdue)
  }
}

extension LetterFact {
  /// Nil for one that a person has to look at first, that was cancelled, or that is not for the applicant.
  init?(_ notice: Recourse_Correspondence_V1_Notice) {
    guard let kind = Kind(notice.kind), notice.body.isEmpty,
      let written = CalendarDate(notice.composedOn)
    else { return nil }
    let state: State
    switch notice.state {
    case .waiting where notice.awaitsServer, .held where notice.awaitsServer: state = .waiting
    case .waiting, .ready: state = .underWay
    case .sent: state = .sent(CalendarDate(notice.sentOn) ?? written)
    case .delivered:
      state = .delivered(CalendarDate(notice.deliveredOn) ?? CalendarDate(notice.sentOn) ?? written)
    case .failed, .uncertain: state = .failed
    // No safe way to it was found: here it can be read all the same. What waits for a person's look is not shown.
    case .held where [.noSafeWay, .noChannel].contains(notice.holdReason): state = .failed
    case .composing, .held, .cancelled, .unspecified, .UNRECOGNIZED: return nil
    }
    self.init(
      id: notice.noticeID, kind: kind, state: state, channel: Channel(notice.channel),
      writtenOn: written)
  }
}

extension LetterFact.Kind {
  fileprivate init?(_ kind: Recourse_Correspondence_V1_NoticeKind) {
    switch kind {
    case .acknowledgement: self = .acknowledgement
    case .consentRequest: self = .consentRequest
    case .thresholdMet: self = .met
    case .thresholdNotMet: self = .notMet
    case .thresholdDeferred: self = .deferred
    case .delay: self = .delay
    case .invitation: self = .invitation
    case .outcome: self = .outcome
    case .appealAcknowledgement: self = .appealAcknowledgement
    case .appealOutcome: self = .appealOutcome
    case .signpost: self = .signpost
    case .withdrawal: self = .withdrawal
    case .followUp: self = .followUp
    // These are for bodies.
    case .bodyNotification, .informationRequest, .informationChaser, .recommendation,
      .recommendationReminder:
      return nil
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension LetterFact.Channel {
  fileprivate init?(_ channel: Recourse_Correspondence_V1_NoticeChannel) {
    switch channel {
    case .email: self = .email
    case .sms: self = .sms
    case .post: self = .post
    case .phone: self = .phone
    case .unspecified, .UNRECOGNIZED: return nil
    }
  }
}

extension ReadFact {
  init?(_ read: Recourse_Worker_V1_CaseRead, of worker: String) {
    guard let day = CalendarDate(read.readOn) else { return nil }
    self.init(
      day: day, worker: worker, principal: read.principal, purpose: read.purpose,
      fields: read.fields, times: max(1, Int(read.times)))
  }
}
