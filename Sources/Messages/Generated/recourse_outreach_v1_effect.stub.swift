// DO NOT EDIT: made by protoc-gen-recourse from recourse/outreach/v1/effect.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Outreach_V1_OutreachEffect {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.outreach.v1.OutreachEffect/RecordVisits",
  ]

  /// Calls `recourse.outreach.v1.OutreachEffect` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func getEffect<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_GetEffectRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_GetEffectRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_GetEffectResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_GetEffectResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_OutreachEffect.Method.GetEffect.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordVisits<Value: Sendable>(
      request: ClientRequest<Recourse_Outreach_V1_RecordVisitsRequest>,
      serializer: some MessageSerializer<Recourse_Outreach_V1_RecordVisitsRequest>,
      deserializer: some MessageDeserializer<Recourse_Outreach_V1_RecordVisitsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Outreach_V1_RecordVisitsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Outreach_V1_OutreachEffect.Method.RecordVisits.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Outreach_V1_OutreachEffect.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Outreach_V1_OutreachEffect.Method.GetEffect.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_GetEffectRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_GetEffectResponse>(),
      handler: { try await self.getEffect(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Outreach_V1_OutreachEffect.Method.RecordVisits.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Outreach_V1_RecordVisitsRequest>(),
      serializer: ProtobufSerializer<Recourse_Outreach_V1_RecordVisitsResponse>(),
      handler: { try await self.recordVisits(request: $0, context: $1) })
  }
}
