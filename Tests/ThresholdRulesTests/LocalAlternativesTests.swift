import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct LocalAlternativesTests {
  static func route(
    _ kind: LocalAlternative.Kind, toFind: [Reason.Code] = [],
    window: Period? = Period(1, .months), _ complaints: [Made]
  ) -> RouteResult {
    let alternative = LocalAlternative(
      key: "a", kind: kind, clause: "Procedure 2", toFind: toFind, complaintWindow: window)
    return Assessment.of(.test(complaints), under: .test(alternatives: [alternative])).routes[1]
  }

  struct Row: Sendable, CustomStringConvertible {
    let description: String
    let complaints: [Made]
    let counted: Int
    let isEnough: Bool

    init(_ description: String, _ complaints: [Made], _ counted: Int, _ isEnough: Bool) {
      self.description = description
      self.complaints = complaints
      self.counted = counted
      self.isEnough = isEnough
    }
  }

  static let tooLate = "2025-01-01"

  static let hate = [
    Row("none", [], 0, false),
    Row("one with hate", [Made(hate: true)], 1, false),
    Row("two without", [Made(), Made()], 2, false),
    Row("two, one with", [Made(hate: true), Made()], 2, true),
    Row("two with", [Made(hate: true), Made(hate: true)], 2, true),
    Row(
      "the same incident twice by one person",
      [Made(incident: "a", hate: true), Made(incident: "a")], 1, false),
    Row(
      "hate is said in the report that is counted with another",
      [
        Made(complaint: "2026-03-02", incident: "a"),
        Made(complaint: "2026-03-03", incident: "a", hate: true), Made(incident: "b"),
      ], 2, true),
    Row(
      "hate in a report that does not qualify, of another occurrence",
      [Made(behaviour: tooLate, incident: "a", hate: true), Made(), Made(incident: "b")], 2, false),
    Row(
      "hate in a late report of an occurrence that others reported in time",
      [
        Made(behaviour: tooLate, incident: "a", hate: true),
        Made(complainant: "flat-4", incident: "a"), Made(incident: "b"),
      ], 2, true),
    Row(
      "hate without an incident does not spread",
      [Made(behaviour: tooLate, hate: true), Made(), Made()], 2, false),
  ]

  @Test(arguments: hate)
  func `so many complaints that count, one of them of hate`(row: Row) {
    let kind = LocalAlternative.Kind.hate(complaints: 2, ofHate: 1)
    let counting = Self.route(kind, row.complaints)
    #expect(counting.outcome == (row.isEnough ? .met : .notMet))
    #expect(counting.counted == row.counted && counting.required == 2)
    #expect(counting.clause == "Procedure 2" && counting.complaints.count == row.complaints.count)

    let finding = Self.route(kind, toFind: [.findFurtherActions], row.complaints)
    #expect(finding.outcome == (row.isEnough ? .personDecides : .notMet))
    let tooFewOfHate = Reason(.tooFewOfHate, [.init("counted", "0"), .init("required", "1")])
    let lacking = row.counted < 2 ? [] : [tooFewOfHate]
    #expect(finding.toFind == (row.isEnough ? [Reason(.findFurtherActions)] : lacking))
  }

  @Test(arguments: [(1, RouteOutcome.met), (2, .met), (3, .notMet)])
  func `as many of hate as the procedure says`(ofHate: Int, outcome: RouteOutcome) {
    let complaints = [Made(hate: true), Made(hate: true), Made()]
    #expect(
      Self.route(.hate(complaints: 3, ofHate: ofHate), complaints).outcome == outcome)
  }

  static let people = [
    Row("one person three times", [Made(), Made(), Made()], 1, false),
    Row("two people", [Made(), Made(complainant: "flat-4")], 2, true),
    Row(
      "two people about one incident",
      [Made(incident: "a"), Made(complainant: "flat-4", incident: "a")], 2, true),
    Row(
      "one of two too late", [Made(), Made(behaviour: tooLate, complainant: "flat-4")], 1, false),
  ]

  @Test(arguments: people)
  func `so many people whose complaints count`(row: Row) {
    let counting = Self.route(.severalPeople(2), row.complaints)
    #expect(counting.outcome == (row.isEnough ? .met : .notMet))
    #expect(counting.counted == row.counted && counting.required == 2)
    let finding = Self.route(.severalPeople(2), toFind: [.findLinkedReports], row.complaints)
    #expect(finding.outcome == (row.isEnough ? .personDecides : .notMet))
  }

  @Test func `where the procedure gives no period for a report, there is none on its own route`() {
    let late = [
      Made(behaviour: "2025-11-01", complaint: "2026-03-02", hate: true),
      Made(behaviour: "2025-08-01", complaint: "2025-09-01"),
    ]
    let hate = LocalAlternative.Kind.hate(complaints: 1, ofHate: 1)
    let route = Self.route(hate, window: nil, late)
    #expect(route.outcome == .met && route.counted == 1)
    // The application's period is that of s.104(4).
    #expect(route.complaints.map(\.reason.code) == [.complaintCounts, .applicationTooLate])
    #expect(
      route.complaints[0].reason.rendered(in: .english)
        == "Counts: what happened on 1 November 2025 was reported on 2 March 2026; the application had to be "
        + "made by 1 September 2026 and was made on 16 March 2026.")
    #expect(Self.route(hate, late).outcome == .notMet)
  }

  static let five = [
    ("five by two people", [3, 2], RouteOutcome.met, 5),
    ("five by five people", [1, 1, 1, 1, 1], .met, 5),
    ("five by one person", [5], .notMet, 5), ("four by two people", [2, 2], .notMet, 4),
    ("four by four people", [1, 1, 1, 1], .notMet, 4),
  ]

  @Test(arguments: five)
  func `so many complaints by more than one person or household`(
    name: String, byEach: [Int], outcome: RouteOutcome, counted: Int
  ) {
    let complaints = byEach.enumerated().flatMap { person, count in
      (0..<count).map { _ in Made(complainant: "flat-\(person)", household: "\(person)") }
    }
    let kinds: [(LocalAlternative.Kind, Reason.Code)] = [
      (.severalPeople(people: 2, complaints: 5), .tooFewPeople),
      (.severalHouseholds(households: 2, complaints: 5), .tooFewHouseholds),
    ]
    for (kind, lacking) in kinds {
      let route = Self.route(kind, complaints)
      #expect(route.outcome == outcome && route.counted == counted && route.required == 5)
      let isOnlyOne = counted == 5 && outcome == .notMet
      #expect(
        route.toFind
          == (isOnlyOne ? [Reason(lacking, [.init("counted", 1), .init("required", 2)])] : []))
    }
  }

  @Test func `a household that is not known may be the second`() {
    let kind = LocalAlternative.Kind.severalHouseholds(households: 2, complaints: 3)
    let known = [Made(household: "1"), Made(household: "1")]
    let route = Self.route(kind, known + [Made(complainant: "flat-4")])
    #expect(route.outcome == .personDecides && route.toFind.map(\.code) == [.householdsToFind])
    // Too few complaints are too few, whoever made them.
    let fewer = Self.route(kind, [Made(household: "1"), Made(complainant: "flat-4")])
    #expect(fewer.outcome == .notMet && fewer.toFind.isEmpty)
  }

  @Test(arguments: [LocalAlternative.Kind.vulnerability, .riskBand("high")])
  func `what cannot be counted is left to a person`(kind: LocalAlternative.Kind) {
    let route = Self.route(kind, toFind: [.findVulnerability], [])
    #expect(route.outcome == .personDecides && route.toFind == [Reason(.findVulnerability)])
    #expect(route.required == 0 && route.counted == 0 && route.complaints.isEmpty)
  }

  @Test func `no alternative takes away what s.104(4) gives`() {
    var generator = Seeded(31)
    let alternatives = [
      LocalAlternative(key: "a", kind: .hate(complaints: 9, ofHate: 9), clause: "1"),
      LocalAlternative(key: "b", kind: .severalPeople(9), clause: "2"),
    ]
    for _ in 0..<200 {
      let facts = ApplicationFacts.drawn(6, using: &generator)
      let plain = Assessment.of(facts, under: .test())
      let local = Assessment.of(facts, under: .test(alternatives: alternatives))
      #expect(plain.met == local.met && plain.outcome <= local.outcome)
      #expect(plain.routes[0] == local.routes[0])
    }
  }
}
