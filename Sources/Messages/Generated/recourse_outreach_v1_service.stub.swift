// DO NOT EDIT: made by protoc-gen-recourse from recourse/outreach/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Outreach_V1_Outreach {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.outreach.v1.Outreach/GetPlan",
  ]

  /// Calls `recourse.outreach.v1.Outreach` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func importPlan<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_ImportPlanRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_ImportPlanRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_ImportPlanResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_ImportPlanResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.ImportPlan.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getPlan<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_GetPlanRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_GetPlanRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_GetPlanResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_GetPlanResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.GetPlan.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func addActivity<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_AddActivityRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_AddActivityRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_PlanChanged>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_PlanChanged>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.AddActivity.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func approveActivity<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_ApproveActivityRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_ApproveActivityRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_PlanChanged>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_PlanChanged>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.ApproveActivity.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func holdActivity<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_HoldActivityRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_HoldActivityRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_PlanChanged>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_PlanChanged>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.HoldActivity.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func distribute<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_DistributeRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_DistributeRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_PlanChanged>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_PlanChanged>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.Distribute.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func invite<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_InviteRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_InviteRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_InviteResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_InviteResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.Invite.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func cancelInvitations<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_CancelInvitationsRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_CancelInvitationsRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_InviteResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_InviteResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.CancelInvitations.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordAnswer<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_RecordAnswerRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_RecordAnswerRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_RecordAnswerResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_RecordAnswerResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.RecordAnswer.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordAttendance<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_RecordAttendanceRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_RecordAttendanceRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_PlanChanged>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_PlanChanged>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_Outreach.Method.RecordAttendance.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Outreach_V1_Outreach.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.ImportPlan.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_ImportPlanRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_ImportPlanResponse>(),
      handler: { try await self.importPlan(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.GetPlan.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_GetPlanRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_GetPlanResponse>(),
      handler: { try await self.getPlan(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.AddActivity.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_AddActivityRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_PlanChanged>(),
      handler: { try await self.addActivity(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.ApproveActivity.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_ApproveActivityRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_PlanChanged>(),
      handler: { try await self.approveActivity(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.HoldActivity.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_HoldActivityRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_PlanChanged>(),
      handler: { try await self.holdActivity(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.Distribute.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_DistributeRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_PlanChanged>(),
      handler: { try await self.distribute(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.Invite.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_InviteRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_InviteResponse>(),
      handler: { try await self.invite(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.CancelInvitations.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_CancelInvitationsRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_InviteResponse>(),
      handler: { try await self.cancelInvitations(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.RecordAnswer.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_RecordAnswerRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_RecordAnswerResponse>(),
      handler: { try await self.recordAnswer(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_Outreach.Method.RecordAttendance.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_RecordAttendanceRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_PlanChanged>(),
      handler: { try await self.recordAttendance(request: $0, context: $1) })
  }
}
