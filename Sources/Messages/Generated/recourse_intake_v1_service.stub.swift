// DO NOT EDIT: made by protoc-gen-recourse from recourse/intake/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Intake_V1_Intake {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.intake.v1.Intake/Submit",
    "recourse.intake.v1.Intake/ListCases",
    "recourse.intake.v1.Intake/RecordConsent",
    "recourse.intake.v1.Intake/RecordWithdrawal",
    "recourse.intake.v1.Intake/GetConsents",
    "recourse.intake.v1.Intake/RecordSecondReport",
  ]

  /// Calls `recourse.intake.v1.Intake` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func submit<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_SubmitRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_SubmitRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_SubmitResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_SubmitResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.Submit.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func listCases<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_ListCasesRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_ListCasesRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_ListCasesResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_ListCasesResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.ListCases.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordConsent<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_RecordConsentRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_RecordConsentRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_RecordConsentResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_RecordConsentResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.RecordConsent.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordWithdrawal<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_RecordWithdrawalRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_RecordWithdrawalRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_RecordWithdrawalResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_RecordWithdrawalResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.RecordWithdrawal.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getConsents<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetConsentsRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetConsentsRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetConsentsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetConsentsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.GetConsents.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getReferralDetails<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetReferralDetailsRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetReferralDetailsRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetReferralDetailsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetReferralDetailsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getRecordKeys<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetRecordKeysRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetRecordKeysRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetRecordKeysResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetRecordKeysResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.GetRecordKeys.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getHeardVia<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetHeardViaRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetHeardViaRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetHeardViaResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetHeardViaResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.GetHeardVia.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getApplication<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetApplicationRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetApplicationRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetApplicationResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetApplicationResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.GetApplication.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func getNeeds<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_GetNeedsRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_GetNeedsRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_GetNeedsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_GetNeedsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.GetNeeds.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordSecondReport<Value: Sendable>(
      request: ClientRequest<Recourse_Intake_V1_RecordSecondReportRequest>,
      serializer: some MessageSerializer<Recourse_Intake_V1_RecordSecondReportRequest>,
      deserializer: some MessageDeserializer<Recourse_Intake_V1_RecordSecondReportResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Intake_V1_RecordSecondReportResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Intake_V1_Intake.Method.RecordSecondReport.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Intake_V1_Intake.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.Submit.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_SubmitRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_SubmitResponse>(),
      handler: { try await self.submit(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.ListCases.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_ListCasesRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_ListCasesResponse>(),
      handler: { try await self.listCases(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.RecordConsent.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_RecordConsentRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_RecordConsentResponse>(),
      handler: { try await self.recordConsent(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.RecordWithdrawal.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_RecordWithdrawalRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_RecordWithdrawalResponse>(),
      handler: { try await self.recordWithdrawal(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.GetConsents.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetConsentsRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetConsentsResponse>(),
      handler: { try await self.getConsents(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.GetReferralDetails.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetReferralDetailsRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetReferralDetailsResponse>(),
      handler: { try await self.getReferralDetails(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.GetRecordKeys.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetRecordKeysRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetRecordKeysResponse>(),
      handler: { try await self.getRecordKeys(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.GetHeardVia.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetHeardViaRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetHeardViaResponse>(),
      handler: { try await self.getHeardVia(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.GetApplication.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetApplicationRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetApplicationResponse>(),
      handler: { try await self.getApplication(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.GetNeeds.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_GetNeedsRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_GetNeedsResponse>(),
      handler: { try await self.getNeeds(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Intake_V1_Intake.Method.RecordSecondReport.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Intake_V1_RecordSecondReportRequest>(),
      serializer: ProtobufSerializer<Recourse_Intake_V1_RecordSecondReportResponse>(),
      handler: { try await self.recordSecondReport(request: $0, context: $1) })
  }
}
