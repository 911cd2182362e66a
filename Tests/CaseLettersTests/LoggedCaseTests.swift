import CaseLetters
import CaseModel
import Letters
import Messages
import Policy
import SwiftProtobuf
import Testing

@Suite struct LoggedCaseTests {
  @Test func `without a receipt there is no letter`() throws {
    #expect(try code { _ = try Log().facts() } == .notReceivedYet)
    #expect(try code { _ = try LoggedCase.packDigest(of: []) } == .notReceivedYet)
    #expect(try LoggedCase.packDigest(of: Log.received().events) == "digest")
  }

  @Test func `an acknowledgement has the day of receipt, what is safe and what is due`() throws {
    let ways: [Recourse_Intake_V1_SafeContactWay] = [
      .with {
        $0.channel = "EMAIL"
        $0.address = "a.person@mail.example"
      },
      .with {
        $0.channel = "PHONE"
        $0.address = "+441752000000"
        $0.voicemail = true
      },
      .with { $0.channel = "PIGEON" },
    ]
    let clocks: [Recourse_Threshold_V1_ClockReading] = [
      .with {
        $0.stage = "decide"
        $0.dueOn = "2026-04-08"
        $0.source = "recourse-default"
      },
      .with {
        $0.stage = "information"
        $0.dueOn = "2026-03-30"
        $0.paused = true
      },
    ]
    let letter = try Log.received().facts(lender: Log.lender()).acknowledgement(
      ways: ways, clocks: clocks, on: day("2026-03-18"))
    #expect(letter.receivedOn == day("2026-03-16") && letter.on == day("2026-03-18"))
    #expect(letter.ways == [.email, .phoneWithVoicemail])
    #expect(
      letter.deadlines
        == [.decide: Letter.Deadline(day("2026-04-08"), source: "recourse-default")])
    let notice = letter.notice(in: .english, from: Letter.Sender(letter.pack))
    #expect(!notice.text().contains("a.person") && !notice.text().contains("1752"))
  }

  @Test func `a consent is awaited as the newest event says`() throws {
    var log = try Log.received(awaitsConsent: true)
    #expect(try log.facts().awaitsConsent)
    // One of an earlier version does not say.
    try log.add(Recourse_Intake_V1_ConsentGiven.with { $0.purpose = "FEEDBACK" })
    #expect(try log.facts().awaitsConsent)
    try log.add(
      Recourse_Intake_V1_ConsentGiven.with {
        $0.purpose = "SHARE_WITH_RELEVANT_BODIES"
        $0.awaitsConsent = false
      })
    #expect(try !log.facts().awaitsConsent)
    try log.add(
      Recourse_Intake_V1_ConsentWithdrawn.with {
        $0.purpose = "SHARE_WITH_RELEVANT_BODIES"
        $0.awaitsConsent = true
      })
    #expect(try log.facts().awaitsConsent)
    // Whatever order they are handed over in.
    let reversed = try LoggedCase(
      reference: Log.reference, events: log.events.reversed(), pack: Log.plymouth())
    #expect(reversed.awaitsConsent)
  }

  @Test func `a body is asked by what the log says, and reminded once it was`() throws {
    var log = try Log.received(complaints: 3)
    try log.add(
      Recourse_Threshold_V1_InformationRequested.with {
        $0.body = "livewest"
        $0.mandatory = false
        $0.requestedOn = "2026-03-18"
        $0.dueOn = "2026-03-30"
      })
    let request = try log.facts().informationRequest(to: "livewest", on: day("2026-03-18"))
    #expect(!request.isMandatory && request.dueOn == day("2026-03-30") && request.complaints == 3)
    let sender = Letter.Sender(request.pack)
    #expect(request.notice(in: .english, from: sender).kind == .informationRequest)
    try log.add(
      Recourse_Threshold_V1_InformationChased.with {
        $0.body = "livewest"
        $0.chasedOn = "2026-04-01"
      })
    let chaser = try log.facts().informationRequest(to: "livewest", on: day("2026-04-01"))
    #expect(chaser.chasedOn == [day("2026-04-01")])
    #expect(chaser.notice(in: .english, from: sender).kind == .informationChaser)
    let facts = try log.facts()
    #expect(
      try code { _ = try facts.informationRequest(to: "anchor", on: day("2026-04-01")) }
        == .notAsked)
  }

  @Test func `each consent that a letter asks for is asked for in its own words`() throws {
    let facts = try Log.received().facts()
    func purpose(
      _ purpose: Recourse_Intake_V1_Consent.Purpose, _ agency: String = ""
    ) throws -> Letter.ConsentRequest.Purpose {
      try facts.consentRequest(purpose, agency: agency, on: day("2026-03-18")).purpose
    }
    #expect(try purpose(.shareWithRelevantBodies) == .share)
    #expect(try purpose(.thirdPartyAuthority) == .toAct)
    #expect(try purpose(.attendance) == .attendance)
    #expect(try purpose(.supportReferral, "victim-support") == .referral(to: "Victim Support"))
    for other: Recourse_Intake_V1_Consent.Purpose in [
      .feedback, .equalityMonitoring, .unspecified,
    ] {
      #expect(try code { _ = try purpose(other) } == .unknownPurpose)
    }
  }

  @Test func `what was not withdrawn is not confirmed to be`() throws {
    let facts = try Log.received().facts()
    #expect(try code { _ = try facts.withdrawal(on: day("2026-03-20")) } == .notWithdrawn)
  }

  @Test func `a kind of notice has one name on either side`() {
    for kind in Letter.Notice.Kind.allCases {
      #expect(Letter.Notice.Kind(Recourse_Correspondence_V1_NoticeKind(kind)) == kind)
    }
    #expect(Letter.Notice.Kind(.unspecified) == nil)
    let named = Recourse_Correspondence_V1_NoticeKind.allCases.filter { $0 != .unspecified }
    #expect(named.allSatisfy { Letter.Notice.Kind($0) != nil })
  }

  @Test func `codes of errors are stable`() {
    #expect(
      Set(CaseLetterError.Code.allCases.map(\.rawValue)) == [
        "not-assessed-yet", "unknown-rule", "not-decided-yet", "unknown-appeal", "unknown-stage",
        "stage-done", "not-late", "not-received-yet", "not-asked", "no-meeting-yet",
        "no-outcome-yet", "not-withdrawn", "unknown-purpose",
      ])
  }
}
