import CaseModel
import Foundation
import GRPCCore
import IntakeRules
import Messages
import Policy
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// What a person does with a case of their own.
extension DoorService {
  func getOwnCase(
    request: Recourse_Intake_V1_GetOwnCaseRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_GetOwnCaseResponse {
    let caller = Caller(call)
    let fields = try caller.fields(OwnCase.Field.allCases, for: OwnCase.purpose)
    try await context.waitUntil(request.atLeastPosition)
    let token = request.session
    let (response, isTold) = try await read(in: token) { session, slice, _ in
      (try slice.ownCase(try session.reference, fields), session.kept.isTold)
    }
    // Once for each session: a page that is looked at again is the same visit.
    if !isTold {
      try await context.slice.write { tx in
        let session = try tx.openSession(token)
        try tx.noteTold(in: session.kept)
        try tx.auditDisclosure(
          to: caller, "intake.read-own-case", of: try session.reference,
          purpose: OwnCase.purpose, fields: fields.map(\.rawValue))
      }
    }
    return response
  }

  func addComplaint(
    request: Recourse_Intake_V1_AddComplaintRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OwnChangeResponse {
    let handler = AddComplaint(
      form: LaterComplaintForm(message: request.complaint), other: request.otherComplainant,
      library: library)
    return try await change("door.add-complaint", request) { try handler.apply($0, in: $1) }
  }

  func changeContact(
    request: Recourse_Intake_V1_ChangeContactRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OwnChangeResponse {
    let handler = ChangeContact(form: ContactForm(message: request.contact))
    return try await change("door.change-contact", request) { try handler.apply($0, in: $1) }
  }

  func changeAttendance(
    request: Recourse_Intake_V1_ChangeAttendanceRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OwnChangeResponse {
    let handler = ChangeAttendance(attendance: request.attendance.formName)
    return try await change("door.change-attendance", request) { reference, tx in
      guard !handler.attendance.isEmpty else {
        let choices = Recourse_Intake_V1_Application.Attendance.allCases.dropFirst()
          .map(\.formName).joined(separator: ", ")
        throw Refusal(
          .input, code: "missing", path: "attendance",
          message: "This does not say how you take part; expected one of: \(choices).")
      }
      try handler.apply(reference, in: tx)
    }
  }

  func answerConsent(
    request: Recourse_Intake_V1_AnswerConsentRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OwnChangeResponse {
    let answer = Recourse_Intake_V1_RecordConsentRequest.with {
      $0.answer = request.answer
      $0.purpose = request.purpose
      $0.recipient = request.recipient
      $0.person = ConsentingPerson.applicant.path
      $0.wording = request.wording
      // Nobody else puts it on record.
      $0.officer = OpenCase.actor
    }
    return try await change("door.answer-consent", request) { reference, tx in
      var generator = makeGenerator()
      _ = try RecordConsent(answer).apply(reference, library, in: tx, using: &generator)
    }
  }

  func withdrawApplication(
    request: Recourse_Intake_V1_WithdrawApplicationRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_OwnChangeResponse {
    try await change("door.withdraw", request) { reference, tx in
      try WithdrawApplication(
        reason: try doorText(request.reason, path: "reason", limit: DoorBounds.reasonLimit),
        underPressure: request.underPressure
      ).apply(reference, in: tx)
    }
  }

  /// Carries out a change of the case that a session is of, once per key and case. What is wrong with what was typed is
  /// answered by its place, and nothing has changed then.
  private func change<Request: OwnChangeRequest>(
    _ name: String, _ request: Request,
    _ body: @escaping @Sendable (CaseReference, SliceTransaction) throws -> Void
  ) async throws -> Recourse_Intake_V1_OwnChangeResponse {
    let token = request.session
    let reference = try await read(in: token) { session, _, _ in try session.reference }
    let key =
      request.idempotencyKey.isEmpty
      ? RandomKey.make() : "\(reference)/\(request.idempotencyKey)"
    do {
      let result = try await context.command(name, key: key, request: request.bare) { tx in
        _ = try tx.openSession(token).reference
        try body(reference, tx)
        let awaited = try tx.consents(of: reference).awaited(try tx.victims(of: reference))
        return Recourse_Intake_V1_OwnChangeResponse.with {
          $0.awaited = awaited.map(Recourse_Intake_V1_AwaitedConsent.init)
        }
      }
      var response = result.response
      response.repeated = result.repeated
      response.logPosition = result.logPosition
      return response
    } catch let problems as FormProblems {
      return .with { $0.faults = problems.all.map(Recourse_Intake_V1_FormFault.init) }
    } catch let refusal as Refusal where refusal.isOfWhatWasTyped {
      return .with {
        $0.faults = [
          .with {
            $0.code = refusal.code
            $0.path = refusal.path
            $0.message = refusal.message
          }
        ]
      }
    }
  }
}

extension Refusal {
  fileprivate var isOfWhatWasTyped: Bool {
    kind == .input && !path.isEmpty && path != "idempotencyKey"
  }
}

/// A change that a person makes of a case of their own.
protocol OwnChangeRequest: Message, Sendable {
  var session: String { get set }
  var idempotencyKey: String { get set }
}

extension OwnChangeRequest {
  /// What tells this request from another one under the same key; another session of the same person may repeat it.
  fileprivate var bare: Self {
    var request = self
    request.session = ""
    request.idempotencyKey = ""
    return request
  }
}

extension Recourse_Intake_V1_AddComplaintRequest: OwnChangeRequest {}
extension Recourse_Intake_V1_ChangeContactRequest: OwnChangeRequest {}
extension Recourse_Intake_V1_ChangeAttendanceRequest: OwnChangeRequest {}
extension Recourse_Intake_V1_AnswerConsentRequest: OwnChangeRequest {}
extension Recourse_Intake_V1_WithdrawApplicationRequest: OwnChangeRequest {}

extension SliceReader {
  /// What is told of it, and no other fields.
  fileprivate func ownCase(
    _ reference: CaseReference, _ fields: [OwnCase.Field]
  ) throws -> Recourse_Intake_V1_GetOwnCaseResponse {
    let told = try toldApplication(reference)
    let consents = Recourse_Intake_V1_GetConsentsResponse(
      try self.consents(of: reference), try victims(of: reference))
    let withdrawal = try withdrawal(of: reference)
    let files =
      fields.contains(.attachments)
      ? try listed(by: AttachmentDesk(of: reference), named: true) : []
    return .with {
      $0.caseReference = reference.description
      $0.area = told.area
      $0.receivedOn = told.receivedOn
      $0.policyDigest = told.policyDigest
      if fields.contains(.application) { $0.application = .init(told) }
      if fields.contains(.consents) { $0.consents = consents.answers }
      $0.attachments = files
      $0.awaited = consents.awaited
      $0.withdrawnOn = withdrawal?.on.description ?? ""
      $0.complaintsAtReceipt = UInt32(told.complaints.count { $0.addedOn.isEmpty })
    }
  }
}
