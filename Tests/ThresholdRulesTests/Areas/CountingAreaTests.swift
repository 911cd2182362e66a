import CaseModel
import Policy
import PolicyDocuments
import Testing
import ThresholdRules

/// Areas whose procedures count, and what some of them would take away from what s.104(4) gives.
@Suite struct CountingAreaTests {
  /// Both boroughs want one person's complaints to be about different dates.
  static func different(_ council: String) -> [AreaRow] {
    [
      AreaRow(
        given: "three on different dates", reports: Report.recent(3, to: council), outcome: .met,
        counted: 3, by: AreaRow.act),
      AreaRow(
        given: "three of different incidents on one day",
        reports: ["a", "b", "c"].map {
          Report("2026-03-01", "2026-03-01", to: "metropolitan-police", incident: $0)
        }, outcome: .met, counted: 3, by: AreaRow.act, notes: [.dedupeNotApplied]),
      AreaRow(
        given: "three of one incident",
        reports: ["2026-03-01", "2026-03-02", "2026-03-03"].map {
          Report("2026-03-01", $0, to: "metropolitan-police", incident: "a")
        }, outcome: .notMet, counted: 1),
      AreaRow(
        given: "two: persistence, harm and response are for a person",
        reports: Report.recent(2, to: council), outcome: .notMet, counted: 2,
        routes: ["s.104(5)": .personDecides]),
    ]
  }

  @Test(arguments: different("richmond-council"))
  func `Richmond: three, on one day too`(row: AreaRow) throws {
    try row.check(in: "richmond")
  }

  @Test(arguments: different("wandsworth-council"))
  func `Wandsworth: three, on one day too`(row: AreaRow) throws {
    try row.check(in: "wandsworth")
  }

  static let gosport = [
    AreaRow(
      given: "three, one of them to the integrated care board",
      reports: Report.recent(2, to: "gosport-borough-council")
        + [Report("2026-03-05", "2026-03-06", to: "nhs-hampshire-and-isle-of-wight-icb")],
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "three, one of them reported on the last day of the month",
      reports: Report.recent(2, to: "gosport-borough-council")
        + [Report("2026-02-10", "2026-03-09", to: "hampshire-constabulary")],
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "three, one of them reported a day later",
      reports: Report.recent(2, to: "gosport-borough-council")
        + [Report("2026-02-10", "2026-03-10", to: "hampshire-constabulary")],
      outcome: .notMet, counted: 2),
  ]

  @Test(arguments: gosport)
  func `Gosport: three within a month each`(row: AreaRow) throws {
    try row.check(in: "gosport")
  }

  static let westminster = [
    AreaRow(
      given: "three, the last of them two months before applying",
      reports: [
        Report("2025-12-01", "2025-12-01", to: "westminster-city-council"),
        Report("2025-12-20", "2025-12-21", to: "metropolitan-police"),
        Report("2026-01-10", "2026-01-10", to: "westminster-city-council"),
      ], outcome: .met, counted: 3, by: AreaRow.act, notes: [.caveatNotApplied]),
    AreaRow(
      given: "three within three days, just before applying, which the procedure calls vexatious",
      reports: [
        Report("2026-03-13", "2026-03-13", to: "westminster-city-council"),
        Report("2026-03-14", "2026-03-14", to: "westminster-city-council"),
        Report("2026-03-15", "2026-03-15", to: "westminster-city-council"),
      ], outcome: .met, counted: 3, by: AreaRow.act, notes: [.caveatNotApplied]),
    AreaRow(
      given: "three, the first of them more than six months ago",
      reports: [Report("2025-09-15", "2025-09-16", to: "metropolitan-police")]
        + Report.recent(2, to: "metropolitan-police"),
      outcome: .notMet, counted: 2),
  ]

  @Test(arguments: westminster)
  func `Westminster: three, whenever the last was`(row: AreaRow) throws {
    try row.check(in: "westminster")
  }

  static let oldham = [
    AreaRow(
      given: "three, all of them to one organisation",
      reports: Report.recent(3, to: "oldham-council"), outcome: .met, counted: 3, by: AreaRow.act,
      notes: [.caveatNotApplied]),
    AreaRow(
      given: "three to two organisations",
      reports: Report.recent(2, to: "oldham-council")
        + [Report("2026-03-05", "2026-03-06", to: "greater-manchester-police")],
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "two to two organisations",
      reports: Report.recent(1, to: "oldham-council")
        + [Report("2026-03-05", "2026-03-06", to: "greater-manchester-police")],
      outcome: .notMet, counted: 2, routes: ["s.104(5)": .personDecides]),
  ]

  @Test(arguments: oldham)
  func `Oldham: three, to one organisation too`(row: AreaRow) throws {
    try row.check(in: "oldham")
  }

  static let horsham = [
    AreaRow(
      given: "three, each reported on the seventh day",
      reports: (0..<3).map { _ in Report("2026-03-01", "2026-03-07", to: "sussex-police") },
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "three, each reported on the eighth day, which the Act would count",
      reports: (0..<3).map { _ in Report("2026-03-01", "2026-03-08", to: "sussex-police") },
      outcome: .notMet, counted: 0, notes: [.actCountsMore]),
    AreaRow(
      given: "three, one of them reported on the eighth day",
      reports: Report.recent(2, to: "horsham-district-council")
        + [Report("2026-03-01", "2026-03-08", to: "sussex-police")],
      outcome: .notMet, counted: 2, notes: [.actCountsMore]),
  ]

  @Test(arguments: horsham)
  func `Horsham: three within seven days each, and what the Act's month would count is said`(
    row: AreaRow
  ) throws {
    try row.check(in: "horsham")
  }
}
