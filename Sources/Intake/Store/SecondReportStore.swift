import CaseModel
import WorkerKit

/// A second report as it is kept: by its id at the system that it was made to, without anything of a person.
struct KeptSecondReport: Sendable, Hashable {
  let source: String
  let report: String
  let area: String
  /// Counts those of the area and the source, from 1.
  let number: Int
  let reportedOn: CalendarDate
  /// Nil while the person has not been told.
  let toldOn: CalendarDate?
}

extension SliceTransaction {
  /// Keeps a report that is not there yet. Gives its number.
  func keepSecondReport(
    _ report: String, from source: String, area: String, reportedOn: CalendarDate,
    earlierOn: CalendarDate
  ) throws -> Int {
    let last = try row(
      "SELECT MAX(number) AS number FROM second_report WHERE area = ? AND source = ?",
      .text(area), .text(source))
    let number = (try last?.optionalInt("number") ?? 0) + 1
    try execute(
      """
      INSERT INTO second_report (source, report, area, number, reported_on, earlier_on, told_on)
      VALUES (?, ?, ?, ?, ?, ?, '')
      """, .text(source), .text(report), .text(area), .integer(number),
      .text(reportedOn.description), .text(earlierOn.description))
    return number
  }

  func keepTold(_ day: CalendarDate, of report: String, from source: String) throws {
    try execute(
      "UPDATE second_report SET told_on = ? WHERE source = ? AND report = ?",
      .text(day.description), .text(source), .text(report))
  }
}

extension SliceReader {
  /// Nil for a report that is not on record.
  func secondReport(_ report: String, from source: String) throws -> KeptSecondReport? {
    let found = try row(
      "SELECT * FROM second_report WHERE source = ? AND report = ?", .text(source), .text(report))
    return try found.map { row in
      guard let reportedOn = CalendarDate(try row.text("reported_on")) else {
        throw SliceError.wrongType("reported_on")
      }
      return KeptSecondReport(
        source: source, report: report, area: try row.text("area"),
        number: try row.int("number"), reportedOn: reportedOn,
        toldOn: CalendarDate(try row.text("told_on")))
    }
  }
}
