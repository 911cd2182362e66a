import Foundation
import Testing

extension RunningSystems {
  /// Log and slices are copied while work goes on, and go on from a copy as if nothing had come after it.
  @Suite(.serialized, .timeLimit(.minutes(5))) struct BackupTests {
    private static let example = "three-complaints.json"
    private static let restore = ["--by", "A. Operator", "--reason", "test", "--json"]

    @Test func `a system goes on from a backup that was made while applications arrived, twice`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let (before, during, after) = try await RunningSystem.with(data: data) { system in
          let before = try await system.apply(Self.example)
          try await system.json(Journey.decide(before))
          _ = try await system.json(["status", "--wait"])
          async let arriving = system.apply("not-met.json")
          let backup = try await system.json(["backup", "nightly"])
          let during = try await arriving
          #expect(backup["files"].list.count == 8)
          let head = try #require(backup["logHead"].number)
          for file in backup["files"].list {
            #expect(try #require(file["logPosition"].number) <= head)
          }
          let after = try await system.apply("three-neighbours.json")
          try await system.json(Journey.decide(after))
          _ = try await system.json(["status", "--wait"])
          return (before, during, after)
        }
        for round in 1...2 {
          let restored = try await Tool.run(
            ["restore", "nightly", "--data", data] + Self.restore)
          try #require(restored.status == 0, "\(restored.errors)")
          let replaced = try #require(try restored.json["replaced"].text)
          #expect(FileManager.default.fileExists(atPath: "\(replaced)/log.sqlite"))
          try await RunningSystem.with(data: data) { system in
            try await expectAsAtTheBackup(before, during, after, on: system)
            // Work goes on, with numbers that the lost events had too.
            let anew = try await system.apply("three-neighbours.json")
            try await system.json(Journey.decide(anew))
            let panel = try await Journey.findDay(for: before, on: system)
            #expect(panel["state"].text == "SCHEDULED", "round \(round)")
            for reference in [before, anew] {
              try await Journey.expectEachFactOnce(of: reference, on: system)
            }
            try await expectSettled(system)
          }
        }
      }
    }

    /// What was there at the backup is there once; what came after it is not.
    private func expectAsAtTheBackup(
      _ before: String, _ during: String, _ after: String, on system: RunningSystem
    ) async throws {
      try await expectSettled(system)
      try await Journey.expectEachFactOnce(of: before, on: system)
      let lost = try await system.run(["case", "show", after, "--json"])
      #expect(lost.status == 65)
      // It was in the middle of arriving: it is there as a whole, or not at all.
      let isThere = try await system.run(["case", "show", during, "--json"]).status == 0
      if isThere { try await Journey.expectEachFactOnce(of: during, on: system) }
      let figures = try await Journey.figures(for: "2026-01-01/2026-12-31", on: system)
      #expect(figures["applications"].number == (isThere ? 2 : 1))
      #expect(figures["complete"].bool == true)
    }

    private func expectSettled(_ system: RunningSystem) async throws {
      let status = try await system.json(["status", "--wait"])
      for worker in status["workers"].list {
        #expect(worker["health"].text == "SERVING")
        #expect(worker["outbox"].number == 0)
        #expect(worker["parked"].number == 0)
      }
    }

    @Test func `what cannot be backed up or restored is refused, and nothing is touched`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let reference = try await RunningSystem.with(data: data) { system in
          let reference = try await system.apply(Self.example)
          try await system.json(["backup", "nightly"])
          try await expect(65, "backup-exists", ["backup", "nightly", "--data", data, "--json"])
          // Of a worker that is down, and not one that is built in.
          let outreach = "\(data)/slices/outreach.sqlite"
          try Data([1]).write(to: URL(filePath: outreach))
          let refused = try await Tool.run(["backup", "weekly", "--data", data, "--json"])
          #expect(refused.status == 75)
          #expect(try refused.error["code"].text == "worker-away")
          #expect(try refused.error["message"].text?.contains("outreach is away") == true)
          try FileManager.default.removeItem(atPath: outreach)
          try await expect(64, "backup-name", ["backup", "Nightly", "--data", data, "--json"])
          try await expect(
            69, "already-running", ["restore", "nightly", "--data", data] + Self.restore)
          return reference
        }
        try await expect(
          65, "unknown-backup", ["restore", "weekly", "--data", data] + Self.restore)
        try await expect(69, "unavailable", ["backup", "weekly", "--data", data, "--json"])
        #expect(!FileManager.default.fileExists(atPath: "\(data)/backups/weekly"))

        let slice = "\(data)/backups/nightly/slices/intake.sqlite"
        let whole = try Data(contentsOf: URL(filePath: slice))
        var damaged = whole
        damaged[damaged.count / 2] ^= 1
        try damaged.write(to: URL(filePath: slice))
        try await expect(
          65, "damaged-backup", ["restore", "nightly", "--data", data] + Self.restore)
        try await RunningSystem.with(data: data) { system in
          _ = try await system.json(["case", "show", reference])
        }
      }
    }

    @Test
    func `a restore that was interrupted keeps the system from starting until it is given again`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let reference = try await RunningSystem.with(data: data) { system in
          let reference = try await system.apply(Self.example)
          _ = try await system.json(["status", "--wait"])
          try await system.json(["backup", "nightly"])
          return reference
        }
        // As it is after the first file was moved away.
        let replaced = "\(data)/replaced-then"
        try FileManager.default.createDirectory(
          atPath: replaced, withIntermediateDirectories: true)
        try FileManager.default.moveItem(
          atPath: "\(data)/log.sqlite", toPath: "\(replaced)/log.sqlite")
        try #"{"backup":"nightly","replaced":"replaced-then"}"#.write(
          toFile: "\(data)/restore.json", atomically: true, encoding: .utf8)
        for arguments in [["up"], ["broker"], ["worker", "intake"]] {
          let outcome = try await Tool.run(arguments + ["--data", data])
          #expect(outcome.status == 69)
          #expect(outcome.errors.contains("half-restored"))
          #expect(outcome.errors.contains("recourse restore nightly"))
        }
        // One that came after the backup, and has run.
        let outreach = "slices/outreach.sqlite"
        try Data([1]).write(to: URL(filePath: "\(data)/\(outreach)"))
        try "1 1 made\n".write(
          toFile: "\(data)/\(outreach).lock", atomically: true, encoding: .utf8)
        let again = try await Tool.run(["restore", "nightly", "--data", data] + Self.restore)
        try #require(again.status == 0, "\(again.errors)")
        #expect(try again.json["replaced"].text == replaced)
        #expect(FileManager.default.fileExists(atPath: "\(replaced)/slices/intake.sqlite"))
        #expect(try again.json["begunAnew"].list.map(\.text) == ["outreach"])
        #expect(FileManager.default.fileExists(atPath: "\(replaced)/\(outreach)"))
        let lock = try String(contentsOfFile: "\(data)/\(outreach).lock", encoding: .utf8)
        #expect(!lock.contains("made"))
        try await RunningSystem.with(data: data) { system in
          _ = try await system.json(["case", "show", reference])
          try await Journey.expectEachFactOnce(of: reference, on: system)
        }
      }
    }

    private func expect(_ status: Int, _ code: String, _ arguments: [String]) async throws {
      let outcome = try await Tool.run(arguments)
      #expect(outcome.status == status, "\(outcome.errors)")
      #expect(try outcome.error["code"].text == code)
    }
  }
}
