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
    _ grounds: [AppealPolicy.Ground] = [.any], stages: Int = 1
  ) -> AppealPolicy {
    AppealPolicy(.handling, grounds: grounds, window: nil, handler: "", stages: stages)
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

  @Test func `there are as many as there are stages, and one at least`() {
    #expect(Self.refusal(Self.policy(stages: 2), earlier: 1) == nil)
    #expect(Self.refusal(Self.policy(stages: 2), earlier: 2) == .noFurtherStage(2))
    #expect(Self.refusal(Self.policy(stages: 0)) == nil)
  }

  @Test(arguments: 1...5)
  func `each of n stages may be used, and none after the last`(stages: Int) {
    for used in 0..<stages {
      #expect(Self.refusal(Self.policy(stages: stages), earlier: used) == nil)
      #expect(Self.policy(stages: stages).stagesLeft(after: used) == stages - used)
    }
    for used in [stages, stages + 1, 100] {
      #expect(
        Self.refusal(Self.policy(stages: stages), earlier: used) == .noFurtherStage(stages))
      #expect(Self.policy(stages: stages).stagesLeft(after: used) == 0)
    }
  }

  static let verdicts: [([Bool?], Int)] = [
    ([], 0), ([nil], 1), ([false], 1), ([false, false], 2), ([false, false, nil], 3),
    // What was upheld led to another decision or another review: all stages are there again.
    ([true], 0), ([false, true], 0), ([false, true, false], 1), ([true, false, true, nil], 1),
  ]

  @Test(arguments: verdicts)
  func `appeals use up stages until one is upheld`(verdicts: [Bool?], used: Int) {
    #expect(AppealRules.stagesUsed(by: verdicts) == used)
  }

  @Test func `a refusal says what would be right`() {
    #expect(
      AppealRules.Refusal.noFurtherStage(1).message.contains("1 stage of appeal"))
    #expect(AppealRules.Refusal.groundNotInProcedure([.any]).message.hasSuffix("it has: any"))
  }
}
