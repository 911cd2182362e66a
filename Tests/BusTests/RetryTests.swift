import BusTesting
import Foundation
import GRPCCore
import Messages
import Testing

@testable import Bus

/// Which failed calls a policy for retries makes again: those that nobody got, and those that may be
/// repeated. What is counted are the calls that leave the caller.
@Suite("A policy for retries", .timeLimit(.minutes(1)))
struct RetryTests {
  private static let attempts = 4
  private static let repeatable = Set(Way.allCases.map { $0.method.fullyQualifiedMethod })

  /// - Parameter backoff: the longest pause before the second attempt.
  static func config(
    backoff: Duration = .milliseconds(20), repeatable: Set<String> = [],
    timeout: Duration? = nil, waits: Bool? = nil
  ) -> CallConfig {
    let policy = RetryPolicy(
      maxAttempts: attempts, initialBackoff: backoff, maxBackoff: backoff * 4,
      backoffMultiplier: 2, retryableStatusCodes: [.unavailable])
    let method = MethodConfig(
      names: [MethodConfig.Name(service: "")], waitForReady: waits, timeout: timeout,
      executionPolicy: .retry(policy))
    return CallConfig(ServiceConfig(methodConfig: [method]), repeatable: repeatable)
  }

  /// Why nobody is there to get a call.
  enum Absence: Sendable, CaseIterable {
    case draining
    case gone
  }

  @Test(arguments: Way.allCases, Absence.allCases)
  func `makes a call again that nobody got`(_ way: Way, _ absence: Absence) async throws {
    try await Network.ipc.withBroker { makeLink in
      try await Peer.with("first", over: makeLink(for: "first"), serving: [Words()]) { first in
        first.drain()
        if absence == .gone { await first.close() }
        let notes = Notes()
        let link = CountingLink(try makeLink()) { notes.note("\($0.code)") }
        try await Peer.with(over: link) { peer in
          // Long enough for somebody to come before the attempts are used up.
          let caller = WordCaller(peer, config: Self.config(backoff: .milliseconds(500)))
          let call = caller.begin("say a", way)
          try await notes.wait(for: "\(Status.Code.unavailable)")
          let words = Words()
          try await Peer.with("second", over: makeLink(for: "second"), serving: [words]) { _ in
            #expect(await call.ending == .answered("say a"))
          }
          #expect(words.heard.value == ["say a"])
          #expect((2...Self.attempts).contains(link.opened.value))
        }
      }
    }
  }

  @Test func `makes a call again whose handler was killed only if it may be repeated`()
    async throws
  {
    try await Place.withBroker(.ipc) { address in
      try await OtherProcess.with("servesWords", [.address: address]) { victim in
        let (once, again) = (
          CountingLink(try ZeroMQLink(address: address)),
          CountingLink(try ZeroMQLink(address: address))
        )
        try await Peer.with(over: once) { oncePeer in
          try await Peer.with(over: again) { againPeer in
            let onceCaller = WordCaller(oncePeer, config: Self.config())
            let againCaller = WordCaller(
              againPeer, config: Self.config(backoff: .seconds(1), repeatable: Self.repeatable))
            _ = try await onceCaller.call("say ready", .short, waits: true)
            let onceCalls = Way.allCases.map { onceCaller.begin("hold once", $0) }
            let againCalls = Way.allCases.map { againCaller.begin("hold again", $0) }
            for name in ["once", "again"] {
              while try await againCaller.call("heard \(name)", .short) != "\(onceCalls.count)" {}
            }
            let (onceOpened, againOpened) = (once.opened.value, again.opened.value)
            let spare = Words()
            spare.release("once")
            spare.release("again")
            try await Peer.with(
              "spare", over: ZeroMQLink(address: address, as: "spare"), serving: [spare]
            ) {
              _ in
              victim.kill()
              for call in onceCalls { #expect(await call.ending == .lost) }
              for call in againCalls { #expect(await call.ending == .answered("hold again")) }
            }
            #expect(once.opened.value == onceOpened)
            #expect(again.opened.value == againOpened + againCalls.count)
            #expect(spare.heard.value == againCalls.map { _ in "hold again" })
          }
        }
      }
    }
  }

  @Test(arguments: Way.allCases, [false, true])
  func `makes a call again that its handler refused only if it may be repeated`(
    _ way: Way, _ isRepeatable: Bool
  ) async throws {
    try await Network.memory.withBroker { makeLink in
      let words = Words()
      try await Peer.with("words", over: makeLink(for: "words"), serving: [words]) { _ in
        let link = CountingLink(try makeLink())
        try await Peer.with(over: link) { peer in
          let config = Self.config(repeatable: isRepeatable ? Self.repeatable : [])
          let call = WordCaller(peer, config: config).begin("fail a", way)
          #expect(await call.ending == .failed(.unavailable, delivered: nil))
          let times = isRepeatable ? Self.attempts : 1
          #expect(words.heard.value.count == times)
          #expect(link.opened.value == times)
        }
      }
    }
  }

  @Test(arguments: Way.allCases)
  func `makes no call again because a call of its handler reached nobody`(_ way: Way) async throws {
    try await Network.memory.withBroker { makeLink in
      let words = Words()
      try await Peer.with("words", over: makeLink(for: "words"), serving: [words]) { _ in
        let link = CountingLink(try makeLink())
        try await Peer.with(over: link) { peer in
          let call = WordCaller(peer, config: Self.config()).begin("escape a", way)
          #expect(await call.ending == .failed(.unavailable, delivered: nil))
          #expect(words.heard.value == ["escape a"])
          #expect(link.opened.value == 1)
        }
      }
    }
  }

  @Test func `believes that nobody got a call only with UNAVAILABLE`() {
    let method = Way.unary.method
    for code in [Status.Code.unavailable, .unknown, .aborted, .resourceExhausted] {
      let metadata = Self.config().guarding(
        [CallMetadata.delivered: "no"], of: Status(code: code, message: ""), method)
      let forbids = Array(metadata[stringValues: "grpc-retry-pushback-ms"]) == ["-1"]
      #expect(forbids == (code != .unavailable), "\(code)")
    }
  }

  @Test(arguments: [Way.serverStreaming, .bothStreaming])
  func `makes no call again whose answer has begun`(_ way: Way) async throws {
    try await Network.memory.withBroker { makeLink in
      let words = Words()
      try await Peer.with("words", over: makeLink(for: "words"), serving: [words]) { _ in
        let link = CountingLink(try makeLink())
        try await Peer.with(over: link) { peer in
          let caller = WordCaller(peer, config: Self.config(repeatable: Self.repeatable))
          let ending = await caller.begin("begin a", way).ending
          #expect(ending == .failed(.unavailable, delivered: nil))
          #expect(words.heard.value == ["begin a"])
          #expect(link.opened.value == 1)
        }
      }
    }
  }

  /// It would open all attempts at once.
  @Test func `does not hedge, whoever asks for it`() async throws {
    try await Network.memory.withBroker { makeLink in
      try await Peer.with("words", over: makeLink(for: "words"), serving: [Words()]) { _ in
        let link = CountingLink(try makeLink())
        try await Peer.with(over: link) { peer in
          var options = CallOptions.defaults
          options.executionPolicy = .hedge(
            HedgingPolicy(
              maxAttempts: Self.attempts, hedgingDelay: .zero, nonFatalStatusCodes: [.unavailable]))
          let client = BusClient(peer: peer)
          let request = ClientRequest(message: "fail a")
          await #expect(throws: RPCError.self) {
            try await client.unary(
              request: request, descriptor: Way.short.method, serializer: Text(),
              deserializer: Text(), options: options
            ) { try $0.message }
          }
          #expect(link.opened.value == 1)
          await #expect(throws: RPCError.self) {
            try await client.serverStreaming(
              request: request, descriptor: Way.serverStreaming.method, serializer: Text(),
              deserializer: Text(), options: options
            ) { try await Kinds.all($0.messages) }
          }
          #expect(link.opened.value == 2)
        }
      }
    }
  }

  /// Why a call cannot begin.
  enum Hindrance: Sendable, CaseIterable {
    case noSession
    case tooManyCalls
  }

  /// What gRPC's executor has begun for a call that cannot begin would else hold it up until its deadline.
  @Test(arguments: Hindrance.allCases)
  func `ends a call that cannot begin long before its deadline`(
    _ hindrance: Hindrance
  ) async throws {
    try await Network.memory.withBroker { makeLink in
      try await Peer.with(over: makeLink()) { peer in
        var expected = Ending.failed(.unavailable, delivered: "no")
        switch hindrance {
        case .noSession: await peer.close()
        case .tooManyCalls:
          try await peer.waitUntilReady()
          for _ in 0..<WireLimits.openCallsLimit { _ = try peer.openCallIfReady(Way.short.method) }
          expected = .failed(.resourceExhausted, delivered: nil)
        }
        let caller = WordCaller(peer, config: Self.config(timeout: .seconds(30)))
        let began = ContinuousClock.now
        let endings = await Way.each { await caller.begin("say a", $0).ending }
        let took = ContinuousClock.now - began
        for (way, ending) in endings { #expect(ending == expected, "\(way)") }
        #expect(took < DeadlineTests.slack)
      }
    }
  }

  /// The broker has never been there.
  @Test(arguments: [false, true])
  func `does not wait for a session beyond the deadline`(_ waits: Bool) async throws {
    try await Peer.with(over: MemoryNetwork().makeLink()) { peer in
      let config = Self.config(timeout: DeadlineTests.short, waits: waits)
      let caller = WordCaller(peer, config: config)
      let began = ContinuousClock.now
      let endings = await Way.each { await caller.begin("say a", $0).ending }
      let took = ContinuousClock.now - began
      for (way, ending) in endings { #expect(ending == .late, "\(way)") }
      #expect(took < DeadlineTests.short + DeadlineTests.slack)
    }
  }
}
