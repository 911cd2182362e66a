import Foundation
import Testing

extension RunningSystems {
  /// What an operator is told in one look, and what a deployment is told about itself.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct StatusTests {
    @Test
    func `where all is well status and doctor say so, and doctor finds what is wrong with files`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        let none = try await Tool.run(["doctor", "--data", data, "--json"])
        #expect(none.status == 69)
        #expect(Self.problems(try none.json) == ["no-directory"])
        try await expectWellBeing(data: data)
        try await expectDiagnosis(data: data)
      }
    }

    private func expectWellBeing(data: String) async throws {
      try await RunningSystem.with(data: data) { system in
        let status = try await system.json(["status", "--wait"])
        #expect(status["ok"].bool == true)
        #expect(status["findings"].list.filter { $0["weight"].text == "problem" }.isEmpty)
        #expect(
          status["processes"].list.map { $0["name"].text } == [
            "broker", "intake", "threshold", "panel", "support", "correspondence", "reporting",
            "portal",
          ])
        let text = try await system.run(["status"])
        #expect(text.status == 0)
        #expect(text.output.contains("RESTARTS"))

        let doctor = try await system.run(["doctor", "--json"])
        let checks = try doctor.json["checks"].list
        for name in ["permissions", "locks", "broker", "processes", "clock", "disk", "holidays"] {
          #expect(checks.contains { $0["name"].text == name }, "\(name)")
        }
        #expect(Self.problems(try doctor.json).isEmpty, "\(doctor.output)")
        #expect(doctor.status == (try doctor.json["ok"].bool == true ? 0 : 69))
        let locks = checks.first { $0["name"].text == "locks" }?["summary"].text ?? ""
        #expect(locks.contains("recourse up \(system.pid)"), "\(locks)")
        let limits = checks.first { $0["name"].text == "limits" }?["summary"].text ?? ""
        #expect(limits.hasPrefix("Of the processes that run"), "\(limits)")
        try await expectWhatLeavesIsTold(on: system)
        try await expectRestart(on: system)
      }
    }

    /// Nothing is added that takes letters out or referrals to agencies: that is a note, and no problem.
    private func expectWhatLeavesIsTold(on system: RunningSystem) async throws {
      _ = try await system.apply("three-complaints.json")
      let status = try await system.json(["status", "--wait"])
      let codes = status["findings"].list.map { $0["code"].text }
      #expect(codes.contains("no-channel") && codes.contains("referral-files"), "\(codes)")
      #expect(status["ok"].bool == true)
      let channel = status["findings"].list.first { $0["code"].text == "no-channel" }
      #expect(channel?["wayOut"].text?.contains("recourse plugin add mail") == true)
      let doctor = try await system.run(["doctor", "--json"])
      let found = Self.findings(try doctor.json)
      #expect(found.isSuperset(of: ["no-channel", "referral-files"]), "\(found)")
    }

    /// One process leaves in order and is ready again when the command ends; nothing is told of a failure.
    private func expectRestart(on system: RunningSystem) async throws {
      let before = try await system.settledPid(of: "panel")
      let restarted = try await system.json(["restart", "panel"])["processes"].list
      #expect(restarted.map { $0["name"].text } == ["panel"])
      let entry = try #require(restarted.first)
      #expect(entry["state"].text == "ready" && entry["starts"].number == 2)
      #expect(entry["lastEnding"].text == "exited with status 0")
      let after = try await system.settledPid(of: "panel")
      #expect(after != before && entry["pid"].number == Int(after))
      #expect(kill(before, 0) != 0, "the process of before is gone")
      let status = try await system.json(["status"])
      let codes = status["findings"].list.map { $0["code"].text }
      #expect(codes.contains("restarted") && status["ok"].bool == true, "\(codes)")
      let nobody = try await system.run(["restart", "nobody", "--json"])
      #expect(nobody.status == 65)
      #expect(try nobody.error["code"].text == "unknown-process")
    }

    @Test func `workers that are away are told with the command that helps, and exit status 69`()
      async throws
    {
      try await withFolder { folder in
        let data = "\(folder)/data"
        try await Keys.make(in: data)
        let broker = Apart.Command(arguments: ["broker", "--data", data])
        let threshold = Apart.Command(arguments: ["worker", "threshold", "--data", data])
        try await Apart.with([broker, threshold]) { pids in
          let outcome = try await Tool.run(["status", "--data", data, "--json"])
          #expect(outcome.status == 69)
          let status = try outcome.json
          #expect(status["ok"].bool == false)
          let away = status["findings"].list.filter { $0["code"].text == "away" }
          #expect(
            away.map { $0["subject"].text } == [
              "intake", "panel", "support", "correspondence", "reporting", "portal",
            ])
          #expect(
            away[1]["wayOut"].text?.hasPrefix("Start it: recourse worker panel --data \(data).")
              == true)
          let text = try await Tool.run(["status", "--data", data])
          #expect(text.status == 69)
          #expect(text.output.contains("PROBLEM away at intake\n  It is not connected."))
          // A broker that stands still is there and does not answer.
          #expect(kill(pids[0], SIGSTOP) == 0)
          let doctor = try await Tool.run(["doctor", "--data", data, "--json"])
          #expect(kill(pids[0], SIGCONT) == 0)
          #expect(doctor.status == 69)
          #expect(Self.problems(try doctor.json).contains("no-answer"), "\(doctor.output)")
        }
      }
    }

    @Test func `what is not of a directory is a note there, and no advice for it`() async throws {
      try await withFolder { folder in
        let (data, own) = ("\(folder)/data", "\(folder)/own")
        try await Keys.make(in: data, for: ["outreach"])
        try await Keys.make("intake", in: own, enrolledIn: data)
        let worker = try await Tool.run(["doctor", "--data", own, "--json"])
        #expect(Self.findings(try worker.json).contains("not-the-brokers"))
        #expect(!worker.output.contains("Start it: recourse up"), "\(worker.output)")

        // A plugin that is approved to serve something is missed while it is away.
        let manifest = "\(folder)/outreach.json"
        try #"{"serves":["outreach.v1.Outreach"]}"#.write(
          toFile: manifest, atomically: true, encoding: .utf8)
        let broker = Apart.Command(arguments: ["broker", "--data", data])
        try await Apart.with([broker]) { _ in
          let approved = try await Tool.run([
            "rights", "approve", "outreach", "--manifest", manifest, "--data", data,
          ])
          #expect(approved.status == 0, "\(approved.errors)")
          let status = try await Tool.run(["status", "--data", data, "--json"])
          let away = try status.json["findings"].list.filter { $0["code"].text == "away" }
          let outreach = away.first { $0["subject"].text == "outreach" }
          #expect(outreach?["wayOut"].text?.hasPrefix("Start it:") == true, "\(status.output)")
          let intake = away.first { $0["subject"].text == "intake" }
          #expect(intake?["wayOut"].text?.contains("recourse rights refusals") == true)

          // As in the broker's own volume.
          let secret = "\(data)/keys/operator.secret"
          try FileManager.default.moveItem(atPath: secret, toPath: "\(folder)/operator.secret")
          let doctor = try await Tool.run(["doctor", "--data", data, "--json"])
          #expect(Self.findings(try doctor.json).contains("no-operator-key"))
          #expect(!Self.problems(try doctor.json).contains("no-answer"), "\(doctor.output)")
        }
      }
    }

    /// Nothing runs on the directory any more.
    private func expectDiagnosis(data: String) async throws {
      let sound = try await Tool.run(["doctor", "--data", data, "--json"])
      #expect(Self.problems(try sound.json).isEmpty, "\(sound.output)")
      #expect(Self.findings(try sound.json).contains("not-running"))

      let files = FileManager.default
      #expect(chmod("\(data)/slices/intake.sqlite", 0o644) == 0)
      #expect(files.createFile(atPath: "\(data)/restore.json", contents: Data("{}".utf8)))
      #expect(files.createFile(atPath: "\(data)/packs/a.yaml", contents: Data("name: [".utf8)))
      let soon = Date(timeIntervalSinceNow: 86_400)
      try files.setAttributes([.modificationDate: soon], ofItemAtPath: "\(data)/log.sqlite")
      // RFC 5737: no machine's address.
      let outcome = try await Tool.run([
        "doctor", "--data", data, "--address", "tcp://192.0.2.1:7070", "--json",
      ])
      #expect(outcome.status == 69)
      let found = Self.problems(try outcome.json)
      #expect(
        found.isSuperset(of: [
          "too-open", "half-restored", "invalid-policy", "clock-behind", "address-not-here",
        ]), "\(outcome.output)")
      let restart = try await Tool.run(["restart", "panel", "--data", data, "--json"])
      #expect(restart.status == 69)
      #expect(try restart.error["code"].text == "no-supervisor")
      let text = try await Tool.run(["doctor", "--data", data])
      #expect(text.output.contains("chmod -R go-rwx \(data)"))
      #expect(text.output.contains("recourse restore"))
      let left = try files.contentsOfDirectory(atPath: data).filter { $0.hasPrefix("doctor-") }
      #expect(left.isEmpty, "the trial file is removed")
    }

    /// What the machine under the tests may be like, which is not theirs to judge.
    private static let machine: Set = ["disk-full", "disk-is-memory", "disk-is-remote"]

    private static func problems(_ examination: JSONValue) -> Set<String> {
      Set(
        examination["checks"].list.flatMap { $0["findings"].list }
          .filter { $0["weight"].text == "problem" }.compactMap { $0["code"].text }
      ).subtracting(machine)
    }

    private static func findings(_ examination: JSONValue) -> Set<String> {
      Set(
        examination["checks"].list.flatMap { $0["findings"].list }.compactMap { $0["code"].text })
    }
  }
}
