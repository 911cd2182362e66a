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

    /// What the README says that it prints.
    private static var readme: String {
      get throws {
        let page = try String(
          contentsOf: Examples.folder.appending(path: "../../README.md"), encoding: .utf8)
        let start = try #require(page.firstRange(of: "prints -->\n```text\n"))
        let end = try #require(page.firstRange(of: "```\n<!-- demo: end -->"))
        return String(page[start.upperBound..<end.lowerBound])
      }
    }

    /// A reference is drawn by chance; where the log stands says who was quicker.
    private static func withoutChance(_ story: String) -> String {
      story.replacing(/reference is [0-9A-Z-]+/, with: "reference is REF")
        .replacing(/log position \d+/, with: "log position N")
    }

    @Test func `it tells a story and leaves nothing behind`() async throws {
      let outcome = try await demo()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.isEmpty)
      #expect(Self.withoutChance(outcome.output) == Self.withoutChance(try Self.readme))
      let lines = outcome.output.split(separator: "\n")
      #expect((10...30).contains(lines.count))
      #expect(outcome.output.contains("s.104(4)"))
      #expect(outcome.output.contains("7 workers and 4 plugins"))
      #expect(outcome.output.contains("We have decided that there will be an ASB case review"))
      #expect(outcome.output.contains("comes back to the case: accepted."))
      #expect(outcome.output.contains("The bodies meet about your case on 23 March 2026."))
      #expect(outcome.output.contains("Letters to you: 3."))
      for word in ["Robin", "Example Terrace", "mail.example"] {
        #expect(!outcome.output.contains(word), "the story is about nobody")
      }
    }

    /// By the ways that are safe: e-mail, which nothing takes out here; a call, which is for a person; and post.
    @Test(arguments: [
      ("three-complaints", "MET", true, "WAITING"), ("three-neighbours", "MET", true, "WAITING"),
      ("two-with-hate", "PERSON_DECIDES", true, "HELD"), ("not-met", "NOT_MET", false, "SENT"),
    ])
    func `each example gives the result of every step`(
      name: String, outcome: String, isMet: Bool, letter: String
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
      let answers = support["referrals"].list.map { $0["answer"].text }
      #expect(answers == (name == "three-complaints" ? ["ACCEPTED"] : []))
      #expect(support["files"].list.isEmpty, "what the provider takes is no file")
      let decision = steps["letters"].list.first {
        $0["to"].text == "applicant" && $0["kind"].text?.hasPrefix("THRESHOLD_") == true
      }
      #expect(decision?["state"].text == letter)
      let standing = isMet ? "The review has a day" : "There will be no review for now"
      #expect(steps["portal"]["standing"].text == standing)
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
