import CaseModel
import Foundation
import Policy
import Testing
import ThresholdRules

@testable import Letters

@Suite struct ThresholdNoticeTests {
  static func notice(_ name: String) throws -> Letter.ThresholdNotice {
    try #require(Sample.all.first { $0.name == name }).notice()
  }

  @Test(arguments: [
    ("met", "We have decided that there will be an ASB case review"),
    ("met-local", "We have decided that there will be an ASB case review"),
    ("met-in-doubt", "We have decided that there will be an ASB case review"),
    ("not-met", "We have decided that the threshold for an ASB case review is not met"),
    ("deferred", "We have not decided yet: we will decide by 10 April 2026"),
  ])
  func `the first sentence is the decision`(name: String, decision: String) throws {
    let paragraphs = try Self.notice(name).text(in: .english).components(separatedBy: "\n\n")
    #expect(paragraphs.count > 3 && paragraphs[2].hasPrefix(decision))
  }

  @Test func `every complaint has a line with its number, day and body`() throws {
    let text = try Self.notice("not-met").text(in: .english)
    #expect(text.contains("- Complaint 1, made on 2 February 2026 (Devon & Cornwall Police). "))
    #expect(text.contains("- Complaint 4, made on 1 September 2025 (Devon & Cornwall Police). "))
  }

  @Test func `without the complaints at hand, days come from the reasons`() {
    let text = Letter.ThresholdNotice.test(.notMet, showsComplaints: false).text(in: .english)
    #expect(text.contains("- Complaint 1, made on 2 March 2026. It counts"))
    #expect(
      text.contains("- Complaint 3, made between 7 March 2026 and 9 March 2026. It counts as one"))
  }

  @Test func `a complaint that a body disputes is said to count all the same`() throws {
    let text = try Self.notice("not-met").text(in: .english)
    #expect(
      text.contains(
        "Plymouth City Council says that it was not reported. You told us that it was reported on "
          + "6 February 2026. We used what you told us, and counted it all the same."))
    #expect(text.contains("We asked 6 bodies for information. 4 answered, 1 refused, 1 is late."))
  }

  @Test func `where no benefit of the doubt is given, a disputed complaint can still be shown`() {
    let pack = PolicyPack.exmouth { $0.decision = DecisionPolicy(givesBenefitOfTheDoubt: false) }
    let evidence = Evidence(findings: [
      .init(complaint: 1, body: "council", standing: .bodyDisputes)
    ])
    let text = Letter.ThresholdNotice.test(.notMet, pack: pack, evidence: evidence)
      .text(in: .english)
    #expect(
      text.contains(
        "because Exmouth Council says that it was not reported. If you have a record of it"))
    #expect(!text.contains("counted it all the same."))
  }

  @Test func `a refusal without a written reason says so`() {
    let said = "No other reason was written down."
    #expect(Letter.ThresholdNotice.test(.notMet).text(in: .english).contains(said))
    for other in [
      Letter.ThresholdNotice.test(.notMet, reason: "Why."), .test(.deferred(day("2026-04-10"))),
    ] {
      #expect(!other.text(in: .english).contains(said))
    }
  }

  @Test func `what is put off although enough complaints count asks for no more of them`() {
    let pack = PolicyPack.exmouth(mandatory: MandatoryRule(required: 2))
    let text = Letter.ThresholdNotice.test(.deferred(day("2026-04-10")), pack: pack)
      .text(in: .english)
    #expect(text.contains("So far 2 count.") && text.contains("No more are needed."))
  }

  @Test func `a letter says whom to reach, if the procedure does`() throws {
    let text = try Self.notice("not-met").text(in: .english)
    #expect(text.contains("Safer Communities Team, Plymouth City Council. Please give your case"))
    let unknown = Letter.ThresholdNotice.test(.notMet).text(in: .english)
    #expect(!unknown.contains("How to reach us"))
  }

  @Test func `that the threshold was met is no ground where it is`() {
    func text(_ outcome: Letter.ThresholdNotice.Outcome) -> String {
      Letter.ThresholdNotice.test(outcome).text(in: .english)
    }
    #expect(text(.notMet).contains("you think that the threshold was met"))
    #expect(!text(.met("Exmouth procedure, part 3")).contains("you think that the threshold was"))
  }

  @Test func `the words of the rules themselves stay out of letters`() throws {
    for sample in Sample.all {
      for language in Language.allCases {
        let text = try sample.notice().text(in: language)
        for word in [
          "s.104", "NOT_MET", "PERSON_DECIDES", "A person must find", "-council", "-police",
        ] {
          #expect(!text.contains(word), "\(sample.name): \(word)")
        }
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `a letter that refuses does not blame`(language: Language) throws {
    let text = try Self.notice("not-met").text(in: language).lowercased()
    for word in [
      "you failed", "you should have", "your fault", "unfortunately", "invalid", "vexatious",
      "too late", "eich bai", "dylech fod wedi",
    ] {
      #expect(!text.contains(word))
    }
  }

  @Test func `what would change it is in every letter that refuses or waits, in no other`() throws {
    for sample in Sample.all {
      let notice = try sample.notice()
      let isMet = if case .met = notice.outcome { true } else { false }
      #expect(notice.text(in: .english).contains("What would change this") == !isMet)
    }
  }

  @Test func `by when the panel meets is what is set for the review, and is never counted here`() {
    func text(by source: String?, _ language: Language = .english) -> String {
      Letter.ThresholdNotice.test(.met("Exmouth procedure, part 3")) {
        $0.panelBy = source.map { Letter.Deadline(day("2026-05-05"), source: $0) }
      }.text(in: language)
    }
    #expect(
      text(by: "exmouth").contains("This meeting is called a panel. It must meet by 5 May 2026."))
    #expect(text(by: "exmouth", .welsh).contains("Rhaid iddo gyfarfod erbyn 5 Mai 2026."))
    #expect(
      text(by: PolicyPack.defaultName)
        .contains("Our procedure gives no time for this. We aim for 5 May 2026 at the latest."))
    #expect(text(by: nil).contains("We do not know the day yet. We will tell you."))
    #expect(!text(by: nil).contains("It must meet by"), "the pack's own clock would say 21 April")
  }

  @Test func `a panel's day that has gone by is said to be missed, and one that it met is told`() {
    func text(
      by source: String = "exmouth", met: CalendarDate? = nil, _ language: Language = .english
    ) -> String {
      var circumstances = Letter.Circumstances()
      circumstances.panelBy = Letter.Deadline(day("2026-05-05"), source: source)
      circumstances.panelMetOn = met
      return Letter.ThresholdNotice(
        assessment: .test(), outcome: .met("Exmouth procedure, part 3"), pack: .exmouth(),
        caseReference: "EXM-2026-0007", decidedOn: day("2026-03-20"),
        writtenOn: day("2026-05-06"), decidedBy: "Exmouth Council", circumstances: circumstances
      ).text(in: language)
    }
    let late = "We are late, and we are sorry. We will tell you the new day."
    #expect(text().contains("It had to meet by 5 May 2026. " + late))
    #expect(text(.welsh).contains("Roedd yn rhaid iddo gyfarfod erbyn 5 Mai 2026."))
    #expect(text(by: PolicyPack.defaultName).contains("Our aim was 5 May 2026. " + late))
    let met = text(met: day("2026-05-05"))
    #expect(met.contains("It met on 5 May 2026.") && !met.contains(late))
  }

  @Test func `each nation has its own ombudsman`() {
    let england = Letter.ThresholdNotice.test(.notMet).text(in: .english)
    #expect(england.contains("lgo.org.uk") && england.contains("housing-ombudsman.org.uk"))
    #expect(!england.contains("ombudsman.wales"))
    let wales = Letter.ThresholdNotice.test(.notMet, pack: .exmouth(nation: .wales))
      .text(in: .english)
    #expect(wales.contains("ombudsman.wales") && !wales.contains("lgo.org.uk"))
    for text in [england, wales] { #expect(text.contains("Complain to that body first.")) }
  }

  @Test func `an appeal of which little is known says what is not known`() {
    let pack = PolicyPack.exmouth {
      $0.appeals = [AppealPolicy(.handling, grounds: [], window: nil, handler: "")]
    }
    let text = Letter.ThresholdNotice.test(.notMet, pack: pack).text(in: .english)
    #expect(text.contains("Who hears it is not known."))
    #expect(text.contains("The time limit is not known."))
    #expect(text.contains("The grounds are not known."))
  }

  @Test func `the local policing body is named once the law about it has begun`() {
    func text(from: CalendarDate?) -> String {
      let pack = PolicyPack.exmouth {
        $0.localPolicingBodies = [
          LocalPolicingBody(name: "The Commissioner", kind: .commissioner)
        ]
        $0.commencements = [Commencement(.localPolicingBodyReview, from: from)]
      }
      return Letter.ThresholdNotice.test(.notMet, pack: pack).text(in: .english)
    }
    #expect(text(from: day("2026-03-20")).contains("look at it: The Commissioner."))
    #expect(!text(from: day("2026-03-21")).contains("The Commissioner"))
    #expect(!text(from: nil).contains("The Commissioner"))
  }

  @Test func `the public page says from which day, where it is known`() {
    func page(from: CalendarDate?, _ language: Language = .english) -> String {
      let pack = PolicyPack.exmouth {
        $0.commencements = [Commencement(.localPolicingBodyReview, from: from)]
      }
      return ProcedurePage(pack: pack).markdown(in: language)
    }
    let known = page(from: day("2027-04-01"))
    #expect(
      known.contains("From 1 April 2027 you can also ask the local policing body to look at it."))
    #expect(!known.contains("No day is known on which this begins here."))
    #expect(page(from: day("2027-04-01"), .welsh).contains("O 1 Ebrill 2027 ymlaen gallwch"))
    #expect(page(from: nil).contains("No day is known on which this begins here."))
  }

  /// One of the days would count; without the benefit of the doubt it does not.
  @Test func `where no benefit of the doubt is given, no day is said to be the best`() {
    let complaints: [ComplaintFacts] = [
      .report(0, "2026-03-01", "2026-03-02", to: "police"),
      .report(1, "2026-03-05", "2026-03-06", to: "council"),
      .report(2, "2026-02-01", "2026-02-20", until: "2026-03-10", to: "police"),
    ]
    let pack = PolicyPack.exmouth { $0.decision = DecisionPolicy(givesBenefitOfTheDoubt: false) }
    let notice = Letter.ThresholdNotice.test(.notMet, pack: pack, complaints: complaints)
    #expect(notice.assessment.turnsOn.contains { $0.code == .turnsOnDay })
    let text = notice.text(in: .english)
    #expect(
      text.contains(
        "A day of complaint 3 is not certain. On some days it would count. We need a record to count it."
      ))
    #expect(!text.contains("best for you"))
    #expect(notice.text(in: .welsh).contains("Mae angen cofnod arnom i'w chyfrif."))
  }

  @Test func `enough complaints that are not enough have no numbers`() throws {
    let text = try Self.notice("deferred").text(in: .english)
    #expect(text.contains("It needs 5 and has 3.") && !text.contains("It needs 1 and has 3."))
  }

  @Test func `what enough complaints decide speaks of no other way`() {
    let pack = PolicyPack.exmouth(mandatory: MandatoryRule(required: 2))
    let text = Letter.ThresholdNotice.test(.met("s.104(4)"), pack: pack).text(in: .english)
    #expect(text.contains("At least 2 must count. Here 2 count."))
    #expect(!text.contains("nother way"))
  }
}

extension PolicyPack {
  static func blankLending(_ clocks: [Clock]) -> PolicyPack {
    PolicyPack(
      name: PolicyPack.defaultName, version: "1", digest: "def", area: nil, nation: .england,
      from: day("2014-10-20"), clocks: clocks)
  }
}
