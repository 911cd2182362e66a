import CaseModel
import GRPCCore
import IntakeRules
import Messages
import SwiftProtobuf
import WorkerKit

/// What somebody answers who is asked for a consent and has not applied.
extension DoorService {
  func issueAnswerCode(
    request: Recourse_Intake_V1_IssueAnswerCodeRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_IssueAnswerCodeResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = IssueAnswerCode(
      person: request.person, purpose: request.purpose.formName, caller: Caller(call))
    let outcome = try await context.slice.write { tx in
      var generator = makeGenerator()
      return try handler.apply(reference, in: tx, using: &generator)
    }
    return .with {
      $0.code = outcome.code.shown
      $0.keptUntil = outcome.keptUntil.description
    }
  }

  func answerByCode(
    request: Recourse_Intake_V1_AnswerByCodeRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_AnswerByCodeResponse {
    let finder = FindAnswerCode(
      reference: try CaseReference(request: request.caseReference),
      code: try DoorCode(request: request.code))
    guard request.answer == .given || request.answer == .refused else {
      throw Refusal(
        .input, code: "missing", path: "answer", message: "Expected one of GIVEN, REFUSED.")
    }
    // A wrong code is counted before it is turned away.
    let found = try await context.slice.write { try finder.apply(in: $0) }.get()
    let (reference, bare) = (finder.reference, request.bare)
    let result = try await context.command(
      "door.answer-by-code", key: RandomKey.make(), request: bare
    ) { [library, makeGenerator] tx in
      if let consent = try tx.answer(bare, to: found, of: reference) {
        var generator = makeGenerator()
        _ = try consent.apply(reference, library, in: tx, using: &generator)
      }
      return Recourse_Intake_V1_AnswerByCodeResponse()
    }
    return .with { $0.logPosition = result.logPosition }
  }
}

extension Recourse_Intake_V1_AnswerByCodeRequest {
  /// Without the code, which is kept nowhere.
  fileprivate var bare: Self {
    var request = self
    request.code = ""
    return request
  }
}

extension SliceReader {
  /// What is put on record by an answer; nil if that is how it stands already.
  fileprivate func answer(
    _ said: Recourse_Intake_V1_AnswerByCodeRequest, to code: KeptAnswerCode,
    of reference: CaseReference
  ) throws -> RecordConsent? {
    let last = try consents(of: reference).answers.last {
      $0.subject.person.path == code.person && $0.subject.purpose == code.purpose
    }
    var request = Recourse_Intake_V1_RecordConsentRequest.with {
      $0.answer = said.answer
      $0.purpose = .named(code.purpose)
      $0.person = code.person
      $0.wording = said.wording
      // Nobody has seen who answers: whoever had the letter.
      $0.officer = FindAnswerCode.recorder
    }
    switch (said.answer, last?.answer) {
    case (.given, .given) where last?.wording == said.wording: return nil
    case (.refused, .refused), (.refused, .withdrawn): return nil
    case (.refused, .given):
      request.answer = .withdrawn
      request.wording = last?.wording ?? ""
    default: break
    }
    var consent = try RecordConsent(request)
    consent.isByCode = true
    return consent
  }
}
