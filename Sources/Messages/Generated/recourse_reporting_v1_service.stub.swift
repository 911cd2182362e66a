// DO NOT EDIT: made by protoc-gen-recourse from recourse/reporting/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Reporting_V1_Reporting {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.reporting.v1.Reporting/Statutory",
  ]

  /// Calls `recourse.reporting.v1.Reporting` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func statutory<Value: Sendable>(
      request: ClientRequest<Recourse_Reporting_V1_StatutoryRequest>,
      serializer: some MessageSerializer<Recourse_Reporting_V1_StatutoryRequest>,
      deserializer: some MessageDeserializer<Recourse_Reporting_V1_StatutoryResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Reporting_V1_StatutoryResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Reporting_V1_Reporting.Method.Statutory.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Reporting_V1_Reporting.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Reporting_V1_Reporting.Method.Statutory.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Reporting_V1_StatutoryRequest>(),
      serializer: ProtobufSerializer<Recourse_Reporting_V1_StatutoryResponse>(),
      handler: { try await self.statutory(request: $0, context: $1) })
  }
}
