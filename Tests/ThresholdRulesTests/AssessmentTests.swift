import CaseModel
import Policy
import PolicyDocuments
import Testing

@testable import ThresholdRules

@Suite struct AssessmentTests {
  @Test(arguments: ExampleFiles.names)
  func `the examples come out as they must`(name: String) throws {
    let plymouth = try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth)
    let assessment = Assessment.of(try ExampleFiles.application(name), under: plymouth)
    let expected = try ExampleFiles.expected(name)
    #expect(assessment.outcome.rawValue == expected.outcome)
    #expect(assessment.met == expected.met)
    #expect(assessment.required == expected.required && assessment.counted == expected.counted)
    try #require(!expected.routes.isEmpty)
    for route in expected.routes {
      let found = try #require(assessment.routes.first { $0.route.rawValue == route.route })
      #expect(found.outcome.rawValue == route.outcome)
      #expect(route.clause == nil || found.clause == route.clause)
      #expect(route.required == nil || found.required == route.required)
      #expect(route.counted == nil || found.counted == route.counted)
      for (complaint, line) in zip(route.complaints ?? [], found.complaints) {
        #expect(line.index == complaint.index && line.counted == complaint.counted)
        #expect(line.with == complaint.with)
      }
      #expect(route.complaints == nil || found.complaints.count == route.complaints?.count)
    }
  }

  @Test func `two with hate name what a person would have to find`() throws {
    let plymouth = try PolicyDocument.parse(BuiltInPolicyDocuments.plymouth)
    let assessment = Assessment.of(
      try ExampleFiles.application("two-with-hate"), under: plymouth)
    let local = try #require(assessment.routes.first { $0.route == .local })
    #expect(local.toFind == [Reason(.findFurtherActions)])
    #expect(local.clause == "Plymouth procedure, two reports with hate")
  }

  @Test(arguments: ExampleFiles.names)
  func `every line of an example is a plain sentence`(name: String) throws {
    let assessment = Assessment.of(try ExampleFiles.application(name), under: .test())
    for line in assessment.routes.flatMap(\.complaints) {
      let sentence = line.reason.rendered(in: .english)
      #expect(sentence.hasSuffix(".") && !sentence.contains(" on ,") && !sentence.contains("  "))
      #expect(line.rules == [line.reason.code.rawValue])
    }
  }

  @Test func `it says by which pack, and keeps the routes in order`() {
    let pack = PolicyPack.test(
      alternatives: [
        LocalAlternative(key: "people", kind: .severalPeople(5), clause: "Procedure 1"),
        LocalAlternative(key: "risk", kind: .riskBand("high"), clause: "Procedure 2"),
      ],
      factors: [.harm])
    let assessment = Assessment.of(.test([Made()]), under: pack)
    #expect(assessment.routes.map(\.route) == [.mandatory, .local, .local, .discretionary])
    #expect(
      assessment.routes.map(\.clause) == ["s.104(4)", "Procedure 1", "Procedure 2", "s.104(5)"])
    #expect(assessment.policyName == "exmouth" && assessment.policyVersion == "7")
    #expect(assessment.policyDigest == "abc")
  }

  @Test func `what can only be weighed never makes the outcome`() {
    let assessment = Assessment.of(
      .test([Made()]), under: .test(factors: DiscretionaryFactor.allCases))
    #expect(assessment.routes.map(\.outcome) == [.notMet, .personDecides])
    #expect(assessment.outcome == .notMet && !assessment.met)
  }

  @Test func `a local route can be the strongest, and s.104(4) is still not met`() {
    let two = LocalAlternative(key: "two", kind: .severalPeople(2), clause: "Procedure 1")
    let assessment = Assessment.of(
      .test([Made(), Made(complainant: "flat-4")]), under: .test(alternatives: [two]))
    #expect(assessment.outcome == .met && !assessment.met)
    #expect(assessment.counted == 2 && assessment.required == 3)
  }

  @Test func `no caveat narrows s.104(4)`() {
    let three = ApplicationFacts.test([Made(), Made(), Made()])
    for kind in Caveat.Kind.allCases {
      for route in RouteName.allCases {
        #expect(Assessment.of(three, under: .test(caveats: [Caveat(kind, on: route)])).met)
      }
    }
  }
}
