import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct Section104Subsection5Tests {
  @Test(
    arguments: [
      ([.response, .persistence, .harm], [.weighPersistence, .weighHarm, .weighResponse]),
      ([.harm], [.weighHarm]), ([.response, .response], [.weighResponse]),
    ] as [([DiscretionaryFactor], [Reason.Code])])
  func `a person weighs what the procedure uses, in the Act's order`(
    factors: [DiscretionaryFactor], codes: [Reason.Code]
  ) throws {
    let routes = Assessment.of(.test([]), under: .test(factors: factors)).routes
    let route = try #require(routes.last)
    #expect(route.route == .discretionary && route.clause == "s.104(5)")
    #expect(route.toFind.map(\.code) == codes && route.outcome == .personDecides)
    #expect(route.complaints.isEmpty && route.required == 0 && route.counted == 0)
  }

  @Test func `a procedure that uses none has no such route`() {
    #expect(Assessment.of(.test([]), under: .test()).routes.map(\.route) == [.mandatory])
  }
}
