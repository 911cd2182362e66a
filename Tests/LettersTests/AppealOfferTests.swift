import CaseModel
import Foundation
import Policy
import PolicyDocuments
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

  static let packs = Result { try BuiltInPolicyDocuments.all.map(PolicyDocument.parse) }

  static func letter(
    _ pack: PolicyPack, _ outcome: Letter.ThresholdNotice.Outcome = .notMet,
    _ language: Language = .english
  ) -> String { Letter.ThresholdNotice.test(outcome, pack: pack).text(in: language) }

  @Test
  func `a real procedure's appeal is offered where it is against this decision, and no other`()
    throws
  {
    for pack in try Self.packs.get() where pack.area != nil {
      for outcome in [Letter.ThresholdNotice.Outcome.notMet, .met("s.104(4)")] {
        let text = Self.letter(pack, outcome)
        let isOffered = pack.appeal(about: .handling) != nil
        #expect(text.contains("You can appeal:") == isOffered, "\(pack.name)")
        #expect(text.contains("no appeal against this decision") != isOffered, "\(pack.name)")
        for wording in pack.procedure.wordings where wording.topic == .appeal {
          #expect(
            text.contains(wording.text) == (isOffered && wording.language == .english),
            "\(pack.name) \(pack.version)")
        }
      }
    }
  }

  /// Version 1 does not say that its words are about the review; a case that keeps it is not misled by them.
  @Test(arguments: ["1", "2"])
  func `Westminster publishes no appeal against it, and what remains is named`(version: String)
    throws
  {
    let pack = try #require(
      Self.packs.get().first { $0.name == "westminster" && $0.version == version })
    let english = Self.letter(pack)
    #expect(
      english.contains(
        "We know of no appeal against this decision that this area publishes. The law says that its procedure "
          + "must say what you can do if you are not satisfied (Schedule 4, paragraph 3)."))
    #expect(
      english.contains(
        "You can complain about how it was decided: to Westminster City Council first, then to the Local "
          + "Government and Social Care Ombudsman."))
    #expect(!english.contains("10 working days") && !english.contains("Head of Service"))
    let welsh = Self.letter(pack, .notMet, .welsh)
    #expect(welsh.contains("Nid ydym yn gwybod am unrhyw apêl yn erbyn y penderfyniad hwn"))
    #expect(welsh.contains("Yn gyntaf: Westminster City Council. Yna: Local Government"))
    // It comes with the outcome of the review, and stands on the public page.
    let page = ProcedurePage(pack: pack).markdown(in: .english)
    #expect(page.contains("10 working days") && page.contains("Head of Service"))
  }

  @Test func `where the law about it has begun, the local policing body remains too`() {
    let pack = PolicyPack.exmouth {
      $0.appeals = []
      $0.decision = DecisionPolicy(body: "police")
      $0.localPolicingBodies = [LocalPolicingBody(name: "The Commissioner", kind: .commissioner)]
      $0.commencements = [Commencement(.localPolicingBodyReview, from: day("2026-03-20"))]
    }
    let text = Self.letter(pack)
    #expect(text.contains("This area publishes no appeal against this decision."))
    #expect(
      text.contains("You can also ask the local policing body to look at it: The Commissioner."))
    // What the police decided is no matter for the ombudsman of councils.
    #expect(!text.contains("You can complain about how it was decided"))
  }

  @Test func `what is put off promises no appeal that is not there`() {
    let until = Letter.ThresholdNotice.Outcome.deferred(day("2026-04-10"))
    #expect(Self.letter(.exmouth(), until).contains("we will tell you how to appeal."))
    let none = Self.letter(.exmouth { $0.appeals = [] }, until)
    #expect(none.contains("we will tell you what you can do if you do not agree."))
    #expect(!none.contains("how to appeal"))
  }

  @Test func `words about one decision are quoted of that one alone`() {
    let pack = PolicyPack.exmouth {
      $0.wordings = [
        Wording(.appeal, about: .review, in: .english, text: "About the panel."),
        Wording(.appeal, about: .handling, in: .english, text: "About the threshold."),
        Wording(.appeal, in: .english, text: "About both."),
      ]
    }
    let text = Self.letter(pack)
    #expect(text.contains("“About the threshold.”") && text.contains("“About both.”"))
    #expect(!text.contains("About the panel."))
    let page = ProcedurePage(pack: pack).markdown(in: .english)
    for words in ["About the panel.", "About the threshold.", "About both."] {
      #expect(page.components(separatedBy: words).count == 2, "\(words)")
    }
  }

  @Test func `of several stages it says how many are left`() {
    func text(_ dismissed: Int) -> String {
      let pack = PolicyPack.exmouth {
        $0.appeals = [
          AppealPolicy(.handling, grounds: [.any], window: nil, handler: "", stages: 3)
        ]
      }
      return Letter.ThresholdNotice.test(.notMet, pack: pack) {
        $0.appeals = (0..<dismissed).map { index in
          Letter.Appeal(
            number: index + 1, subject: .handling, ground: .any, madeOn: day("2026-03-21"),
            verdict: .init(isUpheld: false, decidedOn: day("2026-03-22"), reason: ""))
        }
      }.text(in: .english)
    }
    #expect(text(0).contains("There are 3 stages.") && !text(0).contains("left."))
    #expect(text(1).contains("There are 3 stages. 2 of them are left."))
    #expect(text(2).contains("There are 3 stages. 1 of them is left."))
    #expect(!text(3).contains("You can appeal"))
  }
}
