import Foundation
import Testing

extension RunningSystems {
  /// Files of a case are in a backup, as unreadable there as in the slice, and come back from it.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct BackupFilesTests {
    @Test func `a file comes back from a backup byte by byte, and one that came later does not`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        // More than two parts as they are kept, each other than the one before.
        let line = "Marker of a diary, line "
        let text = (0..<24_000).map { "\(line)\($0)\n" }.joined()
        try text.write(toFile: "\(folder)/diary.txt", atomically: true, encoding: .utf8)
        let (reference, id) = try await RunningSystem.with(data: data) { system in
          let reference = try await system.apply("three-complaints.json")
          let id = try await add("\(folder)/diary.txt", to: reference, on: system)
          _ = try await system.json(["status", "--wait"])
          try await system.json(["backup", "nightly"])
          try "Too late".write(toFile: "\(folder)/late.txt", atomically: true, encoding: .utf8)
          _ = try await add("\(folder)/late.txt", to: reference, on: system)
          return (reference, id)
        }
        for name in ["backups/nightly/slices/intake.sqlite", "backups/nightly/log.sqlite"] {
          let kept = try Data(contentsOf: URL(filePath: "\(data)/\(name)"))
          #expect(kept.range(of: Data(line.utf8)) == nil, "\(name)")
          #expect(kept.range(of: Data("diary.txt".utf8)) == nil, "\(name)")
        }
        let restored = try await Tool.run([
          "restore", "nightly", "--data", data, "--by", "A. Operator", "--reason", "test", "--json",
        ])
        try #require(restored.status == 0, "\(restored.errors)")
        try await RunningSystem.with(data: data) { system in
          let listed = try await system.json(["case", "attachment", "list", reference])
          #expect(listed["attachments"].list.map { $0["id"].text } == [id])
          try await system.json([
            "case", "attachment", "save", reference, id, "--out", "\(folder)/saved", "--officer",
            "A. Officer", "--reason", "To compare",
          ])
          let saved = try Data(contentsOf: URL(filePath: "\(folder)/saved"))
          #expect(saved == Data(text.utf8))
          // It was announced once, and what came after the backup never.
          let shown = try await system.json(["case", "show", reference])
          #expect(shown["filesAdded"].list.count == 1)
          let again = try await add("\(folder)/late.txt", to: reference, on: system)
          #expect(again != id)
        }
      }
    }

    private func add(
      _ file: String, to reference: String, on system: RunningSystem
    ) async throws -> String {
      let added = try await system.json([
        "case", "attachment", "add", reference, file, "--officer", "A. Officer",
      ])
      return try #require(added["attachment"]["id"].text)
    }
  }
}
