import BusTesting
import Calls
import Foundation
import GRPCCore
import Testing

@testable import Bus

/// The id by which those who take part in a call log it.
@Suite struct CallIDTests {
  @Test(arguments: Network.allCases)
  func `a handler runs under the id of its caller, on every way, and under none if there is none`(
    _ network: Network
  ) async throws {
    try await network.withBroker { makeLink in
      let service = Naming()
      try await Peer.with("words", over: makeLink(for: "words"), serving: [service]) { _ in
        try await Peer.with(over: makeLink()) { peer in
          let caller = WordCaller(peer)
          for way in Way.allCases {
            #expect(try await caller.call("?", way) == "none")
            let id = "event-7.\(way.rawValue)_a"
            let heard = try await CallID.$current.withValue(id) {
              try await caller.call("?", way)
            }
            #expect(heard == id)
            var metadata: Metadata = [:]
            metadata.addString("own", forKey: CallMetadata.callID)
            let own = try await CallID.$current.withValue(id) {
              try await caller.call("?", way, metadata: metadata)
            }
            #expect(own == "own", "what the caller says itself counts")
          }
        }
      }
    }
  }

  @Test(arguments: Network.allCases)
  func `what could not stand in a log is no id`(_ network: Network) async throws {
    try await network.withBroker { makeLink in
      try await Peer.with("words", over: makeLink(for: "words"), serving: [Naming()]) { _ in
        try await Peer.with(over: makeLink()) { peer in
          for id in ["", "a b", "é", "\n", String(repeating: "x", count: CallID.lengthLimit + 1)] {
            var metadata: Metadata = [:]
            metadata.addString(id, forKey: CallMetadata.callID)
            for way in [Way.short, .unary, .bothStreaming] {
              let heard = try await WordCaller(peer).call("?", way, metadata: metadata)
              #expect(heard == "none")
            }
          }
        }
      }
    }
  }

  @Test func `a request without room for it goes without`() {
    var full: Metadata = [:]
    for number in 0..<WireLimits.metadataEntriesLimit { full.addString("x", forKey: "k\(number)") }
    CallID.$current.withValue("a") {
      #expect(full.withCallID == full)
      #expect(Metadata().withCallID == [CallMetadata.callID: "a"])
    }
    #expect(Metadata().withCallID.isEmpty)
  }

  @Test func `what a handler throws that is no answer is told, under the call's id`() async throws {
    let told = Shared<[String]>([])
    try await Network.memory.withBroker { makeLink in
      let peer = Peer(
        PeerIdentity(worker: "names", instance: "a", processID: 1), over: try makeLink())
      let server = peer.makeServer(of: [Naming()]) { method, error in
        told.change { $0.append("\(method) \(type(of: error)) \(CallID.current ?? "none")") }
      }
      let serving = Task { try await server.serve() }
      try await peer.start()
      try await peer.waitUntilReady()
      try await Peer.with(over: makeLink()) { caller in
        let error = await #expect(throws: RPCError.self) {
          try await CallID.$current.withValue("c1") {
            try await WordCaller(caller).call("!", .short)
          }
        }
        #expect(error?.code == .unknown)
        await #expect(throws: RPCError.self) {
          try await WordCaller(caller).call("refuse", .short)
        }
      }
      server.beginGracefulShutdown()
      await peer.close()
      _ = await serving.result
    }
    #expect(told.value == ["recourse.test.Words/Short Unforeseen c1"])
  }
}

/// Nobody reckons with it.
private struct Unforeseen: Error {}

/// Answers with the id that its handler runs under.
private struct Naming: UnaryService {
  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    for way in Way.allCases {
      router.registerHandler(forMethod: way.method, deserializer: Text(), serializer: Text()) {
        request, _ in
        for try await _ in request.messages {}
        return StreamingServerResponse(
          single: ServerResponse(message: CallID.current ?? "none"))
      }
    }
  }

  func registerUnaryMethods(with registry: inout some UnaryRegistry) {
    registry.registerUnary(Way.short.method, deserializer: Text(), serializer: Text()) {
      request, _ in
      if request.message == "!" { throw Unforeseen() }
      if request.message == "refuse" { throw RPCError(code: .notFound, message: "no") }
      return ServerResponse(message: CallID.current ?? "none")
    }
  }
}
