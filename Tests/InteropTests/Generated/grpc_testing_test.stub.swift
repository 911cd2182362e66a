// DO NOT EDIT: made by protoc-gen-recourse from grpc/testing/test.proto.

internal import Calls
internal import GRPCCore
internal import GRPCProtobuf

extension Grpc_Testing_TestService {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  internal static let repeatableMethods: Set<String> = []

  /// Calls `grpc.testing.TestService` by any maker of calls.
  internal struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    internal init(wrapping caller: Caller) { self.caller = caller }

    internal func emptyCall<Value: Sendable>(
      request: ClientRequest<Grpc_Testing_Empty>,
      serializer: some MessageSerializer<Grpc_Testing_Empty>,
      deserializer: some MessageDeserializer<Grpc_Testing_Empty>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Grpc_Testing_Empty>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Grpc_Testing_TestService.Method.EmptyCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    internal func unaryCall<Value: Sendable>(
      request: ClientRequest<Grpc_Testing_SimpleRequest>,
      serializer: some MessageSerializer<Grpc_Testing_SimpleRequest>,
      deserializer: some MessageDeserializer<Grpc_Testing_SimpleResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Grpc_Testing_SimpleResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Grpc_Testing_TestService.Method.UnaryCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    internal func streamingOutputCall<Value: Sendable>(
      request: ClientRequest<Grpc_Testing_StreamingOutputCallRequest>,
      serializer: some MessageSerializer<Grpc_Testing_StreamingOutputCallRequest>,
      deserializer: some MessageDeserializer<Grpc_Testing_StreamingOutputCallResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Grpc_Testing_StreamingOutputCallResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.serverStreaming(
        request: request, descriptor: Grpc_Testing_TestService.Method.StreamingOutputCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    internal func streamingInputCall<Value: Sendable>(
      request: StreamingClientRequest<Grpc_Testing_StreamingInputCallRequest>,
      serializer: some MessageSerializer<Grpc_Testing_StreamingInputCallRequest>,
      deserializer: some MessageDeserializer<Grpc_Testing_StreamingInputCallResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Grpc_Testing_StreamingInputCallResponse>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.clientStreaming(
        request: request, descriptor: Grpc_Testing_TestService.Method.StreamingInputCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    internal func fullDuplexCall<Value: Sendable>(
      request: StreamingClientRequest<Grpc_Testing_StreamingOutputCallRequest>,
      serializer: some MessageSerializer<Grpc_Testing_StreamingOutputCallRequest>,
      deserializer: some MessageDeserializer<Grpc_Testing_StreamingOutputCallResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Grpc_Testing_StreamingOutputCallResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.bidirectionalStreaming(
        request: request, descriptor: Grpc_Testing_TestService.Method.FullDuplexCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    internal func halfDuplexCall<Value: Sendable>(
      request: StreamingClientRequest<Grpc_Testing_StreamingOutputCallRequest>,
      serializer: some MessageSerializer<Grpc_Testing_StreamingOutputCallRequest>,
      deserializer: some MessageDeserializer<Grpc_Testing_StreamingOutputCallResponse>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (StreamingClientResponse<Grpc_Testing_StreamingOutputCallResponse>) async throws -> Value
    ) async throws -> Value {
      try await caller.bidirectionalStreaming(
        request: request, descriptor: Grpc_Testing_TestService.Method.HalfDuplexCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }

    internal func unimplementedCall<Value: Sendable>(
      request: ClientRequest<Grpc_Testing_Empty>,
      serializer: some MessageSerializer<Grpc_Testing_Empty>,
      deserializer: some MessageDeserializer<Grpc_Testing_Empty>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Grpc_Testing_Empty>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Grpc_Testing_TestService.Method.UnimplementedCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Grpc_Testing_TestService.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  internal func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Grpc_Testing_TestService.Method.EmptyCall.descriptor,
      deserializer: ProtobufDeserializer<Grpc_Testing_Empty>(),
      serializer: ProtobufSerializer<Grpc_Testing_Empty>(),
      handler: { try await self.emptyCall(request: $0, context: $1) })
    registry.registerUnary(
      Grpc_Testing_TestService.Method.UnaryCall.descriptor,
      deserializer: ProtobufDeserializer<Grpc_Testing_SimpleRequest>(),
      serializer: ProtobufSerializer<Grpc_Testing_SimpleResponse>(),
      handler: { try await self.unaryCall(request: $0, context: $1) })
    registry.registerUnary(
      Grpc_Testing_TestService.Method.UnimplementedCall.descriptor,
      deserializer: ProtobufDeserializer<Grpc_Testing_Empty>(),
      serializer: ProtobufSerializer<Grpc_Testing_Empty>(),
      handler: { try await self.unimplementedCall(request: $0, context: $1) })
  }
}

extension Grpc_Testing_UnimplementedService {
  /// Full names of the methods whose `idempotency_level` says that they may be repeated.
  internal static let repeatableMethods: Set<String> = []

  /// Calls `grpc.testing.UnimplementedService` by any maker of calls.
  internal struct Stub<Caller: CallMaker>: ClientProtocol {
    private let caller: Caller

    internal init(wrapping caller: Caller) { self.caller = caller }

    internal func unimplementedCall<Value: Sendable>(
      request: ClientRequest<Grpc_Testing_Empty>,
      serializer: some MessageSerializer<Grpc_Testing_Empty>,
      deserializer: some MessageDeserializer<Grpc_Testing_Empty>,
      options: CallOptions = .defaults,
      onResponse handleResponse:
        @Sendable @escaping (ClientResponse<Grpc_Testing_Empty>) async throws -> Value = { try $0.message }
    ) async throws -> Value {
      try await caller.unary(
        request: request, descriptor: Grpc_Testing_UnimplementedService.Method.UnimplementedCall.descriptor,
        serializer: serializer, deserializer: deserializer, options: options,
        onResponse: handleResponse)
    }
  }
}

extension Grpc_Testing_UnimplementedService.ServiceProtocol {
  /// Registers the methods with one request and one response (`UnaryService`).
  internal func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(
      Grpc_Testing_UnimplementedService.Method.UnimplementedCall.descriptor,
      deserializer: ProtobufDeserializer<Grpc_Testing_Empty>(),
      serializer: ProtobufSerializer<Grpc_Testing_Empty>(),
      handler: { try await self.unimplementedCall(request: $0, context: $1) })
  }
}
