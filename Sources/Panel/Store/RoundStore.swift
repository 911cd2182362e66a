import CaseModel
import WorkerKit

extension SliceTransaction {
  /// Puts a review whose panel has met among the earlier rounds, so that another one can be opened.
  func setAside(_ review: KeptReview) throws {
    let value = SQLValue.text(review.reference.description)
    try execute(
      """
      INSERT INTO earlier_round (
        case_reference, round, opened_on, due_on, clock_source, clock_note, held_on, reason,
        breach_recorded_on
      )
      SELECT review.case_reference, round, opened_on, review.due_on, clock_source, clock_note, held_on,
        reason, recorded_on
      FROM review
        JOIN meeting ON meeting.case_reference = review.case_reference
        LEFT JOIN breach ON breach.case_reference = review.case_reference
      WHERE review.case_reference = ?
      """, value)
    try execute(
      """
      INSERT INTO earlier_recommendation (
        case_reference, round, place, body, recommendation_text
      )
      SELECT recommendation.case_reference, round, place, body, recommendation_text
      FROM recommendation
        JOIN review ON review.case_reference = recommendation.case_reference
      WHERE recommendation.case_reference = ?
      """, value)
    try removeBlock(of: review.reference)
    for table in [
      "recommendation", "meeting", "breach", "panel_day", "required_body", "review",
    ] {
      try execute("DELETE FROM \(table) WHERE case_reference = ?", value)
    }
  }
}
