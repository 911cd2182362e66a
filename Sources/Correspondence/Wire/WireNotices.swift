import CaseModel
import CorrespondenceRules
import Messages
import SwiftProtobuf

extension Recourse_Correspondence_V1_Notice {
  /// What became of a notice, without anything that somebody wrote.
  init(_ kept: KeptNotice, _ steps: [KeptStep], withWords: Bool = false) {
    self.init()
    noticeID = kept.id
    caseReference = kept.reference.description
    kind = .init(kept.kind)
    state = .init(kept.state)
    person = kept.to.path
    body = kept.to.body
    channel = .init(kept.channel)
    preferredChannel = .init(kept.preferred)
    insteadBecause = kept.because
    language = kept.written.language.rawValue
    template = kept.written.template
    composedOn = kept.composedOn.description
    sentOn = kept.sentOn?.description ?? ""
    deliveredOn = kept.deliveredOn?.description ?? ""
    holdReason = .init(kept.hold)
    holdParts = kept.holdParts
    failureCode = kept.failureCode
    self.steps = steps.map { step in
      .with {
        $0.step = step.step.rawValue
        $0.on = step.day.description
        guard withWords else { return }
        $0.officer = step.officer
        $0.reason = step.reason
      }
    }
    servedBy = kept.servedBy
    digest = kept.written.digest
  }

  /// One that is still to be written.
  init(_ owed: KeptOwed) {
    self.init()
    noticeID = owed.id
    caseReference = owed.reference.description
    kind = .init(owed.notice.kind)
    state = .composing
    if case .body(let key) = owed.notice.readers { body = key }
    if owed.notice.readers == .applicant { person = IntakeCalls.applicant }
  }
}

extension Recourse_Correspondence_V1_ReadNoticeResponse {
  init(_ view: ReadNotice.View) {
    self.init()
    let written = view.notice.written
    notice = .init(view.notice, [])
    for field in view.fields {
      switch field {
      case .subject: subject = written.subject
      case .text: text = written.text
      case .html: html = written.html
      case .calendar: calendar = written.calendar
      case .textMessage: textMessage = written.textMessage
      case .phone: phone = written.phone
      case .steps: notice = .init(view.notice, view.steps, withWords: true)
      }
    }
  }
}

extension Recourse_Correspondence_V1_TakeNoticeResponse {
  init(_ given: GiveNotice.Given) {
    self.init()
    let written = given.notice.written
    noticeID = given.notice.id
    channel = .init(given.channel)
    language = written.language.rawValue
    kind = .init(given.notice.kind)
    template = written.template
    // A telephone shows what a bystander may read; the letter is read elsewhere.
    let isLetter = given.channel == .email || given.channel == .post
    for field in given.fields {
      switch field {
      case .subject: subject = written.subject
      case .text:
        text =
          isLetter
          ? written.text : given.channel == .sms ? written.textMessage : written.phone
      case .html: html = isLetter ? given.page : ""
      case .calendar: calendar = isLetter ? written.calendar : ""
      case .address: address = given.address
      case .name: name = given.name
      }
    }
  }
}
