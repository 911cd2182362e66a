import Foundation
import Testing

extension RunningSystems.Desk {
  /// Two people sign where the procedure asks for two.
  @Suite(.serialized, .timeLimit(.minutes(3)))
  struct SecondSignatureTests {
    var system: RunningSystem {
      get throws { try #require(RunningSystem.shared) }
    }

    @Test func `not met waits for somebody else to sign where the procedure asks for two`()
      async throws
    {
      let system = try system
      try await system.json(["status", "--wait"])
      let reference = try #require(
        try await system.json(["apply", "-"], input: try Packs.inExmouth("not-met.json"))[
          "reference"
        ].text)
      let signed = try await system.json(Journey.decide(reference, "--not-met"))
      #expect(signed["awaitsSecondSignature"].bool == true)
      #expect(signed["decidedOn"] == .null)
      let waiting = try await system.json(["case", "show", reference])["threshold"]
      #expect(waiting["decision"] == .null)
      #expect(waiting["pending"]["officer"].text == "A. Officer")
      let token = try #require(waiting["pending"]["token"].text)
      #expect(signed["pending"] == waiting["pending"])
      let shown = try await system.run(["case", "show", reference])
      #expect(shown.output.contains("it waits for somebody else to sign.\nReason: "))
      #expect(shown.output.contains("\nToken: \(token) "))
      let letter = try await system.run(["threshold", "letter", reference, "--json"])
      #expect(letter.status == 65)
      #expect(try letter.error["code"].text == "not-decided-yet")
      let same = try await system.run([
        "threshold", "countersign", reference, "--officer", "A. Officer", "--token", token,
        "--json",
      ])
      #expect(same.status == 65)
      #expect(try same.error["code"].text == "same-officer")
      let other = try await system.run([
        "threshold", "countersign", reference, "--officer", "B. Officer", "--token", "another",
        "--json",
      ])
      #expect(try other.error["code"].text == "not-what-waits")
      let second = try await system.json([
        "threshold", "countersign", reference, "--officer", "B. Officer", "--token", token,
      ])
      #expect(second["signed"] == waiting["pending"])
      #expect(second["met"].bool == false)
      let decided = try await system.json(["case", "show", reference])
      #expect(decided["status"].text == "not_met")
      #expect(decided["threshold"]["decision"]["secondOfficer"].text == "B. Officer")
      let text = try await system.run(["threshold", "letter", reference])
      #expect(text.output.contains("the threshold for an ASB case review is not met"))
      #expect(text.output.contains("What would change this"))
      #expect(text.output.contains(reference))
      for officer in ["A. Officer", "B. Officer"] {
        #expect(!text.output.contains(officer), "a letter names the body, not the person")
      }
    }

    @Test(arguments: [[], ["--decline", "--reason", "The first one counts"]])
    func `nobody signs or declines without naming what they have read`(how: [String]) async throws {
      let system = try system
      try await system.json(["status", "--wait"])
      let reference = try #require(
        try await system.json(["apply", "-"], input: try Packs.inExmouth("not-met.json"))[
          "reference"
        ].text)
      try await system.json(Journey.decide(reference, "--not-met"))
      let unread = try await system.run(
        ["threshold", "countersign", reference, "--officer", "B. Officer", "--json"] + how)
      #expect(unread.status == 64)
      #expect(try unread.error["code"].text == "token-needed")
      #expect(try unread.error["path"].text == "--token")
      #expect(try unread.error["message"].text?.contains("case show \(reference)") == true)
      let shown = try await system.json(["case", "show", reference])["threshold"]
      #expect(shown["pending"]["officer"].text == "A. Officer")
    }

    @Test func `a second person who does not agree leaves the case undecided`() async throws {
      let system = try system
      try await system.json(["status", "--wait"])
      let reference = try #require(
        try await system.json(["apply", "-"], input: try Packs.inExmouth("not-met.json"))[
          "reference"
        ].text)
      let signed = try await system.run(Journey.decide(reference, "--not-met"))
      let waiting = try await system.json(["case", "show", reference])["threshold"]["pending"]
      let token = try #require(waiting["token"].text)
      #expect(signed.output.contains("\nToken: \(token) "))
      let decline = [
        "threshold", "countersign", reference, "--officer", "B. Officer", "--decline",
      ]
      let silent = try await system.run(decline + ["--token", token])
      #expect(silent.status == 64, "who declines says why")
      try await system.json(decline + ["--reason", "The first one counts", "--token", token])
      let shown = try await system.json(["case", "show", reference])
      #expect(shown["status"].text == "threshold_assessment")
      #expect(shown["threshold"]["pending"] == .null)
    }
  }
}
