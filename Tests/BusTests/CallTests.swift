import Bus
import BusTesting
import Foundation
import GRPCCore
import Testing

@Suite("Calls", .timeLimit(.minutes(1)))
struct CallTests {
  @Test(arguments: Network.allCases)
  func `a unary call carries message, metadata and trailing metadata`(_ network: Network)
    async throws
  {
    try await Place.with(network) { place in
      let answer = try await place.unary(
        Kinds.unary, "hello", metadata: ["x-a": "1", "x-b-bin": .binary([0, 255])])
      #expect(answer.message == "hello")
      #expect(Array(answer.metadata[stringValues: "x-a"]) == ["1"])
      #expect(Array(answer.metadata[binaryValues: "x-b-bin"]) == [[0, 255]])
      #expect(Array(answer.trailingMetadata[stringValues: "x-end"]) == ["1"])
    }
  }

  @Test(arguments: Network.allCases)
  func `a client stream is collected into one answer`(_ network: Network) async throws {
    try await Place.with(network) { place in
      let answer = try await place.client.clientStreaming(
        request: StreamingClientRequest { writer in
          for word in ["a", "b", "c"] { try await writer.write(word) }
        }, descriptor: Kinds.collect, serializer: Text(), deserializer: Text(), options: .defaults
      ) { try $0.message }
      #expect(answer == "a b c")
    }
  }

  @Test(arguments: Network.allCases)
  func `a server stream beyond the credit arrives whole and in order`(_ network: Network)
    async throws
  {
    let many = WireLimits.initialCredit.messages * 5
    try await Place.with(network) { place in
      let words = try await place.client.serverStreaming(
        request: ClientRequest(message: "\(many)"), descriptor: Kinds.count, serializer: Text(),
        deserializer: Text(), options: .defaults
      ) { response in try await Kinds.all(response.messages) }
      #expect(words == (0..<many).map { "\($0)" })
    }
  }

  @Test(arguments: Network.allCases)
  func `both sides stream and each word is answered before the next is said`(
    _ network: Network
  ) async throws {
    try await Place.with(network) { place in
      let (turns, next) = AsyncStream<Void>.makeStream()
      next.yield()
      let heard = try await place.client.bidirectionalStreaming(
        request: StreamingClientRequest { writer in
          var turn = turns.makeAsyncIterator()
          for word in ["a", "b", "c"] {
            _ = await turn.next()
            try await writer.write(word)
          }
        }, descriptor: Kinds.chat, serializer: Text(), deserializer: Text(), options: .defaults
      ) { response in
        var heard: [String] = []
        for try await word in response.messages {
          heard.append(word)
          next.yield()
        }
        return heard
      }
      #expect(heard == ["a!", "b!", "c!"])
    }
  }

  @Test(arguments: Network.allCases)
  func `an error arrives with code, message and metadata`(_ network: Network) async throws {
    try await Place.with(network) { place in
      let error = await #expect(throws: RPCError.self) { try await place.unary(Kinds.fail, "x") }
      #expect(error?.code == .failedPrecondition)
      #expect(error?.message == "no – ✗")
      #expect(error.map { Array($0.metadata[stringValues: "x-why"]) } == ["because"])
    }
  }

  @Test(arguments: Network.allCases)
  func `a service or method that nobody has is unimplemented`(_ network: Network) async throws {
    try await Place.with(network) { place in
      for name in ["recourse.test.Nobody/Unary", "recourse.test.Kinds/Nothing"] {
        let parts = name.split(separator: "/").map(String.init)
        let method = MethodDescriptor(
          fullyQualifiedService: parts[0], method: parts[1], type: .unary)
        let error = await #expect(throws: RPCError.self) { try await place.unary(method, "x") }
        #expect(error?.code == .unimplemented)
      }
    }
  }

  @Test(arguments: Network.allCases)
  func `a call that its caller gives up is cancelled in the handler`(_ network: Network)
    async throws
  {
    let word = "\(network) \(UUID())"
    try await Place.with(network) { place in
      let call = Task { try await place.unary(Kinds.wait, word) }
      await Probe.shared.wait(for: "waiting \(word)")
      call.cancel()
      await Probe.shared.wait(for: "cancelled \(word)")
      await #expect(throws: (any Error).self) { try await call.value }
    }
  }

  /// Handlers here that end with their task alone.
  @Test(arguments: Network.allCases)
  func `serving that is cancelled cancels its handlers`(_ network: Network) async throws {
    try await network.withBroker { makeLink in
      let words = Words()
      let peer = Peer(
        PeerIdentity(worker: "words", instance: "\(UUID())", processID: 1),
        over: try makeLink(for: "words"))
      let server = peer.makeServer(of: [words])
      let serving = Task { try await server.serve() }
      try await peer.start()
      try await peer.waitUntilReady()
      try await Peer.with(over: makeLink()) { caller in
        let calls = Way.allCases.map { WordCaller(caller).begin("hold \($0)", $0) }
        for way in Way.allCases { try await words.notes.wait(for: "hold \(way)") }
        serving.cancel()
        _ = await serving.result
        for call in calls { #expect(await call.ending == .failed(.unknown, delivered: nil)) }
      }
      await peer.close()
    }
  }

  @Test(arguments: Network.allCases)
  func `a deadline ends the call on both sides`(_ network: Network) async throws {
    let word = "\(network) \(UUID())"
    try await Place.with(network) { place in
      var options = CallOptions.defaults
      options.timeout = .seconds(2)
      let error = await #expect(throws: RPCError.self) {
        try await place.unary(Kinds.wait, word, options: options)
      }
      #expect(error?.code == .deadlineExceeded)
      await Probe.shared.wait(for: "cancelled \(word)")
    }
  }

  @Test(arguments: Network.allCases)
  func `a target picks the worker, and one that is not there is unavailable`(
    _ network: Network
  ) async throws {
    try await Place.with(network) { place in
      let answer = try await place.unary(
        Kinds.unary, "hi", metadata: [CallMetadata.target: "echo"])
      #expect(answer.message == "hi")
      let error = await #expect(throws: RPCError.self) {
        try await place.unary(Kinds.unary, "hi", metadata: [CallMetadata.target: "nobody"])
      }
      #expect(error?.code == .unavailable)
      #expect(error.map { Array($0.metadata[stringValues: CallMetadata.delivered]) } == ["no"])
    }
  }

  @Test(arguments: Network.allCases)
  func `a message above the limit is refused and the next call works`(_ network: Network)
    async throws
  {
    try await Place.with(network) { place in
      let large = String(repeating: "x", count: WireLimits.bodyBytesLimit + 1)
      let error = await #expect(throws: RPCError.self) { try await place.unary(Kinds.unary, large) }
      #expect(error?.code == .resourceExhausted)
      let answer = try await place.unary(Kinds.unary, "small")
      #expect(answer.message == "small")
    }
  }

  @Test(arguments: Network.allCases)
  func `many calls at once are all answered, each its own`(_ network: Network) async throws {
    try await Place.with(network) { place in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            try await place.unary(Kinds.unary, "\(number)").message == "\(number)"
          }
        }
        for try await isOwn in group { #expect(isOwn) }
      }
    }
  }
}

struct Answer: Sendable {
  let message: String
  let metadata: Metadata
  let trailingMetadata: Metadata
}

extension Place {
  @discardableResult
  func unary(
    _ method: MethodDescriptor, _ message: String, metadata: Metadata = [:],
    options: CallOptions = .defaults
  ) async throws -> Answer {
    try await client.unary(
      request: ClientRequest(message: message, metadata: metadata), descriptor: method,
      serializer: Text(), deserializer: Text(), options: options
    ) { response in
      Answer(
        message: try response.message, metadata: response.metadata,
        trailingMetadata: response.trailingMetadata)
    }
  }
}
