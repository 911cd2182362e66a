import Foundation
import IntakeRules
import Testing

@testable import Intake

/// Which of many answers counts.
@Suite struct ConsentLedgerTests {
  private func answer(
    _ answer: KeptConsent.Answer, id: String = "", of person: ConsentingPerson = .applicant,
    _ purpose: String = ConsentSubject.sharing
  ) -> KeptConsent {
    KeptConsent(
      id: id, subject: ConsentSubject(person: person, purpose: purpose, recipient: ""),
      answer: answer, wording: "2026-01", at: Date(timeIntervalSince1970: 0), capacity: "")
  }

  @Test func `a consent that was withdrawn is not in force again when another is given`() {
    var ledger = ConsentLedger([answer(.given, id: "a"), answer(.given, id: "b")])
    // Other words for the same leave the first in force.
    #expect(ledger.inForce("a")?.id == "a" && ledger.inForce("b")?.id == "b")
    ledger.add(answer(.withdrawn, id: "b"))
    ledger.add(answer(.given, id: "c"))
    #expect(ledger.inForce("a") == nil && ledger.inForce("b") == nil)
    #expect(ledger.inForce("c")?.id == "c")
  }

  @Test func `what somebody else withdraws leaves a consent in force`() {
    let ledger = ConsentLedger([
      answer(.given, id: "a"), answer(.given, id: "b", of: .victim(0)),
      answer(.withdrawn, id: "b", of: .victim(0)),
    ])
    #expect(ledger.inForce("a")?.id == "a" && ledger.inForce("b") == nil)
  }

  @Test func `a victim who takes no part shares nothing for the others`() {
    let authority = ConsentSubject.thirdPartyAuthority
    let victims: [ConsentingPerson] = [.victim(0), .victim(1)]
    var ledger = ConsentLedger([
      answer(.given, of: .victim(0)), answer(.given, of: .victim(0), authority),
      answer(.given, of: .victim(1), authority),
    ])
    #expect(ledger.awaited(victims) == [])
    ledger.add(answer(.withdrawn, of: .victim(0), authority))
    #expect(ledger.awaited(victims) == [.sharing(.applicant)])
    ledger.add(answer(.given, of: .victim(1)))
    #expect(ledger.awaited(victims) == [])
  }
}
