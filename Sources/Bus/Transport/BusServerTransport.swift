public import GRPCCore

/// gRPC's server side over the bus: answers the calls that the broker hands to this process.
public struct BusServerTransport: ServerTransport {
  public typealias Bytes = [UInt8]

  private let peer: Peer

  /// - Parameter peer: the process's end of the bus; this transport neither starts nor closes it.
  public init(peer: Peer) {
    self.peer = peer
  }

  public func listen(
    streamHandler:
      @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    await withDiscardingTaskGroup { group in
      for await call in peer.accepted {
        group.addTask { await answer(call, streamHandler) }
      }
    }
  }

  public func beginGracefulShutdown() {
    peer.drain()
  }

  private func answer(
    _ call: CallStream,
    _ streamHandler: @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async {
    await withServerContextRPCCancellationHandle { handle in
      call.bind(handle)
      let stream = RPCStream(
        descriptor: call.descriptor,
        inbound: RPCAsyncSequence(wrapping: RequestParts(call: call)),
        outbound: RPCWriter.Closable(wrapping: ResponseWriter(call)))
      let context = ServerContext(
        descriptor: call.descriptor, remotePeer: peer.link.address,
        localPeer: peer.identity.worker, cancellation: handle)
      await streamHandler(stream, context)
      // A client sees exactly one status, whatever the handler did.
      let status = Status(code: .internalError, message: "the handler ended without a status")
      try? call.send { $0.status(StatusFields(status: status)) }
      peer.forget(call)
    }
  }
}

/// What a handler hears, as gRPC's parts.
struct RequestParts: AsyncSequence, Sendable {
  typealias Element = RPCRequestPart<[UInt8]>
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
        case .status, .end, .cancelled, .creditGranted: continue
        }
      }
      return nil
    }
  }

  func makeAsyncIterator() -> AsyncIterator { AsyncIterator(call: call) }
}
