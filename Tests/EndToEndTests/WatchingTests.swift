import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// What those who watch a running system are told: by HTTP, by logs, by status and doctor.
  @Suite(.serialized, .timeLimit(.minutes(5))) struct WatchingTests {
    @Test func `every process tells by HTTP that it lives, whether it is ready, and its metrics`()
      async throws
    {
      try await watched { system, places in
        let reference = try await system.apply("three-complaints.json")
        try await system.json(Journey.decide(reference))
        try await system.json(["status", "--wait"])
        #expect(
          places.keys.sorted() == [
            "broker", "correspondence", "intake", "panel", "portal", "reporting", "supervisor",
            "support",
            "threshold",
          ])
        for (name, place) in places {
          #expect(place.hasPrefix("127.0.0.1:"))
          #expect(try HTTP.get(place, "/healthz").status == 200, "\(name)")
          let ready = try HTTP.get(place, "/readyz")
          #expect(ready.status == 200, "\(name): \(ready.body)")
          #expect(try HTTP.get(place, "/nothing").status == 404)
          let metrics = try HTTP.get(place, "/metrics")
          #expect(metrics.status == 200)
          #expect(metrics.head.contains("text/plain; version=0.0.4"))
          #expect(metrics.body.contains(#"recourse_build_info{version="#))
          #expect(!metrics.body.contains(reference), "\(name) tells no case")
        }
        let broker = try HTTP.get(#require(places["broker"]), "/metrics").body
        let submitted =
          #"recourse_calls_total{method="recourse.intake.v1.Intake/Submit",code="OK"} 1"#
        #expect(broker.contains(submitted + "\n"), "\(broker)")
        #expect(broker.contains("recourse_call_seconds_bucket{"))
        #expect(broker.contains("\nrecourse_sessions "))
        let panel = try HTTP.get(#require(places["panel"]), "/metrics").body
        for number in ["log_lag", "outbox", "parked_events", "effects_uncertain"] {
          #expect(panel.contains("recourse_worker_\(number){worker=\"panel\"} 0\n"), "\(number)")
        }
        #expect(panel.contains("recourse_worker_serving{worker=\"panel\"} 1\n"))

        // Who connects and asks nothing does not keep out who looks whether it lives.
        let silent = try (1...64).map { _ in try HTTP.connected(to: #require(places["panel"])) }
        #expect(try HTTP.get(#require(places["panel"]), "/healthz").status == 200)
        for connection in silent { close(connection) }

        let taken = try #require(places["supervisor"])
        // An input that is at its end would have it leave before it has tried.
        let second = try await Tool.run(
          ["worker", "panel", "--data", system.data, "--http", taken],
          through: ["/bin/sh", "-c", #"exec "$0" "$@" </dev/null"#, Tool.program])
        #expect(second.status == 69)
        #expect(second.errors.contains("http-address"), "an address that somebody has is refused")
        #expect(second.errors.contains("another process listens there"))
        let wrong = try await Tool.run(["up", "--data", system.data, "--http", "nowhere"])
        #expect(wrong.status == 64)
      }
    }

    @Test
    func `a worker that is away is not ready, a restart is counted, and logs are lines of JSON`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await expectRestartIsTold(data: data)
        try expectStructuredLogs(in: data)
      }
    }

    private func expectRestartIsTold(data: String) async throws {
      try await watched(data: data) { system, places in
        let supervisor = try #require(places["supervisor"])
        let pid = try await system.settledPid(of: "reporting")
        #expect(kill(pid, SIGKILL) == 0)
        try await system.waitUntilReplaced(pid, of: "reporting")
        let metrics = try HTTP.get(supervisor, "/metrics").body
        #expect(metrics.contains("recourse_process_restarts_total{name=\"reporting\"} 1\n"))
        #expect(metrics.contains("recourse_process_restarts_total{name=\"broker\"} 0\n"))
        let status = try await system.json(["status", "--wait"])
        let reporting = status["workers"].list.first { $0["name"].text == "reporting" }
        #expect(reporting?["restarts"].number == 1)
        let process = status["processes"].list.first { $0["name"].text == "reporting" }
        #expect(process?["lastEnding"].text == "was ended by signal 9")
        let restarted = status["findings"].list.filter { $0["code"].text == "restarted" }
        #expect(restarted.map { $0["subject"].text } == ["reporting"])
        #expect(restarted.allSatisfy { $0["weight"].text == "note" })
        #expect(restarted.first?["message"].text?.contains("ended by signal 9") == true)
        let broker = try await system.settledPid(of: "broker")
        // One that stands still answers nobody; nothing starts it again.
        #expect(kill(broker, SIGSTOP) == 0)
        let panel = try HTTP.get(#require(places["panel"]), "/readyz")
        #expect(kill(broker, SIGCONT) == 0)
        #expect(panel.status == 503)
        #expect(panel.body == "not ready: the broker does not answer it\n")
      }
    }

    /// Every line of every log is JSON with time, level, process and message.
    private func expectStructuredLogs(in data: String) throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: "\(data)/logs")
      #expect(files.contains("supervisor.log") && files.contains("broker.log"))
      var told: [String: [String]] = [:]
      for file in files {
        let text = try String(contentsOfFile: "\(data)/logs/\(file)", encoding: .utf8)
        for line in text.split(separator: "\n") {
          let json = try JSONValue(parsing: String(line))
          #expect(json["time"].text?.hasSuffix("Z") == true, "\(line)")
          #expect(json["level"].text != nil)
          #expect(json["process"].text.map { "\($0).log" } == file)
          told[file, default: []].append(json["message"].text ?? "")
        }
      }
      #expect(told["broker.log"]?.contains("broker listens") == true)
      let supervised = told["supervisor.log"] ?? []
      #expect(
        supervised.contains {
          $0.hasPrefix("reporting (") && $0.hasSuffix("was ended by signal 9")
        })
      #expect(supervised.last == "all have stopped")
    }

    /// Runs everything with `--http`, each at a port that the system chooses.
    private func watched(
      data: String? = nil,
      _ body: @escaping @Sendable (RunningSystem, [String: String]) async throws -> Void
    ) async throws {
      try await withFolder { folder in
        let data = data ?? "\(folder)/data"
        let result = try await Subprocess.run(
          .path(FilePath(Tool.program)),
          arguments: ["up", "--data", data, "--until-end-of-input", "--http", "0", "--json"],
          environment: Tool.environment.updating(["RECOURSE_CLOCK": RunningSystem.clock]),
          input: .inputWriter, output: .sequence, error: .discarded
        ) { execution in
          var lines = LineReader(execution.standardOutput.makeAsyncIterator())
          let told = try JSONValue(parsing: try #require(try await lines.next()))
          try await lines.skip(through: "ready")
          var places = ["supervisor": try #require(told["http"].text)]
          for process in told["processes"].list {
            let (name, place) = (process["name"].text, process["http"].text)
            places[try #require(name)] = place
          }
          let pid = execution.processIdentifier.value
          let system = RunningSystem(data: data, pid: pid, clock: RunningSystem.clock)
          let result: Swift.Result<Void, any Error>
          do { result = .success(try await body(system, places)) } catch {
            result = .failure(error)
          }
          try await execution.standardInputWriter.finish()
          while try await lines.next() != nil {}
          return result
        }
        #expect(result.terminationStatus == .exited(0))
        try result.closureResult.get()
      }
    }
  }
}
