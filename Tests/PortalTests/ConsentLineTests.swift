import CaseModel
import Testing

@testable import Portal

@Suite("Consents, and who has confirmed that one was taken back")
struct ConsentLineTests {
  private func consent(
    _ answer: ConsentFact.Answer, _ purpose: ConsentPurpose = .referral,
    person: String = "applicant", isNewest: Bool = true, id: String = "c1"
  ) -> ConsentFact {
    ConsentFact(
      id: id, person: person, purpose: purpose,
      recipient: purpose == .referral ? "lighthouse" : "",
      answer: answer, wording: "2026-01", answeredOn: CaseSample.day("2026-03-16"),
      isNewest: isNewest)
  }

  private func lines(
    _ consents: [ConsentFact], _ referral: ReferralFact? = nil
  ) throws -> [ConsentLine] {
    try CaseSample.view {
      $0.consents = consents
      $0.referrals = referral.map { [$0] } ?? []
    }.consents
  }

  @Test func `only the newest answer counts`() throws {
    let all = try lines([consent(.given, isNewest: false), consent(.withdrawn)])
    #expect(all.map(\.answer) == [.withdrawn])
  }

  @Test func `one's own that is given can be taken back, another person's cannot`() throws {
    let own = try #require(try lines([consent(.given)]).first)
    let other = try #require(try lines([consent(.given, .sharing, person: "victims[0]")]).first)
    #expect(own.canBeWithdrawn && !own.canBeGiven)
    #expect(!other.canBeWithdrawn && !other.canBeGiven)
    let refused = try #require(try lines([consent(.refused)]).first)
    #expect(!refused.canBeWithdrawn && refused.canBeGiven)
  }

  @Test(arguments: ConsentPurpose.allCases)
  func `another person's answer is shown only where the review waits for it`(
    purpose: ConsentPurpose
  ) throws {
    let shown = try lines([consent(.given, purpose, person: "victims[1]")])
    #expect(shown.count == (purpose == .sharing || purpose == .authority ? 1 : 0))
  }

  @Test func `what a service said of another person is not shown as if it were of the reader`()
    throws
  {
    let mine = consent(.given)
    let theirs = consent(.given, person: "victims[1]", id: "c2")
    var referral = ReferralFact(agency: "lighthouse", consentID: "c2", state: .sent)
    referral.answer = .noContact
    let line = try #require(try lines([mine, theirs], referral).first)
    #expect(line.person == "applicant" && line.referral == nil)
    referral = ReferralFact(agency: "lighthouse", consentID: "c1", state: .sent)
    #expect(try lines([mine, theirs], referral).first?.referral == referral)
  }

  @Test func `a referral that rested on the answer before is still told of`() throws {
    let referral = ReferralFact(agency: "lighthouse", consentID: "c1", state: .sent)
    let all = try lines(
      [consent(.given, isNewest: false), consent(.withdrawn, id: "c2")], referral)
    #expect(all.map(\.referral) == [referral])
  }

  @Test func `a withdrawal waits to be confirmed by whoever was told, and an overdue one says so`()
    throws
  {
    let (withdrawn, due) = (CaseSample.day("2026-03-17"), CaseSample.day("2026-03-19"))
    var referral = ReferralFact(agency: "lighthouse", consentID: "c1", state: .sent)
    func confirmation(_ answer: ConsentFact.Answer) throws -> ConsentLine.Confirmation? {
      try lines([consent(answer)], referral).first?.confirmation
    }
    #expect(try confirmation(.withdrawn) == nil)
    referral.withdrawnOn = withdrawn
    referral.confirmationDueOn = due
    #expect(try confirmation(.given) == nil)
    #expect(try confirmation(.withdrawn) == .awaited(due))
    referral.isConfirmationOverdue = true
    #expect(try confirmation(.withdrawn) == .overdue(due))
    referral.confirmedOn = CaseSample.day("2026-03-20")
    #expect(try confirmation(.withdrawn) == .confirmed(CaseSample.day("2026-03-20")))
  }

  @Test(arguments: ConsentPurpose.allCases)
  func `each purpose has a name, and says what taking it back means, in both languages`(
    purpose: ConsentPurpose
  ) {
    let (english, welsh) = (Say(language: .english), Say(language: .welsh))
    #expect(english.name(purpose) != welsh.name(purpose))
    #expect(
      english.consequence(ofWithdrawing: purpose) != welsh.consequence(ofWithdrawing: purpose))
  }
}
