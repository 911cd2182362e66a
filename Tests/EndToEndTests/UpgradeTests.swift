import Foundation
import Testing

extension RunningSystems {
  /// Processes are exchanged one by one while applications arrive: nothing is lost, nothing is done twice.
  @Suite(.serialized, .timeLimit(.minutes(5))) struct UpgradeTests {
    /// A broker that ends takes no worker with it.
    @Test func `every worker survives a restart of the broker as the process that it was`()
      async throws
    {
      try await RunningSystem.with { system in
        let names = [
          "intake", "threshold", "panel", "support", "correspondence", "reporting", "portal",
        ]
        var before: [Int32] = []
        for name in names { before.append(try await system.settledPid(of: name)) }
        let reference = try await system.apply("three-complaints.json")
        let broker = try await system.settledPid(of: "broker")
        #expect(kill(broker, SIGKILL) == 0)
        try await system.waitUntilReplaced(broker, of: "broker")

        try await system.json(Journey.decide(reference))
        #expect(try await Journey.findDay(for: reference, on: system)["state"].text == "SCHEDULED")
        try await Journey.expectEachFactOnce(of: reference, on: system)
        var after: [Int32] = []
        for name in names { after.append(try await system.settledPid(of: name)) }
        #expect(after == before)
        let status = try await system.json(["status"])
        #expect(status["workers"].list.map { $0["restarts"].number } == names.map { _ in 0 })
      }
    }

    @Test func `a new instance takes over under load, and no application is lost or doubled`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await Keys.make(in: data)
        let names = [
          "threshold", "intake", "panel", "support", "correspondence", "reporting", "portal",
        ]
        let workers = names.map { Apart.Command(arguments: ["worker", $0, "--data", data]) }
        let broker = Apart.Command(arguments: ["broker", "--data", data])
        try await Apart.with([broker] + workers) { pids in
          let system = RunningSystem(data: data, pid: 0, clock: RunningSystem.clock)
          try await system.json(["status", "--wait"])
          let load = Load(system)
          let running = Task { try await load.run() }
          // The first reference shows that it flows.
          try await load.wait(for: 1)
          do {
            try await replace(["intake": pids[2], "threshold": pids[1]], on: system, under: load) {
              await load.end()
              try await expectAll(of: try await running.value, on: system)
            }
          } catch {
            running.cancel()
            _ = await running.result
            throw error
          }
        }
      }
    }

    /// Each application that was acknowledged is there once, with its consequences, and there are no others.
    private func expectAll(of references: [String], on system: RunningSystem) async throws {
      #expect(references.count >= 5)
      #expect(Set(references).count == references.count)
      try await system.json(["status", "--wait"])
      for reference in references {
        try await Journey.expectEachFactOnce(of: reference, on: system)
      }
      let figures = try await Journey.figures(for: "2026-01-01/2026-12-31", on: system)
      #expect(figures["applications"].number == references.count)
      #expect(figures["complete"].bool == true)
    }

    /// As an operator does it: a new instance stands by, the old one is told to leave, the new one is waited for.
    private func replace(
      _ old: [String: Int32], on system: RunningSystem, under load: Load,
      _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
      guard let (name, pid) = old.min(by: { $0.key < $1.key }) else { return try await body() }
      let standby = Apart.Command(
        arguments: ["worker", name, "--standby", "--data", system.data], line: "standby")
      try await Apart.with([standby]) { pids in
        #expect(kill(pid, SIGTERM) == 0)
        try await waitUntil(pids[0], serves: name, on: system)
        // What arrives now is the new one's.
        try await load.wait(for: load.count + 2)
        try await replace(old.filter { $0.key != name }, on: system, under: load, body)
      }
    }

    /// Looks again and again, for under load nothing is ever settled.
    private func waitUntil(
      _ pid: Int32, serves name: String, on system: RunningSystem
    ) async throws {
      for _ in 0..<Self.looksLimit {
        let workers = try await system.run(["status", "--json"]).json["workers"].list
        let isServing = workers.contains { worker in
          worker["name"].text == name && worker["pid"].number == Int(pid)
            && worker["health"].text == "SERVING"
        }
        if isServing { return }
      }
      Issue.record("\(name) was not taken over by \(pid)")
    }

    private static let looksLimit = 100
  }
}

/// Applications that arrive one after another until enough is enough.
private actor Load {
  /// Tries of one application: while a worker is exchanged nobody may be there for a moment.
  static let triesLimit = 100

  private let system: RunningSystem
  private var references: [String] = []
  private var isToEnd = false
  private var hasEnded = false
  private var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

  struct Failed: Error { let outcome: Tool.Outcome }
  struct EndedEarly: Error {}

  init(_ system: RunningSystem) { self.system = system }

  var count: Int { references.count }

  func end() { isToEnd = true }

  /// Sends applications until ``end()``. Returns the references that were acknowledged.
  func run() async throws -> [String] {
    defer {
      hasEnded = true
      for waiter in waiters { waiter.continuation.resume() }
      waiters = []
    }
    while !isToEnd {
      try Task.checkCancellation()
      references.append(try await apply("load-\(references.count)"))
      let reached = waiters.filter { $0.count <= references.count }
      waiters.removeAll { $0.count <= references.count }
      for waiter in reached { waiter.continuation.resume() }
    }
    return references
  }

  /// The same key, however often it is tried: the application is taken in once.
  private func apply(_ key: String) async throws -> String {
    let command = [
      "apply", Examples.path("three-complaints.json"), "--idempotency-key", key, "--json",
    ]
    var last: Tool.Outcome?
    for _ in 0..<Self.triesLimit {
      let outcome = try await system.run(command)
      if outcome.status == 0, let reference = try outcome.json["reference"].text {
        return reference
      }
      last = outcome
      guard outcome.status == 75 else { break }
    }
    throw last.map { Failed(outcome: $0) as any Error } ?? EndedEarly()
  }

  /// Returns when so many were acknowledged.
  func wait(for count: Int) async throws {
    if references.count < count, !hasEnded {
      await withCheckedContinuation { waiters.append((count, $0)) }
    }
    guard references.count >= count else { throw EndedEarly() }
  }
}
