import Foundation
import Testing

extension RunningSystems.Desk {
  /// Files of a case by the command line: added for somebody, listed, saved, and told of on the case's screen.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct AttachmentDeskTests {
    private static let officer = ["--officer", "A. Officer"]

    @Test func `a file that an officer adds is listed, told of and comes back as it was`()
      async throws
    {
      let system = try #require(RunningSystem.shared)
      try await withFolder { folder in
        let reference = try await system.apply("three-complaints.json")
        let none = try await system.run(["case", "attachment", "list", reference])
        #expect(none.output.contains("has no files"))
        let diary = "\(folder)/Marker diary.TXT"
        try "Marker: he shouted at 3 am.".write(toFile: diary, atomically: true, encoding: .utf8)
        let added = try await system.json(
          ["case", "attachment", "add", reference, diary] + Self.officer)
        let id = try #require(added["attachment"]["id"].text)
        #expect(added["attachment"]["name"].text == "Marker diary.txt")
        #expect(added["attachment"]["mediaType"].text == "text/plain")
        let listed = try await system.json(["case", "attachment", "list", reference])
        #expect(listed["attachments"].list.map { $0["id"].text } == [id])

        let saved = "\(folder)/saved"
        let save =
          ["case", "attachment", "save", reference, id, "--out", saved, "--reason", "Panel"]
          + Self.officer
        let outcome = try await system.json(save)
        #expect(outcome["bytes"].number == 27)
        #expect(
          try Data(contentsOf: .init(filePath: saved)) == Data(contentsOf: .init(filePath: diary)))
        let mode = try FileManager.default.attributesOfItem(atPath: saved)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        // Nothing that exists is overwritten.
        #expect(try await system.run(save + ["--json"]).error["code"].text == "cannot-write")

        let shown = try await system.json(["case", "show", reference])
        #expect(shown["filesAdded"].list.map(\.text) == ["2026-06-30"])
        let words = try await system.run(["case", "show", reference]).output
        #expect(words.contains("1 file was added after the application, the last on 30 June 2026"))
        let timeline = try await system.run(["case", "timeline", reference]).output
        #expect(timeline.contains("A file was added on 30 June 2026 by an officer"))
        for text in [words, timeline] {
          #expect(!text.contains("arker") && !text.contains("A. Officer"))
        }
        let reads = try await system.run(["case", "reads", reference]).output
        #expect(reads.contains("attachment"), "\(reads)")
      }
    }

    @Test func `what cannot be taken is refused with its reason`() async throws {
      let system = try #require(RunningSystem.shared)
      try await withFolder { folder in
        let reference = try await system.apply("three-complaints.json")
        func code(_ bytes: Data, officer: String = "A. Officer") async throws -> String? {
          let file = "\(folder)/file"
          try bytes.write(to: .init(filePath: file))
          let outcome = try await system.run(
            ["case", "attachment", "add", reference, file, "--officer", officer, "--json"])
          #expect(outcome.status == 65, "\(outcome.errors)")
          return try outcome.error["code"].text
        }
        #expect(try await code(Data()) == "empty-file")
        #expect(try await code(Data([0, 1, 2, 3])) == "unknown-type")
        #expect(try await code(Data("x".utf8), officer: " ") == "missing")
        let limit = 10 * 1024 * 1024
        #expect(try await code(Data(repeating: 0x41, count: limit + 1)) == "too-large")
        let none = try await system.run(
          ["case", "attachment", "add", reference, "\(folder)/none", "--json"] + Self.officer)
        #expect(try none.error["code"].text == "unreadable")
        let unknown = try await system.run(
          ["case", "attachment", "add", "0000-0000", "-", "--json"] + Self.officer, input: "x")
        #expect(try unknown.error["code"].text == "unknown-case")
        let listed = try await system.json(["case", "attachment", "list", reference])
        #expect(listed["attachments"].list.isEmpty)
      }
    }
  }
}
