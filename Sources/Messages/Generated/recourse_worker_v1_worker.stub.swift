// DO NOT EDIT: made by protoc-gen-recourse from recourse/worker/v1/worker.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Worker_V1_Worker {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.worker.v1.Worker/Status",
    "recourse.worker.v1.Worker/Await",
  ]

  /// Calls `recourse.worker.v1.Worker` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func status<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_StatusRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_StatusRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_StatusResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_StatusResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.Status.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func await<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_AwaitRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_AwaitRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_AwaitResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_AwaitResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.Await.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Worker_V1_Worker.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.Status.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_StatusRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_StatusResponse>(),
      handler: { try await self.status(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.Await.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_AwaitRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_AwaitResponse>(),
      handler: { try await self.await(request: $0, context: $1) })
  }
}
