import Foundation
import Testing

extension RunningSystems.Desk {
  /// A new code for whoever applied, and an application that is taken back.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct CaseCodeTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    @Test func `an officer gives out a code, another one each time`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let words = ["--officer", "A. Officer", "--reason", "It was lost"]
      let first = try await system.json(["case", "code", reference] + words)
      let code = try #require(first["code"].text)
      #expect(first["reference"].text == reference)
      #expect(code.wholeMatch(of: /([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}/) != nil)
      let second = try await system.run(["case", "code", reference] + words)
      #expect(second.status == 0 && second.output.hasPrefix("\(reference) opens with the code "))
      #expect(!second.output.contains(code))
    }

    @Test func `a code is given out by somebody, with a reason, for a case that there is`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let nobody = try await system.run([
        "case", "code", reference, "--officer", " ", "--reason", "It was lost", "--json",
      ])
      #expect(nobody.status == 65)
      #expect(try nobody.error["code"].text == "missing")
      #expect(try nobody.error["path"].text == "officer")
      let unknown = try await system.run([
        "case", "code", "0000-0000", "--officer", "A. Officer", "--reason", "It was lost", "--json",
      ])
      #expect(unknown.status == 65)
      #expect(try unknown.error["code"].text == "unknown-case")
    }

    @Test func `an application that is withdrawn under pressure says so first, and is not decided`()
      async throws
    {
      let system = try system
      let reference = try await system.apply("three-complaints.json")
      let withdrawn = try await system.json([
        "case", "withdraw", reference, "--reason", "It has stopped", "--under-pressure",
        "--officer", "A. Officer",
      ])
      #expect(withdrawn["withdrawnOn"].text == "2026-06-30")
      let shown = try await system.json(["case", "show", reference])
      #expect(shown["status"].text == "withdrawn" && shown["withdrawnOn"].text == "2026-06-30")
      #expect(shown["withdrawnUnderPressure"].bool == true)
      let clocks = shown["threshold"]["clocks"].list
      #expect(!clocks.isEmpty)
      #expect(clocks.contains { $0["endedOn"].text == "2026-06-30" && $0["dueOn"] == .null })
      let words = try await system.run(["case", "show", reference]).output
      #expect(words.contains("put under pressure") && !words.contains("It has stopped"))
      let decided = try await system.run(Journey.decide(reference) + ["--json"])
      #expect(decided.status == 65)
      #expect(try decided.error["code"].text == "withdrawn")
      let timeline = try await system.run(["case", "timeline", reference]).output
      #expect(timeline.contains("Application withdrawn on 30 June 2026"))
    }
  }
}
