// DO NOT EDIT: made by protoc-gen-recourse from recourse/intake/v1/attachments.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Intake_V1_Attachments {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.intake.v1.Attachments/Remove",
    "recourse.intake.v1.Attachments/List",
  ]

  /// Calls `recourse.intake.v1.Attachments` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func add<Value: Sendable>(
      request: StreamingClientRequest<Recourse_Intake_V1_AddAttachmentPart>,
      serializer: some MessageSerializer<Recourse_Intake_V1_AddAttachmentPart>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_AttachmentOnRecord>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_AttachmentOnRecord>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.clientStreaming(
        request: request, descriptor: Recourse_Intake_V1_Attachments.Method.Add.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func remove<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_RemoveAttachmentRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_RemoveAttachmentRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_RemoveAttachmentResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_RemoveAttachmentResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Attachments.Method.Remove.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func list<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_ListAttachmentsRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_ListAttachmentsRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_ListAttachmentsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_ListAttachmentsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Attachments.Method.List.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func read<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_ReadAttachmentRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_ReadAttachmentRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_AttachmentPart>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Intake_V1_AttachmentPart>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Recourse_Intake_V1_Attachments.Method.Read.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Intake_V1_Attachments.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Intake_V1_Attachments.Method.Remove.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_RemoveAttachmentRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_RemoveAttachmentResponse>(),
      handler: { try await self.remove(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Attachments.Method.List.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_ListAttachmentsRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_ListAttachmentsResponse>(),
      handler: { try await self.list(request: $0, context: $1) })
  }
}
