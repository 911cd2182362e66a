import Foundation
import Testing

/// What the documents tell people to type or to read exists.
@Suite struct DocumentTests {
  static let documents = ["README.md", ".ci/run"]

  @Test(arguments: documents)
  func `every make command in the document is a target`(document: String) throws {
    let text = try #require(Checkout.text(document), "\(document) is missing")
    let makefile = try #require(Checkout.text("Makefile"), "Makefile is missing")
    let targets = Self.targets(of: makefile)
    let goals = Self.goals(in: SourceFile(path: document, text: text))
    #expect(!goals.isEmpty, "\(document) names no make command.")
    expectNone(
      goals.filter { !targets.contains($0.target) }.map { goal in
        Finding(
          path: document, line: goal.line,
          what: "`make \(goal.target)` is no target of the Makefile: \(targets.sorted()).")
      })
  }

  @Test func `a command that nobody can type is found`() {
    let targets = Self.targets(of: "A := 1\n.PHONY: demo\ndemo test: setup\n\techo fail: no\n")
    #expect(targets == ["demo", "test"])
    let page = SourceFile(
      path: "README.md", text: "we make do\n`make demo`\n```\n$ make check test   # all\n```\n")
    let goals = Self.goals(in: page)
    #expect(goals.map(\.target) == ["demo", "check", "test"])
    #expect(goals.map(\.line) == [2, 4, 4])
  }

  @Test func `every relative link in a document leads somewhere`() {
    let pages = Checkout.everything.filter { $0.path.hasSuffix(".md") }
    #expect(!pages.isEmpty)
    expectNone(pages.flatMap(Self.deadLinks(in:)))
  }

  @Test func `a link to nowhere is found`() {
    let page = SourceFile(
      path: "Sources/Bad.md",
      text: "[a](https://a.example) [b](#b)\n[c](../Package.swift#c) [d](../Nowhere.md)\n")
    #expect(Self.deadLinks(in: page).map(\.line) == [2])
  }

  static func deadLinks(in page: SourceFile) -> [Finding] {
    let folder = Checkout.root.appending(path: page.path).deletingLastPathComponent()
    return page.lines.enumerated().flatMap { index, line in
      links(in: line).filter { link in
        let path = folder.appending(path: link).standardized.path
        return !FileManager.default.fileExists(atPath: path)
      }
      .map { Finding(path: page.path, line: index + 1, what: "the link to \($0) leads nowhere.") }
    }
  }

  /// Relative paths that a line of Markdown links to.
  private static func links(in line: String) -> [String] {
    var rest = line[...]
    var links: [String] = []
    while let start = rest.range(of: "](")?.upperBound {
      rest = rest[start...]
      let link = rest.prefix { $0 != ")" && $0 != "#" }
      if !link.isEmpty, !link.contains("://") { links.append(String(link)) }
    }
    return links
  }

  /// Names before a colon at the start of a line, special targets and assignments apart.
  static func targets(of makefile: String) -> Set<String> {
    var targets: Set<String> = []
    for line in makefile.split(separator: "\n") where !line.hasPrefix("\t") && !line.hasPrefix("#")
    {
      guard let colon = line.firstIndex(of: ":"), !line[colon...].hasPrefix(":=") else { continue }
      targets.formUnion(line[..<colon].split(separator: " ").map(String.init).filter(isTarget))
    }
    return targets
  }

  /// What follows `make` at the start of a command: of a line in a block, or in backticks.
  static func goals(in file: SourceFile) -> [(target: String, line: Int)] {
    let isPage = file.path.hasSuffix(".md")
    var isInBlock = !isPage
    var goals: [(target: String, line: Int)] = []
    for (index, line) in file.lines.enumerated() {
      if line.hasPrefix("```") {
        isInBlock.toggle()
        continue
      }
      let commands = isInBlock ? [line[...]] : Self.spans(of: line)
      for command in commands {
        var words = command.split(separator: " ")[...]
        if !isPage { words = words.drop { $0 != "make" } }
        if words.first == "$" { words.removeFirst() }
        guard words.popFirst() == "make" else { continue }
        goals += words.prefix { isTarget(String($0)) }.map { (String($0), index + 1) }
      }
    }
    return goals
  }

  /// What stands in single backticks.
  private static func spans(of line: String) -> [Substring] {
    line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map(\.element)
  }

  private static func isTarget(_ word: String) -> Bool {
    word.first?.isLetter == true && word.allSatisfy { $0.isLetter || $0 == "-" }
  }
}
