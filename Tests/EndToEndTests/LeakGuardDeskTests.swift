import Foundation
import Testing

extension RunningSystems.Desk {
  /// An officer's words do not name whoever is complained of, or an officer has looked at them.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct LeakGuardDeskTests {
    @Test func `a reason that names them is refused, kept for a reason, and on record`()
      async throws
    {
      let system = try #require(RunningSystem.shared)
      try await withFolder { folder in
        let file = "\(folder)/application.json"
        try Examples.text("three-complaints.json").replacing(
          "Neighbour A", with: "Bartholomew Quillfeather"
        )
        .write(toFile: file, atomically: true, encoding: .utf8)
        let reference = try #require(try await system.json(["apply", file])["reference"].text)
        let decide = [
          "threshold", "decide", reference, "--met", "--officer", "A. Officer", "--capacity",
          "Lead authority", "--reason", "B. QUILLFEATHER was seen",
        ]
        let refused = try await system.run(decide + ["--json"])
        #expect(refused.status == 65)
        #expect(try refused.error["code"].text == "names-the-other-party")
        #expect(try refused.error["path"].text == "reason")
        #expect(!refused.errors.lowercased().contains("quillfeather"))
        let kept = try await system.json(decide + ["--guard-override", "Read in open court"])
        #expect(kept["met"].bool == true)
        let shown = try await Tool.run([
          "audit", "list", "--worker", "threshold", "--case", reference, "--data", system.data,
        ])
        #expect(shown.output.contains("guard.override"), "\(shown.output)\(shown.errors)")
      }
    }
  }
}
