// DO NOT EDIT: made by protoc-gen-recourse from recourse/bus/v1/backup.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Bus_V1_LogBackup {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = []

  /// Calls `recourse.bus.v1.LogBackup` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func take<Value: Sendable>(
      request: StreamingClientRequest<Recourse_Bus_V1_BackupRequest>,
      serializer: some MessageSerializer<Recourse_Bus_V1_BackupRequest>,
      deserializer: some MessageDeserializer<Recourse_Bus_V1_BackupResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Bus_V1_BackupResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.bidirectionalStreaming(
        request: request, descriptor: Recourse_Bus_V1_LogBackup.Method.Take.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Bus_V1_LogBackup.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
  }
}
