// DO NOT EDIT: made by protoc-gen-recourse from grpc/health/v1/health.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Grpc_Health_V1_Health {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = []

  /// Calls `grpc.health.v1.Health` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func check<Value: Sendable>(
      request: ClientRequest<Grpc_Health_V1_HealthCheckRequest>,
      serializer: some MessageSerializer<Grpc_Health_V1_HealthCheckRequest>,
      deserializer: some MessageDeserializer<Grpc_Health_V1_HealthCheckResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Grpc_Health_V1_HealthCheckResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Grpc_Health_V1_Health.Method.Check.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func watch<Value: Sendable>(
      request: ClientRequest<Grpc_Health_V1_HealthCheckRequest>,
      serializer: some MessageSerializer<Grpc_Health_V1_HealthCheckRequest>,
      deserializer: some MessageDeserializer<Grpc_Health_V1_HealthCheckResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Grpc_Health_V1_HealthCheckResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Grpc_Health_V1_Health.Method.Watch.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Grpc_Health_V1_Health.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Grpc_Health_V1_Health.Method.Check.descriptor,
      deserializer: ProtobufDeserializer<Grpc_Health_V1_HealthCheckRequest>(),
      serializer: ProtobufSerializer<Grpc_Health_V1_HealthCheckResponse>(),
      handler: { try await self.check(request: $0, context: $1) })
  }
}
