import Testing

/// What may not be said, and where.
@Suite struct PhraseTests {
  @Test(arguments: PhraseRule.all)
  func `the rule is kept everywhere`(rule: PhraseRule) {
    let files = rule.reading == .code ? Checkout.swift : Checkout.everything
    expectNone(rule.findings(in: files))
  }

  @Test(arguments: PhraseRule.all)
  func `the rule can be broken`(rule: PhraseRule) {
    let place = (rule.places.first ?? "Sources/Bus").replacing("*", with: "Panel")
    let path = place.hasSuffix(".swift") ? place : place + "/Bad.swift"
    for phrase in rule.phrases {
      let file = SourceFile(path: path, text: "let good = 1\nlet bad = f\(phrase.asCode)\n")
      let lines = rule.findings(in: file).map(\.line)
      #expect(lines.contains(2) && !lines.contains(1), "\(phrase)")
    }
  }

  @Test(arguments: [
    "let a = \"Date()\"", "// Date()", "/* Date() /* nested */ Date() */",
    "let a = #\"\\\"Date()\"#",
    "let a = context.clock.now", "updateDate()", "func `Date() is not read`() {}",
  ])
  func `what only looks like a clock is let through`(line: String) throws {
    let rule = try #require(PhraseRule.all.first)
    #expect(rule.findings(in: SourceFile(path: "Sources/Policy/Good.swift", text: line)).isEmpty)
  }

  @Test(arguments: [
    "let a = \"it is \\(Date())\"", "let a = \"\"\"\n  \\(Date())\n  \"\"\"",
    "/* a */ let b = Date()",
    "let a = \"//\"; let b = Date()", "let a = \"\\\\\"; let b = Date()",
  ])
  func `a clock behind a literal or comment is found`(text: String) throws {
    let rule = try #require(PhraseRule.all.first)
    #expect(!rule.findings(in: SourceFile(path: "Sources/Policy/Bad.swift", text: text)).isEmpty)
  }

  @Test func `a rule for one folder leaves the others alone`() throws {
    let rule = try #require(PhraseRule.all.first)
    #expect(rule.findings(in: SourceFile(path: "Sources/Panel/Good.swift", text: "Date()")).isEmpty)
    #expect(
      !rule.findings(in: SourceFile(path: "Sources/Panel/Rules/Bad.swift", text: "Date()")).isEmpty)
  }
}

extension String {
  /// The phrase where it can stand in code or text without becoming part of another word.
  fileprivate var asCode: String {
    guard let first, first.isLetter || first == "_" else { return self }
    return " = " + self
  }
}
