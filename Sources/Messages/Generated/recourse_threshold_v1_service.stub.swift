// DO NOT EDIT: made by protoc-gen-recourse from recourse/threshold/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Threshold_V1_Threshold {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.threshold.v1.Threshold/GetAssessment",
    "recourse.threshold.v1.Threshold/Decide",
    "recourse.threshold.v1.Threshold/RecordNotified",
  ]

  /// Calls `recourse.threshold.v1.Threshold` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func getAssessment<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_GetAssessmentRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_GetAssessmentRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_GetAssessmentResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_GetAssessmentResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.GetAssessment.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func decide<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_DecideRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_DecideRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_DecideResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_DecideResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.Decide.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordNotified<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RecordNotifiedRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RecordNotifiedRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RecordNotifiedResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RecordNotifiedResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.RecordNotified.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Threshold_V1_Threshold.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.GetAssessment.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_GetAssessmentRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_GetAssessmentResponse>(),
      handler: { try await self.getAssessment(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.Decide.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_DecideRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_DecideResponse>(),
      handler: { try await self.decide(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RecordNotified.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RecordNotifiedRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RecordNotifiedResponse>(),
      handler: { try await self.recordNotified(request: $0, context: $1) })
  }
}
