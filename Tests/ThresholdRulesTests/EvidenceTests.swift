import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct EvidenceTests {
  typealias Finding = Evidence.Finding

  static func days(_ text: String) -> ClosedRange<CalendarDate> { day(text)...day(text) }

  /// Without the benefit of the doubt where `strict` is set.
  static func assess(
    _ complaints: [Made], _ findings: [Finding], strict: Bool = false, required: Int = 3
  ) -> Assessment {
    var procedure = PolicyPack.Procedure()
    procedure.decision = DecisionPolicy(givesBenefitOfTheDoubt: !strict)
    let pack = PolicyPack.test(
      mandatory: MandatoryRule(required: required), procedure: procedure)
    return Assessment.of(.test(complaints), Evidence(findings: findings), under: pack)
  }

  @Test func `days on record among those that the applicant says settle them`() {
    let vague = Made(
      behaviour: "2026-01-01", complaint: "2026-01-20", complaintTo: "2026-03-02", body: "police")
    let record = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms, reported: Self.days("2026-02-01"))
    let settled = Self.assess([vague], [record], required: 1)
    let line = settled.routes[0].complaints[0]
    #expect(!line.counted && line.standing == .bodyConfirms && settled.turnsOn.isEmpty)
    #expect(line.reason.code == .complaintTooLate && line.reason["lastDay"] == "2026-01-31")
    // A record that is vaguer than what the applicant says takes nothing away.
    let vaguer = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms,
      reported: day("2026-01-01")...day("2026-03-16"))
    let kept = Self.assess([Made(body: "police")], [vaguer], strict: true).routes[0].complaints[0]
    #expect(kept.counted && kept.reason["complaint"] == "2026-03-02")
  }

  /// A finding with other days than `Made` has; by those it would not count.
  static func otherDays(by body: String, _ standing: Standing = .bodyConfirms) -> Finding {
    Finding(
      complaint: 0, body: body, standing: standing, behaviour: days("2026-01-01"),
      reported: days("2026-02-01"))
  }

  @Test func `where the record and the applicant are in conflict, the outcome turns on it`() {
    let three = [Made(body: "police"), Made(), Made()]
    let kept = Self.assess(three, [Self.otherDays(by: "police")])
    #expect(kept.met && kept.routes[0].complaints[0].reason["complaint"] == "2026-03-02")
    #expect(kept.turnsOn.map(\.code) == [.turnsOnRecordedDays, .settledByRecord])
    #expect(
      kept.turnsOn[0].rendered(in: .english)
        == "The outcome turns on the days of complaint 1, of which police has others on record than the "
        + "applicant says: if the record is right, the threshold would not be met.")
    let strict = Self.assess(three, [Self.otherDays(by: "police")], strict: true)
    #expect(!strict.met && strict.routes[0].complaints[0].reason["lastDay"] == "2026-01-31")
    #expect(strict.turnsOn.map(\.code) == [.turnsOnRecordedDays, .settledByRecord])
    // A record by which it counts helps, whatever the applicant remembers.
    let late = Made(behaviour: "2025-01-01", complaint: "2025-06-01", body: "police")
    let record = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms, behaviour: Self.days("2026-03-01"),
      reported: Self.days("2026-03-02"))
    for strict in [true, false] {
      #expect(Self.assess([late, Made(), Made()], [record], strict: strict).met)
    }
  }

  @Test(arguments: [true, false])
  func `where no period decides between them, every route goes by the same days`(strict: Bool) {
    var procedure = PolicyPack.Procedure()
    procedure.decision = DecisionPolicy(givesBenefitOfTheDoubt: !strict)
    // A period of its own for reports decides nothing on the first, and there is none on the second.
    let hate = LocalAlternative.Kind.hate(complaints: 1, ofHate: 0)
    let pack = PolicyPack.test(
      alternatives: [
        LocalAlternative(key: "a", kind: hate, clause: "1", complaintWindow: Period(2, .months)),
        LocalAlternative(key: "b", kind: hate, clause: "2"),
        LocalAlternative(key: "c", kind: .vulnerability, clause: "3"),
      ], factors: [.persistence], procedure: procedure)
    let assessment = Assessment.of(
      .test([Made(body: "police")]), Evidence(findings: [Self.otherDays(by: "police")]),
      under: pack)
    let lines = assessment.routes.compactMap(\.complaints.first)
    #expect(lines.count == 5)
    // By the record it is too late for s.104(4), so that only a doubt can let it count there.
    #expect(lines[0].counted == !strict && lines[1].counted && lines[2].counted)
    let (behaviour, reported) =
      strict ? ("2026-01-01", "2026-02-01") : ("2026-03-01", "2026-03-02")
    #expect(lines.map { $0.reason["complaint"] } == Array(repeating: reported, count: 5))
    #expect(
      lines.prefix(3).map { $0.reason["behaviour"] } == Array(repeating: behaviour, count: 3))
    #expect(assessment.routes.last?.toFind.first?["first"] == reported)
    // The police stand behind the complaint, not behind days that are not theirs.
    let standing: Standing = strict ? .bodyConfirms : .applicantSays
    #expect(lines.map(\.standing) == Array(repeating: standing, count: 5))
  }

  @Test
  func `where a period does decide, a line goes by the record that lets it count, and says so`() {
    // Under s.104(4) what the record has was reported too late; on the area's own route what the
    // applicant says was reported too long ago.
    let told = Made(behaviour: "2026-02-10", complaint: "2026-02-10", body: "police")
    let record = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms, behaviour: Self.days("2026-01-15"),
      reported: Self.days("2026-03-01"))
    let alternative = LocalAlternative(
      key: "a", kind: .hate(complaints: 1, ofHate: 0), clause: "1",
      applicationWindow: Period(1, .months))
    let routes = Assessment.of(
      .test([told]), Evidence(findings: [record]), under: .test(alternatives: [alternative])
    ).routes
    let lines = routes.compactMap(\.complaints.first)
    #expect(lines.map(\.counted) == [true, true])
    #expect(lines.map { $0.reason["complaint"] } == ["2026-02-10", "2026-03-01"])
    #expect(lines.map(\.standing) == [.applicantSays, .bodyConfirms])
  }

  @Test(arguments: [true, false])
  func `a body that it was not made to puts no days in place of the applicant's`(strict: Bool) {
    for body in ["council", "", "police"] {
      let three = [Made(body: body == "police" ? "" : "police"), Made(), Made()]
      let assessment = Self.assess(three, [Self.otherDays(by: body)], strict: strict)
      #expect(assessment.met && assessment.turnsOn.isEmpty)
      #expect(assessment.routes[0].complaints[0].standing == .bodyConfirms)
    }
  }

  @Test func `a body that disputes it puts no days in place of the applicant's`() {
    for standing in [Standing.bodyDisputes, .nobodyKnows] {
      let found = [Self.otherDays(by: "police", standing)]
      let assessment = Self.assess([Made(body: "police"), Made(), Made()], found)
      #expect(assessment.met && assessment.counted == 3)
      #expect(assessment.routes[0].complaints[0].reason["complaint"] == "2026-03-02")
    }
  }

  static let impossible: [(behaviour: String?, reported: String?)] = [
    (nil, "2026-02-28"), (nil, "2026-03-17"), ("2026-03-10", "2026-03-05"),
    ("2026-03-03", nil), ("2026-03-17", "2026-03-18"), ("2026-03-17", nil),
  ]

  @Test(arguments: impossible, [true, false])
  func `days that cannot be put nothing in place of the applicant's`(
    recorded: (behaviour: String?, reported: String?), strict: Bool
  ) {
    let finding = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms,
      behaviour: recorded.behaviour.map(Self.days), reported: recorded.reported.map(Self.days))
    let three = [Made(body: "police"), Made(), Made()]
    let assessment = Self.assess(three, [finding], strict: strict)
    #expect(assessment.met && assessment.turnsOn.isEmpty)
    #expect(assessment.routes[0].complaints[0].reason["complaint"] == "2026-03-02")
  }

  @Test func `what the body does not have on record stays as the applicant says`() {
    let half = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms, reported: Self.days("2026-03-05"))
    let other = Self.assess([Made(body: "police")], [half]).routes[0].complaints[0]
    #expect(other.counted && other.reason["complaint"] == "2026-03-05")
    #expect(other.reason["behaviour"] == "2026-03-01")
  }

  @Test(arguments: [
    (Standing.bodyDisputes, Reason.Code.disputed), (.nobodyKnows, .notOnRecord),
  ])
  func `what is disputed or not on record counts until it is rebutted, where the procedure says so`(
    standing: Standing, code: Reason.Code
  ) {
    let finding = Finding(complaint: 1, body: "council", standing: standing)
    let kept = Self.assess([Made(), Made(), Made()], [finding])
    #expect(kept.counted == 3 && kept.met)
    #expect(
      kept.routes[0].complaints.map(\.standing) == [.applicantSays, standing, .applicantSays])
    let strict = Self.assess([Made(), Made(), Made()], [finding], strict: true)
    #expect(strict.counted == 2 && !strict.met)
    #expect(strict.routes[0].complaints[1].reason == Reason(code, [.init("body", "council")]))
  }

  @Test func `without the benefit of the doubt all days that are possible must qualify`() {
    let range = Made(behaviour: "2026-02-01", behaviourTo: "2026-02-10", complaint: "2026-03-05")
    #expect(Self.assess([range], []).counted == 1)
    let strict = Self.assess([range], [], strict: true).routes[0].complaints[0]
    #expect(!strict.counted && strict.reason.code == .complaintTooLate)
    #expect(strict.reason["lastDay"] == "2026-02-28")
    let sure = Made(behaviour: "2026-02-08", behaviourTo: "2026-02-10", complaint: "2026-03-05")
    #expect(Self.assess([sure], [], strict: true).counted == 1)
  }

  @Test func `a record goes before its denial, whatever the order`() {
    let findings = [
      Finding(complaint: 0, body: "council", standing: .nobodyKnows),
      Finding(complaint: 0, body: "police", standing: .bodyDisputes),
      Finding(complaint: 0, body: "landlord", standing: .bodyConfirms),
    ]
    for order in [findings, findings.reversed()] {
      let made = [Made(body: "council")]
      #expect(Self.assess(made, order).routes[0].complaints[0].standing == .bodyConfirms)
      let denied = order.filter { $0.standing != .bodyConfirms }
      #expect(Self.assess(made, denied).routes[0].complaints[0].standing == .bodyDisputes)
    }
  }

  @Test func `of two records that of the body it was made to is taken`() {
    let findings = ["council", "police"].map {
      Finding(
        complaint: 0, body: $0, standing: .bodyConfirms,
        reported: Self.days($0 == "police" ? "2026-03-07" : "2026-03-06"))
    }
    for order in [findings, findings.reversed()] {
      let line = Self.assess([Made(body: "police")], order).routes[0].complaints[0]
      #expect(line.reason["complaint"] == "2026-03-07")
    }
  }

  @Test func `a finding about no complaint changes nothing`() {
    let finding = Finding(complaint: 7, body: "police", standing: .bodyDisputes)
    #expect(
      Self.assess([Made()], [finding], strict: true) == Self.assess([Made()], [], strict: true))
  }

  @Test func `how far the bodies have answered travels with it`() {
    let information = InformationCompleteness(asked: 6, returned: 4, refused: 1, overdue: 1)
    let assessment = Assessment.of(
      .test([]), Evidence(information: information), under: .test())
    #expect(assessment.information == information)
  }
}
