import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct DecisionRulesTests {
  static func assessment(_ complaints: Int) -> Assessment {
    Assessment.of(.test(Array(repeating: Made(), count: complaints)), under: .test())
  }

  @Test(
    arguments: [
      // s.104(4) says that it must be met.
      (3, true, "", nil), (3, true, "counted", nil), (3, false, "", .mustBeMet),
      (3, false, "no action is left", .mustBeMet), (4, false, "x", .mustBeMet),
      // It does not.
      (2, true, "", .reasonNeeded), (2, true, " \n\t\u{A0}", .reasonNeeded),
      (2, true, "serious harm", nil), (2, false, "too few", nil),
      // To be refused a review, and not to be told why, is no decision.
      (2, false, "", .reasonNeeded), (0, false, " \n", .reasonNeeded),
    ] as [(Int, Bool, String, DecisionRules.Refusal?)])
  func `what may be signed`(
    complaints: Int, met: Bool, reason: String, refusal: DecisionRules.Refusal?
  ) {
    #expect(
      DecisionRules.refusal(met: met, assessment: Self.assessment(complaints), reason: reason)
        == refusal)
  }

  @Test func `a local route that is met does not force the decision`() {
    let two = LocalAlternative(key: "two", kind: .severalPeople(2), clause: "Procedure 1")
    let assessment = Assessment.of(
      .test([Made(), Made(complainant: "flat-4")]), under: .test(alternatives: [two]))
    #expect(assessment.outcome == .met)
    #expect(DecisionRules.refusal(met: false, assessment: assessment, reason: "x") == nil)
    #expect(
      DecisionRules.refusal(met: false, assessment: assessment, reason: " ")
        == .overrideNeedsReason)
    #expect(DecisionRules.refusal(met: true, assessment: assessment, reason: "") == .reasonNeeded)
  }

  static let people = LocalAlternative(
    key: "people", kind: .severalPeople(2), clause: "Procedure 1")
  static let hate = LocalAlternative(
    key: "hate", kind: .hate(complaints: 2, ofHate: 1), clause: "Procedure 2",
    toFind: [.findFurtherActions])
  static let vulnerable = LocalAlternative(
    key: "vulnerable", kind: .vulnerability, clause: "Procedure 3")
  static let neighbours = [Made(hate: true), Made(complainant: "flat-4")]

  @Test(
    arguments: [
      ([Made(), Made(), Made()], [people, hate], "s.104(4)"),
      // A route that is met goes before one that a person has to find.
      (neighbours, [vulnerable, hate, people], "Procedure 1"),
      (neighbours, [hate], "Procedure 2"), ([Made()], [people, hate, vulnerable], "Procedure 3"),
    ] as [([Made], [LocalAlternative], String)])
  func `a decision rests on the strongest route`(
    complaints: [Made], alternatives: [LocalAlternative], clause: String
  ) {
    for factors in [[], DiscretionaryFactor.allCases] {
      let assessment = Assessment.of(
        .test(complaints), under: .test(alternatives: alternatives, factors: factors))
      let route = DecisionRules.route(of: assessment)
      #expect(route?.clause == clause)
      #expect(route?.route == (clause == "s.104(4)" ? .mandatory : .local))
    }
  }

  @Test(
    arguments: [([Made()], [people, hate]), ([Made()], []), ([], [])]
      as [([Made], [LocalAlternative])])
  func `where nothing else is open it rests on s.104(5), if the procedure has factors`(
    complaints: [Made], alternatives: [LocalAlternative]
  ) {
    func route(_ factors: [DiscretionaryFactor]) -> String? {
      DecisionRules.route(
        of: Assessment.of(
          .test(complaints), under: .test(alternatives: alternatives, factors: factors)))?.clause
    }
    #expect(route(DiscretionaryFactor.allCases) == "s.104(5)")
    #expect(route([]) == nil)
  }

  @Test(
    arguments: [
      (.mandatory, nil), (.local, "Procedure 2"), (.discretionary, "s.104(5)"),
      (nil, "Procedure 2"),
    ] as [(RouteName?, String?)])
  func `who signs says which of the open routes it rests on`(asked: RouteName?, clause: String?) {
    let assessment = Assessment.of(
      .test(Self.neighbours),
      under: .test(alternatives: [Self.hate], factors: DiscretionaryFactor.allCases))
    #expect(DecisionRules.route(of: assessment, restingOn: asked)?.clause == clause)
  }

  @Test(arguments: DecisionRules.Refusal.allCases)
  func `a refusal says what would be right`(refusal: DecisionRules.Refusal) {
    #expect(refusal.message.contains("s.104(4)") && refusal.message.contains("--"))
  }
}
