// DO NOT EDIT: made by protoc-gen-recourse from recourse/threshold/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Threshold_V1_Threshold {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.threshold.v1.Threshold/GetAssessment",
    "recourse.threshold.v1.Threshold/Decide",
    "recourse.threshold.v1.Threshold/Countersign",
    "recourse.threshold.v1.Threshold/DeferDecision",
    "recourse.threshold.v1.Threshold/RecordNotified",
    "recourse.threshold.v1.Threshold/RequestInformation",
    "recourse.threshold.v1.Threshold/RecordInformation",
    "recourse.threshold.v1.Threshold/ChaseInformation",
    "recourse.threshold.v1.Threshold/MakeAppeal",
    "recourse.threshold.v1.Threshold/DecideAppeal",
    "recourse.threshold.v1.Threshold/ChangeClock",
    "recourse.threshold.v1.Threshold/RecordDelayNotice",
    "recourse.threshold.v1.Threshold/RecordAcknowledged",
    "recourse.threshold.v1.Threshold/RecordUndelivered",
    "recourse.threshold.v1.Threshold/Rederive",
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

    public func countersign<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_CountersignRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_CountersignRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_CountersignResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_CountersignResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.Countersign.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func deferDecision<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_DeferDecisionRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_DeferDecisionRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_DeferDecisionResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_DeferDecisionResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.DeferDecision.descriptor,
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

    public func requestInformation<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RequestInformationRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RequestInformationRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RequestInformationResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RequestInformationResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.RequestInformation.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordInformation<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RecordInformationRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RecordInformationRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RecordInformationResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RecordInformationResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.RecordInformation.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func chaseInformation<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_ChaseInformationRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_ChaseInformationRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_ChaseInformationResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_ChaseInformationResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.ChaseInformation.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func makeAppeal<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_MakeAppealRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_MakeAppealRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_MakeAppealResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_MakeAppealResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.MakeAppeal.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func decideAppeal<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_DecideAppealRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_DecideAppealRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_DecideAppealResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_DecideAppealResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.DecideAppeal.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func changeClock<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_ChangeClockRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_ChangeClockRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_ChangeClockResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_ChangeClockResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.ChangeClock.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordDelayNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RecordDelayNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RecordDelayNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RecordDelayNoticeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RecordDelayNoticeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.RecordDelayNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordAcknowledged<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RecordAcknowledgedRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RecordAcknowledgedRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RecordAcknowledgedResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RecordAcknowledgedResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.RecordAcknowledged.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordUndelivered<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RecordUndeliveredRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RecordUndeliveredRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RecordUndeliveredResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RecordUndeliveredResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.RecordUndelivered.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func rederive<Value: Sendable>(
      request: ClientRequest<Recourse_Threshold_V1_RederiveRequest>,
      serializer: some MessageSerializer<Recourse_Threshold_V1_RederiveRequest>,
      deserializer: some MessageDeserializer<Recourse_Threshold_V1_RederiveResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Threshold_V1_RederiveResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Threshold_V1_Threshold.Method.Rederive.descriptor,
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
      Recourse_Threshold_V1_Threshold.Method.Countersign.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_CountersignRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_CountersignResponse>(),
      handler: { try await self.countersign(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.DeferDecision.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_DeferDecisionRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_DeferDecisionResponse>(),
      handler: { try await self.deferDecision(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RecordNotified.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RecordNotifiedRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RecordNotifiedResponse>(),
      handler: { try await self.recordNotified(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RequestInformation.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RequestInformationRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RequestInformationResponse>(),
      handler: { try await self.requestInformation(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RecordInformation.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RecordInformationRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RecordInformationResponse>(),
      handler: { try await self.recordInformation(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.ChaseInformation.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_ChaseInformationRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_ChaseInformationResponse>(),
      handler: { try await self.chaseInformation(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.MakeAppeal.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_MakeAppealRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_MakeAppealResponse>(),
      handler: { try await self.makeAppeal(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.DecideAppeal.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_DecideAppealRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_DecideAppealResponse>(),
      handler: { try await self.decideAppeal(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.ChangeClock.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_ChangeClockRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_ChangeClockResponse>(),
      handler: { try await self.changeClock(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RecordDelayNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RecordDelayNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RecordDelayNoticeResponse>(),
      handler: { try await self.recordDelayNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RecordAcknowledged.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RecordAcknowledgedRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RecordAcknowledgedResponse>(),
      handler: { try await self.recordAcknowledged(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.RecordUndelivered.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RecordUndeliveredRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RecordUndeliveredResponse>(),
      handler: { try await self.recordUndelivered(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Threshold_V1_Threshold.Method.Rederive.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Threshold_V1_RederiveRequest>(),
      serializer: ProtobufSerializer<Recourse_Threshold_V1_RederiveResponse>(),
      handler: { try await self.rederive(request: $0, context: $1) })
  }
}
