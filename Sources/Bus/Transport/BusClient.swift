public import Calls
public import GRPCCore

/// Makes calls over the bus. Streams go through gRPC's executors; a unary call is one frame each way and
/// goes beneath them, with the same metadata, deadlines, statuses and cancellation.
///
/// It neither starts nor closes its peer, and needs no running: what it does ends with the peer.
public final class BusClient: CallMaker {
  private let peer: Peer
  private let streams: GRPCClient<BusClientTransport>

  private let config: CallConfig

  public init(peer: Peer, config: CallConfig = CallConfig()) {
    self.peer = peer
    self.config = config
    streams = GRPCClient(transport: BusClientTransport(peer: peer, config: config))
  }

  public func unary<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: ClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse: @Sendable @escaping (ClientResponse<Response>) async throws -> Value
  ) async throws -> Value {
    let options = config.options(options, descriptor)
    guard options.executionPolicy == nil else {
      // gRPC's executor knows how to call again.
      return try await streams.unary(
        request: request, descriptor: descriptor, serializer: serializer,
        deserializer: deserializer, options: options, onResponse: handleResponse)
    }
    let response: ClientResponse<Response>
    do {
      let answer = try await peer.unary(
        descriptor, request.metadata, try serializer.serialize(request.message),
        timeout: options.timeout, waits: options.waitForReady ?? false)
      response = ClientResponse(
        message: try deserializer.deserialize(answer.message), metadata: answer.metadata,
        trailingMetadata: answer.trailingMetadata)
    } catch let error as RPCError {
      response = ClientResponse(error: error)
    } catch {
      response = ClientResponse(
        error: RPCError(code: .unknown, message: "the call failed", cause: error))
    }
    return try await handleResponse(response)
  }

  public func clientStreaming<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: StreamingClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse: @Sendable @escaping (ClientResponse<Response>) async throws -> Value
  ) async throws -> Value {
    try await streams.clientStreaming(
      request: request, descriptor: descriptor, serializer: serializer, deserializer: deserializer,
      options: config.options(options, descriptor), onResponse: handleResponse)
  }

  public func serverStreaming<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: ClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse:
      @Sendable @escaping (StreamingClientResponse<Response>) async throws -> Value
  ) async throws -> Value {
    try await streams.serverStreaming(
      request: request, descriptor: descriptor, serializer: serializer, deserializer: deserializer,
      options: config.options(options, descriptor), onResponse: handleResponse)
  }

  public func bidirectionalStreaming<Request: Sendable, Response: Sendable, Value: Sendable>(
    request: StreamingClientRequest<Request>, descriptor: MethodDescriptor,
    serializer: some MessageSerializer<Request>, deserializer: some MessageDeserializer<Response>,
    options: CallOptions,
    onResponse handleResponse:
      @Sendable @escaping (StreamingClientResponse<Response>) async throws -> Value
  ) async throws -> Value {
    try await streams.bidirectionalStreaming(
      request: request, descriptor: descriptor, serializer: serializer, deserializer: deserializer,
      options: config.options(options, descriptor), onResponse: handleResponse)
  }
}
