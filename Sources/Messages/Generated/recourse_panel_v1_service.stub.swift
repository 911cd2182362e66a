// DO NOT EDIT: made by protoc-gen-recourse from recourse/panel/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Panel_V1_Panel {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.panel.v1.Panel/GetReview",
    "recourse.panel.v1.Panel/Hold",
    "recourse.panel.v1.Panel/AnswerRecommendation",
    "recourse.panel.v1.Panel/ReportAction",
    "recourse.panel.v1.Panel/ListFollowUps",
  ]

  /// Calls `recourse.panel.v1.Panel` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func addAvailability<Value: Sendable>(
      request: StreamingClientRequest<Recourse_Panel_V1_AvailabilityLine>,
      serializer: some MessageSerializer<Recourse_Panel_V1_AvailabilityLine>,
      deserializer: some MessageDeserializer<Recourse_Panel_V1_AvailabilityResult>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Recourse_Panel_V1_AvailabilityResult>) async throws -> Value
    ) async throws -> Value {
      try await caller.bidirectionalStreaming(
        request: request, descriptor: Recourse_Panel_V1_Panel.Method.AddAvailability.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getReview<Value: Sendable>(
      request: ClientRequest<Recourse_Panel_V1_GetReviewRequest>,
      serializer: some MessageSerializer<Recourse_Panel_V1_GetReviewRequest>,
      deserializer: some MessageDeserializer<Recourse_Panel_V1_GetReviewResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Panel_V1_GetReviewResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Panel_V1_Panel.Method.GetReview.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func hold<Value: Sendable>(
      request: ClientRequest<Recourse_Panel_V1_HoldRequest>,
      serializer: some MessageSerializer<Recourse_Panel_V1_HoldRequest>,
      deserializer: some MessageDeserializer<Recourse_Panel_V1_HoldResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Panel_V1_HoldResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Panel_V1_Panel.Method.Hold.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func answerRecommendation<Value: Sendable>(
      request: ClientRequest<Recourse_Panel_V1_AnswerRecommendationRequest>,
      serializer: some MessageSerializer<Recourse_Panel_V1_AnswerRecommendationRequest>,
      deserializer: some MessageDeserializer<Recourse_Panel_V1_FollowUpResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Panel_V1_FollowUpResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Panel_V1_Panel.Method.AnswerRecommendation.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func reportAction<Value: Sendable>(
      request: ClientRequest<Recourse_Panel_V1_ReportActionRequest>,
      serializer: some MessageSerializer<Recourse_Panel_V1_ReportActionRequest>,
      deserializer: some MessageDeserializer<Recourse_Panel_V1_FollowUpResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Panel_V1_FollowUpResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Panel_V1_Panel.Method.ReportAction.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func listFollowUps<Value: Sendable>(
      request: ClientRequest<Recourse_Panel_V1_ListFollowUpsRequest>,
      serializer: some MessageSerializer<Recourse_Panel_V1_ListFollowUpsRequest>,
      deserializer: some MessageDeserializer<Recourse_Panel_V1_ListFollowUpsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Panel_V1_ListFollowUpsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Panel_V1_Panel.Method.ListFollowUps.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Panel_V1_Panel.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Panel_V1_Panel.Method.GetReview.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Panel_V1_GetReviewRequest>(),
      serializer: ProtobufSerializer<Recourse_Panel_V1_GetReviewResponse>(),
      handler: { try await self.getReview(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Panel_V1_Panel.Method.Hold.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Panel_V1_HoldRequest>(),
      serializer: ProtobufSerializer<Recourse_Panel_V1_HoldResponse>(),
      handler: { try await self.hold(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Panel_V1_Panel.Method.AnswerRecommendation.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Panel_V1_AnswerRecommendationRequest>(),
      serializer: ProtobufSerializer<Recourse_Panel_V1_FollowUpResponse>(),
      handler: { try await self.answerRecommendation(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Panel_V1_Panel.Method.ReportAction.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Panel_V1_ReportActionRequest>(),
      serializer: ProtobufSerializer<Recourse_Panel_V1_FollowUpResponse>(),
      handler: { try await self.reportAction(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Panel_V1_Panel.Method.ListFollowUps.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Panel_V1_ListFollowUpsRequest>(),
      serializer: ProtobufSerializer<Recourse_Panel_V1_ListFollowUpsResponse>(),
      handler: { try await self.listFollowUps(request: $0, context: $1) })
  }
}
