import CaseLetters
import CaseModel
import CorrespondenceRules
import Letters
import Messages
import Policy
import SwiftProtobuf

/// What a consent that is waited for is about.
enum AwaitedSubject: Sendable, Hashable {
  case sharing
  case authority
}

/// What a notice is made from: what happened, what the procedure says, and what Threshold and Panel tell for letters.
struct CaseFacts: Sendable {
  let owed: KeptOwed
  let events: [KeptEvent]
  let pack: PolicyPack
  /// The pack that lends clocks.
  let lender: PolicyPack?
  let assessment: Recourse_Threshold_V1_GetAssessmentResponse?
  let review: Recourse_Panel_V1_GetReviewResponse?
  /// Where readers follow their case; nil where nobody has said.
  var follow: FollowPage?
  /// The case as its events tell of it, or why they do not.
  let logged: Result<LoggedCase, CaseLetterError>
  /// How the applicant has said that they take part in the panel's meeting.
  var choice: Letter.Invitation.Choice?

  /// Reads the case from its events: once for all that is written in it.
  static func logged(
    _ reference: CaseReference, _ events: [KeptEvent], pack: PolicyPack, lender: PolicyPack?
  ) -> Result<LoggedCase, CaseLetterError> {
    Result { () throws(CaseLetterError) -> LoggedCase in
      try LoggedCase(
        reference: reference.description, events: events.map(\.logged), pack: pack,
        lender: lender)
    }
  }

  /// The day of receipt; nil while it has not been heard of.
  static func receivedOn(in events: [KeptEvent]) -> CalendarDate? {
    let type = Recourse_Intake_V1_ApplicationReceived.protoMessageName
    return events.first { $0.type == type }
      .flatMap { try? Recourse_Intake_V1_ApplicationReceived(serializedBytes: $0.payload) }
      .flatMap { CalendarDate($0.receivedOn) }
  }

  /// The person's own; else the first of the procedure's.
  func language(for contact: Contact?) -> Language {
    contact?.language ?? pack.procedure.languages.first ?? .english
  }

  /// The notice to a reader. Nil if something that it must say is not known.
  /// - Parameters:
  ///   - awaited: of a request for consent, what is waited for.
  ///   - answerCode: by which it is answered, where the reader has not applied.
  ///   - instant: now, in seconds since 1970.
  /// - Throws: `CaseLetterError`.
  func written(
    to addressee: Addressee, _ contact: Contact?, in language: Language, awaited: AwaitedSubject?,
    answerCode: AnswerCode? = nil, at instant: Int64
  ) throws(CaseLetterError) -> Written? {
    let today = CalendarDate(ofUnixSeconds: instant)
    let letter = try letter(
      to: addressee, contact, in: language, awaited: awaited, answerCode, on: today)
    // What has been overtaken says something else by now than what it was to say.
    guard let letter, isMeant(letter.kind) else { return nil }
    let isToBody = addressee.reader == .body
    let mayLeaveMessage = contact?.safeWays.contains(where: \.voicemail) ?? false
    let phone =
      [letter.phone.opening, letter.phone.afterCheck]
      + (mayLeaveMessage ? [letter.phone.voicemail] : [])
    return Written(
      language: language, template: letter.template, subject: letter.subject, text: letter.text(),
      html: letter.html(isLarge: contact?.wantsLargePrint ?? false),
      calendar: letter.calendar?.text(madeAt: instant) ?? "",
      textMessage: isToBody ? "" : letter.sms,
      phone: isToBody ? "" : phone.joined(separator: "\n"))
  }

  private func isMeant(_ kind: Letter.Notice.Kind) -> Bool {
    Recourse_Correspondence_V1_NoticeKind(kind)
      == Recourse_Correspondence_V1_NoticeKind(owed.notice.kind)
  }

  private func letter(
    to addressee: Addressee, _ contact: Contact?, in language: Language, awaited: AwaitedSubject?,
    _ answerCode: AnswerCode?, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.Notice? {
    let sender = Letter.Sender(
      pack, followAt: follow?.address(in: language) ?? "", readerHasCode: addressee.isApplicant)
    let logged = try logged.get()
    switch owed.notice.kind {
    case .acknowledgement:
      return logged.acknowledgement(ways: contact?.messages ?? [], on: today)
        .notice(in: language, from: sender)
    case .consentRequest:
      return try logged.consentRequest(
        awaited == .authority ? .thirdPartyAuthority : .shareWithRelevantBodies,
        answering(addressee, answerCode, in: language), on: today
      ).notice(in: language, from: sender)
    case .bodyNotification:
      return logged.notification(to: addressee.body, on: today).notice(in: language, from: sender)
    case .informationRequest, .informationChaser:
      return try logged.informationRequest(to: addressee.body, on: today)
        .notice(in: language, from: sender)
    case .invitation:
      let body = addressee.body.isEmpty ? nil : addressee.body
      return try logged.invitation(
        of: body, uid: "\(reference)-\(body ?? addressee.personKey)",
        choice: body != nil || addressee.isApplicant ? choice : nil, on: today
      ).notice(in: language, from: sender)
    case .outcome:
      guard let review else { return nil }
      return try logged.outcome(review, appeals: assessment?.appeals ?? [], on: today)
        .notice(in: language, from: sender)
    case .followUp:
      guard let review else { return nil }
      return try logged.followUp(review, on: today).notice(in: language, from: sender)
    case .recommendation:
      guard let review, let which = RecommendationPlace(owed.notice.words) else { return nil }
      return try logged.recommendation(
        round: which.round, index: which.index, in: review, on: today
      ).notice(in: language, from: sender)
    case .recommendationReminder:
      guard let review, let which = RecommendationPlace(owed.notice.words),
        let reminder = Letter.RecommendationNotice.Reminder(owed.notice.words)
      else { return nil }
      return try logged.recommendation(
        round: which.round, index: which.index, in: review, reminder: reminder, on: today
      ).notice(in: language, from: sender)
    case .withdrawal where !addressee.body.isEmpty:
      return try logged.withdrawal(to: addressee.body, on: today)
        .notice(in: language, from: sender)
    case .withdrawal:
      return try logged.withdrawal(on: today).notice(in: language, from: sender)
    case .thresholdMet, .thresholdNotMet, .thresholdDeferred:
      return try onPaper()?.notice(on: today).notice(in: language, from: sender)
    case .delay:
      guard !owed.reason.isEmpty, let stage = owed.notice.words.first else { return nil }
      return try onPaper()?.delayNotice(stage, reason: owed.reason, on: today)
        .notice(in: language, from: sender)
    case .appealAcknowledgement, .appealOutcome:
      guard let number = UInt32(owed.notice.about) else { return nil }
      return try onPaper()?.appealNotice(number, on: today).notice(in: language, from: sender)
    case .signpost: return nil
    }
  }

  private func answering(
    _ addressee: Addressee, _ code: AnswerCode?, in language: Language
  ) -> Letter.ConsentRequest.Answering {
    guard !addressee.isApplicant else { return .asApplicant }
    guard let code else { return .anyWay }
    return .code(
      code.code, at: follow?.answerAddress(in: language) ?? "", until: code.until)
  }

  private func onPaper() throws(CaseLetterError) -> CaseOnPaper? {
    guard let assessment else { return nil }
    return try CaseOnPaper(
      reference: reference, kept: assessment, events: events.map(\.logged), pack: pack,
      review: review)
  }

  /// The bodies without which the panel does not meet.
  var panelBodies: [String] {
    all(Recourse_Panel_V1_ReviewOpened.self).last?.requiredBodies ?? []
  }

  var reference: String { owed.reference.description }

  private func all<Event: Message>(_: Event.Type) -> [Event] {
    events.filter { $0.type == Event.protoMessageName }
      .compactMap { try? Event(serializedBytes: $0.payload) }
  }
}

extension Addressee {
  fileprivate var isApplicant: Bool { person?.path == IntakeCalls.applicant }
}

extension NoticeKind {
  /// Threshold is asked for it.
  var needsAssessment: Bool {
    switch self {
    case .thresholdMet, .thresholdNotMet, .thresholdDeferred, .delay, .outcome,
      .appealAcknowledgement, .appealOutcome:
      true
    case .acknowledgement, .consentRequest, .bodyNotification, .informationRequest,
      .informationChaser, .invitation, .signpost, .withdrawal, .followUp, .recommendation,
      .recommendationReminder:
      false
    }
  }

  /// Panel is asked for it.
  var needsReview: Bool {
    [
      .thresholdMet, .outcome, .appealOutcome, .followUp, .recommendation, .recommendationReminder,
    ].contains(self)
  }
}

extension OwedNotice {
  /// What it is about, word by word.
  var words: [String] { about.split(separator: " ").map(String.init) }
}

extension Letter.RecommendationNotice.Reminder {
  /// - Parameter words: of what the notice is about; nil if they are not of a reminder.
  fileprivate init?(_ words: [String]) {
    guard words.count >= 4, let awaited = FollowUpAwaited(rawValue: words[2]),
      let due = CalendarDate(words[3])
    else { return nil }
    self.init(of: awaited, dueOn: due)
  }
}

extension KeptEvent {
  fileprivate var logged: Recourse_Bus_V1_LoggedEvent {
    .with {
      $0.position = position
      $0.event.type = type
      $0.event.payload = payload
      $0.event.occurredAt = .init(date: occurredAt)
      $0.recordedAt = .init(date: occurredAt)
    }
  }
}

extension Contact {
  /// Without addresses: only what kind of ways they are is said in a letter.
  fileprivate var messages: [Recourse_Intake_V1_SafeContactWay] {
    safeWays.map { way in
      .with {
        $0.channel = way.channel.rawValue
        $0.voicemail = way.voicemail
      }
    }
  }
}
