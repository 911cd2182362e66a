import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// The installation as a whole: starting, stopping, starting again.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct UpTests {
    @Test func `a second one on the same directory is refused, and the first goes on`() async throws
    {
      try await RunningSystem.with { system in
        let second = try await Tool.run(["up", "--data", system.data, "--json"])
        #expect(second.status == 69)
        #expect(try second.error["code"].text == "already-running")
        #expect(try await system.json(["status"])["workers"].list.count == 7)
      }
    }

    @Test func `services tells who answers what, by its kind and messages`() async throws {
      try await RunningSystem.with { system in
        let services = try await system.json(["services"])["services"].list
        let names = services.compactMap { $0["name"].text }
        for name in [
          "recourse.bus.v1.EventLog", "recourse.intake.v1.Intake", "grpc.health.v1.Health",
        ] {
          #expect(names.contains(name))
        }
        let intake = try #require(services.first { $0["name"].text == "recourse.intake.v1.Intake" })
        #expect(intake["workers"].list.map { $0["name"].text } == ["intake"])
        let submit = try #require(intake["methods"].list.first { $0["name"].text == "Submit" })
        #expect(submit["kind"].text == "unary")
        #expect(submit["input"].text == "recourse.intake.v1.SubmitRequest")
        let health = try #require(services.first { $0["name"].text == "grpc.health.v1.Health" })
        #expect(health["workers"].list.count == 7)
        let unknown = try await Tool.run(["services", "no.Such", "--data", system.data, "--json"])
        #expect(unknown.status == 65)
        #expect(try unknown.error["code"].text == "unknown-service")
      }
    }

    @Test(arguments: ["intake", "threshold"])
    func `a second process of a worker is refused, and the first goes on`(_ name: String)
      async throws
    {
      try await RunningSystem.with { system in
        let second = try await Tool.run(["worker", name, "--data", system.data])
        #expect(second.status == 69)
        #expect(second.errors.contains("already-running"))
        let reference = try await system.apply("three-complaints.json")
        try await system.json(Journey.decide(reference))
        #expect(try await Journey.findDay(for: reference, on: system)["panelOn"].text != nil)
      }
    }

    @Test func `what was taken in is there after a restart, and the panel is held then`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let (reference, day) = try await RunningSystem.with(
          clock: "2026-03-16T09:12:00Z", data: data
        ) { system in
          let reference = try await system.apply("three-complaints.json")
          try await system.json(Journey.decide(reference))
          let panel = try await Journey.findDay(for: reference, on: system)
          return (reference, try #require(panel["panelOn"].text))
        }
        try await RunningSystem.with(clock: "\(day)T16:00:00Z", data: data) { system in
          try await system.json([
            "panel", "hold", reference, "--on", day, "--recommend",
            "plymouth-community-homes:Visit within a week", "--reason", "Agreed by all",
          ])
          let shown = try await system.json(["case", "show", reference])
          #expect(shown["panel"]["state"].text == "HELD")
          let figures = try await Journey.figures(for: "2026-03-16/\(day)", on: system)
          for (name, count) in [
            ("applications", 1), ("thresholdNotMet", 0), ("reviews", 1),
            ("reviewsWithRecommendations", 1),
          ] {
            #expect(figures[name].number == count, "\(name)")
            #expect(figures["cases"][name].list == (count == 0 ? [] : [.text(reference)]))
          }
          try await Journey.expectEachFactOnce(of: reference, on: system)
        }
      }
    }

    @Test func `a path that is too long for a socket gets a short one`() async throws {
      try await withFolder { folder in
        let data = "\(folder)/\(String(repeating: "d", count: 120))"
        let socket = try await RunningSystem.with(data: data) { system in
          let address = try #require(try await system.json(["status"])["broker"]["address"].text)
          #expect(address.hasPrefix("ipc:///tmp/recourse-"))
          return String(address.dropFirst("ipc://".count))
        }
        #expect(!FileManager.default.fileExists(atPath: socket))
      }
    }

    @Test func `broker and worker run apart, until they are told to leave`() async throws {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await Keys.make(in: data, for: ["threshold"])
        try await alone(["broker", "--data", data, "--address", "tcp://127.0.0.1:*"]) {
          let address = try String(contentsOfFile: "\(data)/broker.address", encoding: .utf8)
          #expect(address.hasPrefix("tcp://127.0.0.1:"))
          let second = try await Tool.run(["broker", "--data", data])
          #expect(second.status == 69)
          #expect(second.errors.contains("already-running"))
          try await alone(["worker", "threshold", "--data", data]) {
            let status = try await Tool.run(["status", "--data", data, "--json"])
            let healths = try status.json["workers"].list.map { $0["health"].text }
            #expect(healths == ["AWAY", "SERVING"] + Array(repeating: "AWAY", count: 5))
          }
        }
        #expect(!FileManager.default.fileExists(atPath: "\(data)/broker.address"))
      }
    }

    /// Runs one process without a supervisor or an input; SIGTERM ends it in order.
    private func alone(_ arguments: [String], _ body: () async throws -> Void) async throws {
      let result = try await Subprocess.run(
        .path(FilePath(Tool.program)), arguments: Arguments(arguments),
        environment: Tool.environment, input: .none, output: .sequence, error: .discarded
      ) { execution in
        var lines = LineReader(execution.standardOutput.makeAsyncIterator())
        try await lines.skip(through: "ready")
        let result: Swift.Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try execution.send(signal: .terminate)
        while try await lines.next() != nil {}
        return result
      }
      #expect(result.terminationStatus == .exited(0))
      try result.closureResult.get()
    }

    @Test(arguments: [Signal.interrupt, .terminate])
    func `a signal stops everything in order`(signal: Signal) async throws {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let result = try await Subprocess.run(
          .path(FilePath(Tool.program)), arguments: ["up", "--data", data],
          environment: Tool.environment, input: .none, output: .sequence, error: .discarded
        ) { execution in
          var lines = LineReader(execution.standardOutput.makeAsyncIterator())
          while let line = try await lines.next(), !line.hasPrefix("All are ready") {}
          #expect(Processes.mentioning(data).count == 9, "supervisor, broker and seven workers")
          try execution.send(signal: signal)
          while try await lines.next() != nil {}
        }
        #expect(result.terminationStatus == .exited(0))
        #expect(Processes.mentioning(data).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "\(data)/broker.address"))
      }
    }
  }
}

/// The processes of this machine.
enum Processes {
  /// Those that have the text in their command line.
  static func mentioning(_ text: String) -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { Int32($0) }.filter { pid in
      let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
      return String(decoding: line, as: UTF8.self).contains(text)
    }
  }
}
