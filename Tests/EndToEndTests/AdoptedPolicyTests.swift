import Foundation
import Subprocess
import Testing

/// `recourse policy` with the packs that an installation has adopted; no system runs.
@Suite(.timeLimit(.minutes(1))) struct AdoptedPolicyTests {
  /// A data directory with packs, by the names of their files.
  private func withPacks(
    _ packs: [String: String], _ body: (String) async throws -> Void
  ) async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/packs", withIntermediateDirectories: true)
      for (name, text) in packs {
        try text.write(toFile: "\(folder)/packs/\(name)", atomically: true, encoding: .utf8)
      }
      try await body(folder)
    }
  }

  /// Plymouth's procedure in a version and from a day of its own.
  private func plymouth(version: String, from day: String) -> String {
    Packs.plymouth("version: \"2\"", is: "version: \"\(version)\"")
      .replacing("from: 2022-01-17\n", with: "from: \(day)\n")
  }

  @Test func `every command knows what is adopted, by its area`() async throws {
    try await withPacks(["exmouth.yaml": Packs.exmouth]) { folder in
      let file = "\(folder)/packs/exmouth.yaml"
      for command in [
        ["show", "exmouth"], ["diff", "plymouth", "exmouth"],
        ["publish", "--area", "exmouth", "--format", "markdown"],
      ] {
        let outcome = try await Tool.run(["policy"] + command + ["--data", folder])
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains(command[0] == "publish" ? "Exmouth" : "exmouth"))
        let unknown = try await Tool.run(["policy"] + command + ["--json"])
        #expect(unknown.status == 65)
        #expect(try unknown.error["code"].text == "unknown-area")
      }
      let found = try await Tool.run(["policy", "lint", "exmouth", "--json", "--data", folder])
      #expect(try found.json["packs"].list.map { $0["place"].text } == [file])
      let all = try await Tool.run(
        ["policy", "lint", "--json"],
        environment: Tool.environment.updating(["RECOURSE_DATA": folder]))
      #expect(try all.json["packs"].list.last?["place"].text == file)
    }
  }

  @Test func `the list says what is built in, what is adopted and by what it is superseded`()
    async throws
  {
    let packs = [
      "new.yaml": plymouth(version: "3", from: "2026-03-01"),
      "next.yaml": plymouth(version: "4", from: "2030-01-01"),
      "late.yaml": plymouth(version: "1", from: "2026-03-01"),
      "same.yaml": Packs.plymouth,
    ]
    try await withPacks(packs) { folder in
      let environment = Tool.environment.updating(["RECOURSE_CLOCK": RunningSystem.clock])
      let outcome = try await Tool.run(
        ["policy", "list", "--data", folder, "--json"], environment: environment)
      let listed = try outcome.json["packs"].list
      let plymouth = listed.filter { $0["name"].text == "plymouth" }
      #expect(plymouth.map { $0["version"].text } == ["2", "1", "3", "4"])
      #expect(
        plymouth.map { $0["origin"].text } == ["built-in", "adopted", "adopted", "adopted"],
        "a file that says what is built in is the same pack")
      #expect(plymouth[2]["file"].text == "\(folder)/packs/new.yaml")
      #expect(
        plymouth.map { $0["standing"].text } == [
          "superseded", "superseded", "in-force", "to-come",
        ])
      for one in plymouth.prefix(2) {
        #expect(one["supersededBy"]["version"].text == "3")
        #expect(one["supersededBy"]["digest"] == plymouth[2]["digest"])
        #expect(one["supersededBy"]["since"].text == "2026-03-01")
      }
      let hinckley = listed.filter { $0["name"].text == "hinckley-and-bosworth" }
      #expect(hinckley.map { $0["standing"].text } == ["superseded", "in-force"])
      #expect(listed.allSatisfy { $0["published"] == .null }, "no system was asked")
      let table = try await Tool.run(
        ["policy", "list", "--data", folder], environment: environment)
      #expect(table.output.contains("adopted, new.yaml"))
      #expect(table.output.contains("superseded by plymouth 3 from 2026-03-01"))
      let shown = try await Tool.run(
        ["policy", "show", "plymouth", "--data", folder, "--json"], environment: environment)
      #expect(try shown.json["version"].text == "3")
    }
  }

  @Test func `one that cannot be understood is named with file and line, whatever is asked`()
    async throws
  {
    let text = Packs.plymouth("from: 2022-01-17", is: "from: 2022-02-30")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.hasPrefix("from:") }) + 1
    try await withPacks(["wrong.yaml": text]) { folder in
      for command in [["list"], ["show", "gosport"], ["lint"], ["publish", "--area", "gosport"]] {
        let outcome = try await Tool.run(["policy"] + command + ["--data", folder, "--json"])
        #expect(outcome.status == 65)
        #expect(try outcome.error["code"].text == "invalid-policy")
        #expect(try outcome.error["path"].text == "\(folder)/packs/wrong.yaml:\(line): from")
      }
    }
  }

  @Test func `two of one version are told apart by their files`() async throws {
    let other = Packs.plymouth("required: 3,", is: "required: 2,")
    try await withPacks(["other.yaml": other]) { folder in
      let outcome = try await Tool.run([
        "policy", "show", "plymouth@2", "--data", folder, "--json",
      ])
      #expect(outcome.status == 65)
      #expect(try outcome.error["code"].text == "ambiguous-version")
      #expect(try outcome.error["message"].text?.contains("\(folder)/packs/other.yaml") == true)
    }
  }

  @Test func `a directory that is not there is no directory without packs`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run(["policy", "list", "--data", "\(folder)/none", "--json"])
      #expect(outcome.status == 65)
      #expect(try outcome.error["code"].text == "no-such-directory")
      #expect(try outcome.error["path"].text == "--data")
    }
  }
}

extension RunningSystems.Desk {
  /// What of the packs a running system has published.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct PublishedPolicyTests {
    @Test func `what is published is told by its digest, also where no file says it any more`()
      async throws
    {
      let system = try #require(RunningSystem.shared)
      let file = "\(system.data)/packs/exmouth.yaml"
      let before = try await system.json(["policy", "list"])["packs"].list
      #expect(before.allSatisfy { $0["published"].bool == true })
      let adopted = try #require(before.first { $0["name"].text == "exmouth" })
      #expect(adopted["origin"].text == "adopted" && adopted["file"].text == file)

      // Another text under the same name and version is another pack, and not published yet.
      defer { try? Packs.exmouth.write(toFile: file, atomically: true, encoding: .utf8) }
      try Packs.exmouth.replacing("title: Exmouth\n", with: "title: Exmouth Town\n")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let after = try await system.json(["policy", "list"])["packs"].list
      let exmouth = after.filter { $0["name"].text == "exmouth" }
      #expect(exmouth.map { $0["origin"].text } == ["adopted", "published"])
      #expect(exmouth.map { $0["published"].bool } == [false, true])
      #expect(exmouth.last?["digest"] == adopted["digest"])
      let table = try await system.run(["policy", "list"])
      #expect(table.output.contains("published only"))
    }
  }
}
