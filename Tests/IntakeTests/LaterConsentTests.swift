import CaseModel
import Foundation
import IntakeRules
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// What somebody answers about a consent after the application.
@Suite(.timeLimit(.minutes(3))) struct LaterConsentTests {
  typealias Request = Recourse_Intake_V1_RecordConsentRequest

  @Test func `a consent that comes later is announced, and nothing is waited for any more`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit { $0.consents.removeAll() }.caseReference
      let response = try await stage.record(.given, of: reference) { $0.answeredOn = "2026-06-01" }
      #expect(response.person == "applicant" && response.answeredOn == "2026-06-01")
      #expect(response.awaited.isEmpty && response.logPosition > 0)
      let given = try #require(
        try await stage.events(Recourse_Intake_V1_ConsentGiven.self, of: reference).first)
      #expect(given.purpose == "SHARE_WITH_RELEVANT_BODIES" && given.wording == "2026-02")
      #expect(given.consentID == response.consentID && !given.personKey.isEmpty)
      #expect(given.ofApplicant)
      #expect(given.hasAwaitsConsent && !given.awaitsConsent)
      // Midnight in London.
      #expect(given.at.date == (try .at("2026-05-31T23:00:00Z")))
      #expect(given.policyDigest == (try PackFixture.plymouthDigest()))
    }
  }

  @Test func `what was given with the application says that one is waited for all the same`()
    async throws
  {
    try await IntakeStage.with { stage in
      let response = try await stage.submit { $0.consents.removeFirst() }
      #expect(response.awaited.map(\.person) == ["applicant"])
      #expect(response.awaited.map(\.purpose) == [.shareWithRelevantBodies])
      let given = try await stage.events(
        Recourse_Intake_V1_ConsentGiven.self, of: response.caseReference)
      #expect(given.map(\.purpose) == ["SUPPORT_REFERRAL"])
      #expect(given.allSatisfy { $0.hasAwaitsConsent && $0.awaitsConsent })
    }
  }

  @Test func `what is withdrawn is the consent that was given, and it is waited for again`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let before = try await stage.events(Recourse_Intake_V1_ConsentGiven.self, of: reference)
      let response = try await stage.record(.withdrawn, of: reference)
      #expect(response.awaited.map(\.purpose) == [.shareWithRelevantBodies])
      let withdrawn = try #require(
        try await stage.events(Recourse_Intake_V1_ConsentWithdrawn.self, of: reference).first)
      #expect(withdrawn.consentID == before[0].consentID && withdrawn.awaitsConsent)
      #expect(withdrawn.personKey == before[0].personKey)
      let again = try await stage.record(.given, of: reference)
      #expect(again.consentID != withdrawn.consentID && again.awaited.isEmpty)
    }
  }

  @Test
  func `a referral is passed on by a consent that is in force, and by none that was withdrawn`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let consent = try await stage.referralConsent(of: reference)
      let support: (inout Request) -> Void = {
        $0.purpose = .supportReferral
        $0.recipient = "victim-support"
      }
      try await stage.record(.withdrawn, of: reference, support)
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.referralDetails(reference, consent: consent)
      }
      #expect(refusal?.code == "no-consent")
      let again = try await stage.record(.given, of: reference, support)
      let details = try await stage.referralDetails(reference, consent: again.consentID)
      #expect(details.consentWording == "2026-02" && details.name == "Applicant One")
      let still = await #expect(throws: Refusal.self) {
        try await stage.referralDetails(reference, consent: consent)
      }
      #expect(still?.code == "no-consent")
    }
  }

  @Test func `the same key is answered once, and nothing is announced twice`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit { $0.consents.removeAll() }.caseReference
      let first = try await stage.record(.given, of: reference) { $0.idempotencyKey = "k" }
      let again = try await stage.record(.given, of: reference) { $0.idempotencyKey = "k" }
      #expect(!first.repeated && again.repeated && again.consentID == first.consentID)
      let given = try await stage.events(Recourse_Intake_V1_ConsentGiven.self, of: reference)
      #expect(given.count == 1)
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.record(.withdrawn, of: reference) { $0.idempotencyKey = "k" }
      }
      #expect(refusal?.code == "idempotency-key-reused")
    }
  }

  @Test func `other words may be agreed to while the first are in force`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let other = try await stage.record(.given, of: reference) { $0.wording = "2026-03" }
      try await stage.record(.withdrawn, of: reference)
      let withdrawn = try await stage.events(
        Recourse_Intake_V1_ConsentWithdrawn.self, of: reference)
      #expect(withdrawn.map(\.consentID) == [other.consentID])
    }
  }

  struct Refused: Sendable {
    let what: String
    let answer: Request.Answer
    let at: String
    let change: @Sendable (inout Request) -> Void

    init(
      _ what: String, _ answer: Request.Answer, at: String,
      _ change: @escaping @Sendable (inout Request) -> Void = { _ in }
    ) {
      self.what = what
      self.answer = answer
      self.at = at
      self.change = change
    }
  }

  /// Of an application by its victim, who has consented to sharing and to one referral.
  static let refusals: [Refused] = [
    Refused("no answer", .unspecified, at: "missing answer"),
    Refused("no purpose", .given, at: "missing purpose") { $0.purpose = .unspecified },
    Refused("no wording", .given, at: "missing wording") { $0.wording = "" },
    Refused("no officer", .given, at: "missing officer") { $0.officer = " – " },
    Refused(
      "a support service that the area does not have", .given, at: "unknown-recipient recipient"
    ) {
      $0.purpose = .supportReferral
      $0.recipient = "friends-of-jo"
    },
    Refused("a victim that there is not", .given, at: "unknown-person person") {
      $0.person = "victims[3]"
    },
    Refused("the authority of an applicant", .given, at: "contradiction person") {
      $0.purpose = .thirdPartyAuthority
      $0.person = "applicant"
    },
    Refused("an attorney without a name", .given, at: "missing saidBy") { $0.capacity = .attorney },
    Refused("a name without a capacity", .given, at: "missing capacity") {
      $0.saidBy = "Somebody Else"
    },
    Refused("a capacity that nobody has", .given, at: "unknown-value capacity") {
      $0.capacity = .UNRECOGNIZED(99)
      $0.saidBy = "Somebody Else"
    },
    Refused("no day", .given, at: "not-a-date answeredOn") { $0.answeredOn = "last week" },
    Refused("a day to come", .given, at: "date-in-future answeredOn") {
      $0.answeredOn = "2026-07-01"
    },
    Refused("a day before receipt without a reason", .given, at: "reason-needed reason") {
      $0.answeredOn = "2026-03-15"
    },
    Refused("refused before today without a reason", .refused, at: "reason-needed reason") {
      $0.purpose = .feedback
      $0.answeredOn = "2026-06-29"
    },
    Refused("withdrawn before today without a reason", .withdrawn, at: "reason-needed reason") {
      $0.answeredOn = "2026-06-29"
    },
    Refused("a day before the last answer", .withdrawn, at: "date-before-the-last answeredOn") {
      $0.answeredOn = "2026-03-15"
      $0.reason = "The letter was found"
    },
    Refused("given in the same words", .given, at: "already-answered answer") {
      $0.wording = "2026-01"
    },
    Refused("refused what was given", .refused, at: "already-answered answer"),
    Refused("withdrawn what was not given", .withdrawn, at: "nothing-to-withdraw purpose") {
      $0.purpose = .feedback
    },
    Refused("a name that is too long", .given, at: "too-long officer") {
      $0.officer = String(repeating: "a", count: 201)
    },
    Refused("another case", .given, at: "unknown-case caseReference") {
      $0.caseReference = "0000-0000"
    },
  ]

  @Test func `what makes no sense is refused by its place, and nothing is kept`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let before = try await stage.place.logHead()
      for row in Self.refusals {
        let refusal = await #expect(throws: Refusal.self, "\(row.what)") {
          try await stage.record(row.answer, of: reference, row.change)
        }
        #expect(refusal.map { "\($0.code) \($0.path)" } == row.at, "\(row.what)")
        #expect(refusal?.message.contains("Somebody Else") == false, "\(row.what)")
      }
      #expect(try await stage.place.logHead() == before)
    }
  }

  @Test func `one of before receipt is taken with a reason, which stays here`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit { $0.consents.removeAll() }.caseReference
      let response = try await stage.record(.given, of: reference) {
        $0.answeredOn = "2026-03-10"
        $0.reason = "Zaphod found the letter"
        $0.capacity = .attorney
        $0.saidBy = "Zaphod"
        $0.officer = "Zaphod"
      }
      #expect(response.answeredOn == "2026-03-10")
      for logged in try await stage.place.events() {
        #expect(logged.event.payload.range(of: Data("Zaphod".utf8)) == nil)
      }
      let kept = try await stage.slice.read { slice in
        try slice.consents(of: try CaseReference(parsing: reference)).answers
      }
      #expect(kept.map(\.capacity) == ["ATTORNEY"] && kept.map(\.saidBy) == ["Zaphod"])
      #expect(kept.map(\.reason) == ["Zaphod found the letter"])
    }
  }

  @Test(arguments: [("2026-06-30", ""), ("2026-06-29", "The letter lay in another office")])
  func `one is withdrawn today without a reason, and of before with one`(
    day: String, reason: String
  ) async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      let response = try await stage.record(.withdrawn, of: reference) {
        $0.answeredOn = day
        $0.reason = reason
      }
      #expect(response.answeredOn == day)
    }
  }

  @Test func `every answer is shown with whose it is, and which of them counts`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      try await stage.record(.withdrawn, of: reference) {
        $0.capacity = .deputy
        $0.saidBy = "Zaphod"
      }
      let shown = try await stage.consents(of: reference)
      #expect(
        shown.answers.map(\.purpose) == [
          .shareWithRelevantBodies, .supportReferral, .shareWithRelevantBodies,
        ])
      #expect(shown.answers.map(\.answer) == [.given, .given, .withdrawn])
      #expect(shown.answers.map(\.newest) == [false, true, true])
      #expect(shown.answers.map(\.answeredOn) == ["2026-03-16", "2026-03-16", "2026-06-30"])
      #expect(shown.answers.map(\.capacity) == [.unspecified, .unspecified, .deputy])
      #expect(shown.answers[0].consentID == shown.answers[2].consentID)
      #expect(shown.awaited.map(\.purpose) == [.shareWithRelevantBodies])
      #expect(!shown.textFormatString().contains("Zaphod"))
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.consents(of: "0000-0000")
      }
      #expect(refusal?.code == "unknown-case")
    }
  }

  @Test func `who was shown the answers of which case is recorded`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      _ = try await stage.consents(of: reference)
      let record = try await stage.slice.read { slice in
        try slice.rows(
          "SELECT actor, subject, reason FROM kit_audit WHERE action = 'intake.read-consents'"
        ).map { try [$0.text("actor"), $0.text("subject"), $0.text("reason")] }
      }
      #expect(record.map { Array($0.dropFirst()) } == [[reference, "case-work: answers"]])
      #expect(record.first?.first?.isEmpty == false)
    }
  }

  @Test func `a case takes so many later answers and no more`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit().caseReference
      try await stage.slice.write { tx in
        let parsed = try CaseReference(parsing: reference)
        for number in 0..<ConsentLedger.laterAnswersLimit {
          try tx.keep(
            KeptConsent(
              id: "c\(number)",
              subject: ConsentSubject(person: .applicant, purpose: "FEEDBACK", recipient: ""),
              answer: number.isMultiple(of: 2) ? .given : .withdrawn, wording: "2026-01",
              at: tx.now, capacity: "", officer: "A. Officer"), of: parsed)
        }
      }
      let refusal = await #expect(throws: Refusal.self) {
        try await stage.record(.withdrawn, of: reference)
      }
      #expect(refusal?.code == "too-many-answers")
    }
  }
}
