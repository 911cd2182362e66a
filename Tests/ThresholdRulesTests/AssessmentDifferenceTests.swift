import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct AssessmentDifferenceTests {
  static let facts = ApplicationFacts.test([
    Made(), Made(), Made(complaint: "2026-03-09", complainant: "flat-4"),
  ])
  static let people = LocalAlternative(
    key: "people", kind: .severalPeople(2), clause: "Procedure 2")

  @Test func `the same assessment is no different, alternatives of one clause included`() {
    var generator = Seeded(71)
    let pack = PolicyPack.test(
      alternatives: [
        Self.people, LocalAlternative(key: "a", kind: .severalPeople(9), clause: "Procedure 2"),
      ], factors: [.harm])
    for _ in 0..<50 {
      let facts = ApplicationFacts.drawn(4, using: &generator)
      let assessment = Assessment.of(facts, under: pack)
      #expect(AssessmentDifference.between(assessment, Assessment.of(facts, under: pack)) == nil)
    }
  }

  @Test func `another outcome, by which complaint and which clause`() throws {
    let shorter = PolicyPack.test(mandatory: MandatoryRule(complaintWindow: Period(7, .days)))
    let (before, after) = (
      Assessment.of(Self.facts, under: .test()), Assessment.of(Self.facts, under: shorter)
    )
    let difference = try #require(AssessmentDifference.between(before, after))
    #expect(before.outcome == .met && after.outcome == .notMet)
    #expect(difference.clauses == ["s.104(4)"])
    let third = try #require(difference.complaints.last)
    #expect(third.index == 2 && third.clause == "s.104(4)")
    #expect(third.before.code == .complaintCounts && third.after.code == .complaintTooLate)
  }

  @Test func `a route that only one of the two has`() throws {
    let with = Assessment.of(Self.facts, under: .test(alternatives: [Self.people]))
    let without = Assessment.of(Self.facts, under: .test())
    for (before, after) in [(with, without), (without, with)] {
      let difference = try #require(AssessmentDifference.between(before, after))
      #expect(difference.clauses == ["Procedure 2"] && difference.complaints.isEmpty)
      #expect(before.outcome == after.outcome)
    }
  }

  @Test func `the same outcome for another reason, on the first route where it differs`() throws {
    let narrowed = PolicyPack.test(
      alternatives: [Self.people],
      caveats: [Caveat(.shorterWindow, on: .local, period: Period(7, .days))])
    let plain = PolicyPack.test(alternatives: [Self.people])
    let after = Assessment.of(Self.facts, under: narrowed)
    let difference = try #require(
      AssessmentDifference.between(Assessment.of(Self.facts, under: plain), after))
    #expect(after.outcome == .met && difference.clauses == ["Procedure 2"])
    #expect(difference.complaints.map(\.index) == [2])
    #expect(difference.complaints[0].clause == "Procedure 2")
    #expect(difference.complaints[0].after.code == .caveatNarrows)
  }
}
