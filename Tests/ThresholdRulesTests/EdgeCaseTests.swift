import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// Cases that go wrong elsewhere, as far as the rules bear on them.
@Suite struct EdgeCaseTests {
  static let people = LocalAlternative(
    key: "people", kind: .severalPeople(2), clause: "Procedure 2")

  static func met(
    _ complaints: [Made], received: String = "2026-03-16", _ pack: PolicyPack = .test()
  ) -> Bool {
    Assessment.of(.test(complaints, received: received), under: pack).met
  }

  @Test func `1: of an application made twice, the earlier receipt protects the six months`() {
    let complaints = Array(
      repeating: Made(behaviour: "2025-09-17", complaint: "2025-09-17"), count: 3)
    #expect(Self.met(complaints, received: "2026-03-16"))
    #expect(!Self.met(complaints, received: "2026-03-17"))
  }

  @Test func `2: a complaint that an earlier review saw counts again; the Act has no such bar`() {
    let before = Array(repeating: Made(), count: 3)
    #expect(Self.met(before) && Self.met(before, received: "2026-05-01"))
    #expect(Self.met([Made(complaint: "2026-03-20")] + before.dropFirst(), received: "2026-05-01"))
  }

  @Test func `3: a complaint without a name counts`() {
    let complaints = Array(repeating: Made(complainant: ""), count: 3)
    let pack = PolicyPack.test(caveats: [Caveat(.anonymous, on: .mandatory)])
    let assessment = Assessment.of(.test(complaints), under: pack)
    #expect(assessment.met && assessment.notes.map(\.code) == [.caveatNotApplied])
  }

  @Test func `4: complaints of somebody who withdrew leave those of the others`() {
    let all = [Made(), Made(complainant: "flat-4"), Made(complainant: "flat-7")]
    #expect(Self.met(all) && !Self.met(Array(all.dropLast())))
    #expect(Self.met(Array(all.dropLast()) + [Made(complainant: "flat-9")]))
  }

  @Test func `5: the pack of the area that decides is applied, whoever sent the application on`() {
    let elsewhere = PolicyPack.test(mandatory: MandatoryRule(required: 2))
    let complaints = [Made(body: "a-council-over-the-border"), Made()]
    #expect(!Self.met(complaints) && Self.met(complaints, elsewhere))
  }

  @Test(arguments: ["a-child", "through-an-attorney", "a-councillor"])
  func `6, 7 and 9: whoever complained, a complaint is one`(complainant: String) {
    let complaints = ["a", "b", "c"].map { Made(complainant: complainant, incident: $0) }
    #expect(Self.met(complaints))
  }

  @Test func `10: in a joint application each person's complaint of one incident counts`() {
    let three = ["self", "flat-4", "flat-7"].map { Made(complainant: $0, incident: "a") }
    let assessment = Assessment.of(.test(three), under: .test(alternatives: [Self.people]))
    #expect(assessment.met && assessment.routes[1].outcome == .met)
  }

  @Test func `11: a complaint outside its period is not counted, with the reason, and is evidence`()
    throws
  {
    let late = Made(behaviour: "2026-01-01", complaint: "2026-02-01")
    let assessment = Assessment.of(
      .test([late, Made()]), under: .test(factors: [.persistence]))
    #expect(assessment.routes[0].complaints[0].reason.code == .complaintTooLate)
    let factors = try #require(assessment.routes.last)
    #expect(factors.complaints.map(\.reason.code) == [.evidence, .evidence])
    #expect(factors.toFind[0]["complaints"] == "2" && factors.toFind[0]["uncounted"] == "1")
  }

  @Test func `12: of a report on an unknown day the body's record decides`() {
    let unknown = Made(
      behaviour: "2026-02-01", complaint: "2026-02-01", complaintTo: "2026-03-16", body: "police")
    #expect(EvidenceTests.assess([unknown], []).counted == 1)
    for (reported, counted) in [("2026-02-28", 1), ("2026-03-01", 0)] {
      let record = Evidence.Finding(
        complaint: 0, body: "police", standing: .bodyConfirms,
        reported: EvidenceTests.days(reported))
      #expect(EvidenceTests.assess([unknown], [record]).counted == counted)
    }
  }

  @Test func `13: a report that the body never logged counts until it is rebutted`() {
    let finding = Evidence.Finding(complaint: 2, body: "council", standing: .nobodyKnows)
    let assessment = EvidenceTests.assess([Made(), Made(), Made()], [finding])
    #expect(assessment.met && assessment.routes[0].complaints[2].standing == .nobodyKnows)
    #expect(assessment.turnsOn.map(\.code) == [.turnsOnRecord, .settledByRecord])
  }

  @Test func `14: one incident reported to three bodies is one complaint`() {
    let reports = ["police", "council", "landlord"].map { Made(body: $0, incident: "a") }
    let assessment = Assessment.of(.test(reports), under: .test())
    #expect(assessment.counted == 1)
    #expect(assessment.routes[0].complaints.map(\.with) == [nil, 0, 0])
  }

  @Test(arguments: [
    Caveat.Kind.diarySheets, .caseClosed, .noActionTaken, .complaintRunning, .vexatious,
  ])
  func `15, 16 and 17: a condition bars nobody from s.104(4), and locally a person finds`(
    kind: Caveat.Kind
  ) {
    let three = [Made(), Made(), Made(complainant: "flat-4")]
    let mandatory = PolicyPack.test(caveats: [Caveat(kind, on: .mandatory)])
    #expect(Self.met(three, mandatory))
    let local = PolicyPack.test(
      alternatives: [Self.people], caveats: [Caveat(kind, on: .local)])
    let assessment = Assessment.of(.test(Array(three.dropFirst())), under: local)
    #expect(assessment.outcome == .personDecides)
    #expect(assessment.routes[1].toFind.map(\.code) == [.caveatToFind])
  }

  @Test func `26: decided again on what the appeal brought, it is said what that changed`() throws {
    let three = [Made(), Made(), Made()]
    let missing = [Evidence.Finding(complaint: 2, body: "council", standing: .nobodyKnows)]
    let found = [Evidence.Finding(complaint: 2, body: "council", standing: .bodyConfirms)]
    let first = EvidenceTests.assess(three, missing, strict: true)
    let again = EvidenceTests.assess(three, found, strict: true)
    let difference = try #require(AssessmentDifference.between(first, again))
    #expect(!first.met && again.met && difference.clauses == ["s.104(4)"])
    #expect(difference.complaints.map(\.index) == [2])
    #expect(difference.complaints[0].before.code == .notOnRecord)
  }

  @Test(arguments: [(1, 1, 1), (2, 1, 2), (2, 2, 2)])
  func `28: hate is as the victim perceived it, by one report or by two`(
    complaints: Int, ofHate: Int, reports: Int
  ) {
    let hate = LocalAlternative(
      key: "hate", kind: .hate(complaints: complaints, ofHate: ofHate), clause: "Procedure 3")
    let made = (0..<reports).map { Made(hate: $0 < ofHate) }
    // A body that has it on record as something else does not take that away.
    let record = Evidence.Finding(
      complaint: 0, body: "police", standing: .bodyConfirms,
      behaviour: EvidenceTests.days("2026-03-01"))
    let pack = PolicyPack.test(alternatives: [hate])
    for evidence in [Evidence.none, Evidence(findings: [record])] {
      let assessment = Assessment.of(.test(made), evidence, under: pack)
      #expect(assessment.outcome == .met && !assessment.met)
      let fewer = Assessment.of(.test(Array(made.dropFirst())), evidence, under: pack)
      #expect(fewer.outcome == .notMet)
    }
  }

  @Test func `30: a case keeps the pack that it was received under`() {
    let later = PolicyPack.test(mandatory: MandatoryRule(required: 2))
    let facts = ApplicationFacts.test([Made(), Made()])
    let (pinned, better) = (
      Assessment.of(facts, under: .test()), Assessment.of(facts, under: later)
    )
    #expect(pinned.required == 3 && !pinned.met && better.met)
    // Which would be better for the victim can be said, by which clause.
    #expect(AssessmentDifference.between(pinned, better)?.clauses == ["s.104(4)"])
  }

  @Test(
    arguments: [
      // 23:30 UTC in summer is the next day here; in winter it is not.
      (1_782_862_200, "2026-07-01", false), (1_782_858_600, "2026-06-30", true),
      (1_774_740_600, "2026-03-28", true),
    ] as [(Int64, String, Bool)])
  func `31: the day of receipt is that of Europe/London`(
    seconds: Int64, received: String, counts: Bool
  ) {
    let day = CalendarDate(ofUnixSeconds: seconds)
    #expect(day.description == received)
    let made = Made(behaviour: "2026-01-01", complaint: "2026-01-01").facts(0)
    let facts = ApplicationFacts(receivedOn: day, complaints: [made])
    #expect((Assessment.of(facts, under: .test()).counted == 1) == counts)
  }
}
