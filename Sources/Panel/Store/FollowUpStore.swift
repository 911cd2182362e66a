import CaseModel
import PanelRules
import WorkerKit

/// Which recommendation of which case.
struct RecommendationKey: Sendable, Hashable {
  let reference: CaseReference
  /// Of the review, from 1.
  let round: Int
  /// In the round, from 0.
  let place: Int

  /// As timers have it.
  var text: String { "\(reference)/\(round)/\(place)" }

  /// As people count.
  var number: Int { place + 1 }
}

/// A recommendation with what became of it. What was written is beside it, in ``KeptWords``.
struct KeptFollowUp: Sendable, Hashable {
  let key: RecommendationKey
  let policyDigest: String
  /// Key of the body that must have regard to it.
  let body: String
  let facts: FollowUp
  /// The day of the newest report; nil while there is none about the answer that stands.
  var reportedOn: CalendarDate?
  /// Reminders that were owed of what is waited for now, and how many of them since it is overdue.
  var reminders = 0
  var overdueReminders = 0
}

/// What a body wrote last about a recommendation; does not leave with an event.
struct KeptWords: Sendable, Hashable {
  /// Why it answered so.
  var reason = ""
  /// How far it is.
  var report = ""
  /// What shows that it was done.
  var evidence = ""
}

extension SliceTransaction {
  /// Keeps that a recommendation was made, and waits for its answer.
  func open(_ followUp: KeptFollowUp) throws {
    let key = followUp.key
    try execute(
      """
      INSERT INTO follow_up (
        case_reference, round, place, policy_digest, body, made_on, answer_due_on, asked_by
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(key.reference.description), .integer(key.round), .integer(key.place),
      .text(followUp.policyDigest), .text(followUp.body), .text(followUp.facts.madeOn.description),
      .date(followUp.facts.answerDueOn), .date(followUp.facts.askedBy))
  }

  /// Keeps what a body said; it stands from now on.
  func keep(
    _ answer: FollowUp.GivenAnswer, reason: String, number: Int, of key: RecommendationKey
  ) throws {
    try execute(
      """
      INSERT INTO recommendation_answer (
        case_reference, round, place, number, answer, answered_on, do_by, reason
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(key.reference.description), .integer(key.round), .integer(key.place),
      .integer(number), .text(answer.answer.rawValue), .text(answer.answeredOn.description),
      .date(answer.doBy), .text(reason))
  }

  /// Keeps how far a body is.
  /// - Parameter answer: number of the answer that it is about.
  func keep(
    _ action: FollowUp.Action, on day: CalendarDate, text: String, evidence: String, number: Int,
    answer: Int, of key: RecommendationKey
  ) throws {
    try execute(
      """
      INSERT INTO action_report (
        case_reference, round, place, number, answer_number, action, reported_on, report_text,
        evidence
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, .text(key.reference.description), .integer(key.round), .integer(key.place),
      .integer(number), .integer(answer), .text(action.rawValue), .text(day.description),
      .text(text), .text(evidence))
  }

  /// Keeps what is waited for now, so that it can be found; reminders are counted anew.
  func expect(_ awaited: FollowUp.Awaited?, by dueOn: CalendarDate?, _ key: RecommendationKey)
    throws
  {
    try execute(
      """
      UPDATE follow_up SET awaited = ?, due_on = ?, reminders = 0, overdue_reminders = 0
      WHERE case_reference = ? AND round = ? AND place = ?
      """, awaited.map { .text($0.rawValue) } ?? .null, .date(dueOn),
      .text(key.reference.description), .integer(key.round), .integer(key.place))
  }

  /// One reminder more is owed.
  func countReminder(_ key: RecommendationKey, isOverdue: Bool) throws {
    try execute(
      """
      UPDATE follow_up
      SET reminders = reminders + 1, overdue_reminders = overdue_reminders + ?
      WHERE case_reference = ? AND round = ? AND place = ?
      """, .bool(isOverdue), .text(key.reference.description), .integer(key.round),
      .integer(key.place))
  }
}

extension SQLValue {
  /// A day, or that there is none.
  fileprivate static func date(_ day: CalendarDate?) -> SQLValue {
    day.map { .text($0.description) } ?? .null
  }
}
