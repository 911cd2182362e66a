import BusTesting
import Foundation
import GRPCCore
import Testing

@testable import Bus

/// What becomes of calls when the network between a peer and the broker passes nothing on, or breaks.
@Suite("A cut network", .timeLimit(.minutes(1)))
struct CutNetworkTests {
  /// Two heartbeats; and both sides look a few times a second, on a machine that has other things to do.
  static let silenceLimit = Duration.seconds(2 * 2 + 1)
  /// How long it may take to notice that a connection broke.
  static let breakLimit = Duration.seconds(1)
  /// Cuts in a row.
  static let cuts = 5
  /// Calls that are more than sockets on their way can take.
  static let flood = 24
  /// Ends words, so that they are seen on their way.
  private static let tail = " " + String(repeating: "x", count: 8 * 1024)
  private static let longTail = " " + String(repeating: "x", count: 1024 * 1024)

  /// Whose network is cut.
  enum CutOff: Sendable, CaseIterable {
    case caller
    case handler
  }

  /// A caller and a handler, one of them behind a relay.
  private struct Stage: Sendable {
    let relay: Relay
    let caller: WordCaller
    let words: Words
    /// How many sessions the peer behind the relay has had.
    let sessions: Shared<Int>

    /// Makes a call that waits for who was cut off and may not be back yet.
    func expectAnswer(_ word: String, _ way: Way) async {
      #expect(await Ending.of { try await caller.call(word, way, waits: true) } == .answered(word))
    }
  }

  private static func with(
    _ cutOff: CutOff, _ body: @escaping @Sendable (Stage) async throws -> Void
  ) async throws {
    try await Place.withBroker(.tcp) { address in
      try await Relay.with(to: address) { relay in
        let words = Words()
        let sessions = Shared(0)
        let isCallers = cutOff == .caller
        let serving = try ZeroMQLink(address: isCallers ? address : relay.address, as: "words")
        let calling = try ZeroMQLink(address: isCallers ? relay.address : address)
        try await Peer.with(
          "words", over: serving, serving: [words],
          onSession: { if $0, !isCallers { sessions.change { $0 += 1 } } }
        ) { _ in
          try await Peer.with(
            over: calling, onSession: { if $0, isCallers { sessions.change { $0 += 1 } } }
          ) { peer in
            let caller = WordCaller(peer)
            try await body(Stage(relay: relay, caller: caller, words: words, sessions: sessions))
          }
        }
      }
    }
  }

  @Test(arguments: CutOff.allCases)
  func `silence ends calls on both sides within two heartbeats`(_ cutOff: CutOff) async throws {
    try await Self.with(cutOff) { stage in
      let calls = Way.allCases.map { stage.caller.begin("wait \($0)", $0) }
      for way in Way.allCases { try await stage.words.notes.wait(for: "wait \(way)") }
      await stage.relay.hold()
      let held = ContinuousClock.now
      for call in calls { #expect(await call.ending == .lost) }
      for way in Way.allCases { try await stage.words.notes.wait(for: "ended \(way)") }
      let took = ContinuousClock.now - held
      #expect(took < Self.silenceLimit)
      await stage.relay.goOn()
      // What was held comes late, and is of no session any more.
      await stage.expectAnswer("say after", .short)
      #expect(stage.words.heard.value.filter { !$0.hasPrefix("wait") } == ["say after"])
    }
  }

  @Test(arguments: CutOff.allCases)
  func `a call that was on its way at a break fails and is not made, the next one is`(
    _ cutOff: CutOff
  ) async throws {
    try await Self.with(cutOff) { stage in
      await stage.expectAnswer("say first", .short)
      var made = ["say first"]
      for cut in 0..<Self.cuts {
        let way = Way.allCases[cut % Way.allCases.count]
        await stage.relay.hold()
        let lost = stage.caller.begin("say lost-\(cut)" + Self.tail, way)
        try await stage.relay.waitUntilHolding(
          Self.tail.utf8.count, from: cutOff == .caller ? .peer : .broker)
        await stage.relay.cut()
        let broken = ContinuousClock.now
        #expect(await lost.ending == .lost)
        let took = ContinuousClock.now - broken
        #expect(took < Self.breakLimit)
        let next = "say next-\(cut)"
        await stage.expectAnswer(next, way)
        made.append(next)
        #expect(stage.sessions.value == cut + 2)
      }
      #expect(stage.words.heard.value == made)
    }
  }

  /// The socket keeps what the connection did not take and sends it over the next one.
  @Test func `calls that come late over a new connection are not made`() async throws {
    try await Self.with(.caller) { stage in
      await stage.expectAnswer("say first", .short)
      await stage.relay.hold()
      let words = (0..<Self.flood).map { "say flood-\($0)" }
      let calls = words.map { stage.caller.begin($0 + Self.longTail, .short) }
      try await stage.relay.waitUntilHolding(Relay.heldLimit, from: .peer)
      await stage.relay.cut()
      var made = ["say first"]
      for (word, call) in zip(words, calls) {
        let ending = await call.ending
        // One may have been made after the break.
        let isAnswered = ending == .answered(word + Self.longTail)
        if isAnswered { made.append(word) }
        #expect(isAnswered || ending == .lost)
      }
      #expect(made.count < Self.flood)
      await stage.expectAnswer("say last", .short)
      made.append("say last")
      #expect(stage.words.heard.value.sorted() == made.sorted())
    }
  }

  @Test func `answers that come late over a new connection answer nobody`() async throws {
    try await Self.with(.handler) { stage in
      let calls = (0..<Self.flood).map {
        stage.caller.begin("hold \($0)" + Self.longTail, .short)
      }
      for number in 0..<Self.flood { try await stage.words.notes.wait(for: "hold \(number)") }
      await stage.relay.hold()
      for number in 0..<Self.flood { stage.words.release("\(number)") }
      try await stage.relay.waitUntilHolding(Relay.heldLimit, from: .peer)
      await stage.relay.cut()
      for call in calls { #expect(await call.ending == .lost) }
      // These get the numbers that those had.
      for number in 0..<Self.flood { await stage.expectAnswer("say next-\(number)", .short) }
      #expect(stage.words.heard.value.count == 2 * Self.flood)
    }
  }
}
