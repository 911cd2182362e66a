import Testing

@testable import Support

@Suite struct SupportDecisionTests {
  private let agencies = ["victim-support", "victim-care-unit"]

  private func consent(_ id: String, for recipient: String) -> KeptConsent {
    KeptConsent(id: id, recipient: recipient)
  }

  private func referral(_ agency: String, by consent: String) -> KeptReferral {
    KeptReferral(agency: agency, consentID: consent, state: .intended)
  }

  @Test func `an agency that was named in a consent is referred to`() {
    let decision = SupportDecision.make(
      consents: [consent("c1", for: "victim-support")], agencies: agencies)
    #expect(decision == .refer([referral("victim-support", by: "c1")]))
  }

  @Test func `consents for several agencies are as many referrals, in the pack's order`() {
    let decision = SupportDecision.make(
      consents: [consent("c1", for: "victim-care-unit"), consent("c2", for: "victim-support")],
      agencies: agencies)
    #expect(
      decision
        == .refer([referral("victim-support", by: "c2"), referral("victim-care-unit", by: "c1")]))
  }

  @Test func `of two consents for one agency the newer counts`() {
    let decision = SupportDecision.make(
      consents: [consent("c1", for: "victim-support"), consent("c2", for: "victim-support")],
      agencies: agencies)
    #expect(decision == .refer([referral("victim-support", by: "c2")]))
  }

  @Test func `two people who consent to one agency are each referred`() {
    let consents = [("c1", "p1"), ("c2", "p2"), ("c3", "p1")].map { id, person in
      KeptConsent(id: id, recipient: "victim-support", personKey: person)
    }
    guard case .refer(let referrals) = SupportDecision.make(consents: consents, agencies: agencies)
    else {
      Issue.record("nobody is referred")
      return
    }
    #expect(referrals.map(\.consentID) == ["c2", "c3"])
    #expect(referrals.map(\.personKey) == ["p2", "p1"])
  }

  @Test func `one of before it was said whose it is gives way to nobody's`() {
    let consents = [("c1", ""), ("c2", "p1")].map { id, person in
      KeptConsent(id: id, recipient: "victim-support", personKey: person)
    }
    guard case .refer(let referrals) = SupportDecision.make(consents: consents, agencies: agencies)
    else {
      Issue.record("nobody is referred")
      return
    }
    #expect(referrals.map(\.consentID) == ["c1", "c2"])
  }

  @Test func `without consent all agencies are offered and nobody is referred`() {
    #expect(SupportDecision.make(consents: [], agencies: agencies) == .offer(agencies))
  }

  @Test(arguments: ["somebody-else", ""])
  func `a consent for nobody in the pack refers nobody`(recipient: String) {
    let decision = SupportDecision.make(
      consents: [consent("c1", for: recipient)], agencies: agencies)
    #expect(decision == .offer(agencies))
  }
}
