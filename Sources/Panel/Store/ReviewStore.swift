import CaseModel
import WorkerKit

/// A review that is owed (s.104(1)).
struct KeptReview: Sendable, Hashable {
  let reference: CaseReference
  let policyDigest: String
  /// 1 for the first; a further one follows an appeal about the review that was upheld.
  let round: Int
  /// The day of the decision that made it owed; of a further round, that of the appeal's.
  let openedOn: CalendarDate
  /// Last day for the panel to meet.
  let dueOn: CalendarDate
  /// Name of the pack whose clock this is.
  let clockSource: String
  /// Why it is not the clock that the case's pack has, in words; empty if it is, or if the pack has none.
  let clockNote: String
  /// Keys of the bodies without which the panel does not meet, in the pack's order.
  let requiredBodies: [String]
}

extension SliceTransaction {
  /// Keeps the day on which an application was received; a clock may count from it.
  func keepReceipt(of reference: CaseReference, on day: CalendarDate) throws {
    try execute(
      """
      INSERT INTO receipt (case_reference, received_on) VALUES (?, ?)
      ON CONFLICT (case_reference) DO NOTHING
      """, .text(reference.description), .text(day.description))
  }

  /// Opens a review.
  func open(_ review: KeptReview) throws {
    let reference = SQLValue.text(review.reference.description)
    try execute(
      """
      INSERT INTO review (
        case_reference, policy_digest, opened_on, due_on, clock_source, round, clock_note
      ) VALUES (?, ?, ?, ?, ?, ?, ?)
      """, reference, .text(review.policyDigest), .text(review.openedOn.description),
      .text(review.dueOn.description), .text(review.clockSource), .integer(review.round),
      .text(review.clockNote))
    for (place, body) in review.requiredBodies.enumerated() {
      try execute(
        "INSERT INTO required_body (case_reference, place, body) VALUES (?, ?, ?)",
        reference, .integer(place), .text(body))
    }
  }

  /// Keeps that the decision behind a review was taken back.
  func keep(_ reversal: Reversal) throws {
    try removeReversal(of: reversal.reference)
    try execute(
      "INSERT INTO reversal (case_reference, decided_on) VALUES (?, ?)",
      .text(reversal.reference.description), .text(reversal.decidedOn.description))
  }

  /// The decision stands again.
  func removeReversal(of reference: CaseReference) throws {
    try execute("DELETE FROM reversal WHERE case_reference = ?", .text(reference.description))
  }
}

extension SliceTransaction {
  /// Keeps that an application was taken back. False if it is kept already.
  func keepWithdrawn(on day: CalendarDate, _ reference: CaseReference) throws -> Bool {
    try execute(
      """
      INSERT INTO withdrawal (case_reference, withdrawn_on) VALUES (?, ?)
      ON CONFLICT (case_reference) DO NOTHING
      """, .text(reference.description), .text(day.description)) > 0
  }
}

extension SliceReader {
  /// The day on which the application of a case was taken back; nil if it was not.
  func withdrawnOn(_ reference: CaseReference) throws -> CalendarDate? {
    try row(
      "SELECT withdrawn_on FROM withdrawal WHERE case_reference = ?", .text(reference.description)
    ).map { try storedDate(try $0.text("withdrawn_on")) }
  }

  /// The day on which the application of a case was received, if it has been announced.
  func receipt(of reference: CaseReference) throws -> CalendarDate? {
    try row(
      "SELECT received_on FROM receipt WHERE case_reference = ?", .text(reference.description)
    ).map { try storedDate(try $0.text("received_on")) }
  }

  /// The review of a case, if one is owed.
  func review(of reference: CaseReference) throws -> KeptReview? {
    let value = SQLValue.text(reference.description)
    guard
      let row = try row(
        """
        SELECT policy_digest, opened_on, due_on, clock_source, round, clock_note FROM review
        WHERE case_reference = ?
        """, value)
    else { return nil }
    let bodies = try rows(
      "SELECT body FROM required_body WHERE case_reference = ? ORDER BY place", value
    ).map { try $0.text("body") }
    return KeptReview(
      reference: reference, policyDigest: try row.text("policy_digest"),
      round: try row.int("round"),
      openedOn: try storedDate(try row.text("opened_on")),
      dueOn: try storedDate(try row.text("due_on")), clockSource: try row.text("clock_source"),
      clockNote: try row.text("clock_note"),
      requiredBodies: bodies)
  }

  /// That the decision behind a review was taken back, if it was.
  func reversal(of reference: CaseReference) throws -> Reversal? {
    try row(
      "SELECT decided_on FROM reversal WHERE case_reference = ?", .text(reference.description)
    ).map {
      Reversal(reference: reference, decidedOn: try storedDate(try $0.text("decided_on")))
    }
  }

  /// Reviews that have neither a day nor a meeting and require this body, by reference.
  func unscheduledReviews(requiring body: String) throws -> [CaseReference] {
    try rows(
      """
      SELECT case_reference FROM required_body
      WHERE body = ?
        AND NOT EXISTS (
          SELECT 1 FROM panel_day WHERE panel_day.case_reference = required_body.case_reference)
        AND NOT EXISTS (
          SELECT 1 FROM meeting WHERE meeting.case_reference = required_body.case_reference)
        AND NOT EXISTS (
          SELECT 1 FROM withdrawal
          WHERE withdrawal.case_reference = required_body.case_reference)
      ORDER BY case_reference
      """, .text(body)
    ).map { try CaseReference(parsing: $0.text("case_reference")) }
  }
}
