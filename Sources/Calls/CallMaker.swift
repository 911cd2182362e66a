public import GRPCCore

/// Whoever can make gRPC's four kinds of call: what a generated `Stub` stands on.
///
/// `GRPCClient` of any transport can. The bus has one that takes a shorter way for unary calls.
public protocol CallMaker: Sendable {
  func unary<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: ClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse: @Sendable @escaping (ClientResponse<Response>) async throws -> Value
  ) async throws -> Value

  func clientStreaming<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: StreamingClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse: @Sendable @escaping (ClientResponse<Response>) async throws -> Value
  ) async throws -> Value

  func serverStreaming<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: ClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse:
      @Sendable @escaping (StreamingClientResponse<Response>) async throws -> Value
  ) async throws -> Value

  func bidirectionalStreaming<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: StreamingClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse:
      @Sendable @escaping (StreamingClientResponse<Response>) async throws -> Value
  ) async throws -> Value
}

extension GRPCClient: CallMaker {}
