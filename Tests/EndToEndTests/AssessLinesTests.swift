import Foundation
import Subprocess
import SystemPackage
import Testing

/// `recourse threshold assess` with drafts, letters, Welsh, and many applications at once.
@Suite(.timeLimit(.minutes(1))) struct AssessLinesTests {
  /// An example on one line.
  private static func line(_ name: String) throws -> String {
    try Examples.text("\(name).json").split(whereSeparator: \.isNewline)
      .joined(separator: " ")
  }

  @Test func `many lines are answered in order, bad ones in their places`() async throws {
    let kinds: [(line: String, counted: Int)] = try [
      (line: Self.line("not-met"), counted: 1), (Self.line("three-complaints"), 3),
      (Self.line("two-with-hate"), 2),
    ]
    let count = 105
    // Every seventh line is none; which kind the others are follows no simple pattern.
    let expected = (0..<count).map { $0 % 7 == 6 ? nil : ($0 * $0 + $0 / 5) % kinds.count }
    let bad = ["nonsense", "{}", #"{"area":"nowhere"}"#]
    let input = expected.enumerated().map { place, kind in
      kind.map { kinds[$0].line } ?? bad[place % bad.count]
    }
    let outcome = try await Tool.run(
      ["threshold", "assess", "--jsonl"], input: input.joined(separator: "\n") + "\n")
    #expect(outcome.status == 65)
    #expect(outcome.errors.isEmpty)
    let answers = try outcome.lines
    try #require(answers.count == count)
    #expect(answers.map { $0["counted"].number } == expected.map { $0.map { kinds[$0].counted } })
    let wrong = expected.indices.filter { expected[$0] == nil }
    #expect(answers.compactMap { $0["error"]["line"].number } == wrong.map { $0 + 1 })
    #expect(wrong.allSatisfy { answers[$0]["error"]["code"].text?.isEmpty == false })
  }

  @Test func `lines that are all right end well, from a file too`() async throws {
    try await withFolder { folder in
      let lines = try Self.line("not-met") + "\n\n" + Self.line("three-complaints")
      try lines.write(toFile: "\(folder)/a.jsonl", atomically: true, encoding: .utf8)
      let outcome = try await Tool.run(["threshold", "assess", "--jsonl", "\(folder)/a.jsonl"])
      #expect(outcome.status == 0)
      #expect(try outcome.lines.map { $0["outcome"].text } == ["NOT_MET", "MET"])
    }
  }

  @Test func `a line is answered while the input is still open`() async throws {
    let line = try Self.line("three-complaints") + "\n"
    let result = try await Subprocess.run(
      .path(FilePath(Tool.program)), arguments: ["threshold", "assess", "--jsonl", "-"],
      environment: Tool.environment, input: .inputWriter, output: .sequence, error: .discarded
    ) { execution in
      _ = try await execution.standardInputWriter.write(line)
      var lines = LineReader(execution.standardOutput.makeAsyncIterator())
      let answer = try await lines.next()
      #expect(try JSONValue(parsing: answer ?? "")["outcome"].text == "MET")
      try await execution.standardInputWriter.finish()
      #expect(try await lines.next() == nil)
    }
    #expect(result.terminationStatus == .exited(0))
  }

  @Test func `what would change the outcome is said, in Welsh where that is asked for`()
    async throws
  {
    let arguments = ["threshold", "assess", Examples.path("not-met.json")]
    let english = try await Tool.run(arguments + ["--json"]).json
    #expect(!english["changes"].list.isEmpty)
    #expect(english["turnsOn"].list.isEmpty)
    #expect(english["notes"].list.contains { $0["rule"].text == "caveat-not-applied" })
    let welsh = try await Tool.run(arguments + ["--json", "--language", "cy"]).json
    #expect(welsh["changes"].list.map { $0["rule"] } == english["changes"].list.map { $0["rule"] })
    #expect(welsh["changes"] != english["changes"])
    let text = try await Tool.run(arguments + ["--language", "cy"])
    #expect(text.output.contains("Nid yw'r rheolau'n canfod bod y trothwy wedi'i gyrraedd"))
  }

  @Test func `what a new application would need is in the JSON, with lines too`() async throws {
    func answer(_ name: String, on day: String, _ options: String...) async throws -> JSONValue {
      try await Tool.run(
        ["threshold", "assess", Examples.path("\(name).json"), "--json"] + options,
        environment: Tool.environment.updating(["RECOURSE_CLOCK": "\(day)T09:00:00Z"])
      ).json["newApplication"]
    }
    // Of the two reports of one incident, the later one, of 12 February 2026, counts until 11 August.
    let soon = try await answer("not-met", on: "2026-06-01")
    #expect(soon["on"].text == "2026-06-01" && soon["met"].list.isEmpty)
    let reason = try #require(soon["changes"].list.first?["reason"].text)
    #expect(reason.hasPrefix("2 more qualifying complaints, and an application by 11 August 2026"))
    let late = try await answer("not-met", on: "2026-09-01")
    #expect(late["changes"].list.first?["rule"].text == "more-complaints-needed-anew")
    for again in [soon, late] {
      #expect(
        again["byThemselves"].list.first?["reason"].text
          == "3 new qualifying complaints would be enough (s.104(4)).")
    }
    #expect(try await answer("three-complaints", on: "2026-06-01") == .null)
    let welsh = try await answer("not-met", on: "2026-06-01", "--language", "cy")
    #expect(welsh["byThemselves"] != soon["byThemselves"])
    let lines = try await Tool.run(
      ["threshold", "assess", "--jsonl"], input: Self.line("not-met") + "\n",
      environment: Tool.environment.updating(["RECOURSE_CLOCK": "2026-06-01T09:00:00Z"])
    ).lines
    #expect(lines.map { $0["newApplication"] } == [soon])
  }

  @Test func `a draft is applied in place of what is in force`() async throws {
    try await withFolder { folder in
      let draft = Packs.plymouth("required: 3,", is: "required: 1,")
        .replacing("from: 2022-01-17", with: "from: 2027-01-01")
      try draft.write(toFile: "\(folder)/draft.yaml", atomically: true, encoding: .utf8)
      let outcome = try await Tool.run([
        "threshold", "assess", Examples.path("not-met.json"), "--pack", "\(folder)/draft.yaml",
        "--json",
      ])
      #expect(try outcome.json["outcome"].text == "MET")
      let other = try await Tool.run([
        "threshold", "assess", Examples.path("not-met.json"), "--pack", Packs.path("durham"),
        "--json",
      ])
      #expect(other.status == 65)
      #expect(try other.error["code"].text == "other-area")
    }
  }

  @Test func `a pack that an installation adopted decides there`() async throws {
    try await withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: "\(folder)/packs", withIntermediateDirectories: true)
      try Packs.exmouth.write(
        toFile: "\(folder)/packs/exmouth.yaml", atomically: true, encoding: .utf8)
      let arguments = ["threshold", "assess", "-", "--json"]
      let application = try Packs.inExmouth("not-met.json")
      let adopted = try await Tool.run(arguments + ["--data", folder], input: application)
      #expect(try adopted.json["policy"]["name"].text == "exmouth")
      #expect(try await Tool.run(arguments, input: application).status == 65)
    }
  }

  @Test func `the letter is a draft that nobody decided; where a person decides, there is none`()
    async throws
  {
    let met = try await Tool.run([
      "threshold", "assess", Examples.path("three-complaints.json"), "--letter",
    ])
    #expect(met.output.hasPrefix("DRAFT: nobody has decided yet\n"))
    #expect(!met.output.contains("We have decided") && !met.output.contains("decided by"))
    let open = try await Tool.run([
      "threshold", "assess", Examples.path("two-with-hate.json"), "--letter", "--json",
    ])
    #expect(open.status == 65)
    #expect(try open.error["code"].text == "person-decides")
  }
}
