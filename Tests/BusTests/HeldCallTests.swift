import BusTesting
import Foundation
import GRPCCore
import Messages
import Synchronization
import Testing

@testable import Bus

/// Calls that wait for somebody to answer them (`waitForReady`).
@Suite("A call that waits", .timeLimit(.minutes(1)))
struct HeldCallTests {
  private static let nobody = ServiceDescriptor(fullyQualifiedService: "recourse.test.Nobody")
  private static let late = ServiceDescriptor(fullyQualifiedService: "recourse.test.Late")
  private static let long = Duration.seconds(30)
  /// Milliseconds, by all who write the time that is left.
  private static let rounding = Duration.milliseconds(10)

  @Test(arguments: Network.allCases)
  func `ends at its deadline if nobody comes`(_ network: Network) async throws {
    try await network.withBroker { makeLink in
      try await Peer.with(over: makeLink()) { peer in
        try await Self.expectLate(WordCaller(peer))
      }
    }
  }

  @Test(arguments: Network.allCases)
  func `is answered by who comes later, who knows what time is left`(
    _ network: Network
  ) async throws {
    try await network.withBroker { makeLink in
      let link = CountingLink(try makeLink())
      try await Peer.with(over: link) { peer in
        let caller = WordCaller(peer)
        let began = ContinuousClock.now
        let calls = try await Self.held("timeout a", caller, link)
        try await Self.expectLate(caller)
        try await Peer.with("late", over: makeLink(for: "late"), serving: [Words(as: Self.late)]) {
          _ in
          for call in calls { try await Self.expectTimeLeft(call, since: began) }
        }
      }
    }
  }

  /// With a policy for retries gRPC writes down the time that is left after the wait, else before it.
  @Test(arguments: [false, true])
  func `that waited for a session tells what time is left`(_ hasPolicy: Bool) async throws {
    try await OtherProcess.withPlaceForBroker { address, settings in
      try await Peer.with(over: ZeroMQLink(address: address)) { peer in
        let caller = WordCaller(peer, config: hasPolicy ? RetryTests.config() : CallConfig())
        let began = ContinuousClock.now
        let calls = Way.allCases.map {
          caller.begin("timeout a", $0, of: Self.late, timeout: Self.long, waits: true)
        }
        try await Self.expectLate(caller)
        try await OtherProcess.with("playsBroker", settings) { _ in
          let words = Words(as: Self.late)
          try await Peer.with(
            "late", over: ZeroMQLink(address: address, as: "late"), serving: [words]
          ) { _ in
            for call in calls { try await Self.expectTimeLeft(call, since: began) }
          }
        }
      }
    }
  }

  @Test func `waits on when the session goes before it can begin`() async throws {
    try await Network.memory.withBroker { makeLink in
      try await Peer.with("words", over: makeLink(for: "words"), serving: [Words()]) { _ in
        let breaking = Shared<Peer?>(nil)
        let peer = Peer(
          PeerIdentity(worker: PeerIdentity.clientName, instance: "c", processID: 1),
          over: try makeLink(),
          // Told before those who wait for the session are.
          onSession: { stands in
            guard stands else { return }
            breaking.change { peer in
              defer { peer = nil }
              return peer
            }?.take(.lost)
          })
        breaking.set(peer)
        let caller = WordCaller(peer)
        let calls = Way.allCases.map {
          caller.begin("say a", $0, timeout: Self.long, waits: true)
        }
        while peer.state.withLock({ $0.readyWaiters.count }) < calls.count {
          try Task.checkCancellation()
          await Task.yield()
        }
        try await peer.start()
        for call in calls { #expect(await call.ending == .answered("say a")) }
        await peer.close()
      }
    }
  }

  @Test(arguments: Network.allCases)
  func `does not reach the handler once it is given up or late`(_ network: Network) async throws {
    try await network.withBroker { makeLink in
      let link = CountingLink(try makeLink())
      try await Peer.with(over: link) { peer in
        let caller = WordCaller(peer)
        let givenUp = try await Self.held("say given-up", caller, link)
        let late = try await Self.held("say late", caller, link, timeout: DeadlineTests.short)
        let kept = try await Self.held("say kept", caller, link)
        for call in givenUp { call.giveUp() }
        for call in givenUp { #expect(await call.ending == .failed(.cancelled, delivered: nil)) }
        for call in late { #expect(await call.ending == .late) }
        // What is answered on the same session has been heard after their last words.
        let directory = Recourse_Bus_V1_Directory.Stub(wrapping: BusClient(peer: peer))
        _ = try await directory.list(Recourse_Bus_V1_DirectoryRequest())
        let words = Words(as: Self.late)
        try await Peer.with("late", over: makeLink(for: "late"), serving: [words]) { _ in
          for call in kept { #expect(await call.ending == .answered("say kept")) }
        }
        #expect(words.heard.value == Way.allCases.map { _ in "say kept" })
      }
    }
  }

  @Test(arguments: Network.allCases)
  func `without leave to wait is refused at once`(_ network: Network) async throws {
    try await network.withBroker { makeLink in
      try await Peer.with(over: makeLink()) { peer in
        let caller = WordCaller(peer)
        let ending: @Sendable (Way) async -> Ending = { way in
          await caller.begin("say a", way, of: Self.late, timeout: Self.long, waits: false).ending
        }
        let began = ContinuousClock.now
        let unknown = await Way.each(ending)
        try await Peer.with("late", over: makeLink(for: "late"), serving: [Words(as: Self.late)]) {
          _ in
          _ = try await caller.call("say a", .short, of: Self.late)
        }
        let gone = await Way.each(ending)
        let took = ContinuousClock.now - began
        #expect(unknown.values.allSatisfy { $0 == .failed(.unimplemented, delivered: nil) })
        #expect(gone.values.allSatisfy { $0 == .failed(.unavailable, delivered: "no") })
        #expect(took < DeadlineTests.slack)
      }
    }
  }

  /// Makes calls to a service that nobody serves, and so lets some time go by.
  private static func expectLate(_ caller: WordCaller) async throws {
    let began = ContinuousClock.now
    let endings = await Way.each { way in
      await caller.begin("say a", way, of: nobody, timeout: DeadlineTests.short, waits: true)
        .ending
    }
    let took = ContinuousClock.now - began
    for (way, ending) in endings { #expect(ending == .late, "\(way)") }
    #expect(took >= DeadlineTests.short && took < DeadlineTests.short + DeadlineTests.slack)
  }

  /// What is left of its time is told by who answers a call, which has waited for ``expectLate(_:)``.
  private static func expectTimeLeft(
    _ call: OpenCall, since began: ContinuousClock.Instant
  ) async throws {
    let ending = await call.ending
    let passed = ContinuousClock.now - began
    let left = try #require(ending.answer.flatMap { DeadlineTests.duration($0) }, "\(ending)")
    #expect(left <= long - DeadlineTests.short)
    #expect(left >= long - passed - rounding)
  }

  /// Begins a call on each way to the service that comes late; returns when all wait at the broker.
  private static func held(
    _ word: String, _ caller: WordCaller, _ link: CountingLink, timeout: Duration = long
  ) async throws -> [OpenCall] {
    let opened = link.opened.value + Way.allCases.count
    let calls = Way.allCases.map {
      caller.begin(word, $0, of: late, timeout: timeout, waits: true)
    }
    while link.opened.value < opened {
      try Task.checkCancellation()
      await Task.yield()
    }
    // The broker takes what one peer sends in order.
    _ = try await caller.sessions()
    return calls
  }
}
