import CaseModel
import Messages
import SwiftProtobuf

// What became of recommendations, as facts.

extension RecommendationFact {
  init(_ one: Recourse_Panel_V1_Recommendation) {
    let known = one.hasFollowUp ? one.followUp : nil
    self.init(
      body: one.body, text: one.text, madeOn: known.flatMap { CalendarDate($0.madeOn) },
      number: Int(known?.number ?? 0), followUp: known.map { FollowUpFact($0) })
  }
}

extension FollowUpFact {
  fileprivate init(_ followUp: Recourse_Panel_V1_FollowUp) {
    answerDueOn = CalendarDate(followUp.answerDueOn)
    dueOn = CalendarDate(followUp.dueOn)
    isOverdue = followUp.overdue
    switch followUp.awaited {
    case .answer: awaited = .answer
    case .action: awaited = .action
    case .unspecified, .UNRECOGNIZED: awaited = nil
    }
    switch followUp.answer {
    case .accepted: answer = .accepted
    case .acceptedInPart: answer = .acceptedInPart
    case .notAccepted: answer = .notAccepted
    case .unspecified, .UNRECOGNIZED: answer = nil
    }
    answeredOn = CalendarDate(followUp.answeredOn)
    reason = followUp.answerReason
    doBy = CalendarDate(followUp.doBy)
    switch followUp.action {
    case .underWay: action = .underWay
    case .done: action = .done
    case .notDone: action = .notDone
    case .unspecified, .UNRECOGNIZED: action = nil
    }
    reportedOn = CalendarDate(followUp.reportedOn)
    report = followUp.reportText
    evidence = followUp.evidence
  }
}
