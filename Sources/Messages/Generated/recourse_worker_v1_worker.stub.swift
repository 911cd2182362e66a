// DO NOT EDIT: made by protoc-gen-recourse from recourse/worker/v1/worker.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Worker_V1_Worker {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.worker.v1.Worker/Status",
    "recourse.worker.v1.Worker/Await",
    "recourse.worker.v1.Worker/ListParked",
    "recourse.worker.v1.Worker/ListEffects",
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

    public func listParked<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_ListParkedRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_ListParkedRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_ListParkedResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_ListParkedResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.ListParked.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func retryParked<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_RetryParkedRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_RetryParkedRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_RetryParkedResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_RetryParkedResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.RetryParked.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func skipParked<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_SkipParkedRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_SkipParkedRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_SkipParkedResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_SkipParkedResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.SkipParked.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func replay<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_ReplayRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_ReplayRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_ReplayResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Worker_V1_ReplayResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.Replay.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func listEffects<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_ListEffectsRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_ListEffectsRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_ListEffectsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_ListEffectsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.ListEffects.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func settleEffect<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_SettleEffectRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_SettleEffectRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_SettleEffectResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_SettleEffectResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.SettleEffect.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func backup<Value: Sendable>(
      request: ClientRequest<Recourse_Bus_V1_BackupRequest>,
      serializer: some MessageSerializer<Recourse_Bus_V1_BackupRequest>,
      deserializer: some MessageDeserializer<Recourse_Bus_V1_BackupResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Bus_V1_BackupResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Recourse_Worker_V1_Worker.Method.Backup.descriptor,
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
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.ListParked.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_ListParkedRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_ListParkedResponse>(),
      handler: { try await self.listParked(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.RetryParked.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_RetryParkedRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_RetryParkedResponse>(),
      handler: { try await self.retryParked(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.SkipParked.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_SkipParkedRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_SkipParkedResponse>(),
      handler: { try await self.skipParked(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.ListEffects.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_ListEffectsRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_ListEffectsResponse>(),
      handler: { try await self.listEffects(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Worker_V1_Worker.Method.SettleEffect.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_SettleEffectRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_SettleEffectResponse>(),
      handler: { try await self.settleEffect(request: $0, context: $1) })
  }
}
