import CaseModel
import Messages
import Policy
import SwiftProtobuf
import Testing

@testable import Portal

@Suite("Words about a case, in both languages")
struct CaseWordsTests {
  private let english = Say(language: .english)
  private let welsh = Say(language: .welsh)

  private func expectBoth(
    _ say: (Say) -> String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let both = [say(english), say(welsh)]
    #expect(both[0] != both[1] && !both[0].isEmpty, sourceLocation: sourceLocation)
    for words in both {
      #expect(!words.contains("  ") && !words.contains(".."), sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: LetterFact.Kind.allCases)
  func `each letter has a name`(kind: LetterFact.Kind) {
    expectBoth { $0.name(kind) }
  }

  @Test(arguments: NextStep.What.allCases)
  func `each thing that comes next has a name`(what: NextStep.What) {
    expectBoth { $0.title(what) }
  }

  @Test(arguments: AppealPolicy.Ground.allCases)
  func `each ground of an appeal has a name`(ground: AppealPolicy.Ground) {
    expectBoth { $0.name(ground) }
  }

  @Test(arguments: CaseChange.allCases)
  func `each change is said to be done`(change: CaseChange) {
    expectBoth { change.words($0) }
  }

  @Test(arguments: [nil] + LetterFact.Channel.allCases)
  func `each way of a letter is said, whatever became of it`(channel: LetterFact.Channel?) {
    let day = CaseSample.day("2026-03-20")
    for state in [LetterFact.State.underWay, .waiting, .sent(day), .delivered(day), .failed] {
      let letter = LetterFact(id: "a", kind: .met, state: state, channel: channel, writtenOn: day)
      expectBoth { $0.sentence(letter) }
    }
  }

  @Test func `a letter that nothing takes out is not said to be on its way`() {
    func letter(_ change: (inout Recourse_Correspondence_V1_Notice) -> Void) -> LetterFact? {
      var notice = Recourse_Correspondence_V1_Notice.with {
        $0.noticeID = "a"
        $0.kind = .thresholdMet
        $0.composedOn = "2026-03-20"
        $0.channel = .post
        $0.awaitsServer = true
      }
      change(&notice)
      return LetterFact(notice)
    }
    let waiting = letter { $0.state = .waiting }
    #expect(waiting?.state == .waiting)
    #expect(
      waiting.map { english.sentence($0) }
        == "Written on 20 March 2026. It has not been sent by post yet. You can read it here.")
    let held = letter {
      $0.state = .held
      $0.holdReason = .noChannel
    }
    #expect(held?.state == .waiting)
    // One that waits for an hour, or for a worker that is there.
    let hour = letter {
      $0.state = .waiting
      $0.awaitsServer = false
    }
    #expect(hour?.state == .underWay)
    // What a person has to look at first is not shown.
    let guarded = letter {
      $0.state = .held
      $0.holdReason = .leakGuard
      $0.awaitsServer = false
    }
    #expect(guarded == nil)
  }

  @Test(arguments: [ReferralAnswer?.none, .accepted, .declined, .noContact, .closed])
  func `what a service says of a referral is told`(answer: ReferralAnswer?) {
    for state in [ReferralFact.State.intended, .sent, .uncertain, .failed] {
      let referral = ReferralFact(
        agency: "a", consentID: "c", state: state, answer: answer,
        answeredOn: CaseSample.day("2026-03-20"))
      expectBoth { $0.sentence(referral) }
    }
    let nothing: ReferralFact? = nil
    #expect(english.sentence(nothing) == "")
    // Of what nobody has taken there, and of what never will be, nothing else is said.
    var file = ReferralFact(agency: "a", consentID: "c", state: .sent, isFile: true)
    #expect(
      english.sentence(file)
        == "Our request is written, for somebody to take to it. It has not answered yet.")
    expectBoth { $0.sentence(file) }
    file.answer = .declined
    file.isNotDelivered = true
    #expect(
      english.sentence(file) == "Our request did not reach it: it knows nothing of you from us.")
    expectBoth { $0.sentence(file) }
  }

  @Test func `how many bodies have answered is told, with those that refused or are late`() {
    func asked(_ state: BodyAsked.State) -> BodyAsked {
      BodyAsked(body: "b", dueOn: nil, state: state)
    }
    let bodies = [asked(.answered), asked(.answered), asked(.refused), asked(.overdue)]
    #expect(
      english.answered(bodies)
        == "2 of 4 bodies have sent us what they know. 1 refused. 1 is late.")
    #expect(english.answered([]).isEmpty)
  }
}
