import Foundation
import Testing

/// `recourse policy` where no system is needed.
@Suite(.timeLimit(.minutes(1))) struct PolicyTests {
  @Test func `the list has every area, its days and how much there is to find`() async throws {
    let outcome = try await Tool.run(["policy", "list", "--json"])
    let packs = try outcome.json["packs"].list
    #expect(packs.first?["name"].text == "recourse-default")
    let hinckley = packs.filter { $0["name"].text == "hinckley-and-bosworth" }
    #expect(hinckley.map { $0["until"].text } == ["2026-05-07", nil])
    let plymouth = try #require(packs.first { $0["name"].text == "plymouth" })
    #expect(plymouth["from"].text == "2022-01-17")
    #expect(plymouth["nation"].text == "england")
    #expect(try #require(plymouth["findings"]["errors"].number) > 0)
    let table = try await Tool.run(["policy", "list"])
    #expect(table.output.contains("hinckley-and-bosworth"))
  }

  @Test
  func `every value is shown with its source, what nobody knows as such, what is lent as lent`()
    async throws
  {
    let shown = try await Tool.run(["policy", "show", "plymouth", "--json"]).json
    func value(_ path: String) throws -> JSONValue {
      try #require(shown["values"].list.first { $0["path"].text == path }, "\(path) is missing")
    }
    #expect(try value("mandatory.required")["value"].text == "3")
    #expect(try value("mandatory.required")["sources"].list == [.text("page"), .text("act")])
    #expect(try value("decision.body")["assumption"].text?.isEmpty == false)
    #expect(try value("consultations")["known"].bool == false)
    #expect(try value("consultations")["value"] == .null)
    #expect(try value("decision.secondSignatureOnNotMet")["value"] == .null)
    #expect(try value("clocks.decide.period")["value"].text == "15 workingDays")
    #expect(try value("clocks.decide.period")["lentBy"].text == "recourse-default")
    let table = try await Tool.run(["policy", "show", "plymouth"])
    #expect(table.output.contains("not known"))
    #expect(table.output.contains("lent by recourse-default"))
    #expect(table.output.contains("plymouth.gov.uk"))
  }

  @Test func `an area is shown as it was on a day, or in a version`() async throws {
    for arguments in [
      ["hinckley-and-bosworth", "--on", "2026-05-07"], ["hinckley-and-bosworth@2024"],
    ] {
      let shown = try await Tool.run(["policy", "show"] + arguments + ["--json"]).json
      #expect(shown["version"].text == "2024")
    }
    let early = try await Tool.run(["policy", "show", "plymouth@2001-01-01", "--json"])
    #expect(early.status == 65)
    #expect(try early.error["code"].text == "no-policy-in-force")
    let nowhere = try await Tool.run(["policy", "show", "nowhere", "--json"])
    #expect(try nowhere.error["code"].text == "unknown-area")
  }

  @Test func `a draft differs from what is in force by path, old and new`() async throws {
    try await withFolder { folder in
      let draft = Packs.plymouth("required: 3,", is: "required: 2,")
      try draft.write(toFile: "\(folder)/draft.yaml", atomically: true, encoding: .utf8)
      let differences = try await Tool.run(["policy", "diff", "plymouth", "\(folder)/draft.yaml"])
      #expect(differences.output.contains("mandatory.required: 3 → 2\n"))
      #expect(differences.output.contains(" → ") && differences.status == 0)
    }
    let same = try await Tool.run(["policy", "diff", "plymouth", "plymouth", "--json"])
    #expect(same.status == 0)
    #expect(try same.json["differences"].list.isEmpty)
  }
}

/// What the law says of packs, and what becomes of it.
@Suite(.timeLimit(.minutes(1))) struct PolicyLintTests {
  @Test func `a pack without an error ends well, with its notes`() async throws {
    let outcome = try await Tool.run(["policy", "lint", "gosport", "--json"])
    #expect(outcome.status == 0)
    #expect(try outcome.json["counts"]["errors"].number == 0)
    #expect(try #require(outcome.json["counts"]["notes"].number) > 0)
  }

  @Test
  func `an unlawful one is named with file, line, code, section and way out, and ends with 65`()
    async throws
  {
    let file = Packs.path("plymouth")
    let outcome = try await Tool.run(["policy", "lint", file])
    #expect(outcome.status == 65)
    #expect(outcome.errors.isEmpty)
    let lines = Packs.plymouth.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("kind: other-household") }) + 1
    let start = "\(file):\(line): error caveat-on-mandatory (s.104(4)) caveats.other-household: "
    #expect(outcome.output.contains(start))
    let findings = try await Tool.run(["policy", "lint", file, "--json"])
    #expect(findings.status == 65)
    let first = try #require(try findings.json["packs"].list.first?["findings"].list.first)
    #expect(first["severity"].text == "error")
    #expect(first["line"].number == line)
    #expect(first["wayOut"].text?.isEmpty == false)
  }

  @Test func `more than three complaints is an error, whoever asks for them`() async throws {
    let draft = Packs.plymouth("required: 3,", is: "required: 5,")
    let outcome = try await Tool.run(["policy", "lint", "-", "--json"], input: draft)
    #expect(outcome.status == 65)
    let findings = try outcome.json["packs"].list.flatMap { $0["findings"].list }
    let found = findings.first { $0["code"].text == "required-above-three" }
    #expect(found?["section"].text == "s.104(4)")
    #expect(found?["path"].text == "mandatory.required")
  }

  @Test func `what cannot be understood is refused with file, line and what is expected`()
    async throws
  {
    try await withFolder { folder in
      let draft = Packs.plymouth("from: 2022-01-17", is: "from: 2022-02-30")
      try draft.write(toFile: "\(folder)/draft.yaml", atomically: true, encoding: .utf8)
      let lines = draft.split(separator: "\n", omittingEmptySubsequences: false)
      let line = try #require(lines.firstIndex { $0.hasPrefix("from:") }) + 1
      let outcome = try await Tool.run(["policy", "lint", "\(folder)/draft.yaml", "--json"])
      #expect(outcome.status == 65)
      #expect(try outcome.error["code"].text == "invalid-policy")
      #expect(try outcome.error["path"].text == "\(folder)/draft.yaml:\(line): from")
    }
  }

  @Test func `one that is adopted and cannot be understood keeps the system from starting`()
    async throws
  {
    try await withFolder { folder in
      let file = "\(folder)/packs/plymouth.yaml"
      try FileManager.default.createDirectory(
        atPath: "\(folder)/packs", withIntermediateDirectories: true)
      try Packs.plymouth("required: 3,", is: "required: three,")
        .write(toFile: file, atomically: true, encoding: .utf8)
      let outcome = try await Tool.run(["up", "--data", folder, "--json"])
      #expect(outcome.status == 65)
      #expect(try outcome.error["code"].text == "invalid-policy")
      #expect(try outcome.error["path"].text?.hasPrefix("\(file):") == true)
      #expect(try outcome.error["path"].text?.hasSuffix(": mandatory.required") == true)
    }
  }

  @Test func `without an argument every pack is looked at`() async throws {
    let outcome = try await Tool.run(["policy", "lint", "--json"])
    #expect(outcome.status == 65, "some of the real procedures are unlawful")
    #expect(try outcome.json["packs"].list.count > 12)
  }
}

/// The public page of a procedure.
@Suite(.timeLimit(.minutes(1))) struct PolicyPublishTests {
  @Test(arguments: ["en", "cy"])
  func `the page is well-formed, in its language, and says what the pack says`(
    language: String
  ) async throws {
    let outcome = try await Tool.run([
      "policy", "publish", "--area", "south-wales", "--language", language,
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let page = try #require(Page(outcome.output))
    #expect(page.first("html")?.attributes["lang"] == language)
    #expect(page.elements.filter { $0.name == "h1" }.count == 1)
  }

  @Test func `a file is written whole, in Markdown too`() async throws {
    try await withFolder { folder in
      let outcome = try await Tool.run([
        "policy", "publish", "--area", "plymouth", "--format", "markdown", "--out",
        "\(folder)/page.md",
      ])
      #expect(outcome.status == 0)
      #expect(outcome.output.isEmpty)
      let text = try String(contentsOfFile: "\(folder)/page.md", encoding: .utf8)
      #expect(text.hasPrefix("# ASB case reviews: Plymouth\n"))
      let nowhere = try await Tool.run([
        "policy", "publish", "--area", "plymouth", "--out", "\(folder)/none/page.html", "--json",
      ])
      #expect(nowhere.status == 65)
      #expect(try nowhere.error["code"].text == "unwritable")
    }
  }

  @Test func `the pack that only lends has no page`() async throws {
    let outcome = try await Tool.run([
      "policy", "publish", "--area", "recourse-default", "--json",
    ])
    #expect(outcome.status == 65)
    #expect(try outcome.error["code"].text == "no-area")
  }
}
