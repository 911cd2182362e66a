// DO NOT EDIT: made by protoc-gen-recourse from recourse/bus/v1/directory.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Bus_V1_Directory {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.bus.v1.Directory/List",
  ]

  /// Calls `recourse.bus.v1.Directory` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func list<Value: Sendable>(
      request: ClientRequest<Recourse_Bus_V1_DirectoryRequest>,
      serializer: some MessageSerializer<Recourse_Bus_V1_DirectoryRequest>,
      deserializer: some MessageDeserializer<Recourse_Bus_V1_DirectoryResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Bus_V1_DirectoryResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Bus_V1_Directory.Method.List.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Bus_V1_Directory.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Bus_V1_Directory.Method.List.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Bus_V1_DirectoryRequest>(),
      serializer: ProtobufSerializer<Recourse_Bus_V1_DirectoryResponse>(),
      handler: { try await self.list(request: $0, context: $1) })
  }
}
