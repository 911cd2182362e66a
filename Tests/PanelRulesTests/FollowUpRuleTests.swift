import CaseModel
import PanelRules
import Testing

@Suite struct FollowUpRuleTests {
  static func day(_ text: String) -> CalendarDate { PanelDateTests.day(text) }

  static let madeOn = day("2026-03-16")
  static let today = day("2026-04-01")

  static func facts(
    askedBy: String? = nil, answer: FollowUp.GivenAnswer? = nil, action: ActionState? = nil,
    answers: Int? = nil, reports: Int = 0
  ) -> FollowUp {
    FollowUp(
      madeOn: madeOn, answerDueOn: day("2026-04-29"), askedBy: askedBy.map(day), answer: answer,
      action: action, answers: answers ?? (answer == nil ? 0 : 1), reports: reports)
  }

  static let accepted = FollowUp.GivenAnswer(
    .accepted, on: day("2026-03-20"), doBy: day("2026-05-01"))
  static let declined = FollowUp.GivenAnswer(.notAccepted, on: day("2026-03-20"), doBy: nil)

  struct AnswerRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let facts: FollowUp
    let answer: RecommendationAnswer
    var on = today
    var doBy: CalendarDate?
    var hasReason = false
    let fault: FollowUp.Fault?
  }

  static let answers: [AnswerRow] = [
    .init(
      testDescription: "all of it, by a day", facts: facts(), answer: .accepted,
      doBy: day("2026-05-01"), fault: nil),
    .init(
      testDescription: "all of it, by the day asked for", facts: facts(askedBy: "2026-05-01"),
      answer: .accepted, fault: nil),
    .init(
      testDescription: "sooner than asked", facts: facts(askedBy: "2026-05-01"), answer: .accepted,
      doBy: day("2026-04-01"), fault: nil),
    .init(
      testDescription: "no day at all", facts: facts(), answer: .accepted, fault: .dayMissing),
    .init(
      testDescription: "later than asked, without a reason", facts: facts(askedBy: "2026-05-01"),
      answer: .accepted, doBy: day("2026-05-02"), fault: .reasonMissing),
    .init(
      testDescription: "later than asked, with a reason", facts: facts(askedBy: "2026-05-01"),
      answer: .accepted, doBy: day("2026-05-02"), hasReason: true, fault: nil),
    .init(
      testDescription: "later than promised, without a reason", facts: facts(answer: accepted),
      answer: .accepted, doBy: day("2026-06-01"), fault: .reasonMissing),
    .init(
      testDescription: "in part, without a reason", facts: facts(), answer: .acceptedInPart,
      doBy: day("2026-05-01"), fault: .reasonMissing),
    .init(
      testDescription: "not, without a reason", facts: facts(), answer: .notAccepted,
      fault: .reasonMissing),
    .init(
      testDescription: "not, with a reason", facts: facts(), answer: .notAccepted, hasReason: true,
      fault: nil),
    .init(
      testDescription: "not, and by a day", facts: facts(), answer: .notAccepted,
      doBy: day("2026-05-01"), hasReason: true, fault: .dayOfRefusal),
    .init(
      testDescription: "accepted after it was not", facts: facts(answer: declined),
      answer: .accepted, doBy: day("2026-05-01"), fault: nil),
    .init(
      testDescription: "on the day of the meeting", facts: facts(), answer: .accepted, on: madeOn,
      doBy: madeOn, fault: nil),
    .init(
      testDescription: "before the meeting", facts: facts(), answer: .accepted,
      on: day("2026-03-15"), doBy: day("2026-05-01"), fault: .beforeMeeting),
    .init(
      testDescription: "tomorrow", facts: facts(), answer: .accepted, on: day("2026-04-02"),
      doBy: day("2026-05-01"), fault: .inFuture),
    .init(
      testDescription: "before the answer that is there", facts: facts(answer: accepted),
      answer: .accepted, on: day("2026-03-19"), doBy: day("2026-05-01"), fault: .beforeAnswer),
    .init(
      testDescription: "after it was done", facts: facts(answer: accepted, action: .done),
      answer: .accepted, fault: .alreadyDone),
    .init(
      testDescription: "by a day that is over", facts: facts(), answer: .accepted,
      doBy: day("2026-03-31"), fault: .dayBeforeAnswer),
    .init(
      testDescription: "on the last day that is not too far", facts: facts(), answer: .accepted,
      doBy: today.adding(days: FollowUp.doByDaysLimit), fault: nil),
    .init(
      testDescription: "a day too far", facts: facts(), answer: .accepted,
      doBy: today.adding(days: FollowUp.doByDaysLimit + 1), fault: .dayTooFar),
    .init(
      testDescription: "the last of as many as can be",
      facts: facts(answer: accepted, answers: FollowUp.answersLimit - 1), answer: .accepted,
      fault: nil),
    .init(
      testDescription: "one too many",
      facts: facts(answer: accepted, answers: FollowUp.answersLimit),
      answer: .accepted, fault: .tooMany),
  ]

  @Test(arguments: answers)
  func `an answer says why a body does less, or does it later`(row: AnswerRow) {
    let fault = row.facts.fault(
      row.answer, on: row.on, doBy: row.doBy, hasReason: row.hasReason, today: Self.today)
    #expect(fault == row.fault)
  }

  struct ReportRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let facts: FollowUp
    let action: ActionState
    var on = today
    var hasText = false
    var hasEvidence = false
    let fault: FollowUp.Fault?
  }

  static let reports: [ReportRow] = [
    .init(
      testDescription: "done, with evidence", facts: facts(answer: accepted), action: .done,
      hasEvidence: true, fault: nil),
    .init(
      testDescription: "done, without", facts: facts(answer: accepted), action: .done,
      hasText: true, fault: .evidenceMissing),
    .init(
      testDescription: "under way, without a word", facts: facts(answer: accepted),
      action: .underWay, hasEvidence: true, fault: .textMissing),
    .init(
      testDescription: "not done, with why", facts: facts(answer: accepted), action: .notDone,
      hasText: true, fault: nil),
    .init(
      testDescription: "put right after done", facts: facts(answer: accepted, action: .done),
      action: .underWay, hasText: true, fault: nil),
    .init(
      testDescription: "before the answer, after the meeting", facts: facts(answer: accepted),
      action: .done, on: madeOn, hasEvidence: true, fault: nil),
    .init(
      testDescription: "before the meeting", facts: facts(answer: accepted), action: .done,
      on: day("2026-03-15"), hasEvidence: true, fault: .beforeMeeting),
    .init(
      testDescription: "tomorrow", facts: facts(answer: accepted), action: .done,
      on: day("2026-04-02"), hasEvidence: true, fault: .inFuture),
    .init(
      testDescription: "not answered", facts: facts(), action: .done, hasEvidence: true,
      fault: .notAnswered),
    .init(
      testDescription: "not accepted", facts: facts(answer: declined), action: .done,
      hasEvidence: true, fault: .notAccepted),
    .init(
      testDescription: "the last of as many as can be",
      facts: facts(answer: accepted, reports: FollowUp.reportsLimit - 1), action: .done,
      hasEvidence: true, fault: nil),
    .init(
      testDescription: "one too many",
      facts: facts(answer: accepted, reports: FollowUp.reportsLimit),
      action: .done, hasEvidence: true, fault: .tooMany),
  ]

  @Test(arguments: reports)
  func `a report says what shows it, or why it is not done`(row: ReportRow) {
    let fault = row.facts.fault(
      row.action, on: row.on, hasText: row.hasText, hasEvidence: row.hasEvidence,
      today: Self.today)
    #expect(fault == row.fault)
  }

  @Test func `an answer is waited for, then the action, then nothing`() {
    let open = Self.facts()
    #expect(open.awaited == .answer && open.dueOn == Self.day("2026-04-29"))
    let accepted = Self.facts(answer: Self.accepted)
    #expect(accepted.awaited == .action && accepted.dueOn == Self.day("2026-05-01"))
    #expect(Self.facts(answer: Self.accepted, action: .underWay).awaited == .action)
    #expect(Self.facts(answer: Self.accepted, action: .done).awaited == nil)
    #expect(Self.facts(answer: Self.accepted, action: .notDone).awaited == nil)
    #expect(Self.facts(answer: Self.declined).awaited == nil)
  }

  @Test func `the last day counts as in time`() {
    let open = Self.facts()
    #expect(!open.isOverdue(on: Self.day("2026-04-29")))
    #expect(open.isOverdue(on: Self.day("2026-04-30")))
    #expect(!Self.facts(answer: Self.declined).isOverdue(on: Self.day("2027-01-01")))
  }

  // MARK: What always holds

  /// A life of a recommendation: answers and reports as they come, those that are refused left out.
  private static func life(
    using generator: inout some RandomNumberGenerator
  ) -> [FollowUp] {
    var now = facts(askedBy: Bool.random(using: &generator) ? "2026-05-01" : nil)
    var day = madeOn
    var course = [now]
    for _ in 0..<Int.random(in: 0..<40, using: &generator) {
      day = day.adding(days: Int.random(in: 0..<20, using: &generator))
      let hasWords = Bool.random(using: &generator)
      if Bool.random(using: &generator) {
        let answer = RecommendationAnswer.allCases.randomElement(using: &generator) ?? .accepted
        let doBy =
          Bool.random(using: &generator)
          ? day.adding(days: Int.random(in: -3..<900, using: &generator)) : nil
        guard now.fault(answer, on: day, doBy: doBy, hasReason: hasWords, today: day) == nil else {
          continue
        }
        now = FollowUp(
          madeOn: madeOn, answerDueOn: now.answerDueOn, askedBy: now.askedBy,
          answer: .init(answer, on: day, doBy: now.doBy(after: answer, naming: doBy)),
          answers: now.answers + 1, reports: now.reports)
      } else {
        let action = ActionState.allCases.randomElement(using: &generator) ?? .done
        guard
          now.fault(action, on: day, hasText: hasWords, hasEvidence: hasWords, today: day) == nil
        else { continue }
        now = FollowUp(
          madeOn: madeOn, answerDueOn: now.answerDueOn, askedBy: now.askedBy, answer: now.answer,
          action: action, answers: now.answers, reports: now.reports + 1)
      }
      course.append(now)
    }
    return course
  }

  @Test func `whatever is put on record, what was accepted has a day and what was not has none`() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      for facts in Self.life(using: &generator) {
        #expect(facts.answers <= FollowUp.answersLimit && facts.reports <= FollowUp.reportsLimit)
        guard let answer = facts.answer else {
          #expect(facts.awaited == .answer && facts.action == nil, "\(facts)")
          continue
        }
        #expect((facts.doBy != nil) == answer.answer.accepts, "\(facts)")
        #expect((answer.doBy != nil) == answer.answer.accepts, "\(facts)")
        #expect(
          (facts.awaited == .action)
            == (answer.answer.accepts && facts.action?.ends != true), "\(facts)")
        #expect((facts.dueOn == nil) == (facts.awaited == nil), "\(facts)")
      }
    }
  }
}
