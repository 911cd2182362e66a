import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// A support provider with an interface: it, the plugin, Support and Intake, each a process of its own.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct SupportProviderTests {
    private static let agency = "victim-support"

    @Test
    func `a referral reaches the provider, its fate comes back, and a withdrawal is confirmed`()
      async throws
    {
      try await RunningSystem.with { system in
        let said = try await withProvider(fates: ["closed", "accepted"], on: system) { lines in
          let first = try await system.apply("three-complaints.json")
          try await lines.skip(through: "victim-support  referral 1: closed")
          let closed = try await referral(of: first, on: system) { $0["answer"].text == "CLOSED" }
          #expect(closed["state"].text == "SENT")
          #expect(closed["servedBy"].text == Self.agency)

          let second = try await system.apply("three-complaints.json")
          try await lines.skip(through: "victim-support  referral 2: accepted")
          try await system.json([
            "case", "consent", second, "--withdrawn", "--officer", "A. Officer", "--purpose",
            "support-referral", "--recipient", Self.agency,
          ])
          try await lines.skip(through: "victim-support  referral 2: withdrawn, confirmed")
          let withdrawn = try await referral(of: second, on: system) {
            $0["acknowledgedOn"].text == "2026-06-30"
          }
          #expect(withdrawn["consentWithdrawn"].bool == true)
          #expect(try files(of: system).isEmpty, "what the provider takes is no file")

          // Once the plugin is away for good, nobody waits for it.
          let removed = try await system.json(["plugin", "remove", Self.agency])
          #expect(
            removed["did"].list.contains(.text("Referrals to victim-support are files again.")))
          let third = try await system.apply("three-complaints.json")
          let written = try await referral(of: third, on: system) { $0["state"].text == "SENT" }
          #expect(written["servedBy"].text == nil)
          #expect(try !files(of: system).isEmpty)
        }
        // The provider speaks of numbers, and of nobody.
        for line in said { #expect(!line.contains("Applicant") && !line.contains("@")) }
      }
    }

    /// Runs the simulator, adds the plugin for it, and then the body; gives what the simulator said after that.
    private func withProvider(
      fates: [String], on system: RunningSystem, _ body: (inout LineReader) async throws -> Void
    ) async throws -> [String] {
      let result = try await Subprocess.run(
        .path(FilePath(Tool.program)),
        arguments: Arguments(["simulate", Self.agency] + fates.flatMap { ["--fate", $0] }),
        environment: Tool.environment.updating(["RECOURSE_CLOCK": system.clock]),
        input: .inputWriter, output: .sequence, error: .discarded
      ) { execution in
        var lines = LineReader(execution.standardOutput.makeAsyncIterator())
        let start = "\(Self.agency)  listens at "
        var first = try await lines.next()
        while let line = first, !line.hasPrefix(start) { first = try await lines.next() }
        let address = String(try #require(first).dropFirst(start.count))
        try await system.json(
          [
            "plugin", "add", Self.agency, "--yes", "--set", "endpoint=\(address)", "--set",
            "agencies=\(Self.agency)", "--set", "poll-milliseconds=20", "--secret", "token",
          ], input: "key-of-the-provider\n")
        // Support knows who serves the agency.
        try await system.json(["status", "--wait"])
        try await body(&lines)
        try await execution.standardInputWriter.finish()
        var said: [String] = []
        while let line = try await lines.next() { said.append(line) }
        return said
      }
      #expect(result.terminationStatus == .exited(0))
      return result.closureResult
    }

    /// Looks again and again at the referral of a case. Each look is a process of its own, so this is long.
    private func referral(
      of reference: String, on system: RunningSystem, _ fits: (JSONValue) -> Bool
    ) async throws -> JSONValue {
      var last = JSONValue.null
      for _ in 0..<300 {
        let shown = try await system.json(["case", "show", reference])
        last = shown["support"]["referrals"].list.first ?? .null
        if fits(last) { return last }
      }
      Issue.record("the referral does not come to stand so: \(last)")
      return last
    }

    /// Letters that Support has written as files.
    private func files(of system: RunningSystem) throws -> [String] {
      let folder = "\(system.data)/output/support"
      guard FileManager.default.fileExists(atPath: folder) else { return [] }
      return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
        var isFolder: ObjCBool = false
        _ = FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
        return !isFolder.boolValue
      }
    }
  }
}
