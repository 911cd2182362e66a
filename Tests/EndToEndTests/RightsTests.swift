import Foundation
import Testing

extension RunningSystems {
  /// Who may do what, with the real program: what is approved at the first start, and what an operator changes.
  @Suite(.serialized, .sharedSystem, .timeLimit(.minutes(3))) struct RightsTests {
    private var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    /// What is approved for a principal, as the operator's file has it.
    private struct Approval {
      let path: String

      init(_ principal: String, on system: RunningSystem) {
        path = "\(system.data)/rights/\(principal).json"
      }

      /// Takes names out of one of its lists, as an operator does with an editor.
      func takeBack(_ list: String, _ name: String) throws {
        let data = try Data(contentsOf: URL(filePath: path))
        var manifest = try #require(
          try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let names = try #require(manifest[list] as? [String])
        try #require(names.contains(name), "\(list) of \(path) has no \(name)")
        manifest[list] = names.filter { $0 != name }
        try JSONSerialization.data(withJSONObject: manifest)
          .write(to: URL(filePath: path), options: .atomic)
      }
    }

    private func refusals(
      _ kind: String, of principal: String, on system: RunningSystem
    ) async throws -> [String] {
      try await system.json(["rights", "refusals"])["refusals"].list
        .filter { $0["kind"].text == kind && $0["principal"].text == principal }
        .compactMap { $0["what"].text }
    }

    /// Waits until the broker has recorded a refusal of that kind.
    private func expectRecord(
      _ kind: String, of principal: String, on system: RunningSystem
    ) async throws -> String {
      // Each look is a process of its own, so this is long.
      for _ in 0..<400 {
        if let what = try await refusals(kind, of: principal, on: system).last { return what }
      }
      Issue.record("no refusal of kind \(kind) for \(principal)")
      return ""
    }

    /// The command line elsewhere has its key, and no file of rights.
    private func expectFinding(
      about worker: String, fromElsewhereThan system: RunningSystem
    ) async throws {
      try await withFolder { other in
        try FileManager.default.createDirectory(
          atPath: "\(other)/keys", withIntermediateDirectories: true,
          attributes: [.posixPermissions: 0o700])
        for file in ["broker.address", "keys/broker.public", "keys/operator.secret"] {
          try FileManager.default.copyItem(
            atPath: "\(system.data)/\(file)", toPath: "\(other)/\(file)")
        }
        let status = try await Tool.run(["status", "--data", other, "--json"])
        #expect(status.status == 69)
        let findings = try status.json["findings"].list.filter {
          $0["code"].text == "not-approved" && $0["subject"].text == worker
        }
        #expect(findings.count == 1, "\(status.output)")
        let wayOut = findings.first?["wayOut"].text ?? ""
        #expect(wayOut.contains("recourse rights diff \(worker). "), "\(wayOut)")
        #expect(!wayOut.contains(other))
      }
    }

    @Test func `the first start approves what is built in, and nothing waits`() async throws {
      let system = try system
      let shown = try await system.json(["rights", "show"])["principals"].list
      #expect(
        shown.map { $0["principal"].text } == [
          "intake", "threshold", "panel", "support", "correspondence", "reporting", "portal",
          "operator",
        ])
      for row in shown {
        #expect(row["asks"].list == row["approved"].list)
        #expect(!row["asks"].list.isEmpty)
      }
      let support = try #require(shown.first { $0["principal"].text == "support" })
      #expect(
        support["asks"].list.contains(
          .text(
            "asks recourse.intake.v1.Intake/GetReferralDetails for name, for support-referral")))
      #expect(try await system.json(["rights", "diff"])["principals"].list.isEmpty)
      let plain = try await system.run(["rights", "show", "reporting"])
      #expect(plain.output.contains("  serves recourse.reporting.v1.Reporting\n"))
    }

    @Test
    func `a worker that asks for more than is approved waits, and is let in without a restart`()
      async throws
    {
      let system = try system
      let type = "recourse.panel.v1.PanelHeld"
      let old = try await system.settledPid(of: "reporting")
      try Approval("reporting", on: system).takeBack("subscribes", type)
      // The broker has taken it over when it ends what the instance reads.
      _ = try await expectRecord("call", of: "reporting", on: system)
      // The next instance is the upgrade: it asks for what is not approved.
      #expect(kill(old, SIGKILL) == 0)
      let what = try await expectRecord("not-approved", of: "reporting", on: system)
      #expect(what.contains("subscribes to \(type)"))
      let rows = try await system.json(["rights", "diff", "reporting"])["principals"].list
      #expect(rows.map { $0["waits"].list } == [[.text("subscribes to \(type)")]])
      let plain = try await system.run(["rights", "diff", "reporting"])
      #expect(plain.output.hasPrefix("reporting\n+ subscribes to \(type)\nApprove exactly this: "))

      try await expectFinding(about: "reporting", fromElsewhereThan: system)
      let seen = try #require(rows.first?["digest"].text)
      #expect(plain.output.contains("recourse rights approve reporting --seen \(seen) --data "))
      let approved = try await system.run(["rights", "approve", "reporting", "--seen", seen])
      #expect(approved.status == 0)
      #expect(approved.output.contains("+ subscribes to \(type)"))
      try await system.waitUntilReplaced(old, of: "reporting")
      #expect(try await system.json(["rights", "diff"])["principals"].list.isEmpty)
    }

    @Test func `an event that is not approved any more is kept until it is, and none is lost`()
      async throws
    {
      let system = try system
      let type = "recourse.intake.v1.ComplaintRecorded"
      try Approval("intake", on: system).takeBack("publishes", type)
      // Until the broker has taken it over, applications go through as before.
      var reference = ""
      for _ in 0..<40 where try await refusals("publish", of: "intake", on: system).isEmpty {
        reference = try await system.apply("three-complaints.json")
      }
      let what = try await expectRecord("publish", of: "intake", on: system)
      #expect(what.contains("intake may not publish \(type): not approved"))
      try await system.json(["rights", "approve", "intake"])
      _ = try await system.settledPid(of: "threshold")
      try await system.json(Journey.decide(reference))
      try await Journey.expectEachFactOnce(of: reference, on: system)
    }

    @Test
    func `the command line may do what is approved for the operator, and says what is missing`()
      async throws
    {
      let system = try system
      try Approval("operator", on: system).takeBack("calls", "recourse.reporting.v1.Reporting/*")
      var refused: Tool.Outcome?
      for _ in 0..<400 where refused == nil {
        let outcome = try await system.run(["status", "--json"])
        if outcome.status != 0 { refused = outcome }
      }
      let outcome = try #require(refused, "the command line was let in all the same")
      #expect(outcome.status == 69)
      #expect(try outcome.error["code"].text == "not-approved")
      #expect(
        try outcome.error["message"].text?.contains("calls recourse.reporting.v1.Reporting/*")
          == true)
      // Approving needs no broker: it is the operator's own file.
      try await system.json(["rights", "approve", "operator"])
      var isIn = false
      for _ in 0..<400 where !isIn {
        isIn = try await system.run(["status", "--json"]).status == 0
      }
      #expect(isIn)
    }

    @Test func `all are those that are built in, whoever has asked, and one bad file hides nobody`()
      async throws
    {
      try await withFolder { folder in
        let asked = "\(folder)/rights/asked"
        try FileManager.default.createDirectory(
          atPath: asked, withIntermediateDirectories: true)
        for name in ["stranger", "intake"] {
          try #"{"calls": ["t.S/M"]}"#
            .write(toFile: "\(asked)/\(name).json", atomically: true, encoding: .utf8)
        }
        try "no JSON".write(toFile: "\(asked)/stray.json", atomically: true, encoding: .utf8)
        let all = try await Tool.run(["rights", "approve", "--all", "--data", folder])
        #expect(all.status == 0, "\(all.errors)")
        #expect(all.output.contains("intake is approved"))
        #expect(!all.output.contains("stranger"))
        for name in ["stranger", "stray"] {
          #expect(!FileManager.default.fileExists(atPath: "\(folder)/rights/\(name).json"))
        }
        let intake = try String(contentsOfFile: "\(folder)/rights/intake.json", encoding: .utf8)
        #expect(intake.contains("recourse.intake.v1.Intake"))
        #expect(!intake.contains("t.S/M"))
        let shown = try await Tool.run(["rights", "show", "--data", folder])
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.contains("stray\n  cannot be read: "))
        #expect(shown.output.contains("/rights/asked/stray.json\n"))
        #expect(shown.output.contains("stranger\n"))

        for command in [["init"], ["enrol", "stranger"], ["revoke", "stranger"]] {
          let outcome = try await Tool.run(["keys"] + command + ["--data", folder])
          #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(!FileManager.default.fileExists(atPath: "\(asked)/stranger.json"))
      }
    }

    @Test func `what was put in the place of what was seen is not approved`() async throws {
      try await withFolder { folder in
        let asked = "\(folder)/rights/asked"
        try FileManager.default.createDirectory(
          atPath: asked, withIntermediateDirectories: true)
        func ask(_ calls: String) throws {
          try #"{"calls": [\#(calls)]}"#
            .write(toFile: "\(asked)/outreach.json", atomically: true, encoding: .utf8)
        }
        func digest() async throws -> String {
          let diff = try await Tool.run(["rights", "diff", "outreach", "--data", folder, "--json"])
          return try #require(try diff.json["principals"].list.first?["digest"].text)
        }
        func approve(_ seen: String) async throws -> Tool.Outcome {
          try await Tool.run([
            "rights", "approve", "outreach", "--seen", seen, "--data", folder, "--json",
          ])
        }
        try ask(#""t.S/M""#)
        let seen = try await digest()
        try ask(#""t.S/M", "t.S/Secret""#)
        let refused = try await approve(seen)
        #expect(refused.status == 65)
        #expect(try refused.error["code"].text == "other-than-seen")
        let told = try refused.error["message"].text
        #expect(told?.contains("recourse rights diff outreach") == true)
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/rights/outreach.json"))
        let now = try await digest()
        #expect(now != seen)
        let approved = try await approve(now)
        #expect(approved.status == 0, "\(approved.errors)")
        let text = try String(contentsOfFile: "\(folder)/rights/outreach.json", encoding: .utf8)
        #expect(text.contains("t.S/Secret"))
      }
    }

    @Test func `rights that were lost are told, and not approved anew without a word`() async throws
    {
      try await withFolder { folder in
        try await Keys.make(in: folder)
        let end = ["--data", folder, "--json"]
        let first = try await Tool.run(["rights", "approve", "--all"] + end)
        #expect(first.status == 0, "\(first.errors)")
        try FileManager.default.removeItem(atPath: "\(folder)/rights")
        for command in ["broker", "up"] {
          let outcome = try await Tool.run([command, "--data", folder])
          #expect(outcome.status == 69)
          #expect(outcome.errors.contains("recourse: rights-lost at \(folder)/rights\n"))
          #expect(outcome.errors.contains("recourse rights approve --all"))
        }
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/rights"))
        func problems() async throws -> [String] {
          try await Tool.run(["doctor"] + end).json["checks"].list
            .flatMap { $0["findings"].list }.compactMap { $0["code"].text }
        }
        #expect(try await problems().contains("rights-lost"))
        let again = try await Tool.run(["rights", "approve", "--all"] + end)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try await !problems().contains("rights-lost"))
      }
    }

    @Test func `what nobody knows is not approved by its name`() async throws {
      try await withFolder { folder in
        let unknown = try await Tool.run([
          "rights", "approve", "outreach", "--data", folder, "--json",
        ])
        #expect(unknown.status == 65)
        #expect(try unknown.error["code"].text == "unknown-principal")
        let manifest = "\(folder)/outreach.json"
        try #"{"calls": ["recourse.bus.v1.Directory/List"]}"#
          .write(toFile: manifest, atomically: true, encoding: .utf8)
        let given = try await Tool.run([
          "rights", "approve", "outreach", "--manifest", manifest, "--data", folder,
        ])
        #expect(given.status == 0, "\(given.errors)")
        #expect(given.output.contains("+ calls recourse.bus.v1.Directory/List"))
        try #"{"calls": ["*"]}"#.write(toFile: manifest, atomically: true, encoding: .utf8)
        let wild = try await Tool.run([
          "rights", "approve", "outreach", "--manifest", manifest, "--data", folder, "--json",
        ])
        #expect(wild.status == 69)
        #expect(try wild.error["code"].text == "approval-file")
      }
    }
  }
}
