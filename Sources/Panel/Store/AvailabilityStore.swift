import CaseModel
import PanelRules
import WorkerKit

extension SliceTransaction {
  /// Keeps when a body can sit; saying it twice is saying it once.
  func keep(_ availability: Availability) throws {
    try execute(
      """
      INSERT INTO availability (body, first_day, last_day) VALUES (?, ?, ?)
      ON CONFLICT (body, first_day, last_day) DO NOTHING
      """, .text(availability.body), .text(availability.days.lowerBound.description),
      .text(availability.days.upperBound.description))
  }
}

extension SliceReader {
  /// When a body can sit between two days, in the order of the days.
  func availability(
    of body: String, between days: ClosedRange<CalendarDate>
  ) throws -> [Availability] {
    try rows(
      """
      SELECT first_day, last_day FROM availability
      WHERE body = ? AND last_day >= ? AND first_day <= ? ORDER BY first_day, last_day
      """, .text(body), .text(days.lowerBound.description), .text(days.upperBound.description)
    ).map {
      let first = try storedDate($0.text("first_day"))
      let last = try storedDate($0.text("last_day"))
      guard first <= last else { throw DamagedSlice(what: "a range of days") }
      return Availability(body: body, days: first...last)
    }
  }
}
