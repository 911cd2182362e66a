import Messages
import SwiftProtobuf

extension Recourse_Panel_V1_FollowUp {
  var json: JSON {
    .object([
      ("reference", .text(caseReference)), ("round", .number(Int(round))),
      ("number", .number(Int(number))), ("body", .text(body)), ("madeOn", .text(madeOn)),
      ("answerDueOn", .optional(answerDueOn)), ("doBy", .optional(doBy)),
      ("awaited", .optional(Naming.name(of: awaited))), ("dueOn", .optional(dueOn)),
      ("overdue", .bool(overdue)), ("reminders", .number(Int(reminders))),
      ("answer", .optional(Naming.name(of: answer))), ("answeredOn", .optional(answeredOn)),
      ("answers", .number(Int(answers))), ("answerReason", .optional(answerReason)),
      ("action", .optional(Naming.name(of: action))), ("reportedOn", .optional(reportedOn)),
      ("reports", .number(Int(reports))), ("reportText", .optional(reportText)),
      ("evidence", .optional(evidence)),
    ])
  }

  /// What was said, what was done, and what is waited for, a sentence each.
  var standing: [String] { [answered, acted, waiting].filter { !$0.isEmpty } }

  private var answered: String {
    let day = answeredOn.dayInWords
    let said =
      switch answer {
      case .accepted: "Accepted on \(day)."
      case .acceptedInPart: "Accepted in part on \(day)."
      case .notAccepted: "Not accepted, \(day)."
      case .unspecified, .UNRECOGNIZED: ""
      }
    return [said, answerReason.isEmpty ? "" : "It said: \(answerReason)"]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var acted: String {
    let day = reportedOn.dayInWords
    let did =
      switch action {
      case .underWay: "Under way on \(day)."
      case .done: "Done on \(day)."
      case .notDone: "It will not be done, \(day)."
      case .unspecified, .UNRECOGNIZED: ""
      }
    return [
      did, reportText.isEmpty ? "" : "It said: \(reportText)",
      evidence.isEmpty ? "" : "Shown by: \(evidence)",
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var waiting: String {
    let what: String
    switch awaited {
    case .answer: what = "Its answer"
    case .action: what = "That it is done"
    case .unspecified, .UNRECOGNIZED: return ""
    }
    guard !dueOn.isEmpty else { return "\(what) is waited for; no day is known." }
    return overdue
      ? "OVERDUE: \(what.prefix(1).lowercased() + what.dropFirst()) was due by \(dueOn.dayInWords)."
      : "\(what) is due by \(dueOn.dayInWords)."
  }
}

extension Recourse_Panel_V1_Recommendation {
  var json: JSON {
    .object([
      ("body", .text(body)), ("text", .text(text)), ("askedBy", .optional(doBy)),
      ("followUp", hasFollowUp ? followUp.json : .null),
    ])
  }

  /// What was recommended, and below it what became of it.
  var lines: [String] {
    let number = hasFollowUp ? "\(followUp.number). " : ""
    let asked = doBy.isEmpty ? "" : " (by \(doBy.dayInWords))"
    return ["  \(number)Recommended to \(body): \(text)\(asked)"]
      + (hasFollowUp ? followUp.standing.map { "     \($0)" } : [])
  }
}

extension Naming {
  static func name(of awaited: Recourse_Panel_V1_Awaited.Value) -> String {
    switch awaited {
    case .answer: "ANSWER"
    case .action: "ACTION"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of answer: Recourse_Panel_V1_RecommendationAnswer.Value) -> String {
    switch answer {
    case .accepted: "ACCEPTED"
    case .acceptedInPart: "ACCEPTED_IN_PART"
    case .notAccepted: "NOT_ACCEPTED"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }

  static func name(of action: Recourse_Panel_V1_ActionState.Value) -> String {
    switch action {
    case .underWay: "UNDER_WAY"
    case .done: "DONE"
    case .notDone: "NOT_DONE"
    case .unspecified, .UNRECOGNIZED: ""
    }
  }
}
