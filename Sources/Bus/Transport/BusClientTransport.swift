public import GRPCCore

/// gRPC's client side over the bus. Every call goes to the broker, which finds who answers it.
public struct BusClientTransport: ClientTransport {
  public typealias Bytes = [UInt8]

  private let peer: Peer
  private let lifetime = Lifetime()
  public let retryThrottle: RetryThrottle?

  /// - Parameter peer: the process's end of the bus; this transport neither starts nor closes it.
  public init(peer: Peer) {
    self.peer = peer
    self.retryThrottle = nil
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
    guard !lifetime.hasEnded else {
      throw RPCError(code: .failedPrecondition, message: "the client is closed")
    }
    try await peer.waitUntilReady()
    let call = try peer.openCall(descriptor)
    defer {
      call.cancelIfUnfinished()
      peer.forget(call)
    }
    let stream = RPCStream(
      descriptor: descriptor,
      inbound: RPCAsyncSequence(wrapping: ResponseParts(call: call)),
      outbound: RPCWriter.Closable(wrapping: RequestWriter(call)))
    let context = ClientContext(
      descriptor: descriptor, remotePeer: peer.link.address, localPeer: peer.identity.worker)
    return try await closure(stream, context)
  }

  public func config(forMethod descriptor: MethodDescriptor) -> MethodConfig? { nil }
}

/// What a caller hears, as gRPC's parts.
struct ResponseParts: AsyncSequence, Sendable {
  typealias Element = RPCResponsePart<[UInt8]>
  typealias Failure = any Error
  let call: CallStream

  struct AsyncIterator: AsyncIteratorProtocol {
    let call: CallStream

    mutating func next() async throws -> Element? { try await next(isolation: nil) }

    mutating func next(isolation actor: isolated (any Actor)?) async throws(any Error) -> Element? {
      while let event = try await call.next() {
        switch event {
        case .metadata(let metadata): return .metadata(metadata)
        case .message(let bytes): return .message(bytes)
        case .status(let status, let metadata): return .status(status, metadata)
        case .end, .cancelled, .creditGranted: continue
        }
      }
      return nil
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(call: call) }
}
