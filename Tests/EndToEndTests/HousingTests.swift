import Foundation
import Subprocess
import SystemPackage
import Testing

extension RunningSystems {
  /// A landlord that exchanges files: the plugin, the folder and a simulator, each a process of its own.
  @Suite(.serialized, .timeLimit(.minutes(2))) struct HousingTests {
    private static let body = "plymouth-community-homes"

    /// Runs the simulator on a drop folder and, when it waits for requests, the body; gives what it said besides.
    private func acting(
      _ folder: String, fate: String, _ body: () async throws -> Void
    ) async throws -> [String] {
      let result = try await Subprocess.run(
        .path(FilePath(Tool.program)),
        arguments: ["simulate", "housing-provider", "--folder", folder, "--fate", fate],
        environment: Tool.environment, input: .inputWriter, output: .sequence, error: .discarded
      ) { execution in
        var lines = LineReader(execution.standardOutput.makeAsyncIterator())
        try await lines.skip(through: "housing-provider  waits for requests")
        try await body()
        var said = [try await lines.next() ?? ""]
        try await execution.standardInputWriter.finish()
        while let line = try await lines.next() { said.append(line) }
        return said
      }
      #expect(result.terminationStatus == .exited(0))
      return result.closureResult
    }

    /// Looks again and again until the body has answered. Each look is a process of its own, so this is long.
    private func answer(
      about reference: String, on system: RunningSystem
    ) async throws -> JSONValue {
      var last = JSONValue.null
      for _ in 0..<300 {
        let shown = try await system.json(["threshold", "information", "list", reference])
        last = shown["information"].list.first ?? .null
        if last["state"].text != "REQUESTED" { return last }
      }
      Issue.record("the body has not answered: \(last)")
      return last
    }

    @Test(arguments: [("confirmed", "RETURNED"), ("refused:data-protection", "REFUSED")])
    func `a request goes out as a file, and what comes back is on the case`(
      fate: String, state: String
    ) async throws {
      try await RunningSystem.with { system in
        try await system.json([
          "plugin", "add", "housing-provider", "--yes", "--set", "bodies=\(Self.body)", "--set",
          "look-every-ms=20",
        ])
        let folder = "\(system.data)/output/housing-provider/\(Self.body)"
        let reference = try await system.apply("three-complaints.json")
        let said = try await acting(folder, fate: fate) {
          try await system.json(
            ["threshold", "information", "request", reference, "--body", Self.body])
        }
        #expect(said.count == 1)
        #expect(said[0].hasPrefix("housing-provider  \(reference): "))
        let answered = try await answer(about: reference, on: system)
        #expect(answered["body"].text == Self.body)
        #expect(answered["state"].text == state)
        let shown = try await system.run(["case", "show", reference])
        let count = state == "RETURNED" ? 1 : 0
        #expect(shown.output.contains("Information: \(count) of 1 bodies answered"))
        let reports = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/reports")
        #expect(reports.contains("answer-\(reference).csv.report.csv"))
      }
    }

    @Test func `an agency that nobody knows, or without a folder, is refused`() async throws {
      let unknown = try await Tool.run(["simulate", "bakery", "--json"])
      #expect(unknown.status == 64)
      let homeless = try await Tool.run(["simulate", "police"])
      #expect(homeless.status == 64)
      #expect(homeless.errors.contains("no-folder"))
    }
  }
}
