import CaseModel
import Policy
import Testing

@testable import Letters

/// What an ombudsman found missing: reasons, and the right to appeal, in the letter that tells the outcome.
@Suite struct OutcomeNoticeTests {
  static func pack(stages: Int = 1, reviewAppeal: Bool = true) -> PolicyPack {
    .exmouth {
      $0.appeals = [
        AppealPolicy(
          .handling, grounds: [.any], window: Period(10, .workingDays), handler: "Head of Handling")
      ]
      if reviewAppeal {
        $0.appeals.append(
          AppealPolicy(
            .review, grounds: [.processNotConsidered], window: Period(10, .workingDays),
            handler: "Head of Reviews", stages: stages))
      }
    }
  }

  static func text(
    _ pack: PolicyPack = pack(), reason: String = "Because.",
    recommendations: [Letter.OutcomeNotice.Recommendation] = [.init(to: "police", "Patrol.")],
    answersBy: Letter.Deadline? = nil, appeals: [Letter.Appeal] = []
  ) -> String {
    NoticeFactsTests.text(
      NoticeSample.outcome(
        pack, recommendations, reason: reason, answersBy: answersBy, appeals: appeals))
  }

  static func appeal(
    _ number: Int, about subject: AppealPolicy.Subject = .review,
    upheld: Bool?, decidedOn: String = "2026-04-20"
  ) -> Letter.Appeal {
    Letter.Appeal(
      number: number, subject: subject, ground: .any, madeOn: day("2026-04-16"),
      verdict: upheld.map { .init(isUpheld: $0, decidedOn: day(decidedOn), reason: "") })
  }

  @Test func `the outcome says what was recommended, to whom, and why`() {
    let text = Self.text()
    #expect(text.contains("It made 1 recommendation."))
    #expect(text.contains("- To Devon & Cornwall Police: “Patrol.”"))
    #expect(text.contains("“Because.”"))
    #expect(Self.text(recommendations: []).contains("It made no recommendation."))
    #expect(Self.text(reason: "").contains("No reason was written down."))
  }

  @Test func `by when a body answers is a duty, an aim, or not known`() {
    let own = Self.text(answersBy: Letter.Deadline(day("2026-05-14"), source: "exmouth"))
    #expect(own.contains("They must answer with reasons by 14 May 2026."))
    let lent = Self.text(answersBy: Letter.Deadline(day("2026-05-14"), source: "lender"))
    #expect(lent.contains("We ask them to answer with reasons by 14 May 2026. Our procedure"))
    #expect(Self.text().contains("Our procedure is not known to say by when."))
  }

  @Test func `the outcome carries the appeal about the review, and no other`() {
    let text = Self.text()
    #expect(text.contains("You can appeal: you ask for a second look at how the review was"))
    #expect(text.contains("Your appeal goes to: Head of Reviews."))
    #expect(text.contains("So you have until 29 April 2026 at least."))
    #expect(!text.contains("Head of Handling"))
    #expect(text.contains("lgo.org.uk"))
  }

  @Test func `a procedure that is silent about it is said to be, with what the law asks`() {
    let text = Self.text(Self.pack(reviewAppeal: false))
    #expect(text.contains("We do not know what the published procedure says about this."))
    #expect(text.contains("(Schedule 4, paragraph 3)"))
  }

  @Test func `an appeal is offered only while it would be taken`() {
    func offers(_ appeals: [Letter.Appeal], stages: Int = 1) -> Bool {
      Self.text(Self.pack(stages: stages), appeals: appeals).contains("You can appeal")
    }
    #expect(offers([]))
    #expect(!offers([Self.appeal(1, upheld: nil)]))
    #expect(!offers([Self.appeal(1, upheld: false)]))
    #expect(offers([Self.appeal(1, upheld: false)], stages: 2))
    #expect(!offers([Self.appeal(1, upheld: true)]))
    // It led to this review, which can be appealed against anew.
    #expect(offers([Self.appeal(1, upheld: true, decidedOn: "2026-04-01")]))
    #expect(offers([Self.appeal(1, about: .handling, upheld: false)]))
  }
}
