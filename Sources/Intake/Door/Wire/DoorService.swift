import Calls
import CaseModel
import Foundation
import GRPCCore
import IntakeRules
import Messages
import Policy
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// The public's door, from message to handler and back: drafts, and how they and cases are opened. What a person does with
/// a case of their own is in `DoorService+OwnCase.swift`.
struct DoorService: Recourse_Intake_V1_Door.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let library: PolicyLibrary
  let makeGenerator: IntakeWorker.GeneratorFactory

  func startDraft(
    request: Recourse_Intake_V1_StartDraftRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_StartDraftResponse {
    let handler = try StartDraft(request, library)
    let outcome = try await context.slice.write { tx in
      var generator = makeGenerator()
      return try handler.apply(in: tx, using: &generator)
    }
    return .with {
      $0.code = outcome.code.shown
      $0.session = outcome.token.text
      $0.keptUntil = outcome.keptUntil.description
    }
  }

  func openDraft(
    request: Recourse_Intake_V1_OpenDraftRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OpenDraftResponse {
    let handler = OpenDraft(code: try DoorCode(request: request.code))
    let outcome = try await context.slice.write { tx in
      var generator = makeGenerator()
      return try handler.apply(in: tx, using: &generator)
    }.get()
    return .with {
      $0.session = outcome.token.text
      $0.keptUntil = outcome.keptUntil.description
      $0.caseReference = outcome.reference?.description ?? ""
    }
  }

  func getDraft(
    request: Recourse_Intake_V1_GetDraftRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetDraftResponse {
    let (draft, content) = try await read(in: request.session) { session, slice, today in
      let draft = try slice.openDraft(of: session, on: today)
      return (draft, try draft.opened(by: session.key(of: draft)))
    }
    return .with {
      $0.area = draft.area
      $0.language = draft.language
      $0.channel = .named(draft.channel)
      $0.content = content
      $0.revision = UInt64(draft.revision)
      $0.keptUntil = draft.keptUntil.description
    }
  }

  func saveDraft(
    request: Recourse_Intake_V1_SaveDraftRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_SaveDraftResponse {
    let handler = SaveDraft(
      token: request.session, content: request.content,
      follows: Int(clamping: request.follows), language: try doorLanguage(request.language))
    let revision = try await context.slice.write { try handler.apply(in: $0) }
    return .with { $0.revision = UInt64(revision) }
  }

  func submitDraft(
    request: Recourse_Intake_V1_SubmitDraftRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_SubmitDraftResponse {
    let token = request.session
    let handler = HandIn(
      token: token, form: HandedInForm(message: request.application), library: library)
    let draft = try await read(in: token) { session, slice, today in
      // One that was handed in gives what it gave then.
      if session.kept.caseReference == nil { _ = try slice.openDraft(of: session, on: today) }
      return session.kept.draftID
    }
    do {
      // A draft is handed in once, whatever else is sent for it later.
      let result = try await context.command(
        "door.submit-draft", key: draft ?? RandomKey.make(),
        request: Recourse_Intake_V1_SubmitDraftRequest()
      ) { tx in
        var generator = makeGenerator()
        let outcome = try handler.apply(in: tx, using: &generator)
        return Recourse_Intake_V1_SubmitDraftResponse.with {
          $0.caseReference = outcome.reference.description
          $0.receivedOn = outcome.application.receivedOn.description
          $0.awaited = outcome.application.awaited.map(Recourse_Intake_V1_AwaitedConsent.init)
        }
      }
      var response = result.response
      response.repeated = result.repeated
      response.logPosition = result.logPosition
      return response
    } catch let problems as FormProblems {
      return .with { $0.faults = problems.all.map(Recourse_Intake_V1_FormFault.init) }
    }
  }

  func openCase(
    request: Recourse_Intake_V1_OpenCaseRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OpenCaseResponse {
    let handler = OpenCase(
      reference: try CaseReference(request: request.caseReference),
      code: try DoorCode(request: request.code))
    let token = try await context.slice.write { tx in
      var generator = makeGenerator()
      return try handler.apply(in: tx, using: &generator)
    }.get()
    return .with { $0.session = token.text }
  }

  func closeSession(
    request: Recourse_Intake_V1_CloseSessionRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_CloseSessionResponse {
    let token = request.session
    try await context.slice.write { tx in
      // One that has ended is closed already.
      guard let session = try? tx.openSession(token, at: tx.now) else { return }
      try tx.remove(session.kept)
    }
    return .init()
  }

  func issueCode(
    request: Recourse_Intake_V1_IssueCodeRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_IssueCodeResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = IssueCode(
      officer: try doorText(
        request.officer, path: "officer", limit: DoorBounds.nameLimit,
        missing: "A code is given out by a named person; expected a name."),
      reason: try doorText(
        request.reason, path: "reason", limit: DoorBounds.reasonLimit,
        missing: "A new code shuts out who had the old one; expected why it is given out."))
    let code = try await context.slice.write { tx in
      var generator = makeGenerator()
      return try handler.apply(reference, in: tx, using: &generator)
    }
    return .with { $0.code = code.shown }
  }

  /// Reads what somebody with a session may see, and writes down that it is in use where that is due.
  func read<Value: Sendable>(
    in token: String,
    _ body: @escaping @Sendable (OpenSession, SliceReader, CalendarDate) throws -> Value
  ) async throws -> Value {
    let now = context.clock.now
    let today = CalendarDate(ofUnixSeconds: Int64(now.timeIntervalSince1970.rounded(.down)))
    let (value, wantsNote) = try await context.slice.read { slice in
      let session = try slice.openSession(token, at: now)
      return (try body(session, slice, today), session.kept.wantsUseNoted(at: now))
    }
    if wantsNote { try await context.slice.write { _ = try $0.openSession(token) } }
    return value
  }
}
