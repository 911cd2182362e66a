import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct AppealRulesTests {
  static func refusal(
    _ policy: AppealPolicy?, on ground: AppealPolicy.Ground = .thresholdWasMet, earlier: Int = 0
  ) -> AppealRules.Refusal? {
    AppealRules.refusal(on: ground, under: policy, earlier: earlier)
  }

  static func policy(
    _ grounds: [AppealPolicy.Ground] = [.any], window: Period? = nil, stages: Int = 1
  ) -> AppealPolicy {
    AppealPolicy(.handling, grounds: grounds, window: window, handler: "", stages: stages)
  }

  @Test func `a procedure that says nothing keeps nobody from an appeal`() {
    for ground in AppealPolicy.Ground.allCases {
      #expect(Self.refusal(nil, on: ground, earlier: 9) == nil)
      #expect(Self.refusal(Self.policy([]), on: ground) == nil)
      #expect(Self.refusal(Self.policy([.any]), on: ground) == nil)
    }
  }

  @Test func `the grounds are the procedure's`() {
    let two = Self.policy([.processNotConsidered, .factsNotConsidered])
    #expect(Self.refusal(two, on: .factsNotConsidered) == nil)
    for ground in [AppealPolicy.Ground.thresholdWasMet, .any] {
      #expect(Self.refusal(two, on: ground) == .groundNotInProcedure(two.grounds))
    }
  }

  @Test(arguments: [nil, Period(1, .days), Period(10, .workingDays)])
  func `no window bars an appeal`(window: Period?) {
    #expect(Self.refusal(Self.policy(window: window)) == nil)
  }

  @Test func `there are as many as there are stages, and one at least`() {
    #expect(Self.refusal(Self.policy(stages: 2), earlier: 1) == nil)
    #expect(Self.refusal(Self.policy(stages: 2), earlier: 2) == .noFurtherStage(2))
    #expect(Self.refusal(Self.policy(stages: 0)) == nil)
  }

  @Test func `a refusal says what would be right`() {
    #expect(
      AppealRules.Refusal.noFurtherStage(1).message.contains("1 stage of appeal"))
    #expect(AppealRules.Refusal.groundNotInProcedure([.any]).message.hasSuffix("it has: any"))
  }
}
