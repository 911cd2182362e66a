// DO NOT EDIT: made by protoc-gen-recourse from recourse/bus/v1/event_log.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Bus_V1_EventLog {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.bus.v1.EventLog/Append",
    "recourse.bus.v1.EventLog/Read",
    "recourse.bus.v1.EventLog/ReadByKey",
  ]

  /// Calls `recourse.bus.v1.EventLog` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func append<Value: Sendable>(
      request: StreamingClientRequest<Recourse_Bus_V1_AppendRequest>,
      serializer: some MessageSerializer<Recourse_Bus_V1_AppendRequest>,
      deserializer: some MessageDeserializer<Recourse_Bus_V1_AppendResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Bus_V1_AppendResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.bidirectionalStreaming(
        request: request, descriptor: Recourse_Bus_V1_EventLog.Method.Append.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func read<Value: Sendable>(
      request: ClientRequest<Recourse_Bus_V1_ReadRequest>,
      serializer: some MessageSerializer<Recourse_Bus_V1_ReadRequest>,
      deserializer: some MessageDeserializer<Recourse_Bus_V1_ReadResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Bus_V1_ReadResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Recourse_Bus_V1_EventLog.Method.Read.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func readByKey<Value: Sendable>(
      request: ClientRequest<Recourse_Bus_V1_ReadByKeyRequest>,
      serializer: some MessageSerializer<Recourse_Bus_V1_ReadByKeyRequest>,
      deserializer: some MessageDeserializer<Recourse_Bus_V1_ReadResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Bus_V1_ReadResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Recourse_Bus_V1_EventLog.Method.ReadByKey.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Bus_V1_EventLog.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
  }
}
