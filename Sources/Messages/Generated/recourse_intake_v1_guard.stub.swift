// DO NOT EDIT: made by protoc-gen-recourse from recourse/intake/v1/guard.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Intake_V1_Guard {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.intake.v1.Guard/CheckText",
  ]

  /// Calls `recourse.intake.v1.Guard` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func checkText<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_CheckTextRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_CheckTextRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_CheckTextResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_CheckTextResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Guard.Method.CheckText.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getContact<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetContactRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetContactRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetContactResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetContactResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Guard.Method.GetContact.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func prepareLetters<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_PrepareLettersRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_PrepareLettersRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_PrepareLettersResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_PrepareLettersResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Guard.Method.PrepareLetters.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Intake_V1_Guard.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Intake_V1_Guard.Method.CheckText.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_CheckTextRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_CheckTextResponse>(),
      handler: { try await self.checkText(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Guard.Method.GetContact.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetContactRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetContactResponse>(),
      handler: { try await self.getContact(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Guard.Method.PrepareLetters.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_PrepareLettersRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_PrepareLettersResponse>(),
      handler: { try await self.prepareLetters(request: $0, context: $1) })
  }
}
