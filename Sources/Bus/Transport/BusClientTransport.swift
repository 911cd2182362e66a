public import GRPCCore

/// gRPC's client side over the bus. Every call goes to the broker, which finds who answers it.
public struct BusClientTransport: ClientTransport {
  public typealias Bytes = WireBytes

  private let peer: Peer
  private let config: CallConfig
  private let lifetime = Lifetime()
  public let retryThrottle: RetryThrottle?

  /// - Parameter peer: the process's end of the bus; this transport neither starts nor closes it.
  public init(peer: Peer, config: CallConfig = CallConfig()) {
    self.peer = peer
    self.config = config
    self.retryThrottle = config.service.retryThrottling.map {
      RetryThrottle(maxTokens: $0.maxTokens, tokenRatio: $0.tokenRatio)
    }
  }

  public func connect() async throws {
    await lifetime.waitForEnd()
  }

  public func beginGracefulShutdown() {
    lifetime.end()
  }

  public func withStream<T: Sendable>(
    descriptor: MethodDescriptor, options: CallOptions,
    _ closure: (RPCStream<Inbound, Outbound>, ClientContext) async throws -> T
  ) async throws -> T {
    let waits = options.waitForReady ?? false
    // gRPC's executor for retries leaves the time that an attempt may take to the transport.
    let deadline = options.timeout.map { peer.link.now &+ $0.nanoseconds }
    let call: CallStream
    do {
      call = try await begin(descriptor, deadline: deadline, waits: waits)
    } catch let error as RPCError where !Task.isCancelled {
      // Told as a status and not thrown: gRPC's executor for retries would wait for its timer and for who
      // makes the requests without cancelling them, and calls again after a status alone.
      call = CallStream(
        machine: StreamMachine(role: .caller, session: 0, stream: 0), descriptor: descriptor,
        link: peer.link)
      call.abandon(error)
    }
    let timeLeft = deadline.map { deadline in
      Duration.nanoseconds(Int64(clamping: deadline - min(peer.link.now, deadline)))
        .wireMilliseconds
    }
    defer {
      call.cancelIfUnfinished()
      peer.forget(call)
    }
    let stream = RPCStream(
      descriptor: descriptor,
      inbound: RPCAsyncSequence(wrapping: ResponseParts(call: call, config: config)),
      outbound: RPCWriter.Closable(
        wrapping: RequestWriter(call, waits: waits, timeLeft: timeLeft)))
    let context = ClientContext(
      descriptor: descriptor, remotePeer: peer.link.address, localPeer: peer.identity.worker)
    return try await closure(stream, context)
  }

  private func begin(
    _ descriptor: MethodDescriptor, deadline: UInt64?, waits: Bool
  ) async throws -> CallStream {
    guard !lifetime.hasEnded else {
      throw RPCError(code: .failedPrecondition, message: "the client is closed")
    }
    return try await peer.openCall(
      descriptor, deadline: deadline, patiently: waits, isWatched: false)
  }

  public func config(forMethod descriptor: MethodDescriptor) -> MethodConfig? {
    config.method(descriptor)
  }
}

/// What a caller hears, as gRPC's parts.
struct ResponseParts: AsyncSequence, Sendable {
  typealias Element = RPCResponsePart<WireBytes>
  typealias Failure = any Error
  let call: CallStream
  let config: CallConfig

  struct AsyncIterator: AsyncIteratorProtocol {
    let call: CallStream
    let config: CallConfig

    mutating func next() async throws -> Element? { try await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Element? {
      while let event = try await call.next() {
        switch event {
        case .metadata(let metadata): return .metadata(metadata)
        case .message(let bytes): return .message(bytes)
        case .status(let status, let metadata):
          return .status(status, config.guarding(metadata, of: status, call.descriptor))
        case .end, .cancelled, .creditGranted: continue
        }
      }
      return nil
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(call: call, config: config) }
}
