import CaseModel
import Foundation
import Messages
import PanelRules
import SwiftProtobuf
import WordsGuard
import WorkerKit

/// How much may be written about one recommendation.
enum FollowUpLimits {
  /// Characters of a reason, a report, or what shows that something was done.
  static let text = 2_000
}

// MARK: - In

extension WhichRecommendation {
  /// - Throws: the refusal `missing`.
  init(number: UInt32, round: UInt32) throws {
    guard number > 0 else {
      throw Refusal(
        .input, code: "missing", path: "number",
        message: "Expected which recommendation it is, from 1.")
    }
    self.init(number: Int(number), round: round == 0 ? nil : Int(round))
  }
}

extension FollowUp.Answer {
  /// - Throws: the refusal `missing`.
  init(request answer: Recourse_Panel_V1_RecommendationAnswer.Value) throws {
    switch answer {
    case .accepted: self = .accepted
    case .acceptedInPart: self = .acceptedInPart
    case .notAccepted: self = .notAccepted
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "answer",
        message: "Expected accepted, accepted in part, or not accepted.")
    }
  }

  fileprivate var message: Recourse_Panel_V1_RecommendationAnswer.Value {
    switch self {
    case .accepted: .accepted
    case .acceptedInPart: .acceptedInPart
    case .notAccepted: .notAccepted
    }
  }
}

extension FollowUp.Action {
  /// - Throws: the refusal `missing`.
  init(request action: Recourse_Panel_V1_ActionState.Value) throws {
    switch action {
    case .underWay: self = .underWay
    case .done: self = .done
    case .notDone: self = .notDone
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "action",
        message: "Expected under way, done, or not done.")
    }
  }

  fileprivate var message: Recourse_Panel_V1_ActionState.Value {
    switch self {
    case .underWay: .underWay
    case .done: .done
    case .notDone: .notDone
    }
  }
}

/// A day that may be left out.
/// - Throws: the refusal `not-a-date`.
func dayIfAny(_ text: String, path: String) throws(Refusal) -> CalendarDate? {
  text.isEmpty ? nil : try day(text, path: path)
}

/// A text that may be left out, without the white space around it.
/// - Throws: the refusal `too-long`.
func shortText(_ written: String, path: String) throws -> String {
  let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
  guard text.count <= FollowUpLimits.text else {
    throw Refusal(
      .input, code: "too-long", path: path,
      message: "Expected \(FollowUpLimits.text) characters at most.")
  }
  return text
}

extension KeptWords {
  /// - Throws: the refusal `too-long`.
  init(_ request: Recourse_Panel_V1_ReportActionRequest) throws {
    report = try shortText(request.text, path: "text")
    evidence = try shortText(request.evidence, path: "evidence")
  }

  /// What somebody wrote of a report, by the path of its field.
  var guarded: [GuardedWords] {
    [GuardedWords("text", report), GuardedWords("evidence", evidence)]
  }
}

// What tells one request from another, as of HoldRequest.

extension Recourse_Panel_V1_AnswerRecommendationRequest {
  var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}

extension Recourse_Panel_V1_ReportActionRequest {
  var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}

// MARK: - Out

extension Recourse_Panel_V1_FollowUp {
  /// - Parameters:
  ///   - words: what was written; none where nobody may be told.
  ///   - fields: what of that may be told.
  init(
    _ kept: KeptFollowUp, _ words: KeptWords = KeptWords(), telling fields: [Disclosure.Field] = [],
    today: CalendarDate
  ) {
    self.init()
    let facts = kept.facts
    caseReference = kept.key.reference.description
    round = UInt32(kept.key.round)
    number = UInt32(kept.key.number)
    body = kept.body
    madeOn = facts.madeOn.description
    answerDueOn = facts.answerDueOn?.description ?? ""
    doBy = facts.doBy?.description ?? ""
    switch facts.awaited {
    case .answer: awaited = .answer
    case .action: awaited = .action
    case nil: awaited = .unspecified
    }
    dueOn = facts.dueOn?.description ?? ""
    overdue = facts.isOverdue(on: today)
    reminders = UInt32(kept.reminders)
    answers = UInt32(facts.answers)
    reports = UInt32(facts.reports)
    if let given = facts.answer {
      answer = given.answer.message
      answeredOn = given.answeredOn.description
    }
    if let done = facts.action {
      action = done.message
      reportedOn = kept.reportedOn?.description ?? ""
    }
    if fields.contains(.answerReason) { answerReason = words.reason }
    if fields.contains(.reportText) { reportText = words.report }
    if fields.contains(.evidence) { evidence = words.evidence }
  }
}
