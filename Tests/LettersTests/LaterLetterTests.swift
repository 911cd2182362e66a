import CaseModel
import Policy
import Testing

@testable import Letters

/// Letters about appeals and delays.
@Suite struct LaterLetterTests {
  static func appeal(
    _ verdict: Letter.Appeal.Verdict?, about subject: AppealPolicy.Subject = .handling,
    dueOn: CalendarDate? = nil
  ) -> Letter.AppealNotice {
    Letter.AppealNotice(
      appeal: Letter.Appeal(
        number: 1, subject: subject, ground: .factsNotConsidered, madeOn: day("2026-03-25"),
        dueOn: dueOn, verdict: verdict),
      pack: .exmouth(), caseReference: "EXM-2026-0007", on: day("2026-04-01"))
  }

  static func delay(newDueOn: CalendarDate?, source: String = "exmouth") -> Letter.DelayNotice {
    Letter.DelayNotice(
      stage: .decide, dueOn: day("2026-03-30"), newDueOn: newDueOn,
      reason: "The landlord has not answered yet.", pack: .exmouth(), source: source,
      caseReference: "EXM-2026-0007", on: day("2026-04-01"))
  }

  static func papers(_ language: Language) -> [Paper] {
    let upheld = Letter.Appeal.Verdict(
      isUpheld: true, decidedOn: day("2026-04-01"), reason: "A report was overlooked.")
    let dismissed = Letter.Appeal.Verdict(isUpheld: false, decidedOn: day("2026-04-01"), reason: "")
    return [
      appeal(nil), appeal(upheld), appeal(dismissed), appeal(nil, about: .review),
      appeal(upheld, about: .review), appeal(dismissed, about: .review),
    ].map { $0.paper(in: language) }
      + [delay(newDueOn: nil), delay(newDueOn: day("2026-04-20"), source: PolicyPack.defaultName)]
      .map { $0.paper(in: language) }
  }

  @Test func `an appeal is acknowledged with its day, who hears it and by when`() {
    let text = Self.appeal(nil, dueOn: day("2026-04-22")).text(in: .english)
    #expect(text.contains("We have the appeal that you made on 25 March 2026."))
    #expect(text.contains("Its ground: facts that matter were not looked at."))
    #expect(text.contains("It goes to: Head of Community Safety."))
    #expect(text.contains("We will tell you by 22 April 2026."))
    #expect(Self.appeal(nil).text(in: .english).contains("is not known to say by when"))
  }

  @Test func `the outcome of an appeal is first, then why, then what follows`() {
    let upheld = Self.appeal(
      .init(isUpheld: true, decidedOn: day("2026-04-01"), reason: "A report was overlooked."))
    let text = upheld.text(in: .english)
    #expect(text.contains("Your appeal was upheld on 1 April 2026."))
    #expect(text.contains("“A report was overlooked.”"))
    #expect(text.contains("The threshold will be decided again, by somebody who has not"))
    let dismissed = Self.appeal(.init(isUpheld: false, decidedOn: day("2026-04-01"), reason: ""))
      .text(in: .english)
    #expect(dismissed.contains("Your appeal was dismissed on 1 April 2026."))
    #expect(dismissed.contains("No reason was written down."))
    #expect(dismissed.contains("lgo.org.uk"))
  }

  @Test func `a dismissed appeal says that another stage is left, and whom it goes to`() {
    let dismissed = Letter.Appeal.Verdict(isUpheld: false, decidedOn: day("2026-04-01"), reason: "")
    func handling(_ number: Int, _ verdict: Letter.Appeal.Verdict?) -> Letter.Appeal {
      Letter.Appeal(
        number: number, subject: .handling, ground: .any, madeOn: day("2026-03-25"),
        verdict: verdict)
    }
    func text(
      _ appeal: Letter.Appeal, _ others: [Letter.Appeal] = [], stages: Int = 2,
      in language: Language = .english
    ) -> String {
      let pack = PolicyPack.exmouth {
        $0.appeals = [
          AppealPolicy(
            .handling, grounds: [.any], window: Period(10, .workingDays),
            handler: "Head of Community Safety", stages: stages)
        ]
      }
      return Letter.AppealNotice(
        appeal: appeal, others: others, pack: pack, caseReference: "EXM-2026-0007",
        on: day("2026-04-01")
      ).text(in: language)
    }
    let more =
      "You can appeal once more, to Head of Community Safety. "
      + "You have 10 working days after you are told."
    #expect(text(handling(1, dismissed)).contains(more))
    #expect(
      text(handling(1, dismissed), in: .welsh).contains(
        "Gallwch apelio unwaith eto, at: Head of Community Safety."))
    #expect(text(handling(1, dismissed)).contains("You can also complain about what a body did."))
    let upheld = Letter.Appeal.Verdict(isUpheld: true, decidedOn: day("2026-04-01"), reason: "")
    // The one that was upheld was against the decision before.
    #expect(text(handling(2, dismissed), [handling(1, upheld)]).contains(more))
    for none in [
      text(handling(1, dismissed), stages: 1), text(handling(1, upheld)),
      text(handling(1, dismissed), [handling(2, nil)]),
      text(handling(2, dismissed), [handling(1, dismissed)]),
    ] {
      #expect(!none.contains("once more") && none.contains("You can complain about what a body"))
    }
  }

  @Test(arguments: [
    (1, "You can appeal again, to A director. 3 stages of appeal are left. The time limit"),
    (2, "You can appeal again, to A director. 2 stages of appeal are left. The time limit"),
    (3, "You can appeal once more, to A director. The time limit"), (4, nil),
  ])
  func `of four stages it says how many are left after each`(number: Int, further: String?) {
    func appeal(_ number: Int, isUpheld: Bool = false) -> Letter.Appeal {
      Letter.Appeal(
        number: number, subject: .review, ground: .any, madeOn: day("2026-03-25"),
        verdict: .init(isUpheld: isUpheld, decidedOn: day("2026-04-01"), reason: ""))
    }
    let pack = PolicyPack.exmouth {
      $0.appeals = [
        AppealPolicy(.review, grounds: [.any], window: nil, handler: "A director", stages: 4)
      ]
    }
    func text(_ appeal: Letter.Appeal, _ others: [Letter.Appeal], in language: Language = .english)
      -> String
    {
      Letter.AppealNotice(
        appeal: appeal, others: others, pack: pack, caseReference: "EXM-2026-0007",
        on: day("2026-04-01")
      ).text(in: language)
    }
    let before = (1..<number).map { appeal($0) }
    let english = text(appeal(number), before)
    #expect(english.contains(further ?? "You can complain about what a body did."))
    #expect(english.contains("You can appeal") == (further != nil))
    let welsh = text(appeal(number), before, in: .welsh)
    #expect(welsh.contains("Gallwch apelio eto, at: A director.") == (number < 3))
    #expect(welsh.contains("Nifer y camau apelio sydd ar ôl: \(4 - number).") == (number < 3))
    // What an upheld appeal had carried out again is another review, with all stages before it.
    let anew = text(appeal(number + 1), before + [appeal(number, isUpheld: true)])
    #expect(anew.contains("3 stages of appeal are left."))
  }

  @Test func `any reason is no ground to tell, and whoever is right has nothing not to agree with`()
  {
    let upheld = Letter.Appeal.Verdict(isUpheld: true, decidedOn: day("2026-04-01"), reason: "")
    let notice = Letter.AppealNotice(
      appeal: Letter.Appeal(
        number: 1, subject: .handling, ground: .any, madeOn: day("2026-03-25"), verdict: upheld),
      pack: .exmouth(), caseReference: "EXM-2026-0007", on: day("2026-04-01"))
    let text = notice.text(in: .english)
    #expect(!text.contains("any reason"))
    #expect(text.contains("If you want to complain") && !text.contains("If you do not agree"))
    #expect(notice.text(in: .welsh).contains("Os ydych am gwyno"))
    #expect(
      Self.appeal(nil).text(in: .english).contains(
        "Whoever decides it has decided nothing in your case before."))
  }

  @Test(arguments: [
    (Clock.Stage.decide, "the decision about the threshold", "y penderfyniad ar y trothwy"),
    (.information, "the answers of the bodies", "atebion y cyrff"),
    (.panel, "the panel's meeting", "cyfarfod y panel"),
  ])
  func `what is late has a name of its own`(stage: Clock.Stage, english: String, welsh: String) {
    let notice = Letter.DelayNotice(
      stage: stage, dueOn: day("2026-03-30"), newDueOn: nil, reason: "Why.", pack: .exmouth(),
      source: "exmouth", caseReference: "EXM-2026-0007", on: day("2026-04-01"))
    #expect(
      notice.text(in: .english).contains("We are late with this: \(english). We are sorry."))
    #expect(notice.text(in: .welsh).contains("Rydym yn hwyr gyda hyn: \(welsh)."))
  }

  @Test func `a delay is told with the day that was missed, why, and the new aim if there is one`()
  {
    let open = Self.delay(newDueOn: nil).text(in: .english)
    #expect(open.contains("The last day for it was 30 March 2026."))
    #expect(open.contains("“The landlord has not answered yet.”"))
    #expect(open.contains("We cannot give you a new day yet."))
    let extended = Self.delay(newDueOn: day("2026-04-20"), source: PolicyPack.defaultName)
      .text(in: .english)
    #expect(extended.contains("We now aim for 20 April 2026."))
    #expect(extended.contains("Our procedure gives no time for this."))
  }

  @Test func `a stage is late by its newest clock; what was late before that is another matter`() {
    func lateness(due: String?, done: String? = nil, isLate: Bool = true, delays: String...)
      -> Letter.Lateness
    {
      Letter.Lateness(
        from: day("2026-03-20"), dueOn: due.map(day), doneOn: done.map(day), isLate: isLate,
        delays: delays.map(day), today: day("2026-04-15"))
    }
    #expect(lateness(due: "2026-04-10", done: "2026-04-13") == .done(day("2026-04-13")))
    #expect(lateness(due: "2026-04-20", isLate: false, delays: "2026-03-10") == .inTime)
    #expect(
      lateness(due: "2026-04-10", delays: "2026-03-10")
        == .late(dueOn: day("2026-04-10"), newDueOn: nil))
    // One that was given more time, and one that stands still.
    #expect(
      lateness(due: "2026-04-20", isLate: false, delays: "2026-03-10", "2026-04-10")
        == .late(dueOn: day("2026-04-10"), newDueOn: day("2026-04-20")))
    #expect(
      lateness(due: nil, delays: "2026-04-10") == .late(dueOn: day("2026-04-10"), newDueOn: nil))
  }

  @Test(arguments: Language.allCases)
  func `they are short, well-formed, and the same in both languages`(language: Language) throws {
    for paper in Self.papers(language) {
      let page = try #require(Page(paper.html))
      #expect(page.elements.first?.attributes["lang"] == language.rawValue)
      for sentence in ReadabilityTests.sentences(paper) {
        #expect(ReadabilityTests.words(sentence) <= ReadabilityTests.wordsLimit, "\(sentence)")
      }
    }
    let counts = Self.papers(language).map(\.blocks.count)
    #expect(counts == Self.papers(.english).map(\.blocks.count))
  }
}
