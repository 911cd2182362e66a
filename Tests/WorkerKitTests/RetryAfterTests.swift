import Foundation
import Messages
import Testing
import WebCalls
import WorkerKitTesting

@testable import WorkerKit

@Suite("Those who ask to be left alone", .timeLimit(.minutes(1)))
struct RetryAfterTests {
  private static let date = "Fri, 20 Mar 2026 09:46:40 GMT"

  @Test(
    arguments: [
      (["retry-after": "120"], .seconds(120)), (["retry-after": "0"], .seconds(0)),
      (["retry-after": "86400"], DeliveryFailed.retryAfterLimit),
      (["retry-after": "99999999999999999999"], DeliveryFailed.retryAfterLimit),
      (["retry-after": "Fri, 20 Mar 2026 09:48:40 GMT", "date": date], .seconds(120)),
      (["retry-after": "Sat, 20 Mar 2027 09:48:40 GMT", "date": date], .seconds(3_600)),
      (["retry-after": "Fri, 20 Mar 2026 09:46:39 GMT", "date": date], nil),
      (["retry-after": "Fri, 20 Mar 2026 09:48:40 GMT"], nil), (["retry-after": "soon"], nil),
      (["retry-after": "-5"], nil), (["retry-after": ""], nil), ([:], nil),
    ] as [([String: String], Duration?)])
  func `how long is told in seconds or by a time, and has an end`(
    headers: [String: String], pause: Duration?
  ) {
    let answer = WebAnswer(status: 429, headers: headers, body: [])
    #expect(DeliveryFailed(answer, why: "busy").retryAfter == pause)
  }

  @Test func `what is bounded is bounded for whoever makes it`() {
    let failed = DeliveryFailed(status: 503, why: "busy", retryAfter: .seconds(86_400))
    #expect(failed.retryAfter == DeliveryFailed.retryAfterLimit)
  }

  /// Sends each letter to a server.
  private static func sink(_ url: String) -> Worker {
    let letter = EffectRoute.on("letter") { effect, context in
      let request = WebRequest(
        .post, url: "\(url)/\(effect.key)", body: [0x61], idempotencyKey: effect.idempotencyKey)
      _ = try await context.web.deliver(request)
    } confirmed: { effect, transaction in
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(effect.key))
    }
    return Fixture.sink(effects: [letter]) { area, transaction in
      try transaction.intend("letter", key: area)
    }
  }

  @Test(arguments: [429, 503])
  func `a server that says when is not asked before`(status: Int) async throws {
    let asked = Gate()
    let listener = try WebListener { request in
      guard request.target == "/a", !asked.isOpen(after: 1) else { return .init(204) }
      return .init(status, headers: ["Retry-After": "1800"])
    }
    defer { listener.stop() }
    let sink = Self.sink(listener.url)
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["a"])
      // The wait is counted from the end of the attempt: the clock goes on once that is written down.
      while try await place.failing() == 0 { await Task.yield() }
      // The kit's own pauses are over by now.
      place.clock.advance(by: 1_700)
      try await place.announce(["b"])
      while try await place.outcomes() != ["b"] { await Task.yield() }
      #expect(asked.count == 1)
      place.clock.advance(by: 101)
      try await place.announce(["c"])
      try await place.settle()
      #expect(Set(try await place.outcomes()) == ["a", "b", "c"])
      #expect(asked.count == 2)
    }
  }
}

extension TestPlace {
  /// Effects that did not happen and are tried again.
  fileprivate func failing() async throws -> Int {
    try await context(of: "sink")?.slice.read { try EffectTable.failingCount(in: $0) } ?? 0
  }
}
