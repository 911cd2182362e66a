import CaseModel
import CorrespondenceRules
import Letters
import Messages

// Letters that are made from what happened, one by one. Each is nil where a day that it names is not known.
extension CaseFacts {
  func acknowledgement(_ contact: Contact?, _ today: CalendarDate) -> Letter.Acknowledgement? {
    guard let received = all(Recourse_Intake_V1_ApplicationReceived.self).last,
      let day = CalendarDate(received.receivedOn)
    else { return nil }
    return Letter.Acknowledgement(
      caseReference: reference, receivedOn: day, pack: pack, lender: lender,
      ways: contact?.safeWays.map(Letter.SafeWay.init) ?? [],
      awaitsConsent: received.awaitsConsent, on: today)
  }

  func notification(to body: String, _ today: CalendarDate) -> Letter.BodyNotification? {
    guard let received = all(Recourse_Intake_V1_ApplicationReceived.self).last,
      let day = CalendarDate(received.receivedOn)
    else { return nil }
    return Letter.BodyNotification(
      to: body, caseReference: reference, receivedOn: day, complaints: Int(received.complaints),
      pack: pack, on: today)
  }

  func request(to body: String, _ today: CalendarDate) -> Letter.InformationRequest? {
    let asked = all(Recourse_Threshold_V1_InformationRequested.self).last { $0.body == body }
    guard let asked, let requestedOn = CalendarDate(asked.requestedOn),
      let dueOn = CalendarDate(asked.dueOn)
    else { return nil }
    let chased = all(Recourse_Threshold_V1_InformationChased.self).filter { $0.body == body }
      .compactMap { CalendarDate($0.chasedOn) }
    return Letter.InformationRequest(
      to: body, isMandatory: asked.mandatory, requestedOn: requestedOn, dueOn: dueOn,
      chasedOn: owed.notice.kind == .informationChaser ? chased : [], caseReference: reference,
      complaints: Int(all(Recourse_Intake_V1_ApplicationReceived.self).last?.complaints ?? 0),
      pack: pack, on: today)
  }

  func invitation(_ today: CalendarDate) -> Letter.Invitation? {
    let words = owed.notice.words
    guard let day = words.first.flatMap({ CalendarDate($0) }), words.count == 2 else { return nil }
    let before = earlier(Recourse_Panel_V1_PanelScheduled.self)
    let revision = Int(words[1]) ?? Int(before.last?.revision ?? 0) + 1
    let state: Letter.Invitation.State
    if words[1] == OwedNotice.cancelled {
      state = .cancelled
    } else if revision > 1, let old = before.last.flatMap({ CalendarDate($0.panelOn) }) {
      state = .moved(from: old)
    } else {
      state = .planned
    }
    let opened = all(Recourse_Panel_V1_ReviewOpened.self).last?.openedOn ?? ""
    return Letter.Invitation(
      state, to: .init(on: day), caseReference: reference, pack: pack,
      uid: "\(reference)-\(opened)", sequence: max(0, revision - 1), on: today)
  }

  func outcome(_ today: CalendarDate) -> Letter.OutcomeNotice? {
    guard let review, let day = CalendarDate(review.heldOn) else { return nil }
    return Letter.OutcomeNotice(
      metOn: day,
      recommendations: review.recommendations.map { .init(to: $0.body, $0.text) },
      reason: review.reason, caseReference: reference, pack: pack, on: today)
  }

  func withdrawal(_ today: CalendarDate) -> Letter.Withdrawal? {
    guard let withdrawn = all(Recourse_Intake_V1_ApplicationWithdrawn.self).last,
      let day = CalendarDate(withdrawn.withdrawnOn)
    else { return nil }
    return Letter.Withdrawal(caseReference: reference, withdrawnOn: day, pack: pack, on: today)
  }
}

extension Letter.SafeWay {
  fileprivate init(_ way: SafeWay) {
    switch way.channel {
    case .email: self = .email
    case .sms: self = .sms
    case .post: self = .post
    case .phone: self = way.voicemail ? .phoneWithVoicemail : .phone
    }
  }
}
