import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// What s.104(4) keeps from being applied is said.
@Suite struct NotAppliedTests {
  static let three = ApplicationFacts.test([Made(), Made(), Made()])

  @Test(arguments: Caveat.Kind.allCases)
  func `a condition laid on s.104(4)`(kind: Caveat.Kind) {
    let caveat = Caveat(kind, on: .mandatory, period: Period(1, .days))
    let assessment = Assessment.of(Self.three, under: .test(caveats: [caveat]))
    #expect(assessment.notes == [Reason(.caveatNotApplied, [.init("caveat", kind.rawValue)])])
    #expect(assessment.met && assessment.changes.isEmpty)
    // One laid on another route is none of its business.
    let other = Caveat(kind, on: .local)
    #expect(Assessment.of(Self.three, under: .test(caveats: [other])).notes.isEmpty)
  }

  @Test(arguments: [(4, 3), (100, 3), (0, 3), (-1, 3), (3, 3), (1, 1)])
  func `a number beyond three`(asked: Int, applied: Int) {
    let pack = PolicyPack.test(mandatory: MandatoryRule(required: asked))
    let assessment = Assessment.of(Self.three, under: pack)
    #expect(assessment.required == applied && assessment.met)
    let note = Reason(.requiredHeldToAct, [.init("asked", asked), .init("applied", applied)])
    #expect(assessment.notes == (asked == applied ? [] : [note]))
  }

  @Test(arguments: DedupeRule.allCases)
  func `a rule that takes more for one complaint than the Act does`(rule: DedupeRule) {
    var procedure = PolicyPack.Procedure()
    procedure.dedupe = rule
    let facts = ApplicationFacts.test([
      Made(incident: "a"), Made(complainant: "flat-4", incident: "a"), Made(incident: "b"),
    ])
    let assessment = Assessment.of(facts, under: .test(procedure: procedure))
    #expect(assessment.met && assessment.counted == 3)
    let isTheActs = rule == .sameComplainantSameIncident
    #expect(assessment.notes.map(\.code) == (isTheActs ? [] : [.dedupeNotApplied]))
  }

  @Test func `a period shorter than the Act's is counted by, and what the Act would count is said`()
  {
    let pack = PolicyPack.test(mandatory: MandatoryRule(complaintWindow: Period(7, .days)))
    let late = Made(complaint: "2026-03-08")
    let assessment = Assessment.of(.test([Made(), late, late]), under: pack)
    #expect(assessment.counted == 1 && !assessment.met)
    #expect(
      assessment.notes == [Reason(.actCountsMore, [.init("counted", 1), .init("byAct", 3)])])
    // Not where it makes no difference, and not where the procedure counts more.
    #expect(Assessment.of(.test([Made()]), under: pack).notes.isEmpty)
    let longer = PolicyPack.test(mandatory: MandatoryRule(applicationWindow: Period(12, .months)))
    let old = Made(behaviour: "2025-06-01", complaint: "2025-06-01")
    #expect(Assessment.of(.test([old]), under: longer).notes.isEmpty)
    #expect(Assessment.of(.test([old]), under: longer).counted == 1)
  }
}
