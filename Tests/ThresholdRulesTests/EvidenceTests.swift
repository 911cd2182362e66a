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

  @Test func `days that a body has on record take the place of the applicant's`() {
    let finding = Finding(
      complaint: 0, body: "police", standing: .bodyConfirms, behaviour: Self.days("2026-01-01"),
      reported: Self.days("2026-02-01"))
    let line = Self.assess([Made(body: "police")], [finding]).routes[0].complaints[0]
    #expect(!line.counted && line.standing == .bodyConfirms)
    #expect(line.reason.code == .complaintTooLate && line.reason["lastDay"] == "2026-01-31")
    // What the body does not have stays as the applicant says.
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
