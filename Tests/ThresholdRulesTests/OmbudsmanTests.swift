import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// Faults that the Ombudsman found in threshold decisions, and that these rules do not let happen.
@Suite struct OmbudsmanTests {
  @Test(arguments: Caveat.Kind.allCases)
  func `Ashford, 23-003-079: a request with enough complaints is not refused for another reason`(
    kind: Caveat.Kind
  ) {
    let pack = PolicyPack.test(
      mandatory: MandatoryRule(required: 5),
      caveats: RouteName.allCases.map { Caveat(kind, on: $0) })
    let assessment = Assessment.of(.test([Made(), Made(), Made()]), under: pack)
    #expect(assessment.met && assessment.outcome == .met)
    #expect(
      DecisionRules.refusal(met: false, assessment: assessment, reason: "the case was closed")
        == .mustBeMet)
    // What the applicant is told says which condition was not applied.
    #expect(assessment.notes.map(\.code) == [.requiredHeldToAct, .caveatNotApplied])
  }

  @Test func `Richmond, 21-009-778: whoever fulfils the procedure's own criteria is not refused`() {
    // Three complaints on different dates; one person's on one date are one.
    var procedure = PolicyPack.Procedure()
    procedure.dedupe = .sameComplainantSameDay
    let pack = PolicyPack.test(
      factors: DiscretionaryFactor.allCases, caveats: [Caveat(.noActionTaken, on: .discretionary)],
      procedure: procedure)
    let complaints = ["2026-03-02", "2026-03-04", "2026-03-09"].map { Made(complaint: $0) }
    let assessment = Assessment.of(.test(complaints), under: pack)
    #expect(assessment.met)
    #expect(DecisionRules.refusal(met: false, assessment: assessment, reason: "x") == .mustBeMet)
    // With two the outcome is open, and a person weighs all three factors and the condition.
    let two = Assessment.of(.test(Array(complaints.dropLast())), under: pack)
    #expect(
      two.routes.last?.toFind.map(\.code)
        == [.weighPersistence, .weighHarm, .weighResponse, .caveatToFind])
    #expect(DecisionRules.refusal(met: true, assessment: two, reason: "serious harm") == nil)
  }

  @Test
  func `Barking and Dagenham, 23-009-253: what is not counted is not decided without reasons`() {
    let assessment = Assessment.of(
      .test([Made(), Made()]), under: .test(factors: DiscretionaryFactor.allCases))
    for met in [true, false] {
      for nothing in ["", " ", "\n\t"] {
        #expect(
          DecisionRules.refusal(met: met, assessment: assessment, reason: nothing) == .reasonNeeded)
      }
      #expect(
        DecisionRules.refusal(met: met, assessment: assessment, reason: "The harm") == nil)
    }
    // Each complaint, and each thing that a person weighs, has a sentence of its own.
    for route in assessment.routes {
      for reason in route.complaints.map(\.reason) + route.toFind {
        #expect(!reason.rendered(in: .english).isEmpty && !reason.rendered(in: .welsh).isEmpty)
      }
    }
  }
}
