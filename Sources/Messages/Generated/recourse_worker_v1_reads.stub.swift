// DO NOT EDIT: made by protoc-gen-recourse from recourse/worker/v1/reads.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Worker_V1_CaseReads {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.worker.v1.CaseReads/List",
  ]

  /// Calls `recourse.worker.v1.CaseReads` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func list<Value: Sendable>(
      request: ClientRequest<Recourse_Worker_V1_ListCaseReadsRequest>,
      serializer: some MessageSerializer<Recourse_Worker_V1_ListCaseReadsRequest>,
      deserializer: some MessageDeserializer<Recourse_Worker_V1_ListCaseReadsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Worker_V1_ListCaseReadsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Worker_V1_CaseReads.Method.List.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Worker_V1_CaseReads.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Worker_V1_CaseReads.Method.List.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Worker_V1_ListCaseReadsRequest>(),
      serializer: ProtobufSerializer<Recourse_Worker_V1_ListCaseReadsResponse>(),
      handler: { try await self.list(request: $0, context: $1) })
  }
}
