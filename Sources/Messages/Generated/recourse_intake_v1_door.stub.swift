// DO NOT EDIT: made by protoc-gen-recourse from recourse/intake/v1/door.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Intake_V1_Door {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.intake.v1.Door/GetDraft",
    "recourse.intake.v1.Door/SaveDraft",
    "recourse.intake.v1.Door/SubmitDraft",
    "recourse.intake.v1.Door/CloseSession",
    "recourse.intake.v1.Door/GetOwnCase",
    "recourse.intake.v1.Door/AddComplaint",
    "recourse.intake.v1.Door/ChangeContact",
    "recourse.intake.v1.Door/ChangeAttendance",
    "recourse.intake.v1.Door/AnswerConsent",
    "recourse.intake.v1.Door/WithdrawApplication",
  ]

  /// Calls `recourse.intake.v1.Door` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func startDraft<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_StartDraftRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_StartDraftRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_StartDraftResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_StartDraftResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.StartDraft.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func openDraft<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_OpenDraftRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_OpenDraftRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OpenDraftResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OpenDraftResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.OpenDraft.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getDraft<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetDraftRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetDraftRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetDraftResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetDraftResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.GetDraft.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func saveDraft<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_SaveDraftRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_SaveDraftRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_SaveDraftResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_SaveDraftResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.SaveDraft.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func submitDraft<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_SubmitDraftRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_SubmitDraftRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_SubmitDraftResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_SubmitDraftResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.SubmitDraft.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func openCase<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_OpenCaseRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_OpenCaseRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OpenCaseResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OpenCaseResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.OpenCase.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func closeSession<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_CloseSessionRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_CloseSessionRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_CloseSessionResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_CloseSessionResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.CloseSession.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getOwnCase<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetOwnCaseRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetOwnCaseRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetOwnCaseResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetOwnCaseResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.GetOwnCase.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func addComplaint<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_AddComplaintRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_AddComplaintRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OwnChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OwnChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.AddComplaint.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func changeContact<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_ChangeContactRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_ChangeContactRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OwnChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OwnChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.ChangeContact.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func changeAttendance<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_ChangeAttendanceRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_ChangeAttendanceRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OwnChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OwnChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.ChangeAttendance.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func answerConsent<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_AnswerConsentRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_AnswerConsentRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OwnChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OwnChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.AnswerConsent.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func withdrawApplication<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_WithdrawApplicationRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_WithdrawApplicationRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_OwnChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_OwnChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.WithdrawApplication.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func issueCode<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_IssueCodeRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_IssueCodeRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_IssueCodeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_IssueCodeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.IssueCode.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func issueAnswerCode<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_IssueAnswerCodeRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_IssueAnswerCodeRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_IssueAnswerCodeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_IssueAnswerCodeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.IssueAnswerCode.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func answerByCode<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_AnswerByCodeRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_AnswerByCodeRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_AnswerByCodeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_AnswerByCodeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Door.Method.AnswerByCode.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Intake_V1_Door.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.StartDraft.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_StartDraftRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_StartDraftResponse>(),
      handler: { try await self.startDraft(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.OpenDraft.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_OpenDraftRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OpenDraftResponse>(),
      handler: { try await self.openDraft(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.GetDraft.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetDraftRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetDraftResponse>(),
      handler: { try await self.getDraft(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.SaveDraft.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_SaveDraftRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_SaveDraftResponse>(),
      handler: { try await self.saveDraft(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.SubmitDraft.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_SubmitDraftRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_SubmitDraftResponse>(),
      handler: { try await self.submitDraft(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.OpenCase.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_OpenCaseRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OpenCaseResponse>(),
      handler: { try await self.openCase(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.CloseSession.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_CloseSessionRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_CloseSessionResponse>(),
      handler: { try await self.closeSession(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.GetOwnCase.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetOwnCaseRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetOwnCaseResponse>(),
      handler: { try await self.getOwnCase(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.AddComplaint.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_AddComplaintRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OwnChangeResponse>(),
      handler: { try await self.addComplaint(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.ChangeContact.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_ChangeContactRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OwnChangeResponse>(),
      handler: { try await self.changeContact(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.ChangeAttendance.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_ChangeAttendanceRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OwnChangeResponse>(),
      handler: { try await self.changeAttendance(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.AnswerConsent.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_AnswerConsentRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OwnChangeResponse>(),
      handler: { try await self.answerConsent(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.WithdrawApplication.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_WithdrawApplicationRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_OwnChangeResponse>(),
      handler: { try await self.withdrawApplication(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.IssueCode.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_IssueCodeRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_IssueCodeResponse>(),
      handler: { try await self.issueCode(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.IssueAnswerCode.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_IssueAnswerCodeRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_IssueAnswerCodeResponse>(),
      handler: { try await self.issueAnswerCode(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Door.Method.AnswerByCode.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_AnswerByCodeRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_AnswerByCodeResponse>(),
      handler: { try await self.answerByCode(request: $0, context: $1) })
  }
}
