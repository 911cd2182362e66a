import Bus
import GRPCCore
import Testing

/// Calls ``Flow``.
struct FlowCaller: Sendable {
  private let client: BusClient
  /// The longest that a call of ``ask(_:_:)`` took.
  let slowest = Shared(Duration.zero)

  /// Its calls wait for who answers them, who may not have started yet.
  init(_ peer: Peer) {
    client = BusClient(peer: peer, config: CallConfig(.patient))
  }

  /// Makes one of the calls that tell how far a stream is.
  func ask(_ method: MethodDescriptor, _ name: String) async throws -> Int {
    let began = ContinuousClock.now
    let answer = try await client.unary(
      request: ClientRequest(message: name), descriptor: method, serializer: Text(),
      deserializer: Text(), options: .defaults
    ) { try $0.message }
    let took = ContinuousClock.now - began
    slowest.change { $0 = max($0, took) }
    return try #require(Int(answer))
  }

  /// Runs `body` with the blocks that are ordered.
  func pour(
    _ order: Order,
    _ body: @escaping @Sendable (RPCAsyncSequence<Block, any Error>) async throws -> Void
  ) async throws {
    try await client.serverStreaming(
      request: ClientRequest(message: order), descriptor: Flow.pour, serializer: Order.Coding(),
      deserializer: Block.Coding(), options: .defaults
    ) { try await body($0.messages) }
  }

  /// Runs `body`, which is to let the blocks be taken, while they are written.
  func drink(_ order: Order, _ body: (Shared<Int>) async throws -> Void) async throws {
    let written = Shared(0)
    async let taken = client.clientStreaming(
      request: StreamingClientRequest(metadata: ["x-name": .string(order.name)]) { writer in
        for number in 0..<order.count {
          try await writer.write(Block(number: number, size: order.size))
          written.change { $0 += 1 }
        }
      }, descriptor: Flow.drink, serializer: Block.Coding(), deserializer: Text(),
      options: .defaults
    ) { try $0.message }
    try await body(written)
    #expect(try await taken == "\(order.count)")
  }
}

extension ServiceConfig {
  /// Calls wait until somebody can answer.
  static let patient = ServiceConfig(methodConfig: [
    MethodConfig(names: [MethodConfig.Name(service: "")], waitForReady: true)
  ])
}
