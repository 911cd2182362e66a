import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Portal

/// What was recommended, what bodies said to it and did, as the person whose case it is sees it.
@Suite struct FollowedUpTests {
  private static func day(_ text: String) -> CalendarDate { CaseSample.day(text) }

  /// A case of which the outcome was told, with recommendations of which this became.
  private static func view(
    on today: String = "2026-04-20", _ followUps: FollowUpFact?...
  ) throws -> CaseView {
    try CaseSample.view(on: today) {
      $0.decide(met: true)
      $0.open(.held(day("2026-04-01")))
      $0.letters = [
        LetterFact(
          id: "o", kind: .outcome, state: .delivered(day("2026-04-08")),
          writtenOn: day("2026-04-07"))
      ]
      $0.review?.recommendations = followUps.map { followUp in
        RecommendationFact(body: "plymouth-city-council", text: "Mend it.", followUp: followUp)
      }
    }
  }

  private static let asked = FollowUpFact(
    answerDueOn: day("2026-05-18"), awaited: .answer, dueOn: day("2026-05-18"))
  private static let accepted = FollowUpFact(
    answerDueOn: day("2026-05-18"), awaited: .action, dueOn: day("2026-06-30"), answer: .accepted,
    answeredOn: day("2026-04-10"), doBy: day("2026-06-30"))
  private static let declined = FollowUpFact(
    answerDueOn: day("2026-05-18"), answer: .notAccepted, answeredOn: day("2026-04-10"),
    reason: "The lease")

  private static func changed(
    _ fact: FollowUpFact, _ change: (inout FollowUpFact) -> Void
  ) -> FollowUpFact {
    var fact = fact
    change(&fact)
    return fact
  }

  private static let done = changed(accepted) {
    $0.awaited = nil
    $0.dueOn = nil
    $0.action = .done
    $0.reportedOn = day("2026-04-15")
    $0.evidence = "Photographs"
  }

  @Test func `what comes next is what bodies still owe, the earliest first`() throws {
    #expect(
      try Self.view(Self.asked, Self.accepted).next == [
        NextStep(what: .answers, when: .by(Self.day("2026-05-18"), isOwn: true)),
        NextStep(what: .actions, when: .by(Self.day("2026-06-30"), isOwn: true)),
      ])
    let sooner = Self.changed(Self.accepted) { $0.dueOn = Self.day("2026-05-01") }
    #expect(
      try Self.view(Self.accepted, sooner).next == [
        NextStep(what: .actions, when: .by(Self.day("2026-05-01"), isOwn: true))
      ])
    #expect(try Self.view(Self.done, Self.declined).next.isEmpty)
  }

  @Test func `what is overdue is called late, and that it was not told why is not claimed`() throws
  {
    let step = try #require(try Self.view(on: "2026-05-19", Self.asked).next.first)
    #expect(step == NextStep(what: .answers, when: .overdue(since: Self.day("2026-05-18"))))
    #expect(step.isLate)
    let english = Say(language: .english).sentence(step.when)
    #expect(english.hasPrefix("This is late. It was due by 18 May 2026."))
    #expect(!english.contains("we must"))
    #expect(Say(language: .welsh).sentence(step.when).contains("yn hwyr"))
    // The last day counts as in time.
    #expect(try Self.view(on: "2026-05-18", Self.asked).next.first?.isLate == false)
  }

  @Test func `the day for an answer is the one that Panel has`() throws {
    let other = Self.changed(Self.asked) { $0.answerDueOn = Self.day("2026-05-11") }
    let view = try Self.view(other)
    #expect(view.recommendations.map(\.answerBy) == [Self.day("2026-05-11")])
  }

  /// Everything that can be said of one.
  private static let all: [FollowUpFact?] =
    [nil, asked, changed(asked) { $0.answerDueOn = day("2026-04-14") }, accepted, declined, done]
    + [
      changed(accepted) { $0.answer = .acceptedInPart },
      changed(accepted) { $0.isOverdue = true },
      changed(accepted) { $0.doBy = nil },
      changed(accepted) {
        $0.action = .underWay
        $0.reportedOn = day("2026-04-15")
        $0.report = "Ordered"
      },
      changed(done) { $0.action = .notDone },
    ]

  @Test(arguments: all)
  func `what was said and done is told in both languages, and in JSON as it is described`(
    followUp: FollowUpFact?
  ) throws {
    let view = try Self.view(followUp)
    let one = try #require(view.recommendations.first)
    let (english, welsh) = (Say(language: .english), Say(language: .welsh))
    #expect(!english.answer(one).isEmpty && english.answer(one) != welsh.answer(one))
    let hasAction = followUp?.answer?.accepts == true
    #expect(english.action(one).isEmpty != hasAction && welsh.action(one).isEmpty != hasAction)
    if hasAction { #expect(english.action(one) != welsh.action(one)) }
    for say in [english, welsh] {
      let json = JSONValue(view, decisionLetter: "", say)
      #expect(Schemas.caseView.faults(in: json) == [])
    }
  }

  @Test func `of a round before, too, it is told what became of what was recommended`() throws {
    let view = try CaseSample.view {
      $0.decide(met: true)
      $0.open(.owed)
      $0.review?.earlier = [
        RecommendationFact(
          body: "x", text: "y", madeOn: Self.day("2026-04-01"), number: 2, followUp: Self.done)
      ]
    }
    #expect(view.recommendations.isEmpty)
    #expect(view.earlierRecommendations.map(\.number) == [2])
    let json = JSONValue(view, decisionLetter: "", Say(language: .english))
    #expect(Schemas.caseView.faults(in: json) == [])
  }
}

/// The same through Panel itself and the pages.
@Suite struct FollowedUpPageTests {
  private static let council = "plymouth-city-council"

  private func reviewed(
    _ body: (FollowStage, any Recourse_Panel_V1_Panel.ClientProtocol) async throws -> Void
  ) async throws {
    try await FollowStage.with { stage in
      try await stage.signIn()
      try await stage.decide()
      let panel = Recourse_Panel_V1_Panel.Stub(wrapping: stage.portal.place.client)
      _ = try await panel.hold(
        .with {
          $0.caseReference = stage.reference
          $0.heldOn = "2026-03-20"
          $0.reason = "Everybody agreed"
          $0.recommendations = [
            .with {
              $0.body = Self.council
              $0.text = "Mend the light in the yard"
              $0.doBy = "2026-05-29"
            }
          ]
        })
      try await stage.portal.place.settle()
      try await body(stage, panel)
    }
  }

  @Test func `the person reads what a body said, and then what it did`() async throws {
    try await reviewed { stage, panel in
      let asked = try await stage.page("/case/review").main
      #expect(asked.contains("Mend the light in the yard") && asked.contains("It should answer by"))
      _ = try await panel.answerRecommendation(
        .with {
          $0.caseReference = stage.reference
          $0.number = 1
          $0.answer = .acceptedInPart
          $0.reason = "One lamp of the two"
        })
      try await stage.portal.place.settle()
      let answered = try await stage.page("/case/review").main
      #expect(answered.contains("On 20 March 2026 it said yes to a part of this."))
      #expect(answered.contains("One lamp of the two"))
      #expect(answered.contains("It will be done by 29 May 2026."))
      #expect(try await stage.page("/case").main.contains("Bodies do what they said"))
      _ = try await panel.reportAction(
        .with {
          $0.caseReference = stage.reference
          $0.number = 1
          $0.action = .done
          $0.evidence = "Invoice of the electrician"
        })
      try await stage.portal.place.settle()
      let done = try await stage.page("/case/review").main
      #expect(
        done.contains("Done on 20 March 2026.") && done.contains("Invoice of the electrician"))
      let welsh = try await stage.page("/cy/case/review").main
      #expect(welsh.contains("Gwnaed ar 20 Mawrth 2026.") && welsh.contains("One lamp of the two"))
      #expect(!(try await stage.page("/case").main.contains("Bodies do what they said")))
    }
  }

  @Test func `what a body wrote that names the other party is left out`() async throws {
    try await reviewed { stage, panel in
      _ = try await panel.answerRecommendation(
        .with {
          $0.caseReference = stage.reference
          $0.number = 1
          $0.answer = .accepted
          $0.reason = "Quentin \(FollowStage.perpetrator) has moved"
          $0.guardOverride = "It is in the reason."
        })
      try await stage.portal.place.settle()
      let page = try await stage.browser.get("/case/review")
      #expect(page.status == 200 && !FollowStage.perpetrator.isIn(page.text))
      #expect(page.text.contains("Some words are left out here"))
      #expect(page.text.contains("it said yes to all of this"))
      #expect(page.text.contains("Mend the light in the yard"))
    }
  }
}
