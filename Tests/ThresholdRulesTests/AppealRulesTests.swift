import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct AppealRulesTests {
  /// Made on 16 March 2026 unless told, against a decision of 2 March.
  static func refusal(
    _ policy: AppealPolicy?, on ground: AppealPolicy.Ground = .thresholdWasMet,
    made: String = "2026-03-16", from: String? = "2026-03-02", earlier: Int = 0
  ) throws -> AppealRules.Refusal? {
    try AppealRules.refusal(
      on: ground, madeOn: day(made), under: policy, countedFrom: from.map(day), earlier: earlier,
      in: .englandAndWales)
  }

  static func policy(
    _ grounds: [AppealPolicy.Ground] = [.any], window: Period? = nil, stages: Int = 1
  ) -> AppealPolicy {
    AppealPolicy(.handling, grounds: grounds, window: window, handler: "", stages: stages)
  }

  @Test func `a procedure that says nothing keeps nobody from an appeal`() throws {
    for ground in AppealPolicy.Ground.allCases {
      #expect(try Self.refusal(nil, on: ground, earlier: 9) == nil)
      #expect(try Self.refusal(Self.policy([]), on: ground) == nil)
      #expect(try Self.refusal(Self.policy([.any]), on: ground) == nil)
    }
  }

  @Test func `the grounds are the procedure's`() throws {
    let two = Self.policy([.processNotConsidered, .factsNotConsidered])
    #expect(try Self.refusal(two, on: .factsNotConsidered) == nil)
    for ground in [AppealPolicy.Ground.thresholdWasMet, .any] {
      #expect(try Self.refusal(two, on: ground) == .groundNotInProcedure(two.grounds))
    }
  }

  @Test(
    arguments: [
      (Period(14, .days), "2026-03-16", "2026-03-17"),
      (Period(2, .weeks), "2026-03-16", "2026-03-17"),
      (Period(1, .months), "2026-04-02", "2026-04-03"),
      (Period(10, .workingDays), "2026-03-16", "2026-03-17"),
    ])
  func `the last day is in time, the next is not`(
    window: Period, last: String, late: String
  ) throws {
    let policy = Self.policy(window: window)
    #expect(try Self.refusal(policy, made: last) == nil)
    #expect(try Self.refusal(policy, made: late) == .tooLate(lastDay: day(last)))
    #expect(try Self.refusal(policy, made: late, from: nil) == nil)
  }

  @Test func `there are as many as there are stages, and one at least`() throws {
    #expect(try Self.refusal(Self.policy(stages: 2), earlier: 1) == nil)
    #expect(try Self.refusal(Self.policy(stages: 2), earlier: 2) == .noFurtherStage(2))
    #expect(try Self.refusal(Self.policy(stages: 0)) == nil)
  }

  @Test func `a refusal says what would be right`() {
    #expect(
      AppealRules.Refusal.tooLate(lastDay: day("2026-03-16")).message
        == "the last day for this appeal was 16 March 2026 (2026-03-16)")
    #expect(
      AppealRules.Refusal.noFurtherStage(1).message.contains("1 stage of appeal"))
    #expect(AppealRules.Refusal.groundNotInProcedure([.any]).message.hasSuffix("it has: any"))
  }
}
