import CaseModel
import WorkerKit

/// That a body must be told of an application (s.104(3)), and when it was.
struct KeptNotification: Sendable, Hashable {
  /// Key of the body in the pack.
  let body: String
  /// Nil while it is owed.
  let notifiedOn: CalendarDate?
}

extension SliceTransaction {
  /// Keeps that these bodies must be told, in this order.
  func oweNotifications(to bodies: [String], of reference: CaseReference) throws {
    for (place, body) in bodies.enumerated() {
      try execute(
        "INSERT INTO notification (case_reference, place, body) VALUES (?, ?, ?)",
        .text(reference.description), .integer(place), .text(body))
    }
  }

  /// Keeps that a body was told.
  /// - Parameter day: nil if it was not after all.
  func recordNotified(_ body: String, on day: CalendarDate?, of reference: CaseReference) throws {
    try execute(
      "UPDATE notification SET notified_on = ? WHERE case_reference = ? AND body = ?",
      .optionalText(day?.description), .text(reference.description), .text(body))
  }
}

extension SliceReader {
  /// What is and was owed in a case, in the pack's order.
  func notifications(of reference: CaseReference) throws -> [KeptNotification] {
    try rows(
      "SELECT body, notified_on FROM notification WHERE case_reference = ? ORDER BY place",
      .text(reference.description)
    ).map {
      KeptNotification(
        body: try $0.text("body"),
        notifiedOn: try $0.optionalText("notified_on").map(storedDate))
    }
  }
}
