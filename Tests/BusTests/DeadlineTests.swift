import BusTesting
import Foundation
import GRPCCore
import Testing

@testable import Bus

/// Time that a call may take: it reaches the handler, and both sides keep it, each by itself.
@Suite("A deadline", .timeLimit(.minutes(1)))
struct DeadlineTests {
  /// What a deadline may take longer on a machine that has other things to do.
  static let slack = Duration.seconds(1)
  static let short = Duration.milliseconds(200)

  /// Long enough for seconds to have to be told from milliseconds.
  @Test(arguments: Network.allCases, [Duration.seconds(30), .seconds(3 * 3600)])
  func `reaches the handler in digits that grpc-swift reads`(
    _ network: Network, _ timeout: Duration
  ) async throws {
    try await Self.withWords(network) { caller, _ in
      let timeouts = try await Way.each { try await caller.call("timeout a", $0, timeout: timeout) }
      for (way, text) in timeouts {
        // At most eight digits by gRPC's protocol. grpc-swift writes that, and reads one less.
        #expect(text.count <= 8, "\(way)")
        let left = try #require(Self.duration(text), "\(way): \(text)")
        #expect(left <= timeout && left > timeout - .seconds(5), "\(way)")
      }
    }
  }

  @Test(arguments: Network.allCases)
  func `ends the call and cancels the handler`(_ network: Network) async throws {
    try await Self.withWords(network) { caller, words in
      let began = ContinuousClock.now
      let endings = await Way.each { way in
        await caller.begin("wait \(way)", way, timeout: Self.short).ending
      }
      let took = ContinuousClock.now - began
      for (way, ending) in endings { #expect(ending == .late, "\(way)") }
      #expect(took >= Self.short && took < Self.short + Self.slack)
      for way in Way.allCases { try await words.notes.wait(for: "ended \(way)") }
      let ended = ContinuousClock.now - began
      #expect(ended < Self.short + Self.slack)
      #expect(words.heard.value.count == Way.allCases.count)
    }
  }

  /// Nobody at the caller watches a deadline that its metadata alone has.
  @Test(arguments: Network.allCases)
  func `is told by the handler's side, not that it was cancelled`(
    _ network: Network
  ) async throws {
    try await Self.withWords(network) { caller, _ in
      let endings = await Way.each { way in
        await caller.begin("wait a", way, metadata: ["grpc-timeout": "100m"]).ending
      }
      for (way, ending) in endings { #expect(ending == .late, "\(way)") }
    }
  }

  @Test(arguments: Network.betweenProcesses)
  func `ends the call also when the handler's process stands still`(
    _ network: Network
  ) async throws {
    try await Place.withBroker(network) { address in
      try await OtherProcess.with("servesWords", [.address: address]) { server in
        try await Self.expectLate(at: address) {
          await server.stop()
        } goOn: {
          server.goOn()
        }
      }
    }
  }

  @Test func `ends the call also when handler and broker stand still`() async throws {
    try await OtherProcess.withBroker { address, broker in
      try await OtherProcess.with("servesWords", [.address: address]) { server in
        try await Self.expectLate(at: address) {
          await broker.stop()
          await server.stop()
        } goOn: {
          broker.goOn()
          server.goOn()
        }
      }
    }
  }

  @Test func `ends the handler also when caller and broker stand still`() async throws {
    try await OtherProcess.withBroker { address, broker in
      let words = Words()
      try await Peer.with(
        "words", over: ZeroMQLink(address: address, as: "words"), serving: [words]
      ) { _ in
        try await OtherProcess.with("callsWords", [.address: address]) { caller in
          for way in Way.allCases { try await words.notes.wait(for: "wait \(way)") }
          await caller.stop()
          await broker.stop()
          let stopped = ContinuousClock.now
          for way in Way.allCases { try await words.notes.wait(for: "ended \(way)") }
          let took = ContinuousClock.now - stopped
          #expect(took < Self.short + Self.slack)
        }
      }
    }
  }

  /// Makes calls of ``Words`` that nobody hears, and looks what became of them when they can be heard.
  private static func expectLate(
    at address: String, stop: () async -> Void, goOn: () -> Void
  ) async throws {
    try await Peer.with(over: ZeroMQLink(address: address)) { peer in
      let caller = WordCaller(peer)
      _ = try await caller.call("say ready", .short, waits: true)
      await stop()
      let began = ContinuousClock.now
      let endings = await Way.each { await caller.begin("wait a", $0, timeout: short).ending }
      let took = ContinuousClock.now - began
      goOn()
      for (way, ending) in endings { #expect(ending == .late, "\(way)") }
      #expect(took < short + slack)
      // What the handler begins of calls that are over it ends, and it goes on.
      var (heard, ended) = ("", "")
      repeat {
        heard = try await caller.call("heard a", .short)
        ended = try await caller.call("ended a", .short)
      } while heard != ended
      #expect(try await caller.call("say after", .short) == "say after")
    }
  }

  /// Runs `body` with a caller and a handler of ``Words``.
  private static func withWords(
    _ network: Network, _ body: @escaping @Sendable (WordCaller, Words) async throws -> Void
  ) async throws {
    try await network.withBroker { makeLink in
      let words = Words()
      try await Peer.with("words", over: makeLink(for: "words"), serving: [words]) { _ in
        try await Peer.with(over: makeLink()) { peer in try await body(WordCaller(peer), words) }
      }
    }
  }

  /// What a `grpc-timeout` says.
  static func duration(_ text: String) -> Duration? {
    guard let amount = Int64(text.dropLast()), let unit = text.last else { return nil }
    return switch unit {
    case "H": .seconds(amount * 3600)
    case "M": .seconds(amount * 60)
    case "S": .seconds(amount)
    case "m": .milliseconds(amount)
    case "u": .microseconds(amount)
    case "n": .nanoseconds(amount)
    default: nil
    }
  }
}
