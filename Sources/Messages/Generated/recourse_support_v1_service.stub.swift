// DO NOT EDIT: made by protoc-gen-recourse from recourse/support/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Support_V1_Support {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.support.v1.Support/GetSupport",
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
  }
}
