import CaseModel
import WorkerKit

/// What a panel did.
struct KeptMeeting: Sendable, Hashable {
  let heldOn: CalendarDate
  /// Why it came out as it did, in the panel's words; does not leave with an event.
  let reason: String
  let recommendations: [KeptRecommendation]
}

/// What a body is asked to do, or to answer why not (s.104(7)).
struct KeptRecommendation: Sendable, Hashable {
  let body: String
  /// Does not leave with an event.
  let text: String
  /// The day by which the panel asks for it, when it is recorded; kept with what became of it.
  var askedBy: CalendarDate?
}

extension SliceTransaction {
  /// Keeps that the panel met, and what it recommended.
  func keep(_ meeting: KeptMeeting, of reference: CaseReference) throws {
    let value = SQLValue.text(reference.description)
    try execute(
      "INSERT INTO meeting (case_reference, held_on, reason) VALUES (?, ?, ?)",
      value, .text(meeting.heldOn.description), .text(meeting.reason))
    for (place, recommendation) in meeting.recommendations.enumerated() {
      try execute(
        """
        INSERT INTO recommendation (case_reference, place, body, recommendation_text)
        VALUES (?, ?, ?, ?)
        """, value, .integer(place), .text(recommendation.body), .text(recommendation.text))
    }
  }

  /// Keeps that the last day went by without a meeting on record.
  func recordBreach(of review: KeptReview, on day: CalendarDate) throws {
    try execute(
      """
      INSERT INTO breach (case_reference, due_on, recorded_on) VALUES (?, ?, ?)
      ON CONFLICT (case_reference) DO NOTHING
      """, .text(review.reference.description), .text(review.dueOn.description),
      .text(day.description))
  }

  /// Takes a breach back: the meeting had been in time, only its record was late. False if there
  /// was none.
  func withdrawBreach(of reference: CaseReference) throws -> Bool {
    try execute(
      "DELETE FROM breach WHERE case_reference = ?", .text(reference.description)) > 0
  }
}

extension SliceReader {
  /// What the panel did, if it met.
  func meeting(of reference: CaseReference) throws -> KeptMeeting? {
    let value = SQLValue.text(reference.description)
    guard
      let row = try row("SELECT held_on, reason FROM meeting WHERE case_reference = ?", value)
    else { return nil }
    let recommendations = try rows(
      """
      SELECT body, recommendation_text FROM recommendation
      WHERE case_reference = ? ORDER BY place
      """, value
    ).map {
      KeptRecommendation(body: try $0.text("body"), text: try $0.text("recommendation_text"))
    }
    return KeptMeeting(
      heldOn: try storedDate(try row.text("held_on")), reason: try row.text("reason"),
      recommendations: recommendations)
  }

  /// The day on which it was recorded that the last day had gone by, if it was.
  func breach(of reference: CaseReference) throws -> CalendarDate? {
    try row(
      "SELECT recorded_on FROM breach WHERE case_reference = ?", .text(reference.description)
    ).map { try storedDate(try $0.text("recorded_on")) }
  }
}
