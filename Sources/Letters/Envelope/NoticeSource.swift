import CaseModel
import Policy

/// A letter, as it becomes a notice.
protocol NoticeSource {
  var kind: Letter.Notice.Kind { get }
  var caseReference: String { get }
  var pack: PolicyPack { get }
  /// The day of the letter.
  var on: CalendarDate { get }
  /// True if a body reads it, not a person.
  var isForBody: Bool { get }
  /// By when a body answers; nil where it need not.
  var answerBy: CalendarDate? { get }

  func paper(in language: Language, from sender: Letter.Sender) -> Paper
  func calendar(in language: Language, from sender: Letter.Sender) -> Letter.CalendarEntry?
}

extension NoticeSource {
  var isForBody: Bool { kind.isForBody }
  var answerBy: CalendarDate? { nil }

  func calendar(in language: Language, from sender: Letter.Sender) -> Letter.CalendarEntry? { nil }

  func envelope(in language: Language, from sender: Letter.Sender) -> Letter.Notice {
    let say = Speech(language: language)
    let outside = Outside(sender: sender, caseReference: caseReference.withoutControls)
    return Letter.Notice(
      kind: kind, language: language, caseReference: caseReference,
      subject: isForBody
        ? outside.bodySubject(answerBy: answerBy, say) : outside.subject(say),
      sms: isForBody ? outside.bodySMS(say) : outside.sms(say),
      phone: outside.phone(say, toBody: isForBody),
      calendar: calendar(in: language, from: sender), on: on,
      paper: paper(in: language, from: sender))
  }
}
