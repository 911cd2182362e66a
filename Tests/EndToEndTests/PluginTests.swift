import Foundation
import Glibc
import Testing

extension RunningSystems {
  /// Plugins that come, change and go while the system runs: real programs of their own.
  @Suite(.serialized, .sharedSystem, .timeLimit(.minutes(4))) struct PluginTests {
    private var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    private func row(_ name: String, on system: RunningSystem) async throws -> JSONValue? {
      try await system.json(["plugin", "list"])["plugins"].list.first { $0["name"].text == name }
    }

    /// Looks again and again at what is listed of a plugin. Each look is a process of its own, so this is long.
    private func wait(
      for name: String, on system: RunningSystem, _ fits: (JSONValue) -> Bool
    ) async throws -> JSONValue {
      var last: JSONValue?
      for _ in 0..<300 {
        last = try await row(name, on: system)
        if let last, fits(last) { return last }
      }
      Issue.record("\(name) does not come to stand so: \(String(describing: last))")
      return last ?? .null
    }

    private func add(_ package: SamplePackage, on system: RunningSystem) async throws -> JSONValue {
      let added = try await system.json(["plugin", "add", package.path, "--yes"])
      #expect(added["process"]["state"].text == "ready")
      return added
    }

    /// Files of a data directory that have a word in them, or in their names.
    private func files(with word: String, in data: String) throws -> [String] {
      let root = URL(filePath: data)
      return try FileManager.default.subpathsOfDirectory(atPath: data).filter { path in
        if path.contains(word) { return true }
        guard let bytes = try? Data(contentsOf: root.appending(path: path)) else { return false }
        return bytes.range(of: Data(word.utf8)) != nil
      }.sorted()
    }

    @Test func `a plugin is let in when it was seen, hears events and does what was shown`()
      async throws
    {
      let system = try system
      try await withFolder { folder in
        let package = try SamplePackage("alpha", in: folder)
        let looked = try await system.run(["plugin", "add", package.path])
        #expect(looked.status == 65)
        #expect(looked.output.contains("+ is told of recourse.intake.v1.ApplicationReceived\n"))
        #expect(looked.errors.contains("not-approved at alpha"))
        #expect(try await row("alpha", on: system) == nil)

        let digest = try #require(
          looked.output.split(separator: "\n").last { $0.hasPrefix("Digest: ") }
        ).dropFirst("Digest: ".count)
        let other = try await system.run(
          ["plugin", "add", package.path, "--seen", "0000-0000", "--json"])
        #expect(try other.error["code"].text == "other-than-seen")

        let added = try await system.json(
          [
            "plugin", "add", package.path, "--seen", String(digest), "--set",
            "greeting=greeting-of-alpha",
          ])
        #expect(added["process"]["state"].text == "ready")
        let again = try await system.run(["plugin", "add", package.path, "--yes", "--json"])
        #expect(try again.error["code"].text == "already-added")

        let reference = try await system.apply("three-complaints.json")
        let status = try await system.json(["status", "--wait"])
        #expect(status["workers"].list.contains { $0["name"].text == "alpha" })
        let record = try await system.json(["audit", "list", "--worker", "alpha"])["rows"].list
        #expect(
          record.contains {
            $0["action"].text == "sample.heard" && $0["subject"].text == reference
          })
        // A backup has its slice and names it; its program and its settings are in none.
        let backup = try await system.json(["backup", "with-alpha"])
        #expect(backup["slices"].list.contains(.text("alpha")))
        let folder = try #require(backup["folder"].text)
        let manifest = try JSONValue(
          parsing: String(contentsOfFile: "\(folder)/manifest.json", encoding: .utf8))
        #expect(manifest["plugins"].list.map { $0["name"].text } == ["alpha"])
        #expect(try files(with: "greeting-of-alpha", in: folder).isEmpty)
        let shown = try await system.json(["rights", "show", "alpha"])["principals"].list
        #expect(shown[0]["waits"].list.isEmpty)
        try await system.json(["plugin", "remove", "alpha"])
      }
    }

    @Test func `a notice that needs no code is a principal of its own name`() async throws {
      let system = try system
      try await withFolder { folder in
        let file = "\(folder)/notice.yaml"
        let manifest = """
          recourse-plugin: 1
          name: desk-notices
          version: "1"
          purpose: Tells the desk of applications.
          webhook:
            events: [recourse.intake.v1.ApplicationReceived]
            url: http://127.0.0.1:9/notices
          settings:
            secret: {says: What signs notices., secret: true, required: true}
          """
        try manifest.write(toFile: file, atomically: true, encoding: .utf8)
        let needy = try await system.run(["plugin", "add", file, "--yes", "--json"])
        #expect(try needy.error["code"].text == "missing-setting")
        let added = try await system.json(
          ["plugin", "add", file, "--yes", "--secret", "secret"], input: "a-secret-of-the-desk\n")
        #expect(added["process"]["state"].text == "ready")
        #expect(
          try files(with: "a-secret-of-the-desk", in: system.data)
            == ["plugins/desk-notices/settings.json"])
        let shown = try await system.json(["rights", "show", "desk-notices"])["principals"].list
        #expect(shown[0]["waits"].list.isEmpty)
        #expect(
          shown[0]["approved"].list.contains(
            .text("publishes recourse.webhook.v1.DeliveryRecorded"))
        )
        try await system.json(["plugin", "remove", "desk-notices"])
      }
    }

    @Test func `an upgrade that asks for more waits while the old one runs on`() async throws {
      let system = try system
      try await withFolder { folder in
        _ = try await add(SamplePackage("beta", in: folder), on: system)
        let before = try #require(try await row("beta", on: system))

        // The same rights: it is taken at once.
        let same = try SamplePackage("beta", version: "1.1", in: folder)
        #expect(
          try await system.json(["plugin", "upgrade", "beta", same.path])["upgraded"] == .bool(true)
        )
        let second = try await wait(for: "beta", on: system) {
          $0["version"].text == "1.1" && $0["process"]["state"].text == "ready"
        }
        #expect(second["process"]["pid"] != before["process"]["pid"])

        // More: it is shown, and waits.
        let more = try SamplePackage("beta", version: "2.0", more: true, in: folder)
        let asked = try await system.json(["plugin", "upgrade", "beta", more.path])
        #expect(asked["waits"] == .bool(true))
        #expect(asked["asksMore"].list == [.text("announces recourse.support.v1.ReferralMade")])
        let waiting = try #require(try await row("beta", on: system))
        #expect(waiting["waits"].text == "2.0")
        #expect(waiting["version"].text == "1.1")
        #expect(waiting["process"]["pid"] == second["process"]["pid"])
        let findings = try await system.json(["status"])["findings"].list
        #expect(findings.contains { $0["code"].text == "upgrade-waits" })
        let diff = try await system.run(["rights", "diff", "beta"])
        #expect(diff.output.contains("+ publishes recourse.support.v1.ReferralMade\n"))

        try await system.json(["rights", "approve", "beta"])
        let taken = try await wait(for: "beta", on: system) {
          $0["version"].text == "2.0" && $0["process"]["state"].text == "ready"
        }
        #expect(taken["waits"] == .null)
        try await system.json(["plugin", "remove", "beta"])
      }
    }

    @Test func `a program that was exchanged on disk is not started, and the way out helps`()
      async throws
    {
      let system = try system
      try await withFolder { folder in
        let package = try SamplePackage("gamma", in: folder)
        _ = try await add(package, on: system)
        let program = "\(system.data)/plugins/gamma/program"
        chmod(program, 0o700)
        // Other bytes in another file: the one that runs cannot be written to.
        let aside = "\(program).aside"
        try FileManager.default.copyItem(atPath: program, toPath: aside)
        let copy = try #require(FileHandle(forWritingAtPath: aside))
        try copy.seekToEnd()
        try copy.write(contentsOf: Data("#".utf8))
        try copy.close()
        #expect(rename(aside, program) == 0)

        let pid = try #require(try await row("gamma", on: system)?["process"]["pid"].number)
        kill(pid_t(pid), SIGKILL)
        let fallen = try await wait(for: "gamma", on: system) {
          $0["process"]["lastEnding"].text?.contains("changed-on-disk") == true
        }
        #expect(fallen["problem"].text == "changed-on-disk")
        let status = try await system.run(["status", "--json"])
        #expect(status.status == 69)
        #expect(
          try status.json["findings"].list.contains {
            $0["code"].text == "changed-on-disk" && $0["subject"].text == "gamma"
          })

        try await system.json(["plugin", "upgrade", "gamma", package.path])
        _ = try await wait(for: "gamma", on: system) {
          $0["process"]["state"].text == "ready" && $0["problem"] == .null
        }
        try await system.json(["plugin", "remove", "gamma"])
      }
    }

    @Test func `a plugin that is removed leaves no trace but its audit`() async throws {
      let system = try system
      try await withFolder { folder in
        let name = "vanishing-plugin"
        _ = try await add(SamplePackage(name, in: folder), on: system)
        _ = try await system.apply("three-complaints.json")
        try await system.json(["status", "--wait"])
        let secret = try String(
          contentsOfFile: "\(system.data)/keys/\(name).secret", encoding: .utf8)
        let pid = try #require(try await row(name, on: system)?["process"]["pid"].number)

        let removed = try await system.json(["plugin", "remove", name])
        let audit = try #require(removed["audit"].text)
        #expect(kill(pid_t(pid), 0) == -1, "its process is gone")

        // What only grows: the log, the ring of keys, what broker and supervisor have said.
        let kept = try files(with: name, in: system.data).filter { path in
          !["keys/ring.json", "refusals.jsonl", "broker.sock"].contains(path)
            && !path.hasPrefix("log.sqlite") && !path.hasPrefix("logs/broker.log")
            && !path.hasPrefix("logs/supervisor.log")
        }
        #expect(kept == ["audits/\(URL(filePath: audit).lastPathComponent)"])
        let line = secret.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(try files(with: line, in: system.data).isEmpty)

        let verified = try await system.json(["audit", "verify"])
        #expect(verified["workers"].list.contains { $0["worker"].text == name })
        #expect(verified["sound"] == .bool(true))
        let one = try await system.json(["audit", "verify", "--worker", name])
        #expect(one["workers"].list.first?["rows"].number ?? 0 > 0)
        try await system.json(["status", "--wait"])
        let again = try await system.run(["plugin", "remove", name, "--json"])
        #expect(try again.error["code"].text == "unknown-plugin")
      }
    }
  }
}
