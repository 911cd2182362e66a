// DO NOT EDIT: made by protoc-gen-recourse from recourse/correspondence/v1/service.proto.

public import Calls
public import GRPCCore
internal import GRPCProtobuf

extension Recourse_Correspondence_V1_Correspondence {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  public static let repeatableMethods: Set<String> = [
    "recourse.correspondence.v1.Correspondence/ListNotices",
    "recourse.correspondence.v1.Correspondence/WriteNotice",
    "recourse.correspondence.v1.Correspondence/ReleaseNotice",
    "recourse.correspondence.v1.Correspondence/AmendNotice",
    "recourse.correspondence.v1.Correspondence/CancelNotice",
    "recourse.correspondence.v1.Correspondence/SettleNotice",
    "recourse.correspondence.v1.Correspondence/SetMailbox",
    "recourse.correspondence.v1.Correspondence/ListMailboxes",
    "recourse.correspondence.v1.Correspondence/ServeChannels",
    "recourse.correspondence.v1.Correspondence/ForgetServer",
    "recourse.correspondence.v1.Correspondence/RecordDelivery",
  ]

  /// Calls `recourse.correspondence.v1.Correspondence` by any maker of calls.
  public struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    public init(wrapping caller: Caller) { self.caller = caller }

    public func listNotices<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_ListNoticesRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_ListNoticesRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_ListNoticesResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_ListNoticesResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.ListNotices.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func readNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_ReadNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_ReadNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_ReadNoticeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_ReadNoticeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.ReadNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func writeNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_WriteNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_WriteNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_NoticeChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_NoticeChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.WriteNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func releaseNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_ReleaseNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_ReleaseNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_NoticeChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_NoticeChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.ReleaseNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func amendNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_AmendNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_AmendNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_NoticeChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_NoticeChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.AmendNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func cancelNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_CancelNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_CancelNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_NoticeChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_NoticeChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.CancelNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func settleNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_SettleNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_SettleNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_NoticeChangeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_NoticeChangeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.SettleNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func setMailbox<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_SetMailboxRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_SetMailboxRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_SetMailboxResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_SetMailboxResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.SetMailbox.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func listMailboxes<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_ListMailboxesRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_ListMailboxesRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_ListMailboxesResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_ListMailboxesResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.ListMailboxes.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func serveChannels<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_ServeChannelsRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_ServeChannelsRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_ServeChannelsResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_ServeChannelsResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.ServeChannels.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func forgetServer<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_ForgetServerRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_ForgetServerRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_ForgetServerResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_ForgetServerResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.ForgetServer.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func takeNotice<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_TakeNoticeRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_TakeNoticeRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_TakeNoticeResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_TakeNoticeResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.TakeNotice.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    public func recordDelivery<Value: Sendable>(
      request: ClientRequest<Recourse_Correspondence_V1_RecordDeliveryRequest>,
      serializer: some MessageSerializer<Recourse_Correspondence_V1_RecordDeliveryRequest>,
      deserializer: some MessageDeserializer<Recourse_Correspondence_V1_RecordDeliveryResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Recourse_Correspondence_V1_RecordDeliveryResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Recourse_Correspondence_V1_Correspondence.Method.RecordDelivery.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Recourse_Correspondence_V1_Correspondence.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  public func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.ListNotices.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_ListNoticesRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_ListNoticesResponse>(),
      handler: { try await self.listNotices(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.ReadNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_ReadNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_ReadNoticeResponse>(),
      handler: { try await self.readNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.WriteNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_WriteNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_NoticeChangeResponse>(),
      handler: { try await self.writeNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.ReleaseNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_ReleaseNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_NoticeChangeResponse>(),
      handler: { try await self.releaseNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.AmendNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_AmendNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_NoticeChangeResponse>(),
      handler: { try await self.amendNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.CancelNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_CancelNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_NoticeChangeResponse>(),
      handler: { try await self.cancelNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.SettleNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_SettleNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_NoticeChangeResponse>(),
      handler: { try await self.settleNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.SetMailbox.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_SetMailboxRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_SetMailboxResponse>(),
      handler: { try await self.setMailbox(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.ListMailboxes.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_ListMailboxesRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_ListMailboxesResponse>(),
      handler: { try await self.listMailboxes(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.ServeChannels.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_ServeChannelsRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_ServeChannelsResponse>(),
      handler: { try await self.serveChannels(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.ForgetServer.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_ForgetServerRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_ForgetServerResponse>(),
      handler: { try await self.forgetServer(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.TakeNotice.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_TakeNoticeRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_TakeNoticeResponse>(),
      handler: { try await self.takeNotice(request: $0, context: $1) })
    registry.registerUnary(
      Recourse_Correspondence_V1_Correspondence.Method.RecordDelivery.descriptor,
      deserializer: ProtobufDeserializer<Recourse_Correspondence_V1_RecordDeliveryRequest>(),
      serializer: ProtobufSerializer<Recourse_Correspondence_V1_RecordDeliveryResponse>(),
      handler: { try await self.recordDelivery(request: $0, context: $1) })
  }
}
