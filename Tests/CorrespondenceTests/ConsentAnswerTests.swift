import CaseModel
import Foundation
import GRPCCore
import Messages
import PolicyLibrary
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Correspondence

/// Somebody else than the applicant is asked for a consent, and can answer by the letter alone.
@Suite(.timeLimit(.minutes(1))) struct ConsentAnswerTests {
  @Test func `who is asked for a consent answers with the code of their letter, and nobody else's`()
    async throws
  {
    try await CorrespondenceStage.with(follow: FollowPage("https://reviews.example.org")) { stage in
      let reference = try await stage.apply { application in
        application.victims.append(.victim("Carys Prosser", "carys.prosser@mail.example"))
      }
      let asked = try await stage.notice(reference, .consentRequest)
      let text = try await stage.read(asked).text
      #expect(text.contains("The last day on which it works is"))
      #expect(text.contains("reviews.example.org/answer") && !text.contains("with your code here"))
      let words = text.split { $0.isWhitespace || $0 == "." }
      let code = try #require(words.first { $0.count == 19 && $0.split(separator: "-").count == 4 })
      let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.place.client)
      _ = try await door.answerByCode(
        .with {
          $0.caseReference = reference.description
          $0.code = String(code)
          $0.answer = .given
          $0.wording = "consent-request-1"
        })
      let intake = Recourse_Intake_V1_Intake.Stub(wrapping: stage.place.client)
      let consents = try await intake.getConsents(
        .with { $0.caseReference = reference.description })
      #expect(consents.awaited.isEmpty)
      #expect(consents.answers.contains { $0.person == "victims[1]" && $0.answer == .given })
      // In no event, and in no other letter.
      for logged in try await stage.place.events() {
        let bytes: Data = try logged.serializedBytes()
        #expect(bytes.range(of: Data(code.utf8)) == nil)
      }
      let own = try await stage.notice(reference, .acknowledgement)
      #expect(try await !stage.read(own).text.contains(code))
    }
  }

  @Test func `a round that is tried again ends no code of a letter that was posted`() async throws {
    try await CorrespondenceStage.with { stage in
      let reference = try await stage.apply { application in
        application.victims.append(.victim("Carys Prosser", "carys.prosser@mail.example"))
      }
      let asked = try await stage.notice(reference, .consentRequest)
      let words = try await stage.read(asked).text.split { $0.isWhitespace || $0 == "." }
      let code = try #require(words.first { $0.count == 19 && $0.split(separator: "-").count == 4 })
      let context = try #require(stage.place.context(of: "correspondence"))
      let owed = try await context.slice.read { try $0.owed(in: reference) }
      // What a round does before the guard is asked, which may be away.
      for _ in 0..<5 {
        _ = try await FindReaders(of: owed, in: reference, PolicyLibrary(), context)
      }
      let door = Recourse_Intake_V1_Door.Stub(wrapping: stage.place.client)
      let answer = try await door.answerByCode(
        .with {
          $0.caseReference = reference.description
          $0.code = String(code)
          $0.answer = .given
          $0.wording = "consent-request-1"
        })
      #expect(answer.logPosition > 0)
    }
  }
}
