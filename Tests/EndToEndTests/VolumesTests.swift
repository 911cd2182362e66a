import Foundation
import Subprocess
import Testing

extension RunningSystems {
  /// Every process keeps its data in a volume of its own, and one backup is of all.
  @Suite(.serialized, .timeLimit(.minutes(2))) struct VolumesTests {
    @Test func `a backup of volumes apart is brought together, and puts all of them back`()
      async throws
    {
      try await withFolder { folder in
        let volumes = "\(folder)/volumes"
        try FileManager.default.createDirectory(
          atPath: volumes, withIntermediateDirectories: true)
        let data = "\(volumes)/broker"
        try await Keys.make(in: data, for: [])
        for worker in Keys.workers {
          try await Keys.make(worker, in: "\(volumes)/\(worker)", enrolledIn: data)
        }
        // Threshold publishes what the others wait for before they are ready.
        let order = ["threshold"] + Keys.workers.filter { $0 != "threshold" }
        let (kept, lost) = try await Apart.with(commands(order, folder)) { pids in
          let system = RunningSystem(data: data, pid: pids[0], clock: RunningSystem.clock)
          let kept = try await system.apply("three-complaints.json")
          try await system.json(["status", "--wait"])
          try await expectRefused(system)
          try await expectMade(system, in: volumes)
          try await expectVerified("intake", in: volumes)
          let saved = try await script("save nightly > \(folder)/nightly.tar", volumes)
          try #require(saved.status == 0, "\(saved.errors)")
          let lost = try await system.apply("two-with-hate.json")
          let early = try await script("restore operator tried < \(folder)/nightly.tar", volumes)
          #expect(early.status == 65 && early.errors.contains("somebody still runs"))
          return (kept, lost)
        }
        let restored = try await script(
          "restore operator 'a disk failed' < \(folder)/nightly.tar", volumes)
        try #require(restored.status == 0, "\(restored.errors)")
        try expectPutBack(in: volumes)
        try await Apart.with(commands(["intake"], folder)) { pids in
          let system = RunningSystem(data: data, pid: pids[0], clock: RunningSystem.clock)
          let cases = try await system.json(["case", "list"])["cases"].list
          let references = cases.map { $0["reference"].text }
          #expect(references == [kept] && !references.contains(lost))
        }
      }
    }

    /// The broker, and these workers.
    private func commands(_ workers: [String], _ folder: String) -> [Apart.Command] {
      let end = ["--address", "ipc://\(folder)/socket", "--data", "\(folder)/volumes/"]
      func command(_ words: [String], _ volume: String) -> Apart.Command {
        Apart.Command(arguments: words + end.dropLast() + [end[3] + volume])
      }
      return [command(["broker"], "broker")] + workers.map { command(["worker", $0], $0) }
    }

    /// One who means to have it in one directory is told that it is not.
    private func expectRefused(_ system: RunningSystem) async throws {
      let outcome = try await system.run(["backup", "whole", "--json"])
      #expect(outcome.status == 69, "\(outcome.errors)")
      #expect(try outcome.error["code"].text == "backup-elsewhere")
      #expect(Keys.workers.contains(try outcome.error["path"].text ?? ""))
      #expect(!FileManager.default.fileExists(atPath: "\(system.data)/backups/whole"))
    }

    /// Where that is meant, every copy stays with its process.
    private func expectMade(_ system: RunningSystem, in volumes: String) async throws {
      let apart = try await system.json(["backup", "nightly", "--apart"])
      #expect(apart["files"].list.count == 8)
      #expect(apart["slices"].list.compactMap(\.text) == Keys.workers.sorted())
      #expect(apart["mayLackWorkersAway"].bool == true)
      let copies =
        ["manifest.json", "log.sqlite"].map { "broker/backups/nightly/\($0)" }
        + Keys.workers.map { "\($0)/backups/nightly/slices/\($0).sqlite" }
      for copy in copies {
        #expect(FileManager.default.fileExists(atPath: "\(volumes)/\(copy)"), "\(copy)")
      }
    }

    /// A worker's record is held against a copy of the log where the worker's slice is.
    private func expectVerified(_ worker: String, in volumes: String) async throws {
      let outcome = try await Tool.run([
        "audit", "verify", "--data", "\(volumes)/\(worker)",
        "--log", "\(volumes)/broker/backups/nightly/log.sqlite", "--json",
      ])
      #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
      let workers = try outcome.json["workers"].list
      #expect(workers.map { $0["worker"].text } == [worker])
      #expect(try #require(workers.first?["lastAnchor"]["row"].number) > 0)
    }

    private func expectPutBack(in volumes: String) throws {
      for volume in ["broker"] + Keys.workers {
        let files = try FileManager.default.contentsOfDirectory(atPath: "\(volumes)/\(volume)")
        #expect(!files.contains("restore.json"), "\(volume): \(files)")
        #expect(files.contains { $0.hasPrefix("replaced-") }, "\(volume): \(files)")
      }
    }

    /// Runs the script that comes with the image.
    private func script(_ arguments: String, _ volumes: String) async throws -> Tool.Outcome {
      let script = Examples.folder.appending(path: "../../docker/volumes").standardizedFileURL.path
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      let own = URL(filePath: Tool.program).deletingLastPathComponent().path
      return try await Tool.run(
        ["-c", "bash \(script) \(arguments)"],
        environment: Tool.environment.updating([
          "RECOURSE_VOLUMES": volumes, "PATH": "\(own):\(path)",
        ]), through: ["/bin/bash"])
    }
  }
}
