import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// A second instance of a worker waits, and takes over when the first can no longer work.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct StandbyTests {
    static let name = "threshold"

    /// SIGKILL ends the active instance; one that was stopped is still there and has to be killed first.
    @Test(arguments: [SIGKILL, SIGSTOP])
    func `an instance that stands by takes over, and the journey goes on`(signal: Int32)
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await Keys.make(in: data)
        // Threshold publishes what the others wait for before they are ready.
        let others = ["intake", "panel", "support", "correspondence", "reporting", "portal"].map {
          name in
          Apart.Command(arguments: ["worker", name, "--data", data])
        }
        let active = Apart.Command(arguments: ["worker", Self.name, "--data", data])
        let standby = Apart.Command(
          arguments: ["worker", Self.name, "--standby", "--data", data], line: "standby")
        let broker = Apart.Command(arguments: ["broker", "--data", data])
        try await Apart.with([broker, active, standby] + others) { pids in
          let system = RunningSystem(data: data, pid: 0, clock: RunningSystem.clock)
          let (active, standby) = (pids[1], pids[2])
          try await expectToWait(standby, besides: active, on: system)
          let reference = try await system.apply("three-complaints.json")
          try await expectToWait(standby, besides: active, on: system)

          #expect(kill(active, signal) == 0)
          #expect(try await system.settledPid(of: Self.name) == standby)
          try await system.json(Journey.decide(reference))
          let panel = try await Journey.findDay(for: reference, on: system)
          #expect(panel["state"].text == "SCHEDULED")
          try await Journey.expectEachFactOnce(of: reference, on: system)
          let status = try await system.json(["status"])
          #expect(status["workers"].list.map { $0["health"].text }.allSatisfy { $0 == "SERVING" })
        }
      }
    }

    /// The active instance alone has the worker's services.
    private func expectToWait(
      _ standby: Int32, besides active: Int32, on system: RunningSystem
    ) async throws {
      let status = try await system.json(["status", "--wait"])
      let instances = status["workers"].list.filter { $0["name"].text == Self.name }
      #expect(instances.map { $0["health"].text } == ["SERVING", "STANDBY"])
      #expect(instances.map { $0["pid"].number } == [Int(active), Int(standby)])
      let services = try await system.json(["services"])["services"].list
      let offering = services.flatMap { $0["workers"].list }.filter {
        $0["name"].text == Self.name
      }
      #expect(!offering.isEmpty)
      #expect(offering.allSatisfy { $0["instances"].number == 1 })
    }
  }
}

/// Processes that are started one by one, without a supervisor.
enum Apart {
  struct Command: Sendable {
    let arguments: [String]
    /// What it prints when it is as far as it should be.
    var line = "ready"
  }

  /// Starts each when the one before is as far as it should be, runs the body, and kills all of them.
  static func with<Result: Sendable>(
    _ commands: [Command], pids: [Int32] = [],
    _ body: @escaping @Sendable ([Int32]) async throws -> Result
  ) async throws -> Result {
    guard let command = commands.first else { return try await body(pids) }
    let result = try await Subprocess.run(
      .path(FilePath(Tool.program)), arguments: Arguments(command.arguments),
      environment: Tool.environment.updating(["RECOURSE_CLOCK": RunningSystem.clock]),
      input: .none, output: .sequence, error: .discarded
    ) { execution in
      var lines = LineReader(execution.standardOutput.makeAsyncIterator())
      try await lines.skip(through: command.line)
      let result: Swift.Result<Result, any Error>
      do {
        let pid = execution.processIdentifier.value
        result = .success(try await with(Array(commands.dropFirst()), pids: pids + [pid], body))
      } catch {
        result = .failure(error)
      }
      // One that was killed before is gone.
      try? execution.send(signal: .kill)
      while try await lines.next() != nil {}
      return result
    }
    return try result.closureResult.get()
  }
}
