import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct LocalAlternativesTests {
  static func route(
    _ kind: LocalAlternative.Kind, toFind: [Reason.Code] = [], _ complaints: [Made]
  ) -> RouteResult {
    let alternative = LocalAlternative(
      key: "a", kind: kind, clause: "Procedure 2", toFind: toFind)
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
