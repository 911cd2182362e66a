import CaseModel
import Policy
import PolicyDocuments
import Testing
import ThresholdRules

/// Areas whose procedures give alternatives of their own.
@Suite struct SeveralWaysAreaTests {
  static let birmingham = [
    AreaRow(
      given: "three, the last of them more than a month ago",
      reports: [
        Report("2025-11-03", "2025-11-04", to: "west-midlands-police"),
        Report("2025-12-01", "2025-12-01", to: "birmingham-city-council"),
        Report("2026-01-05", "2026-01-20", to: "west-midlands-police"),
      ], outcome: .met, counted: 3, by: AreaRow.act, notes: [.caveatNotApplied]),
    AreaRow(
      given: "one hate crime: a person finds that it has not been resolved",
      reports: [Report("2026-02-01", "2026-02-02", to: "west-midlands-police", hate: true)],
      outcome: .personDecides, counted: 1, by: "Birmingham procedure, one hate crime",
      routes: [AreaRow.act: .notMet]),
    AreaRow(
      given: "one that is none",
      reports: [Report("2026-02-01", "2026-02-02", to: "west-midlands-police")],
      outcome: .notMet, counted: 1),
    AreaRow(
      given: "three reports, two of them one incident reported to two agencies",
      reports: [
        Report("2026-03-01", "2026-03-01", to: "west-midlands-police", incident: "a"),
        Report("2026-03-01", "2026-03-02", to: "birmingham-city-council", incident: "a"),
        Report("2026-03-03", "2026-03-03", to: "birmingham-city-council", incident: "b"),
      ], outcome: .notMet, counted: 2),
    AreaRow(
      given: "one hate crime, reported to the board, which the procedure does not recognise",
      reports: [
        Report("2026-02-01", "2026-02-02", to: "nhs-birmingham-and-solihull-icb", hate: true)
      ], outcome: .notMet, counted: 1),
  ]

  @Test(arguments: birmingham)
  func `Birmingham: three, whenever the last was, or one hate crime`(row: AreaRow) throws {
    try row.check(in: "birmingham")
  }

  static let fiveAtOnePlace = "South Wales procedure, five reports at a linked location"
  static let southWales = [
    AreaRow(
      given: "three by one person", reports: Report.recent(3, to: "cardiff-council"),
      outcome: .met, counted: 3, by: AreaRow.act, routes: [fiveAtOnePlace: .notMet],
      notes: [.caveatNotApplied]),
    AreaRow(
      given: "one hate incident",
      reports: [Report("2026-03-01", "2026-03-02", to: "south-wales-police", hate: true)],
      outcome: .met, counted: 1, by: "South Wales procedure, one hate incident or crime"),
    AreaRow(
      given: "five people with one each: s.104(4) is met before, and a person would find the link",
      reports: Report.people(5, to: "swansea-council"), outcome: .met, counted: 5, by: AreaRow.act,
      routes: [fiveAtOnePlace: .personDecides]),
    AreaRow(
      given: "four people with one each", reports: Report.people(4, to: "swansea-council"),
      outcome: .met, counted: 4, by: AreaRow.act, routes: [fiveAtOnePlace: .notMet]),
    AreaRow(
      given: "five by two people, too late after the behaviour for s.104(4)",
      reports: late(by: ["flat-1", "flat-1", "flat-1", "flat-2", "flat-2"]),
      outcome: .personDecides, counted: 0, by: fiveAtOnePlace),
    AreaRow(
      given: "five by one person, too late after the behaviour for s.104(4)",
      reports: late(by: Array(repeating: "flat-1", count: 5)), outcome: .notMet, counted: 0,
      routes: [fiveAtOnePlace: .notMet]),
    AreaRow(
      given: "four by two people, too late after the behaviour for s.104(4)",
      reports: late(by: ["flat-1", "flat-1", "flat-2", "flat-2"]), outcome: .notMet, counted: 0,
      routes: [fiveAtOnePlace: .notMet]),
    AreaRow(
      given: "two people with one each", reports: Report.people(2, to: "swansea-council"),
      outcome: .notMet, counted: 2),
    AreaRow(
      given: "three, one of them reported a day after the month",
      reports: Report.recent(2, to: "cardiff-council")
        + [Report("2026-02-10", "2026-03-10", to: "cardiff-council")],
      outcome: .notMet, counted: 2),
  ]

  /// Reports two months after what they are about.
  static func late(by people: [String]) -> [Report] {
    people.enumerated().map { index, person in
      Report("2026-01-0\(index + 1)", "2026-03-0\(index + 1)", to: "cardiff-council", by: person)
    }
  }

  @Test(arguments: southWales)
  func `South Wales: three, five reports by several at a linked location, or one hate incident`(
    row: AreaRow
  ) throws {
    try row.check(in: "south-wales")
  }

  static let seniorManager =
    "Lincolnshire procedure, senior manager, to safeguard a vulnerable victim"
  static let lincolnshire = [
    AreaRow(
      given: "three, each reported on the thirtieth day", received: "2026-04-16",
      reports: (0..<3).map { _ in Report("2026-03-01", "2026-03-30", to: "lincolnshire-police") },
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "three, each reported on the thirty-first day, the last of the Act's month",
      received: "2026-04-16",
      reports: (0..<3).map { _ in Report("2026-03-01", "2026-03-31", to: "lincolnshire-police") },
      outcome: .personDecides, counted: 0, by: seniorManager, notes: [.actCountsMore]),
    AreaRow(
      given: "three in February, each reported within thirty days but after the Act's month",
      reports: (0..<3).map { _ in Report("2026-02-01", "2026-03-02", to: "lincolnshire-police") },
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "one by somebody who may be vulnerable",
      reports: Report.recent(1, to: "boston-borough-council"), outcome: .personDecides, counted: 1,
      by: seniorManager),
  ]

  @Test(arguments: lincolnshire)
  func `Lincolnshire: three within 30 days each, or a senior manager calls one`(
    row: AreaRow
  ) throws {
    try row.check(in: "lincolnshire")
  }

  static let durham = [
    AreaRow(
      given: "three", reports: Report.recent(3, to: "durham-constabulary"), outcome: .met,
      counted: 3, by: AreaRow.act),
    AreaRow(
      given: "two: a person finds whether it is high risk",
      reports: Report.recent(2, to: "darlington-borough-council"), outcome: .personDecides,
      counted: 2, by: "Durham procedure, high risk"),
  ]

  @Test(arguments: durham)
  func `Durham and Darlington: three, or high risk`(row: AreaRow) throws {
    try row.check(in: "durham")
  }

  static let fiveReports = "Cleveland procedures, five reports by more than one person"
  static let stockton = [
    AreaRow(
      given: "three", reports: Report.recent(3, to: "cleveland-police"), outcome: .met, counted: 3,
      by: AreaRow.act, routes: [fiveReports: .notMet], notes: [.caveatNotApplied]),
    AreaRow(
      given: "three neighbours with one each", reports: Report.people(3, to: "cleveland-police"),
      outcome: .met, counted: 3, by: AreaRow.act),
    AreaRow(
      given: "five neighbours with one each", reports: Report.people(5, to: "cleveland-police"),
      outcome: .met, counted: 5, by: AreaRow.act, routes: [fiveReports: .met]),
    AreaRow(
      given: "four by one neighbour and one by another",
      reports: Report.recent(4, to: "cleveland-police")
        + [Report("2026-03-07", "2026-03-08", to: "cleveland-police", by: "flat-2")],
      outcome: .met, counted: 5, by: AreaRow.act, routes: [fiveReports: .met]),
    AreaRow(
      given: "five by one", reports: Report.recent(5, to: "cleveland-police"), outcome: .met,
      counted: 5, by: AreaRow.act, routes: [fiveReports: .notMet]),
    AreaRow(
      given: "two", reports: Report.recent(2, to: "cleveland-police"), outcome: .notMet, counted: 2),
  ]

  @Test(arguments: stockton)
  func `Stockton: three, or five by several`(row: AreaRow) throws {
    try row.check(in: "stockton")
  }

  static let oneHate = "Hinckley and Bosworth procedure, one hate incident"
  static let hinckley = [
    AreaRow(
      given:
        "one hate incident, on the last day on which a person had to find that nothing was done",
      received: "2026-05-07",
      reports: [Report("2026-05-01", "2026-05-01", to: "leicestershire-police", hate: true)],
      outcome: .personDecides, counted: 1, by: oneHate),
    AreaRow(
      given: "one hate incident, on the first day without that condition", received: "2026-05-08",
      reports: [Report("2026-05-01", "2026-05-01", to: "leicestershire-police", hate: true)],
      outcome: .met, counted: 1, by: oneHate),
    AreaRow(
      given: "one hate incident, reported a day after the month", received: "2026-05-16",
      reports: [Report("2026-04-01", "2026-05-01", to: "leicestershire-police", hate: true)],
      outcome: .notMet, counted: 0, routes: [oneHate: .notMet]),
    AreaRow(
      given: "three, while the condition stood",
      reports: Report.recent(3, to: "hinckley-and-bosworth-borough-council"), outcome: .met,
      counted: 3, by: AreaRow.act, notes: [.caveatNotApplied]),
    AreaRow(
      given: "two", received: "2026-05-16",
      reports: [
        Report("2026-05-01", "2026-05-02", to: "leicestershire-police"),
        Report("2026-05-03", "2026-05-03", to: "leicestershire-police"),
      ], outcome: .notMet, counted: 2),
  ]

  @Test(arguments: hinckley)
  func `Hinckley and Bosworth: three, or one hate incident, by two versions`(row: AreaRow) throws {
    try row.check(in: "hinckley-and-bosworth")
  }

  static let plymouth = [
    AreaRow(
      given: "three", reports: Report.recent(3, to: "plymouth-community-homes"), outcome: .met,
      counted: 3, by: AreaRow.act, notes: [.caveatNotApplied]),
    AreaRow(
      given: "two, one of them of hate",
      reports: Report.recent(1, to: "livewest")
        + [Report("2026-03-09", "2026-03-10", to: "devon-and-cornwall-police", hate: true)],
      outcome: .personDecides, counted: 2, by: "Plymouth procedure, two reports with hate"),
    AreaRow(
      given: "one of hate",
      reports: [Report("2026-03-09", "2026-03-10", to: "devon-and-cornwall-police", hate: true)],
      outcome: .notMet, counted: 1),
  ]

  @Test(arguments: plymouth)
  func `Plymouth: three, or two with one of hate and further actions`(row: AreaRow) throws {
    try row.check(in: "plymouth")
  }
}
