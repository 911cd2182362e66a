import CaseModel
import Messages
import PanelRules
import SwiftProtobuf
import WorkerKit

/// What Panel announces of recommendations after the meeting; what was written stays here.
extension SliceTransaction {
  func announceAnswered(
    _ given: FollowUp.GivenAnswer, revision: Int, _ followUp: KeptFollowUp
  ) throws {
    try emit(
      Recourse_Panel_V1_RecommendationAnswered.with {
        $0.caseReference = followUp.key.reference.description
        $0.policyDigest = followUp.policyDigest
        $0.round = UInt32(followUp.key.round)
        $0.index = UInt32(followUp.key.place)
        $0.body = followUp.body
        switch given.answer {
        case .accepted: $0.answer = .accepted
        case .acceptedInPart: $0.answer = .acceptedInPart
        case .notAccepted: $0.answer = .notAccepted
        }
        $0.answeredOn = given.answeredOn.description
        $0.doBy = given.doBy?.description ?? ""
        $0.revision = UInt32(revision)
      }, key: followUp.key.reference.key)
  }

  func announceReported(
    _ action: FollowUp.Action, on day: CalendarDate, revision: Int, _ followUp: KeptFollowUp
  ) throws {
    try emit(
      Recourse_Panel_V1_ActionReported.with {
        $0.caseReference = followUp.key.reference.description
        $0.policyDigest = followUp.policyDigest
        $0.round = UInt32(followUp.key.round)
        $0.index = UInt32(followUp.key.place)
        $0.body = followUp.body
        switch action {
        case .underWay: $0.action = .underWay
        case .done: $0.action = .done
        case .notDone: $0.action = .notDone
        }
        $0.reportedOn = day.description
        $0.revision = UInt32(revision)
      }, key: followUp.key.reference.key)
  }

  func announceReminder(
    _ followUp: KeptFollowUp, _ awaited: FollowUp.Awaited, dueOn: CalendarDate, isOverdue: Bool,
    number: Int, escalates: Bool
  ) throws {
    try emit(
      Recourse_Panel_V1_ReminderOwed.with {
        $0.caseReference = followUp.key.reference.description
        $0.policyDigest = followUp.policyDigest
        $0.round = UInt32(followUp.key.round)
        $0.index = UInt32(followUp.key.place)
        $0.body = followUp.body
        $0.awaited = awaited == .answer ? .answer : .action
        $0.dueOn = dueOn.description
        $0.overdue = isOverdue
        $0.number = UInt32(number)
        $0.escalates = escalates
      }, key: followUp.key.reference.key)
  }
}
