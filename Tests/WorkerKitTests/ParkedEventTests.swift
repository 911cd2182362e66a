import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import WorkerKit

@Suite("Parked events", .timeLimit(.minutes(1)))
struct ParkedEventTests {
  /// Writes down what it handles, in the order in which it does.
  private static func sink(_ trouble: Trouble) -> Worker {
    Fixture.sink { area, transaction in
      try trouble.check(area)
      try transaction.execute("INSERT INTO outcome (text) VALUES (?)", .text(area))
    }
  }

  @Test func `what was parked with its key is handled after the fix, in order`() async throws {
    let trouble = Trouble("bad")
    try await TestPlace.with([Fixture.source, Self.sink(trouble)], now: Fixture.start) { place in
      try await place.announce(["good", "bad", "later"])
      try await place.announce(["other"], key: "case/B")
      try await place.settle()
      #expect(try await place.outcomes() == ["good", "other"])
      let parked = try await place.parked()
      #expect(parked.total == 2)
      #expect(parked.events.map(\.position) == [2, 3])
      #expect(parked.events.map(\.key) == ["case/A", "case/A"])
      #expect(parked.events.map(\.attempts) == [UInt32(Bounds.attemptsLimit), 0])
      #expect(parked.events.first?.error == "Poisoned")
      #expect(try await place.parked(limit: 1).events.map(\.position) == [2])
      #expect(try await place.parked(after: 2, limit: 1).events.map(\.position) == [3])

      trouble.change("bad")
      let retried = try await place.retry()
      #expect(retried == .with { $0.handled = 2 })
      try await place.announce(["after"])
      try await place.settle()
      #expect(try await place.outcomes() == ["good", "other", "bad", "later", "after"])
      #expect(try await place.parked().total == 0)
      #expect(try await place.audited() == ["A. Operator events.retry case/A: tested"])
    }
  }

  @Test func `a retry that fails again is counted, and that survives a restart`() async throws {
    let trouble = Trouble("bad")
    let workers = [Fixture.source, Self.sink(trouble)]
    try await TestPlace.with(workers, now: Fixture.start, onDisk: true) { place in
      try await place.announce(["bad", "later"])
      try await place.settle()
      for round in 1...2 {
        let retried = try await place.retry()
        #expect(retried.handled == 0)
        #expect(retried.left == 2)
        #expect(retried.error == "Poisoned")
        try await place.restart("sink")
        let attempts = try await place.parked().events.map(\.attempts)
        #expect(attempts == [UInt32(Bounds.attemptsLimit + round), 0])
      }
      #expect(try await place.outcomes() == [])
    }
  }

  @Test func `a retry stops at the next one that fails`() async throws {
    let trouble = Trouble("bad", "worse")
    try await TestPlace.with([Fixture.source, Self.sink(trouble)], now: Fixture.start) { place in
      try await place.announce(["bad", "fine", "worse", "last"])
      try await place.settle()
      trouble.change("bad")
      let retried = try await place.retry()
      #expect(retried.handled == 2)
      #expect(retried.left == 2)
      #expect(retried.error == "Poisoned")
      #expect(try await place.outcomes() == ["bad", "fine"])
      #expect(try await place.parked().events.map(\.attempts) == [1, 0])
      trouble.change("worse")
      #expect(try await place.retry().handled == 2)
      #expect(try await place.outcomes() == ["bad", "fine", "worse", "last"])
    }
  }

  @Test func `a skip gives up the oldest one alone, is audited, and those behind go on`()
    async throws
  {
    let trouble = Trouble("bad", "worse")
    try await TestPlace.with([Fixture.source, Self.sink(trouble)], now: Fixture.start) { place in
      try await place.announce(["bad", "fine", "worse", "last"])
      try await place.settle()
      let later = try await refusal { try await place.skip(2) }
      #expect(later.kind == .state)
      #expect(later.code == "not-the-oldest")
      #expect(later.path == "position")
      let unknown = try await refusal { try await place.skip(17) }
      #expect(unknown.code == "not-parked")
      #expect(try await place.parked().total == 4)

      let rest = try await place.skip(1, .by("B. Operator", "announced by mistake"))
      #expect(rest.handled == 1)
      #expect(rest.left == 2)
      #expect(rest.error == "Poisoned")
      #expect(try await place.skip(3) == .with { $0.handled = 1 })
      #expect(try await place.outcomes() == ["fine", "last"])
      #expect(
        try await place.audited() == [
          "B. Operator events.skip position 1 of case/A: announced by mistake",
          "A. Operator events.skip position 3 of case/A: tested",
        ])
    }
  }

  @Test func `retries beside new events of the key keep its order, and take each once`()
    async throws
  {
    let trouble = Trouble("bad")
    try await TestPlace.with([Fixture.source, Self.sink(trouble)], now: Fixture.start) { place in
      try await place.announce(["bad"] + (0..<100).map { "early-\($0)" })
      try await place.settle()
      trouble.change("bad")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 {
          group.addTask { try await place.retryUntilNone() }
        }
        for number in 0..<50 { try await place.announce(["late-\(number)"]) }
        try await group.waitForAll()
      }
      try await place.settle()
      let expected =
        ["bad"] + (0..<100).map { "early-\($0)" } + (0..<50).map { "late-\($0)" }
      #expect(try await place.outcomes() == expected)
      #expect(try await place.parked().total == 0)
    }
  }

  /// Gathers by failing with the trouble there is, or by waiting for what `wait` waits for.
  private static func gathering(
    _ trouble: Trouble,
    _ wait: @escaping @Sendable (String, WorkerContext) async throws -> Void = { _, _ in }
  ) -> Worker {
    Worker(
      name: "sink",
      routes: [
        .on(Recourse_Intake_V1_ApplicationReceived.self) { received, context in
          try trouble.check(received.event.area)
          try await wait(received.event.area, context)
        } apply: { received, _, transaction in
          try transaction.execute(
            "INSERT INTO outcome (text) VALUES (?)", .text(received.event.area))
        }
      ], migrations: Fixture.sink().migrations)
  }

  @Test func `while another worker is away a retry is no attempt`() async throws {
    let trouble = Trouble("bad")
    try await TestPlace.with(
      [Fixture.source, Self.gathering(trouble)], now: Fixture.start
    ) { place in
      try await place.announce(["bad"])
      try await place.settle()
      let before = try await place.parked()
      for code in [RPCError.Code.unavailable, .deadlineExceeded] {
        trouble.change("bad", to: RPCError(code: code, message: "away"))
        let away = try await refusal { _ = try await place.retry() }
        #expect(away.kind == .tryAgain)
        #expect(away.code == "away")
        #expect(try await place.parked() == before)
      }
      trouble.change("bad")
      #expect(try await place.retry().handled == 1)
    }
  }

  @Test func `a retry that takes its time does not hold up other keys`() async throws {
    let trouble = Trouble("bad")
    let sink = Self.gathering(trouble) { area, context in
      if area == "bad" { try await context.progress.wait { $0.taken >= 2 } }
    }
    try await TestPlace.with([Fixture.source, sink], now: Fixture.start) { place in
      try await place.announce(["bad"])
      try await place.settle()
      trouble.change("bad")
      async let retried = place.retry()
      try await place.announce(["other"], key: "case/B")
      #expect(try await retried.handled == 1)
      #expect(try await place.outcomes() == ["other", "bad"])
    }
  }

  @Test func `what cannot be done is refused by code and path`() async throws {
    try await TestPlace.with([Fixture.source, Fixture.sink()], now: Fixture.start) { place in
      let calls: [(String, String, @Sendable () async throws -> Void)] = [
        ("nothing-parked", "key", { _ = try await place.retry() }),
        ("invalid-key", "key", { _ = try await place.retry("A") }),
        ("missing", "grounds.actor", { _ = try await place.retry("case/A", .by(" ")) }),
        ("missing", "grounds.reason", { _ = try await place.retry("case/A", .by("A", "")) }),
        (
          "too-long", "grounds.reason",
          {
            let text = String(repeating: "x", count: Bounds.groundsTextLimit + 1)
            _ = try await place.retry("case/A", .by("A", text))
          }
        ),
        ("not-parked", "position", { try await place.skip(1) }),
        ("missing", "grounds.reason", { try await place.skip(1, .by("A", "\n")) }),
      ]
      for (code, path, call) in calls {
        let refused = try await refusal { try await call() }
        #expect(refused.code == code)
        #expect(refused.path == path)
      }
      #expect(try await place.audited() == [])
    }
  }
}

extension TestPlace {
  /// Retries until the key has nothing that is set aside.
  fileprivate func retryUntilNone(_ key: String = "case/A") async throws {
    while true {
      do {
        _ = try await retry(key)
      } catch let error as RPCError where Refusal(error)?.code == "nothing-parked" {
        return
      }
    }
  }
}
