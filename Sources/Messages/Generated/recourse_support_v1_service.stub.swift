// DO NOT EDIT: made by protoc-gen-recourse from recourse/support/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Support_V1_Support {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.support.v1.Support/GetSupport",
    "recourse.support.v1.Support/ServeAgencies",
    "recourse.support.v1.Support/ForgetServer",
    "recourse.support.v1.Support/RecordReferralAnswer",
    "recourse.support.v1.Support/RecordWithdrawalAcknowledged",
  ]

  /// Calls `recourse.support.v1.Support` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func getSupport<Value: Sendable>(
      request: ClientRequest<Recourse_Support_V1_GetSupportRequest>,
      serializer: some MessageSerializer<Recourse_Support_V1_GetSupportRequest>,
      deserializer: some MessageDeserializer<Recourse_Support_V1_GetSupportResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Support_V1_GetSupportResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Support_V1_Support.Method.GetSupport.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func serveAgencies<Value: Sendable>(
      request: ClientRequest<Recourse_Support_V1_ServeAgenciesRequest>,
      serializer: some MessageSerializer<Recourse_Support_V1_ServeAgenciesRequest>,
      deserializer: some MessageDeserializer<Recourse_Support_V1_ServeAgenciesResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Support_V1_ServeAgenciesResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Support_V1_Support.Method.ServeAgencies.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func forgetServer<Value: Sendable>(
      request: ClientRequest<Recourse_Support_V1_ForgetServerRequest>,
      serializer: some MessageSerializer<Recourse_Support_V1_ForgetServerRequest>,
      deserializer: some MessageDeserializer<Recourse_Support_V1_ForgetServerResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Support_V1_ForgetServerResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Support_V1_Support.Method.ForgetServer.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordReferralAnswer<Value: Sendable>(
      request: ClientRequest<Recourse_Support_V1_RecordReferralAnswerRequest>,
      serializer: some MessageSerializer<Recourse_Support_V1_RecordReferralAnswerRequest>,
      deserializer: some MessageDeserializer<Recourse_Support_V1_RecordReferralAnswerResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Support_V1_RecordReferralAnswerResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Support_V1_Support.Method.RecordReferralAnswer.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordWithdrawalAcknowledged<Value: Sendable>(
      request: ClientRequest<Recourse_Support_V1_RecordWithdrawalAcknowledgedRequest>,
      serializer: some MessageSerializer<Recourse_Support_V1_RecordWithdrawalAcknowledgedRequest>,
      deserializer: some MessageDeserializer<Recourse_Support_V1_RecordWithdrawalAcknowledgedResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Support_V1_RecordWithdrawalAcknowledgedResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Support_V1_Support.Method.RecordWithdrawalAcknowledged.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Support_V1_Support.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Support_V1_Support.Method.GetSupport.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Support_V1_GetSupportRequest>(),
      serializer: ProtobufSerializer<Recourse_Support_V1_GetSupportResponse>(),
      handler: { try await self.getSupport(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Support_V1_Support.Method.ServeAgencies.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Support_V1_ServeAgenciesRequest>(),
      serializer: ProtobufSerializer<Recourse_Support_V1_ServeAgenciesResponse>(),
      handler: { try await self.serveAgencies(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Support_V1_Support.Method.ForgetServer.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Support_V1_ForgetServerRequest>(),
      serializer: ProtobufSerializer<Recourse_Support_V1_ForgetServerResponse>(),
      handler: { try await self.forgetServer(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Support_V1_Support.Method.RecordReferralAnswer.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Support_V1_RecordReferralAnswerRequest>(),
      serializer: ProtobufSerializer<Recourse_Support_V1_RecordReferralAnswerResponse>(),
      handler: { try await self.recordReferralAnswer(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Support_V1_Support.Method.RecordWithdrawalAcknowledged.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Support_V1_RecordWithdrawalAcknowledgedRequest>(),
      serializer: ProtobufSerializer<Recourse_Support_V1_RecordWithdrawalAcknowledgedResponse>(),
      handler: { try await self.recordWithdrawalAcknowledged(request: $0, context: $1) })
  }
}
