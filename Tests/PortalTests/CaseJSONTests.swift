import CaseModel
import Testing

@testable import Portal

@Suite("A case in JSON")
struct CaseJSONTests {
  @Test(arguments: CaseViewTests.standings)
  func `whatever a case is like, it is as the description says`(
    name: String, standing: CaseStanding, change: @escaping CaseViewTests.Change
  ) throws {
    let view = try CaseSample.view {
      change(&$0)
      fill(&$0)
    }
    for language in [Language.english, .welsh] {
      let json = JSONValue(view, decisionLetter: "Letter", Say(language: language))
      #expect(Schemas.caseView.faults(in: json) == [], "\(name)")
      #expect(json["status"] == .text(standing.code))
    }
    let reads = JSONValue(reads: view, Say(language: .english))
    #expect(Schemas.reads.faults(in: reads) == [])
  }

  @Test(arguments: NextStepTests.rows)
  func `whatever happens next, it is as the description says`(
    name: String, steps: [NextStep], change: @escaping NextStepTests.Change
  ) throws {
    let json = JSONValue(
      try CaseSample.view(change), decisionLetter: "", Say(language: .english))
    #expect(Schemas.caseView.faults(in: json) == [], "\(name)")
    guard case .array(let told)? = json["next"] else { throw CaseSample.NoSuchPack(name: name) }
    #expect(told.map { $0["what"]?.string } == steps.map(\.what.rawValue))
    #expect(told.map { $0["when"] == "late" } == steps.map(\.isLate))
  }

  /// What does not change where a case is, in every shape.
  private func fill(_ facts: inout CaseFacts) {
    let day = CaseSample.day("2026-03-17")
    facts.letters = LetterFact.Kind.allCases.enumerated().map { number, kind in
      let states: [LetterFact.State] = [.underWay, .waiting, .sent(day), .delivered(day), .failed]
      return LetterFact(
        id: "\(number)", kind: kind == .outcome ? .delay : kind,
        state: states[number % states.count],
        channel: LetterFact.Channel.allCases[number % 4], writtenOn: day)
    }
    let answers: [ConsentFact.Answer] = [.given, .refused, .withdrawn]
    facts.consents = ConsentPurpose.allCases.enumerated().map { number, purpose in
      ConsentFact(
        id: "\(number)", person: "applicant", purpose: purpose,
        recipient: purpose == .referral ? "victim-support" : "", answer: answers[number % 3],
        answeredOn: day)
    }
    facts.referrals = [
      ReferralFact(
        agency: "victim-support", consentID: "1", state: .sent, withdrawnOn: day,
        confirmationDueOn: day, isConfirmationOverdue: true)
    ]
    facts.reads = [
      ReadFact(
        day: day, worker: "intake", principal: "operator", purpose: "case-work", fields: ["name"])
    ]
    facts.told = ["plymouth-city-council"]
    facts.away = ["panel"]
  }
}
