import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

@Suite struct PrepareLettersTests {
  private typealias Request = Recourse_Intake_V1_PrepareLettersRequest
  private typealias Party = Recourse_Intake_V1_ProtectedParty

  /// An application of two, about Bartholomew Quillfeather.
  private static func about(_ application: inout Application) {
    application.applicant.name = "Tamsin Okonkwo"
    application.allegedPerpetrators = [.with { $0.name = "Bartholomew Quillfeather" }]
    application.victims.append(
      .with {
        $0.party.name = "Ignatius Vanterpool"
        $0.party.email = "ignatius@mail.example"
      })
  }

  private static func letter(
    _ text: String, protecting protected: [Party], for reader: String = "", part: String = "text"
  ) -> Recourse_Intake_V1_LetterToCheck {
    .with {
      $0.protected = protected
      $0.reader = reader
      $0.parts = [
        .with {
          $0.name = part
          $0.text = text
        }
      ]
    }
  }

  private static func person(_ path: String) -> Recourse_Intake_V1_PersonToWriteTo {
    .with { $0.person = path }
  }

  @Test func `each letter is held against its own reader, and each person is told of`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.about).caseReference
      let words = "Dear Ms Okonkwo"
      let answer = try await stage.prepare(reference) {
        $0.letters = [
          Self.letter(words, protecting: [.allegedPerpetrator, .otherVictims], for: "applicant"),
          Self.letter(words, protecting: [.allegedPerpetrator, .otherVictims], for: "victims[1]"),
          Self.letter("Mr Quillfeather", protecting: [.allegedPerpetrator, .applicantSide]),
          Self.letter("A body is told", protecting: [.allegedPerpetrator, .applicantSide]),
        ]
        $0.people = [Self.person("applicant"), Self.person("victims[1]"), .init()]
      }
      #expect(answer.letters.map(\.clear) == [true, false, false, true])
      #expect(answer.letters.map(\.hits) == [[], ["text"], ["text"], []])
      #expect(answer.people.map(\.known) == [true, true, true])
      // One who is not named is the applicant.
      #expect(
        answer.people.map(\.contact.name)
          == ["Tamsin Okonkwo", "Ignatius Vanterpool", "Tamsin Okonkwo"])
      #expect(answer.people[1].contact == (try await stage.contact(reference, of: "victims[1]")))
      #expect(
        try await stage.audited("intake.check-text") == ["something in 2.text, 3.text"])
      #expect(try await stage.audited("intake.pass-on-contact").count == 4)
    }
  }

  @Test func `one who is not there keeps nobody else from an answer, and nothing clear for them`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.about).caseReference
      let answer = try await stage.prepare(reference) {
        $0.letters = [
          Self.letter("Good morning", protecting: [.otherVictims], for: "victims[7]"),
          Self.letter("Good morning", protecting: [.otherVictims], for: "applicant"),
        ]
        $0.people = [Self.person("victims[7]"), Self.person("applicant")]
      }
      #expect(answer.letters.map(\.clear) == [false, true])
      #expect(answer.people.map(\.known) == [false, true])
      #expect(answer.people[0].contact == .init())
    }
  }

  @Test func `what cannot be asked so is refused`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit(Self.about).caseReference
      let one = Self.letter("x", protecting: [.applicantSide])
      let long = Self.letter(
        String(repeating: "x", count: CheckText.Limits.text), protecting: [.applicantSide])
      let people = Array(repeating: Self.person("applicant"), count: PrepareLetters.peopleLimit)
      let full = Array(repeating: one, count: CheckText.Limits.parts)
      _ = try await stage.prepare(reference) {
        $0.letters = full
        $0.people = people
      }
      _ = try await stage.prepare(reference) { $0.letters = [long] }
      let calls: [(String, (inout Request) -> Void, String)] = [
        (reference, { _ in }, "missing"),
        (reference, { $0.people = people + [Self.person("applicant")] }, "too-many"),
        (reference, { $0.letters = full + [one] }, "too-many"),
        (reference, { $0.letters = [long, one] }, "too-long"),
        (reference, { $0.letters = [Self.letter("x", protecting: [])] }, "missing"),
        (
          reference,
          { $0.letters = [Self.letter("x", protecting: [.applicantSide], part: "a b")] },
          "wrong-form"
        ),
        (reference, { $0.letters = [Self.letter("x", protecting: [.otherVictims])] }, "missing"),
        ("0000-0000", { $0.letters = [one] }, "unknown-case"),
        (
          reference,
          {
            $0.people = people
            $0.purpose = .supportReferral
          }, "purpose-needed"
        ),
      ]
      for (reference, change, code) in calls {
        let refusal = await #expect(throws: Refusal.self) {
          try await stage.prepare(reference, change)
        }
        #expect(refusal?.code == code)
      }
    }
  }
}
