import Foundation
import Testing

extension RunningSystems {
  /// What was done stays on record, and what is done to the record is found.
  @Suite(.serialized, .timeLimit(.minutes(4))) struct AuditTests {
    @Test
    func `the record is whole while the system runs, and anchored to its end when it has stopped`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let reference = try await RunningSystem.with(data: data) { system in
          let reference = try await system.apply("three-complaints.json")
          try await system.json(Journey.decide(reference))
          // To read announces nothing.
          _ = try await system.json(["case", "show", reference])
          let running = try await system.json(["audit", "verify"])
          #expect(running["sound"].bool == true)
          #expect(running["workers"].list.map { $0["worker"].text } == Self.workers)
          return reference
        }
        let stopped = try await verify(data)
        #expect(stopped.status == 0)
        for worker in try stopped.json["workers"].list {
          #expect(worker["uncovered"].number == 0, "\(worker)")
          let rows = try #require(worker["rows"].number)
          #expect((worker["lastAnchor"]["row"].number ?? 0) == rows)
        }
        try await expectListed(reference, in: data)
        // A backup's folder is looked at like any other.
        try await RunningSystem.with(data: data) { system in
          _ = try await system.json(["backup", "nightly"])
        }
        #expect(try await verify("\(data)/backups/nightly").status == 0)
      }
    }

    private static let workers = [
      "correspondence", "intake", "panel", "portal", "reporting", "support", "threshold",
    ]

    private func verify(_ data: String, _ more: [String] = []) async throws -> Tool.Outcome {
      try await Tool.run(["audit", "verify", "--data", data, "--json"] + more)
    }

    /// Who asked for what is personal, what for, and what they were told.
    private func expectListed(_ reference: String, in data: String) async throws {
      func list(_ worker: String, _ more: [String] = []) async throws -> [JSONValue] {
        let outcome = try await Tool.run(
          ["audit", "list", "--worker", worker, "--case", reference, "--data", data, "--json"]
            + more)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try outcome.json["rows"].list
      }
      let disclosed = try await list("intake").filter {
        $0["action"].text == "intake.pass-on-details"
      }
      #expect(disclosed.count == 1)
      #expect(disclosed.first?["actor"].text?.isEmpty == false)
      let reason = try #require(disclosed.first?["reason"].text)
      #expect(reason.hasPrefix("support-referral to victim-support by consent "))
      #expect(reason.hasSuffix(": name, ways, language, adjustments"))
      let decided = try #require(
        try await list("threshold").first { $0["action"].text == "threshold.decide" })
      #expect(decided["actor"].text == "A. Officer" && decided["typed"].bool == true)
      #expect(decided["reason"] == .null && decided["words"] == .null)
      let spoken = try await list("threshold", ["--words"])
      #expect(spoken.contains { $0["words"].text == "Weighed with care" })
    }

    @Test
    func `a changed row, an older file and a file that is gone are found, each with its place`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let slice = "\(data)/slices/threshold.sqlite"
        let reference = try await RunningSystem.with(data: data) { system in
          let reference = try await system.apply("three-complaints.json")
          _ = try await system.json(["case", "show", reference])
          return reference
        }
        let before = try await whole(slice)
        let rows = try await self.rows(of: "threshold", in: data)
        try await RunningSystem.with(data: data) { system in
          try await system.json(Journey.decide(reference))
          _ = try await system.json(["status", "--wait"])
        }
        let after = try await whole(slice)
        let all = try await self.rows(of: "threshold", in: data)
        #expect(all > rows)

        try write(changing("threshold.take-in", to: "threshold.take-up", in: after), slice)
        let changed = try await expectBroken(data, "row-changed")
        #expect(changed["first"].number == changed["last"].number)
        #expect(changed["anchoredFrom"].number != nil)

        try write(before, slice)
        let cut = try await expectBroken(data, "rows-cut-off")
        #expect(cut["first"].number == rows + 1 && cut["last"].number == all)
        #expect(cut["anchoredBefore"].number == rows)

        try FileManager.default.removeItem(atPath: slice)
        let gone = try await verify(data)
        #expect(gone.status == 65)
        let told = try gone.json["unreadable"].list.map { $0["error"]["code"].text }
        #expect(told == ["slice-gone"])
        // One who keeps their data elsewhere is no business of this folder's.
        let apart = try await verify(data, ["--log", "\(data)/log.sqlite"])
        #expect(apart.status == 0)
        try await expectGoneByLog(data, slice, after)
        try write(after, slice)
        #expect(try await verify(data).status == 0)
      }
    }

    /// Who brings a log of their own is told as well of a slice that is named and missing, emptied or exchanged.
    private func expectGoneByLog(_ data: String, _ slice: String, _ whole: Data) async throws {
      let log = ["--log", "\(data)/log.sqlite"]
      func told(_ more: [String] = []) async throws -> [String?] {
        let outcome = try await verify(data, log + more)
        #expect(outcome.status == 65, "\(outcome.output)")
        return try outcome.json["unreadable"].list.map { $0["error"]["code"].text }
      }
      #expect(try await told(["--worker", "threshold"]) == ["no-slice", "slice-gone"])
      try write(Data(), slice)
      #expect(try await told().contains("slice-gone"))
      try write(whole, slice)
      try await change(slice, "UPDATE kit_identity SET slice_id = randomblob(16)")
      _ = try await self.whole(slice)
      #expect(try await told() == ["slice-gone"])
      let folder = "\(data)/elsewhere"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let nothing = try await verify(folder, log)
      #expect(nothing.status == 69)
      #expect(try nothing.error["code"].text == "no-slice")
    }

    private func change(_ slice: String, _ sql: String) async throws {
      let program =
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
      let outcome = try await Tool.run(["-c", program, slice, sql], through: ["/usr/bin/python3"])
      try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// The file's bytes, with what stood in the write-ahead log beside it.
    private func whole(_ slice: String) async throws -> Data {
      let program =
        "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)')"
      let outcome = try await Tool.run(["-c", program, slice], through: ["/usr/bin/python3"])
      try #require(outcome.status == 0, "\(outcome.errors)")
      return try Data(contentsOf: URL(filePath: slice))
    }

    private func rows(of worker: String, in data: String) async throws -> Int {
      let outcome = try await verify(data, ["--worker", worker])
      #expect(outcome.status == 0, "\(outcome.output)")
      return try #require(try outcome.json["workers"].list.first?["rows"].number)
    }

    /// The one thing that is wrong with Threshold's record.
    private func expectBroken(_ data: String, _ code: String) async throws -> JSONValue {
      let outcome = try await verify(data)
      #expect(outcome.status == 65, "\(outcome.output)")
      let plain = try await Tool.run(["audit", "verify", "--data", data])
      #expect(plain.status == 65 && plain.output.contains(code))
      let broken = try outcome.json["workers"].list.filter { !$0["faults"].list.isEmpty }
      #expect(broken.map { $0["worker"].text } == ["threshold"])
      let faults = try #require(broken.first?["faults"].list)
      #expect(faults.map { $0["code"].text } == [code])
      return faults.first ?? .null
    }

    /// Somebody with an editor: the words have the same length, so that the file stays a database. (Pages may have
    /// older copies of a row, which count for nothing.)
    private func changing(_ word: String, to other: String, in bytes: Data) throws -> Data {
      var bytes = bytes
      var changes = 0
      while let place = bytes.range(of: Data(word.utf8)) {
        bytes.replaceSubrange(place, with: Data(other.utf8))
        changes += 1
      }
      try #require(changes > 0)
      return bytes
    }

    private func write(_ bytes: Data, _ path: String) throws {
      for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
      try bytes.write(to: URL(filePath: path))
    }

    @Test func `a restored system is whole, and says so`() async throws {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await RunningSystem.with(data: data) { system in
          let reference = try await system.apply("three-complaints.json")
          _ = try await system.json(["status", "--wait"])
          try await system.json(["backup", "nightly"])
          try await system.json(Journey.decide(reference))
          _ = try await system.json(["case", "show", reference])
        }
        let restored = try await Tool.run([
          "restore", "nightly", "--data", data, "--by", "A. Operator", "--reason", "test", "--json",
        ])
        try #require(restored.status == 0, "\(restored.errors)")
        #expect(try await verify(data).status == 0)
        try await RunningSystem.with(data: data) { system in
          _ = try await system.json(["status", "--wait"])
        }
        let again = try await verify(data)
        #expect(again.status == 0, "\(again.output)")
        for worker in try again.json["workers"].list {
          #expect(worker["uncovered"].number == 0, "\(worker)")
        }
      }
    }

    @Test func `where there is nothing to look at, that is said`() async throws {
      try await withFolder { folder in
        let nothing = try await verify(folder)
        #expect(nothing.status == 69)
        #expect(try nothing.error["code"].text == "log-missing")
        let list = try await Tool.run([
          "audit", "list", "--worker", "nobody", "--data", folder, "--json",
        ])
        #expect(list.status == 69)
        #expect(try list.error["code"].text == "no-slice")
      }
    }
  }
}
