import CaseEvents
public import CaseModel
public import Letters
public import Messages
import Policy

// Letters before and beside a decision.
extension LoggedCase {
  /// The letter that tells that the application is there.
  /// - Parameters:
  ///   - ways: as Intake tells them; only what kind they are is said.
  ///   - clocks: as Threshold has them; without them days are counted by the pack.
  public func acknowledgement(
    ways: [Recourse_Intake_V1_SafeContactWay],
    clocks: [Recourse_Threshold_V1_ClockReading] = [], on today: CalendarDate
  ) -> Letter.Acknowledgement {
    var deadlines: [Clock.Stage: Letter.Deadline] = [:]
    for clock in clocks where clock.doneOn.isEmpty && !clock.paused {
      guard let stage = Clock.Stage(rawValue: clock.stage), let day = CalendarDate(clock.dueOn)
      else { continue }
      deadlines[stage] = Letter.Deadline(day, source: clock.source)
    }
    return Letter.Acknowledgement(
      caseReference: reference, receivedOn: receivedOn, pack: pack, lender: lender,
      deadlines: deadlines, ways: ways.compactMap(Letter.SafeWay.init),
      awaitsConsent: awaitsConsent, on: today)
  }

  /// The letter that asks for a consent.
  /// - Parameter agency: of a referral, the service by its key in the pack.
  /// - Throws: ``CaseLetterError`` `unknown-purpose`.
  public func consentRequest(
    _ purpose: Recourse_Intake_V1_Consent.Purpose, agency: String = "",
    _ answering: Letter.ConsentRequest.Answering = .asApplicant,
    answerBy: CalendarDate? = nil, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.ConsentRequest {
    let asked: Letter.ConsentRequest.Purpose =
      switch purpose {
      case .shareWithRelevantBodies: .share
      case .thirdPartyAuthority: .toAct
      case .attendance: .attendance
      case .supportReferral:
        .referral(to: pack.supportAgencies.first { $0.key == agency }?.name ?? agency)
      case .feedback, .equalityMonitoring, .unspecified, .UNRECOGNIZED:
        throw CaseLetterError(.unknownPurpose, "No letter asks for such a consent.")
      }
    return Letter.ConsentRequest(
      asked, answering, caseReference: reference, pack: pack, answerBy: answerBy, on: today)
  }

  /// The letter that passes the application on to a relevant body (s.104(3)).
  public func notification(to body: String, on today: CalendarDate) -> Letter.BodyNotification {
    Letter.BodyNotification(
      to: body, caseReference: reference, receivedOn: receivedOn, complaints: complaints,
      pack: pack, on: today)
  }

  /// The letter that asks a body for information or, once it was reminded, reminds it.
  /// - Throws: ``CaseLetterError`` `not-asked`.
  public func informationRequest(
    to body: String, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.InformationRequest {
    var request: Letter.InformationRequest?
    for fact in timeline.entries.map(\.fact) {
      switch fact {
      case .informationRequested(body, let isMandatory, let day, let due):
        request = Letter.InformationRequest(
          to: body, isMandatory: isMandatory, requestedOn: day, dueOn: due,
          caseReference: reference, complaints: complaints, pack: pack, on: today)
      case .informationChased(body, let day): request = request?.chased(on: day)
      default: continue
      }
    }
    guard let request else {
      throw CaseLetterError(.notAsked, "This body was not asked for information.")
    }
    return request
  }

  /// The letter that confirms that the application was withdrawn.
  /// - Throws: ``CaseLetterError`` `not-withdrawn`.
  public func withdrawal(on today: CalendarDate) throws(CaseLetterError) -> Letter.Withdrawal {
    Letter.Withdrawal(
      caseReference: reference, withdrawnOn: try withdrawnOn(), pack: pack, on: today)
  }

  /// The letter that tells a body that the application was withdrawn.
  /// - Throws: ``CaseLetterError`` `not-withdrawn`.
  public func withdrawal(
    to body: String, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.WithdrawalNotification {
    Letter.WithdrawalNotification(
      to: body, caseReference: reference, withdrawnOn: try withdrawnOn(), pack: pack, on: today)
  }

  private func withdrawnOn() throws(CaseLetterError) -> CalendarDate {
    for case .applicationWithdrawn(let day, _) in timeline.entries.reversed().map(\.fact) {
      return day
    }
    throw CaseLetterError(.notWithdrawn, "The application was not withdrawn.")
  }
}

extension Letter.InformationRequest {
  fileprivate func chased(on day: CalendarDate) -> Letter.InformationRequest {
    Letter.InformationRequest(
      to: body, isMandatory: isMandatory, requestedOn: requestedOn, dueOn: dueOn,
      chasedOn: chasedOn + [day], caseReference: caseReference, complaints: complaints, pack: pack,
      on: on)
  }
}

extension Letter.SafeWay {
  /// Nil for a way that is not known here.
  init?(_ way: Recourse_Intake_V1_SafeContactWay) {
    switch way.channel {
    case "EMAIL": self = .email
    case "SMS": self = .sms
    case "POST": self = .post
    case "PHONE": self = way.voicemail ? .phoneWithVoicemail : .phone
    default: return nil
    }
  }
}
