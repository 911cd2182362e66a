import Foundation
import Subprocess
import Testing

extension RunningSystems {
  /// The demonstration, as a newcomer sees it.
  @Suite(.serialized, .timeLimit(.minutes(3))) struct DemoTests {
    /// Runs a demo with a folder for its temporary files and checks that it leaves nothing behind.
    private func demo(_ arguments: String...) async throws -> Tool.Outcome {
      try await withFolder { folder in
        let outcome = try await Tool.run(
          ["demo"] + arguments, environment: Tool.environment.updating(["TMPDIR": folder]))
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(left.isEmpty, "files are left: \(left)")
        #expect(Processes.mentioning(folder).isEmpty, "processes are left")
        return outcome
      }
    }

    @Test func `it tells a story and leaves nothing behind`() async throws {
      let outcome = try await demo()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty)
      let lines = outcome.output.split(separator: "\n")
      #expect((10...30).contains(lines.count))
      #expect(outcome.output.contains("s.104(4)"))
      #expect(!outcome.output.contains("Robin"), "the story is not about a name")
    }

    @Test(arguments: [
      ("three-complaints", "MET", true), ("three-neighbours", "MET", true),
      ("two-with-hate", "PERSON_DECIDES", true), ("not-met", "NOT_MET", false),
    ])
    func `each example gives the result of every step`(
      name: String, outcome: String, isMet: Bool
    ) async throws {
      let ended = try await demo("--application", Examples.path("\(name).json"), "--json")
      try #require(ended.status == 0, "\(ended.errors)")
      let steps = try ended.json
      let reference = try #require(steps["application"]["reference"].text)
      #expect(steps["assessment"]["outcome"].text == outcome)
      #expect(steps["decision"]["met"].bool == isMet)
      if isMet {
        let day = try #require(steps["panel"]["panelOn"].text)
        let due = try #require(steps["panel"]["dueOn"].text)
        #expect(day <= due)
      } else {
        #expect(steps["panel"] == .null)
      }
      let support = steps["support"]
      #expect(support["referrals"].list.isEmpty != (name == "three-complaints"))
      let figures = steps["figures"]
      #expect(figures["applications"].number == 1)
      #expect(figures["thresholdNotMet"].number == (isMet ? 0 : 1))
      #expect(figures["cases"]["applications"].list == [.text(reference)])
      let counted = steps["outreach"]["months"].list.map { $0["applications"].number }
      #expect(counted == [1])
    }

    @Test func `an application that is malformed is refused before anything is started`()
      async throws
    {
      let outcome = try await demo(
        "--application", Examples.path("malformed/wrong-type.json"), "--json")
      #expect(outcome.status == 65)
      #expect(try outcome.error["path"].text == "complaints")
    }
  }
}
