import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct NewApplicationTests {
  static let alternatives = [
    LocalAlternative(
      key: "a", kind: .hate(complaints: 2, ofHate: 1), clause: "Procedure 2",
      toFind: [.findFurtherActions]),
    LocalAlternative(
      key: "b", kind: .severalPeople(people: 2, complaints: 5), clause: "Procedure 3"),
    LocalAlternative(key: "c", kind: .severalHouseholds(3), clause: "Procedure 4"),
    LocalAlternative(key: "d", kind: .vulnerability, clause: "Procedure 5"),
  ]

  static func new(_ complaints: [Made], on: String) -> NewApplication {
    NewApplication(
      on: day(on), after: ApplicationFacts.test(complaints).complaints,
      under: .test(alternatives: alternatives))
  }

  @Test(arguments: ["2026-03-16", "2026-09-01", "2031-01-01"])
  func `what is enough by itself is said for s.104(4) and each alternative, on any day`(
    on: String
  ) {
    #expect(
      Self.new([Made(), Made(hate: true)], on: on).byThemselves
        .map { $0.rendered(in: .english) } == [
          "3 new qualifying complaints would be enough (s.104(4)).",
          "2 new qualifying complaints, 1 of them about a hate incident or crime, would be enough for a person "
            + "to decide (Procedure 2).",
          "5 new qualifying complaints, 2 of them each by a different person, would be enough (Procedure 3).",
          "3 new qualifying complaints, each from a different household, would be enough (Procedure 4).",
        ])
  }

  @Test(arguments: [
    ("2026-07-31", "1", "2026-08-01"), ("2026-08-01", "2", "2026-09-01"), ("2026-09-01", "3", ""),
  ])
  func `what was reported before counts as far as it is not too old on that day`(
    on: String, needed: String, by: String
  ) {
    let february = Made(behaviour: "2026-02-01", complaint: "2026-02-02")
    let change = Self.new([february, Made()], on: on).change(of: "s.104(4)")
    #expect(change?["needed"] == needed && change?["by"] == by)
  }

  @Test func `what was reported after the first application counts in a new one`() {
    let later = Made(behaviour: "2026-03-18", complaint: "2026-03-20")
    let before = ApplicationFacts.test([Made(), Made(), later])
    #expect(!Assessment.of(before, under: .test()).met)
    let new = Self.new([Made(), Made(), later], on: "2026-04-01")
    #expect(new.met.first == "s.104(4)" && new.changes.isEmpty)
    // When the first two are too old, it is the only one left.
    let late = Self.new([Made(), Made(), later], on: "2026-09-02").change(of: "s.104(4)")
    #expect(late?["needed"] == "2" && late?["by"] == "2026-09-19")
  }

  @Test func `a route that a person decides is theirs in a new application too`() {
    let new = Self.new([], on: "2026-04-01")
    #expect(new.change(of: "Procedure 5")?.code == .findingNeeded)
    #expect(!new.byThemselves.contains { $0["clause"] == "Procedure 5" })
  }

  @Test func `so many new ones are enough on any day, whatever was reported before; fewer are not`()
  {
    var generator = Seeded(63)
    var seen: Set<String> = []
    for _ in 0..<400 {
      let drawn = RulePropertyTests.draw(using: &generator)
      // Which reports are of one day is another matter where days are in doubt.
      guard drawn.pack.procedure.dedupe != .sameComplainantSameDay else { continue }
      let on = drawn.facts.receivedOn.adding(days: Int.random(in: 0..<400, using: &generator))
      let new = NewApplication(
        on: on, after: drawn.facts.complaints, drawn.evidence, under: drawn.pack)
      #expect(new.byThemselves.count == 1 + drawn.pack.alternatives.count)
      for change in new.byThemselves {
        func outcome(_ change: Reason, after complaints: [ComplaintFacts]) -> RouteOutcome? {
          let facts = ApplicationFacts(receivedOn: on, complaints: complaints)
          return Assessment.of(
            WhatWouldChangeTests.fulfilled(change, facts),
            complaints.isEmpty ? .none : drawn.evidence, under: drawn.pack
          ).routes.first { $0.clause == change["clause"] }?.outcome
        }
        let enough: RouteOutcome = change["decides"].isEmpty ? .met : .personDecides
        #expect(outcome(change, after: []) == enough, "\(change), \(drawn)")
        #expect(
          outcome(change, after: drawn.facts.complaints) == enough, "\(change), \(drawn)")
        let fewer = change.details.map { detail in
          detail.name == "needed"
            ? Reason.Detail("needed", (Int(detail.value) ?? 0) - 1) : detail
        }
        #expect(outcome(Reason(change.code, fewer), after: []) == .notMet, "\(change), \(drawn)")
        seen.formUnion(change.details.map(\.name))
      }
    }
    #expect(
      seen.isSuperset(of: ["needed", "clause", "ofHate", "people", "households", "bodies"]))
  }
}
