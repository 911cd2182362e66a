import CaseModel
import Foundation
import Policy
import Testing
import ThresholdRules

@testable import Letters

/// What a letter must not leave out, and must not claim.
@Suite struct HonestLetterTests {
  // MARK: Nobody has decided

  @Test(arguments: [
    (Language.english, "DRAFT: nobody has decided yet", "decided by"),
    (.welsh, "DRAFFT: nid oes neb wedi penderfynu eto", "Penderfynwyd hyn gan"),
  ])
  func `a draft says in its first line that nobody has decided, and names nobody who did`(
    language: Language, first: String, decider: String
  ) {
    for outcome in [Letter.ThresholdNotice.Outcome.notMet, .met("Exmouth procedure, part 3")] {
      let text = Letter.ThresholdNotice.test(outcome, isDraft: true).text(in: language)
      #expect(text.hasPrefix(first + "\n"))
      for claim in [
        decider, "We have decided", "The person who decided", "was written down",
        "Rydym wedi penderfynu", "a benderfynodd", "Pwy benderfynodd", "Ni ysgrifennwyd",
        "community safety manager", "So you have until",
      ] {
        #expect(!text.contains(claim), "\(claim)")
      }
    }
  }

  // MARK: What bodies said

  @Test func `a body's day, the applicant's day and which was used are all in the line`() {
    let evidence = Evidence(findings: [
      .init(
        complaint: 0, body: "police", standing: .bodyConfirms,
        behaviour: day("2026-02-27")...day("2026-02-27"),
        reported: day("2026-03-10")...day("2026-03-10"))
    ])
    let text = Letter.ThresholdNotice.test(.notMet, evidence: evidence).text(in: .english)
    #expect(
      text.contains(
        "Devon & Cornwall Police has it on record with another day. The record says that it happened on "
          + "27 February 2026; you told us on 1 March 2026. The record says that it was reported on "
          + "10 March 2026; you told us on 2 March 2026. We used the day on record."))
  }

  @Test
  func `where the applicant's days were used against a record, no body is said to confirm them`() {
    let evidence = Evidence(findings: [
      .init(
        complaint: 0, body: "police", standing: .bodyConfirms,
        behaviour: day("2026-01-01")...day("2026-01-01"))
    ])
    let pack = PolicyPack.exmouth(mandatory: MandatoryRule(required: 2))
    let notice = Letter.ThresholdNotice.test(.met("s.104(4)"), pack: pack, evidence: evidence)
    #expect(notice.assessment.turnsOn.map(\.code).contains(.turnsOnRecordedDays))
    let text = notice.text(in: .english)
    #expect(
      text.contains(
        "Devon & Cornwall Police has it on record with another day. The record says that it happened on "
          + "1 January 2026; you told us on 1 March 2026. We used what you told us."))
    #expect(!text.contains("has it on record.") && !text.contains("We used the day on record."))
  }

  @Test func `a dispute names the body, and whose word was used`() {
    let evidence = Evidence(findings: [
      .init(complaint: 0, body: "council", standing: .bodyDisputes)
    ])
    let text = Letter.ThresholdNotice.test(.notMet, evidence: evidence).text(in: .english)
    #expect(
      text.contains(
        "Exmouth Council says that it was not reported. You told us that it was reported on 2 March 2026. "
          + "We used what you told us, and counted it all the same."))
  }

  @Test func `what a body has on record is told although nothing turns on it`() throws {
    let evidence = Evidence(findings: [
      .init(
        complaint: 0, body: "police", standing: .bodyConfirms,
        reported: day("2026-03-03")...day("2026-03-04"))
    ])
    let notice = Letter.ThresholdNotice.test(.notMet, evidence: evidence)
    #expect(!notice.assessment.turnsOn.contains { $0["place"] == "0" })
    #expect(
      notice.text(in: .english).contains(
        "Devon & Cornwall Police has it on record with another day. The record says that it was reported "
          + "between 3 March 2026 and 4 March 2026; you told us on 2 March 2026. We used the day on record."
      ))
    #expect(
      notice.text(in: .welsh).contains(
        "Mae gan y corff hwn gofnod gyda diwrnod gwahanol: Devon & Cornwall Police. Yn ôl y cofnod, rhoddwyd "
          + "gwybod rywbryd o 3 Mawrth 2026 hyd at 4 Mawrth 2026; dywedoch chi ar 2 Mawrth 2026. "
          + "Defnyddiwyd y diwrnod sydd ar gofnod."))
  }

  @Test func `each body is named with what it says, and then which was used`() {
    let evidence = Evidence(findings: [
      .init(complaint: 0, body: "council", standing: .nobodyKnows),
      .init(complaint: 0, body: "police", standing: .bodyConfirms),
    ])
    let notice = Letter.ThresholdNotice.test(.notMet, evidence: evidence)
    #expect(
      notice.text(in: .english).contains(
        "Exmouth Council has no record of it. Devon & Cornwall Police has it on record. We used the record."
      ))
    #expect(
      notice.text(in: .welsh).contains(
        "Nid oes gan y corff hwn gofnod ohoni: Exmouth Council. Mae ar gofnod gyda'r corff hwn: Devon & "
          + "Cornwall Police. Defnyddiwyd y cofnod."))
  }

  @Test func `a record that leaves open what the applicant knows says nothing else`() {
    let evidence = Evidence(findings: [
      .init(
        complaint: 0, body: "police", standing: .bodyConfirms,
        reported: day("2026-03-01")...day("2026-03-05"))
    ])
    let text = Letter.ThresholdNotice.test(.notMet, evidence: evidence).text(in: .english)
    #expect(text.contains("Devon & Cornwall Police has it on record."))
    #expect(!text.contains("with another day") && !text.contains("The record says"))
  }

  @Test func `where it was not kept which body it was, none is named`() {
    let evidence = Evidence(findings: [
      .init(complaint: 3, body: "council", standing: .bodyConfirms)
    ])
    let text = Letter.ThresholdNotice.test(.notMet, evidence: evidence) {
      $0.findings = []
    }.text(in: .english)
    #expect(text.contains("A body that we asked has it on record."))
  }

  @Test(arguments: [
    (Language.english, "does not count here, because our procedure does not count reports to"),
    (.welsh, "nid yw ein gweithdrefn yn cyfrif adroddiadau i'r corff hwn"),
  ])
  func `a complaint that counts neither way, but for another reason, has a line for each`(
    language: Language, reason: String
  ) throws {
    // The third counts together with the second under s.104(4); here no report to the police does.
    let pack = PolicyPack.exmouth { $0.recipients = [.council] }
    let notice = Letter.ThresholdNotice.test(.notMet, pack: pack)
    let local = try #require(notice.assessment.routes.first { $0.route == .local })
    #expect(local.complaints.map(\.counted) == [false, true, false, true])
    let text = notice.text(in: language)
    let lines = text.split(separator: "\n").filter { $0.contains(reason) }
    let third = language == .english ? "- Complaint 3," : "- Cwyn 3,"
    #expect(lines.contains { $0.hasPrefix(third) })
    // The second counts by either way, and is told once.
    let second = language == .english ? "- Complaint 2," : "- Cwyn 2,"
    #expect(text.split(separator: "\n").count { $0.hasPrefix(second) } == 1)
  }

  // MARK: Doubts

  @Test(arguments: [Standing.bodyDisputes, .nobodyKnows])
  func `a doubt is not said to have been able to make not met what is not met`(standing: Standing) {
    let evidence = Evidence(findings: [.init(complaint: 0, body: "police", standing: standing)])
    let notice = Letter.ThresholdNotice.test(.notMet, evidence: evidence)
    #expect(!notice.assessment.turnsOn.isEmpty)
    let text = notice.text(in: .english)
    #expect(!text.contains("would not be met"))
    #expect(text.contains("We went by what you told us."))
    #expect(!notice.text(in: .welsh).contains("ni fyddai'r trothwy wedi'i gyrraedd"))
  }

  // MARK: What would change it

  @Test func `the day of the decision is said where the letter has another`() {
    func text(_ written: String) -> String {
      Letter.ThresholdNotice(
        assessment: .test(), outcome: .notMet, pack: .exmouth(), caseReference: "EXM-2026-0007",
        decidedOn: day("2026-03-20"), writtenOn: day(written), decidedBy: "Exmouth Council"
      ).text(in: .english)
    }
    #expect(
      text("2027-03-20").contains("Date: 20 March 2027. We decided on 20 March 2026."))
    #expect(!text("2026-03-20").contains("We decided on"))
  }

  @Test(arguments: Language.allCases)
  func `a letter that puts off asks for no new application`(language: Language) throws {
    let text = try ThresholdNoticeTests.notice("deferred").text(in: language)
    for words in ["an application by", "to apply, and", "a chais erbyn", "Yr amser i wneud cais"] {
      #expect(!text.contains(words))
    }
  }

  // MARK: Days that are not kept

  @Test func `that a deadline will be missed is said, and only then`() {
    func text(_ deadline: Letter.Deadline?) -> String {
      Letter.ThresholdNotice.test(.deferred(day("2026-04-10"))) { $0.decideBy = deadline }
        .text(in: .english)
    }
    let own = text(Letter.Deadline(day("2026-04-09"), source: "exmouth"))
    #expect(own.contains("We had to decide by 9 April 2026. We will not keep that day."))
    let lent = text(Letter.Deadline(day("2026-04-09"), source: PolicyPack.defaultName))
    #expect(lent.contains("Our aim was 9 April 2026. We will not keep that day."))
    #expect(!lent.contains("We had to decide"))
    for kept in [nil, Letter.Deadline(day("2026-04-10"), source: "exmouth")] {
      #expect(!text(kept).contains("We will not keep"))
    }
  }

  @Test func `of a day that is past when the letter is written it says that it was not kept`() {
    func text(_ written: String, _ language: Language = .english) -> String {
      var circumstances = Letter.Circumstances()
      circumstances.decideBy = Letter.Deadline(day("2026-04-09"), source: "exmouth")
      return Letter.ThresholdNotice(
        assessment: .test(), outcome: .deferred(day("2026-05-10")), pack: .exmouth(),
        caseReference: "EXM-2026-0007", decidedOn: day("2026-03-20"), writtenOn: day(written),
        decidedBy: "Exmouth Council", circumstances: circumstances
      ).text(in: language)
    }
    #expect(text("2026-04-09").contains("We will not keep that day. We are sorry."))
    #expect(text("2026-04-09", .welsh).contains("Ni fyddwn yn cadw at y diwrnod hwnnw."))
    #expect(text("2026-04-10").contains("by 9 April 2026. We did not keep that day. We are sorry."))
    #expect(text("2026-04-10", .welsh).contains("Ni chadwyd at y diwrnod hwnnw."))
  }

  @Test func `a panel that is aimed for is not later than the outcome that the procedure promises`()
  {
    let pack = PolicyPack.exmouth(clocks: [Clock(.outcome, Period(28, .days), from: .decision)])
    func text(_ source: String, by: String = "2026-04-21") -> String {
      Letter.ThresholdNotice.test(.met("Exmouth procedure, part 3"), pack: pack) {
        $0.panelBy = Letter.Deadline(day(by), source: source)
      }.text(in: .english)
    }
    let lent = text(PolicyPack.defaultName)
    #expect(lent.contains("We aim for 17 April 2026 at the latest."))
    #expect(lent.contains("what was recommended by 17 April 2026."))
    #expect(text(PolicyPack.defaultName, by: "2026-04-16").contains("We aim for 16 April 2026"))
    #expect(text("exmouth").contains("It must meet by 21 April 2026."))
  }

  @Test func `what a person finds, and conditions that the law sets aside, are said once`() {
    let pack = PolicyPack.exmouth(
      caveats: [
        Caveat(.caseClosed, on: .mandatory), Caveat(.vexatious, on: .mandatory, words: "no malice"),
      ])
    let notice = Letter.ThresholdNotice.test(.notMet, pack: pack)
    let english = notice.text(in: .english)
    #expect(
      english.contains(
        "- Our procedure has these conditions: “the case must be closed”; “no malice”. The law does not let us "
          + "use them when we count complaints, so we did not."))
    #expect(
      english.contains(
        "whatever the number of complaints (Exmouth procedure, part 3; section 104(5))."))
    #expect(english.components(separatedBy: "If new facts come to light").count == 2)
    let welsh = notice.text(in: .welsh)
    #expect(welsh.contains("yr amodau hyn: “rhaid i'r achos fod ar gau”; “no malice”."))
    #expect(welsh.components(separatedBy: "Os daw ffeithiau newydd").count == 2)
  }

  // MARK: What came before

  @Test func `a decision that takes another's place says whose, and which appeal was upheld`()
    throws
  {
    let text = try ThresholdNoticeTests.notice("not-met-anew").text(in: .english)
    #expect(text.contains("This decision takes the place of the one of 17 March 2026."))
    #expect(
      text.contains(
        "Appeal 1 was upheld on 19 March 2026. Its ground: you think that the threshold was met. "
          + "That is why we decided again."))
  }

  @Test func `an appeal that is open, dismissed or upheld later is told with the decision`() {
    func text(_ verdict: Letter.Appeal.Verdict?) -> String {
      Letter.ThresholdNotice.test(.notMet) {
        $0.appeals = [
          Letter.Appeal(
            number: 2, subject: .handling, ground: nil, madeOn: day("2026-03-25"), verdict: verdict)
        ]
      }.text(in: .english)
    }
    let on = day("2026-04-01")
    #expect(text(nil).contains("Appeal 2, made on 25 March 2026, is not decided yet."))
    #expect(
      text(.init(isUpheld: false, decidedOn: on, reason: "")).contains(
        "Appeal 2 was dismissed on 1 April 2026."))
    #expect(
      text(.init(isUpheld: true, decidedOn: on, reason: "")).contains(
        "So somebody else will decide about the threshold again."))
  }
}
