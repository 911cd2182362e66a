import CaseModel
import Policy
import Testing
import ThresholdRules

@testable import Letters

/// Where a letter about the threshold says how to appeal, and by when.
@Suite struct AppealOfferTests {
  @Test func `an appeal is offered only where it would be taken`() {
    func text(
      _ verdicts: [Bool?], _ outcome: Letter.ThresholdNotice.Outcome = .notMet, stages: Int = 1,
      replaces: CalendarDate? = nil, on: CalendarDate = day("2026-03-20")
    ) -> String {
      let pack = PolicyPack.exmouth {
        $0.appeals = [
          AppealPolicy(.handling, grounds: [.any], window: nil, handler: "", stages: stages)
        ]
      }
      return Letter.ThresholdNotice.test(outcome, pack: pack) {
        $0.replaces = replaces
        $0.appeals = verdicts.enumerated().map { index, isUpheld in
          Letter.Appeal(
            number: index + 1, subject: .handling, ground: .any, madeOn: on,
            verdict: isUpheld.map { .init(isUpheld: $0, decidedOn: on, reason: "") })
        }
      }.text(in: .english)
    }
    let first = day("2026-03-10")
    for offered in [
      text([]), text([false], stages: 2), text([true], replaces: first),
      text([false, true, false], stages: 2, replaces: first),
    ] {
      #expect(offered.contains("You can appeal:"))
      #expect(offered.contains("You can do this for any reason."))
      #expect(offered.contains("You can also complain about what a body did."))
    }
    for closed in [
      text([nil]), text([true]), text([false]), text([false, false], stages: 2),
      text([true, nil], replaces: first), text([true, false], replaces: first),
      text([true], replaces: first, on: day("2026-03-23")),
    ] {
      #expect(!closed.contains("You can appeal"))
      #expect(closed.contains("You can complain about what a body did."))
    }
    let deferred = text([], .deferred(day("2026-04-10")))
    #expect(!deferred.contains("You can appeal"))
    #expect(deferred.contains("When we have decided, we will tell you how to appeal."))
  }

  @Test func `a last day that is past when the letter is written is not told`() {
    func text(_ written: String) -> String {
      Letter.ThresholdNotice(
        assessment: .test(), outcome: .notMet, pack: .exmouth(), caseReference: "EXM-2026-0007",
        decidedOn: day("2026-03-20"), writtenOn: day(written), decidedBy: "Exmouth Council"
      ).text(in: .english)
    }
    #expect(text("2026-04-07").contains("So you have until 7 April 2026 at least."))
    #expect(text("2026-04-08").contains("You have 10 working days after you are told."))
    #expect(!text("2026-04-08").contains("So you have until"))
  }
}
