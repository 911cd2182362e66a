import CaseModel
import WorkerKit

/// Records that a body has the application, on somebody's evidence. Nothing else makes a notification
/// that is owed a notification that was given (s.104(3)).
struct RecordNotification: Sendable {
  let body: String
  /// Nil for today.
  let notifiedOn: CalendarDate?
  /// Who has the evidence; empty if nobody is named.
  let officer: String
  /// The principal that calls: it alone takes this back.
  let caller: String

  struct Outcome: Sendable {
    let notifiedOn: CalendarDate
    /// True if it had been recorded before.
    let repeated: Bool
  }

  /// - Throws: the refusals `unknown-case`, `not-owed`, `already-notified`, `date-in-future` and
  ///   `date-before-receipt`.
  func apply(_ reference: CaseReference, in tx: SliceTransaction) throws -> Outcome {
    let application = try tx.knownApplication(reference)
    let notifications = try tx.notifications(of: reference)
    guard let notification = notifications.first(where: { $0.body == body }) else {
      throw notOwed(notifications)
    }
    let day = notifiedOn ?? tx.today
    if let earlier = notification.notifiedOn {
      guard notifiedOn == nil || notifiedOn == earlier else { throw alreadyNotified(on: earlier) }
      return Outcome(notifiedOn: earlier, repeated: true)
    }
    try check(day, application, today: tx.today)
    try tx.recordNotified(body, on: day, of: reference)
    try tx.keepTold(.body(body), by: caller, on: day, of: reference)
    try tx.announceNotified(body, on: day, of: application)
    try tx.audit(
      actor: officer.isEmpty ? "unnamed" : officer, action: "threshold.record-notified",
      subject: reference.description, reason: "\(body) on \(day)")
    return Outcome(notifiedOn: day, repeated: false)
  }

  private func check(
    _ day: CalendarDate, _ application: KeptApplication, today: CalendarDate
  ) throws {
    try checkHasCome(day, today: today, path: "notifiedOn")
    try checkReceived(application, by: day, path: "notifiedOn")
  }

  private func notOwed(_ notifications: [KeptNotification]) -> Refusal {
    let owed = notifications.filter { $0.notifiedOn == nil }.map(\.body)
    let expected =
      owed.isEmpty
      ? "every body has been told" : "still to be told: " + owed.joined(separator: ", ")
    return Refusal(
      .input, code: "not-owed", path: "body",
      message: "This is not the key of a body that must be told of this application; \(expected).")
  }

  private func alreadyNotified(on earlier: CalendarDate) -> Refusal {
    Refusal(
      .state, code: "already-notified", path: "notifiedOn",
      message: "It is on record that this body was told on \(earlier); the first evidence stands.")
  }
}
