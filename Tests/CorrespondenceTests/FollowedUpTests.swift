import CaseModel
import Foundation
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// Who is written to because of recommendations: the bodies that they are made to, and whoever takes part.
@Suite(.timeLimit(.minutes(1))) struct FollowedUpTests {
  private static let council = "plymouth-city-council"
  private static let day: TimeInterval = 86_400

  private func reviewed(
    _ body: (CorrespondenceStage, CaseReference, any Recourse_Panel_V1_Panel.ClientProtocol)
      async throws -> Void
  ) async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply()
      try await stage.decide(reference)
      let panel = Recourse_Panel_V1_Panel.Stub(wrapping: stage.place.client)
      _ = try await panel.hold(
        .with {
          $0.caseReference = reference.description
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
      try await stage.place.settle()
      try await body(stage, reference, panel)
    }
  }

  @Test func `a body is told what is recommended to it, and by when it answers`() async throws {
    try await reviewed { stage, reference, _ in
      let notice = try await stage.notice(reference, .recommendation)
      #expect(notice.body == Self.council && notice.state == .ready)
      let text = try await stage.read(notice).text.replacing("\n", with: " ")
      #expect(text.contains("Mend the light in the yard"))
      #expect(text.contains("The panel asks for it by 29 May 2026."))
      #expect(text.contains("Please answer by 6 May 2026"))
    }
  }

  @Test func `whoever takes part is told what a body answered, and what it did`() async throws {
    try await reviewed { stage, reference, panel in
      #expect(try await stage.notices(reference, .followUp).isEmpty)
      _ = try await panel.answerRecommendation(
        .with {
          $0.caseReference = reference.description
          $0.number = 1
          $0.answer = .acceptedInPart
          $0.reason = "One lamp of the two"
        })
      try await stage.place.settle()
      let answered = try await stage.notice(reference, .followUp)
      #expect(answered.person == "applicant" && answered.state == .ready)
      let said = try await stage.read(answered).text.replacing("\n", with: " ")
      #expect(said.contains("On 20 March 2026 it said yes to a part of this."))
      #expect(said.contains("“One lamp of the two”"))
      for action in [Recourse_Panel_V1_ActionState.Value.underWay, .done] {
        _ = try await panel.reportAction(
          .with {
            $0.caseReference = reference.description
            $0.number = 1
            $0.action = action
            $0.text = "The electrician was there"
            $0.evidence = action == .done ? "Invoice of the electrician" : ""
          })
        try await stage.place.settle()
      }
      // That it is under way is no letter of its own.
      let told = try await stage.notices(reference, .followUp)
      #expect(told.count == 2)
      let done = try await stage.read(try #require(told.last)).text.replacing("\n", with: " ")
      #expect(done.contains("It was done on 20 March 2026."))
      #expect(done.contains("“Invoice of the electrician”"))
    }
  }

  @Test func `a body is reminded, and whoever takes part is told once that it is late`()
    async throws
  {
    try await reviewed { stage, reference, _ in
      for _ in 0..<4 {
        stage.place.clock.advance(by: 20 * Self.day)
        try await stage.place.settle()
      }
      let reminders = try await stage.notices(reference, .recommendationReminder)
      #expect(reminders.count > 1)
      let last = try await stage.read(try #require(reminders.last)).text
        .replacing("\n", with: " ")
      #expect(last.contains("Your answer was due by 6 May 2026."))
      let told = try await stage.notice(reference, .followUp)
      let late = try await stage.read(told).text.replacing("\n", with: " ")
      #expect(late.contains("It should have answered by 6 May 2026. It has not."))
    }
  }
}
