import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// A server that people report to: it, the plugin and Intake, each a process of its own.
  @Suite(.serialized, .timeLimit(.minutes(2))) struct Open311Tests {
    @Test(arguments: ["json", "xml"])
    func `whoever reports for the second time is told by the server`(
      format: String
    ) async throws {
      try await RunningSystem.with { system in
        let told = try await tellings(by: system, 3, format: format)
        #expect(Set(told).count == 3)
        for line in told { #expect(!line.contains("@")) }
      }
    }

    /// Runs the simulator, adds the plugin for it, and waits until so many reporters were told; gives the lines.
    private func tellings(
      by system: RunningSystem, _ count: Int, format: String
    ) async throws -> [String] {
      let result = try await Subprocess.run(
        .path(FilePath(Tool.program)), arguments: ["simulate", "open311", "--seed", "7"],
        environment: Tool.environment.updating(["RECOURSE_CLOCK": system.clock]),
        input: .inputWriter, output: .sequence, error: .discarded
      ) { execution in
        var lines = LineReader(execution.standardOutput.makeAsyncIterator())
        let start = "open311  listens at "
        var first = try await lines.next()
        while let line = first, !line.hasPrefix(start) { first = try await lines.next() }
        let address = String(try #require(first).dropFirst(start.count))
        try await system.json([
          "plugin", "add", "open311", "--yes", "--set", "endpoint=\(address)", "--set",
          "area=plymouth", "--set", "service-codes=asb", "--set", "consent-field=contact_consent",
          "--set", "format=\(format)", "--set", "poll-milliseconds=20",
        ])
        var told: [String] = []
        while told.count < count, let line = try await lines.next() {
          if line.hasPrefix("open311  told the reporter of ") { told.append(line) }
        }
        try await execution.standardInputWriter.finish()
        while try await lines.next() != nil {}
        return told
      }
      #expect(result.terminationStatus == .exited(0))
      return result.closureResult
    }
  }
}
