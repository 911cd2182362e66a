import Foundation
import Subprocess
import Testing

extension RunningSystems {
  /// Processes are killed and stopped at random; what was acknowledged is there once, in order.
  @Suite(.serialized, .timeLimit(.minutes(10))) struct TortureTests {
    /// Where time is short, twelve seconds.
    static let minutes = Budget.isSample ? "0.2" : "2"

    @Test func `nothing is lost, duplicated or out of order, whatever is killed when`() async throws
    {
      try await withFolder { folder in
        let outcome = try await Tool.run(
          ["torture", "--minutes", Self.minutes, "--json"],
          environment: Tool.environment.updating(["TMPDIR": folder]))
        // The seed of a failure is on standard error, the findings in the report.
        try #require(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        let report = try outcome.json
        let acknowledged = try #require(report["acknowledged"].number)
        let unknown = try #require(report["unknown"].number)
        #expect(acknowledged > 0)
        #expect(report["attempted"].number == acknowledged + unknown)
        for kind in [
          "lost", "duplicated", "outOfOrder", "gap", "parked", "wrongFigure", "brokenAudit",
        ] {
          #expect(report[kind].number == 0, "\(kind)")
        }
        #expect(try #require(report["audited"].number) > 0)
        #expect(try #require(report["written"].number) >= acknowledged)
        let faults = ["kill", "stop"].compactMap { report["faults"][$0].number }
        #expect(faults.reduce(0, +) > 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        #expect(Processes.mentioning(folder).isEmpty, "processes are left")
      }
    }

    @Test func `a directory that has been used is refused`() async throws {
      try await withFolder { folder in
        try Data().write(to: URL(filePath: "\(folder)/log.sqlite"))
        let outcome = try await Tool.run(
          ["torture", "--minutes", "1", "--data", folder, "--json"])
        #expect(outcome.status == 64)
        #expect(try outcome.error["code"].text == "data-directory")
      }
    }
  }
}
