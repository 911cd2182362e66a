import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKit
import WorkerKitTesting

@testable import Intake

/// Somebody who is asked for a consent and has not applied answers with a code of their own.
@Suite(.timeLimit(.minutes(3))) struct AnswerCodeTests {
  typealias Answer = Recourse_Intake_V1_RecordConsentRequest.Answer

  /// An application for somebody else, who has not answered.
  private func submitted(_ stage: IntakeStage) async throws -> String {
    try await stage.submit {
      $0.victims = [.with { $0.party.name = "B. Victim" }]
      $0.consents.removeAll { $0.purpose == .thirdPartyAuthority }
    }.caseReference
  }

  private func issue(
    _ reference: String, to person: String = "victims[0]",
    for purpose: Consent.Purpose = .thirdPartyAuthority, _ stage: IntakeStage
  ) async throws -> Recourse_Intake_V1_IssueAnswerCodeResponse {
    try await stage.refusing {
      try await stage.door.issueAnswerCode(
        .with {
          $0.caseReference = reference
          $0.person = person
          $0.purpose = purpose
        })
    }
  }

  private func answer(
    _ answer: Answer, by code: String, of reference: String, _ stage: IntakeStage
  ) async throws -> Recourse_Intake_V1_AnswerByCodeResponse {
    try await stage.refusing {
      try await stage.door.answerByCode(
        .with {
          $0.caseReference = reference
          $0.code = code
          $0.answer = answer
          $0.wording = "letter-1"
        })
    }
  }

  private func authority(_ reference: String, _ stage: IntakeStage) async throws -> [Answer] {
    try await stage.consents(of: reference).answers
      .filter { $0.purpose == .thirdPartyAuthority && $0.person == "victims[0]" }.map(\.answer)
  }

  @Test func `a yes is on record as their own, and nothing of theirs is waited for any more`()
    async throws
  {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      #expect(try await stage.consents(of: reference).awaited.map(\.person) == ["victims[0]"])
      let issued = try await issue(reference, stage)
      #expect(issued.keptUntil == "2026-08-25")
      let told = try await answer(.given, by: issued.code.lowercased(), of: reference, stage)
      #expect(told.logPosition > 0)
      #expect(try await stage.consents(of: reference).awaited.isEmpty)
      #expect(try await stage.recorded("intake.record-consent").map { $0[0] } == ["letter-code"])
      let record = try await stage.consents(of: reference).answers
      #expect(record.filter(\.byCode).map(\.person) == ["victims[0]"])
      // Sent twice it is one answer.
      _ = try await answer(.given, by: issued.code, of: reference, stage)
      #expect(try await authority(reference, stage) == [.given])
    }
  }

  @Test func `who changes their mind takes it back with the same code`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let code = try await issue(reference, stage).code
      for said in [Answer.given, .refused, .refused, .given] {
        _ = try await answer(said, by: code, of: reference, stage)
      }
      #expect(try await authority(reference, stage) == [.given, .withdrawn, .given])
    }
  }

  @Test func `the code opens nothing, and a code that opens the case answers nothing`() async throws
  {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let reference = try await stage.handIn(draft.session) {
        $0.victims = [.with { $0.party.name = "B. Victim" }]
        $0.consents.removeAll { $0.purpose == .thirdPartyAuthority }
      }.caseReference
      let code = try await issue(reference, stage).code
      #expect(
        await stage.refusalCode { try await stage.openCase(reference, code) } == "unknown-code")
      #expect(await stage.refusalCode { try await stage.openDraft(code) } == "unknown-code")
      #expect(
        await stage.refusalCode {
          try await answer(.given, by: draft.code, of: reference, stage)
        } == "unknown-code")
      #expect(try await authority(reference, stage).isEmpty)
      // Kept are a place and what proves it.
      let kept = try await stage.slice.read { slice in
        try slice.rows("SELECT * FROM door_answer_code").map { "\($0)" }.joined()
      }
      #expect(!kept.contains(code))
    }
  }

  @Test func `the newest few codes answer, and none after its last day`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      var codes: [String] = []
      for _ in 0...DoorBounds.answerCodesLimit {
        codes.append(try await issue(reference, stage).code)
      }
      func refused(_ code: String) async -> String {
        await stage.refusalCode { try await answer(.refused, by: code, of: reference, stage) }
      }
      // Who shows one that they were sent has not guessed.
      for _ in 0...DoorBounds.guessesPerCase { #expect(await refused(codes[0]) == "ended-code") }
      #expect(await refused(codes[1]) == "")
      try await stage.pass(Double(DoorBounds.answerDaysKept + 1) * 86_400)
      #expect(await refused(codes[2]) == "ended-code")
      #expect(try await stage.count("door_guess") == 0)
      try await stage.pass(Double(DoorBounds.endedAnswerDaysKnown) * 86_400)
      #expect(await refused(codes[2]) == "unknown-code")
      #expect(try await stage.count("door_answer_code") == 0)
    }
  }

  @Test(arguments: [
    ("A.Applicant+b@Example.test", "a.applicant@example.test", "", ""),
    ("b.victim@example.test", "a.applicant@example.test", "", "shared-not"),
    ("", "", "12 High Street, Exampleton, EX1 2AB", "12 High St, Exampleton EX1 2AB"),
  ])
  func `no code goes where the applicant or an alleged person would read it`(
    email: String, applicants: String, post: String, alleged: String
  ) async throws {
    try await IntakeStage.with { stage in
      let reference = try await stage.submit {
        $0.applicant.email = applicants
        $0.applicant.safeContact = SafeContact()
        $0.allegedPerpetrators = [
          .with {
            $0.name = "C. Alleged"
            $0.address = post.isEmpty ? "" : alleged
          }
        ]
        $0.victims = [
          .with {
            $0.party.name = "B. Victim"
            $0.party.email = email
            $0.party.postalAddress = post
            $0.party.safeContact.channels = [post.isEmpty ? .email : .post]
          }
        ]
        $0.consents.removeAll { $0.purpose == .thirdPartyAuthority }
      }.caseReference
      let isTheirOwn = alleged == "shared-not"
      #expect(
        await stage.refusalCode { try await issue(reference, stage) }
          == (isTheirOwn ? "" : "shared-way"))
      #expect(try await stage.count("door_answer_code") == (isTheirOwn ? 1 : 0))
    }
  }

  @Test func `the codes that are known of a person are few`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      for _ in 0...DoorBounds.answerCodesKnown { _ = try await issue(reference, stage) }
      #expect(try await stage.count("door_answer_code") == DoorBounds.answerCodesKnown)
    }
  }

  @Test func `what the person tells the council ends the codes of their letters`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let code = try await issue(reference, stage).code
      _ = try await answer(.given, by: code, of: reference, stage)
      try await stage.record(.withdrawn, of: reference) {
        $0.purpose = .thirdPartyAuthority
        $0.person = "victims[0]"
      }
      #expect(
        await stage.refusalCode { try await answer(.given, by: code, of: reference, stage) }
          == "ended-code")
      #expect(try await authority(reference, stage) == [.given, .withdrawn])
    }
  }

  @Test func `what the applicant answers ends no code of somebody else`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let code = try await issue(reference, stage).code
      try await stage.record(.withdrawn, of: reference)
      _ = try await answer(.given, by: code, of: reference, stage)
      #expect(try await authority(reference, stage) == [.given])
    }
  }

  @Test func `an application that is withdrawn has no code that answers`() async throws {
    try await IntakeStage.with { stage in
      let draft = try await stage.startDraft()
      let reference = try await stage.handIn(draft.session) {
        $0.victims = [.with { $0.party.name = "B. Victim" }]
        $0.consents.removeAll { $0.purpose == .thirdPartyAuthority }
      }.caseReference
      let code = try await issue(reference, stage).code
      _ = try await stage.withdraw(in: draft.session)
      #expect(
        await stage.refusalCode { try await answer(.given, by: code, of: reference, stage) }
          == "ended-code")
    }
  }

  @Test func `it is for who is asked, and for nobody else`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let asked: [(String, Consent.Purpose)] = [
        ("applicant", .shareWithRelevantBodies), ("victims[0]", .supportReferral),
        ("victims[7]", .thirdPartyAuthority), ("", .thirdPartyAuthority),
      ]
      for (person, purpose) in asked {
        #expect(
          await stage.refusalCode { try await issue(reference, to: person, for: purpose, stage) }
            == "not-awaited")
      }
      #expect(await stage.refusalCode { try await issue("0000-0000", stage) } == "unknown-case")
      let code = try await issue(reference, stage).code
      #expect(
        await stage.refusalCode { try await answer(.withdrawn, by: code, of: reference, stage) }
          == "missing")
    }
  }

  @Test func `who guesses is locked out, as at the case's own door`() async throws {
    try await IntakeStage.with { stage in
      let reference = try await submitted(stage)
      let code = try await issue(reference, stage).code
      for _ in 1..<DoorBounds.guessesPerCase {
        #expect(
          await stage.refusalCode {
            try await answer(.given, by: strangersCode, of: reference, stage)
          } == "unknown-code")
      }
      #expect(
        await stage.refusalCode {
          try await answer(.given, by: strangersCode, of: reference, stage)
        } == "locked-out")
      #expect(
        await stage.refusalCode { try await answer(.given, by: code, of: reference, stage) }
          == "locked-out")
      try await stage.pass(DoorBounds.caseLockOut)
      _ = try await answer(.given, by: code, of: reference, stage)
      #expect(try await authority(reference, stage) == [.given])
    }
  }
}
