import Calls
public import GRPCCore

/// gRPC's server side over the bus: answers the calls that the broker hands to this process.
public struct BusServerTransport: ServerTransport {
  public typealias Bytes = WireBytes

  private let peer: Peer

  /// - Parameter peer: the process's end of the bus; this transport neither starts nor closes it.
  public init(peer: Peer) {
    self.peer = peer
  }

  public func listen(
    streamHandler:
      @escaping @Sendable (RPCStream<Inbound, Outbound>, ServerContext) async -> Void
  ) async throws {
    await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        for await call in peer.accepted {
          group.addTask { await answer(call, streamHandler) }
        }
      }
      await peer.waitUntilAnswered()
    } onCancel: {
      peer.cancelAnswering()
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
      var context = ServerContext(
        descriptor: call.descriptor, remotePeer: peer.link.address,
        localPeer: peer.identity.worker, cancellation: handle)
      context.transportSpecific = call.caller
      await CallID.answering(call.openingMetadata) { [context] in
        await streamHandler(stream, context)
      }
      // A client sees exactly one status, whatever the handler did.
      let status = Status(code: .internalError, message: "the handler ended without a status")
      try? call.send { $0.status(StatusFields(status: status)) }
      peer.forget(call)
    }
  }
}

extension Peer {
  /// Offers services and makes the server that answers for them. Call before ``start()``; the peer stays
  /// the caller's to close. Unary methods of those that are a ``UnaryService`` are answered by the short way.
  /// - Parameter onFault: told what a handler of such a method threw that is no answer, under the call's id.
  public func makeServer(
    of services: [any RegistrableRPCService],
    onFault: (@Sendable (_ method: String, any Error) -> Void)? = nil
  ) -> GRPCServer<BusServerTransport> {
    var router = RPCRouter<BusServerTransport>()
    var unary = UnaryTable()
    unary.onFault = onFault
    for service in services {
      service.registerMethods(with: &router)
      if let service = service as? any UnaryService { service.registerUnaryMethods(with: &unary) }
    }
    offer(router.methods, unary: unary)
    return GRPCServer(transport: BusServerTransport(peer: self), router: router)
  }
}

/// What a handler hears, as gRPC's parts.
struct RequestParts: AsyncSequence, Sendable {
  typealias Element = RPCRequestPart<WireBytes>
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
