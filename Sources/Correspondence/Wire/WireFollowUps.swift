import CaseModel
import CorrespondenceRules
import Messages
import WorkerKit

// What became of recommendations, as it comes in by event.

extension OweNotices {
  static func recommended(
    _ received: Received<Recourse_Panel_V1_RecommendationMade>
  ) throws -> OweNotices {
    let event = received.event
    // Those of earlier versions have no round, and are of no news.
    guard event.round > 0, !event.body.isEmpty else { return try OweNotices(received) }
    return try OweNotices(
      received,
      .recommended(
        body: event.body, which: RecommendationPlace(round: event.round, index: event.index)))
  }

  static func answered(
    _ received: Received<Recourse_Panel_V1_RecommendationAnswered>
  ) throws -> OweNotices {
    let event = received.event
    return try OweNotices(
      received,
      .answered(
        which: RecommendationPlace(round: event.round, index: event.index),
        revision: Int(event.revision)))
  }

  /// What is under way is nobody's news.
  static func acted(
    _ received: Received<Recourse_Panel_V1_ActionReported>
  ) throws -> OweNotices {
    let event = received.event
    guard event.action == .done || event.action == .notDone else { return try OweNotices(received) }
    return try OweNotices(
      received,
      .acted(
        which: RecommendationPlace(round: event.round, index: event.index),
        revision: Int(event.revision)))
  }

  static func reminderOwed(
    _ received: Received<Recourse_Panel_V1_ReminderOwed>
  ) throws -> OweNotices {
    let event = received.event
    let due = try CalendarDate(event: event.dueOn, field: "due_on")
    let awaited: FollowUpAwaited
    switch event.awaited {
    case .answer: awaited = .answer
    case .action: awaited = .action
    case .unspecified, .UNRECOGNIZED: throw MalformedEvent(field: "awaited")
    }
    guard !event.body.isEmpty else { throw MalformedEvent(field: "body") }
    return try OweNotices(
      received,
      .reminderOwed(
        body: event.body, which: RecommendationPlace(round: event.round, index: event.index),
        awaited: awaited, dueOn: due, isOverdue: event.overdue, number: Int(event.number)))
  }
}

extension RecommendationPlace {
  fileprivate init(round: UInt32, index: UInt32) {
    self.init(round: Int(round), index: Int(index))
  }
}

extension Recourse_Panel_V1_RecommendationAnswered: EventOfCase {}
extension Recourse_Panel_V1_ActionReported: EventOfCase {}
extension Recourse_Panel_V1_ReminderOwed: EventOfCase {}
