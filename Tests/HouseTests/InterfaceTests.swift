import Foundation
import Testing

/// What a plugin can name changes only where somebody sees it.
@Suite(.timeLimit(.minutes(2))) struct InterfaceTests {
  static let path = "Sources/WorkerKit/Interface.txt"
  static let guide = "Sources/WorkerKit/WorkerKit.docc"

  static let tool = Checkout.root.appending(path: "Tests/Plugins/interface")
  /// Where the build is that these tests belong to: `.build`.
  static let build = Command.recourse.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func `the public interface is the one that is written down`() throws {
    let said = try Command.run(Self.tool, [Self.build.path])
    try #require(said.status == 0, "Tests/Plugins/interface: \(said.errors)")
    let stored = try #require(Checkout.text(Self.path), "\(Self.path) is missing")
    let changes = Self.changes(from: stored, to: said.output)
    #expect(
      changes.isEmpty,
      """
      \(Self.path) is not what the modules are:
      \(changes.joined(separator: "\n"))
      If that is meant: `make interface`, and say in \(Self.guide)/Promises.md what changes for plugins.
      """)
  }

  @Test func `what is new and what is gone is told`() {
    #expect(Self.changes(from: "a\nb\n", to: "b\nc\n") == ["- a", "+ c"])
    #expect(Self.changes(from: "a\nb\n", to: "a\nb\n").isEmpty)
  }

  static func changes(from old: String, to new: String) -> [String] {
    let (old, new) = (lines(of: old), lines(of: new))
    return old.filter { !Set(new).contains($0) }.map { "- \($0)" }
      + new.filter { !Set(old).contains($0) }.map { "+ \($0)" }
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  // MARK: - The guide

  @Test func `every link in the guide leads to a declaration or a page`() throws {
    let said = try Command.run(Self.tool, ["--guide", Self.build.path])
    #expect(said.status == 0, "\(Self.guide): \(said.output)\(said.errors)")
  }

  /// What is compiled and tested: the package that `recourse plugin new` writes.
  static let compiled = "Tests/Plugins/sample-plugin"

  @Test func `every piece of code in the guide stands in a file that is compiled`() throws {
    let files = Checkout.everything.filter { $0.lies(in: Self.compiled) }.map { file in
      file.lines.map(Self.trimmed)
    }
    let pages = Checkout.everything.filter { $0.lies(in: Self.guide) && $0.path.hasSuffix(".md") }
    #expect(!files.isEmpty && !pages.isEmpty)
    let blocks = pages.flatMap { page in Self.blocks(in: page).map { (page, $0) } }
    #expect(blocks.count >= 5, "\(Self.guide) shows no code.")
    expectNone(
      blocks.compactMap { page, block in
        if files.contains(where: { Self.holds($0, block.lines) }) { return nil }
        return Finding(
          path: page.path, line: block.line, what: "this code is in no file of \(Self.compiled).")
      })
  }

  @Test func `code that stands nowhere is found, whatever its indentation`() {
    let file = ["let a = 1", "let b = 2", ""]
    #expect(Self.holds(file, ["let a = 1", "let b = 2"]))
    #expect(!Self.holds(file, ["let b = 2", "let a = 1"]))
    let page = SourceFile(
      path: "Guide.md", text: "# A\n\n```swift\n  let a = 1\n```\n\n```text\nno\n```\n")
    let blocks = Self.blocks(in: page)
    #expect(blocks.map(\.line) == [3])
    #expect(blocks.first?.lines == ["let a = 1"])
  }

  /// Blocks of Swift and YAML in a page, their lines without indentation, and where each begins.
  static func blocks(in page: SourceFile) -> [(line: Int, lines: [String])] {
    var blocks: [(line: Int, lines: [String])] = []
    var open: (line: Int, lines: [String])?
    for (index, line) in page.lines.enumerated() {
      if let block = open {
        if line.hasPrefix("```") {
          blocks.append(block)
          open = nil
        } else {
          open = (block.line, block.lines + [trimmed(String(line))])
        }
      } else if line.hasPrefix("```swift") || line.hasPrefix("```yaml") {
        open = (index + 1, [])
      }
    }
    return blocks
  }

  static func holds(_ file: [String], _ block: [String]) -> Bool {
    guard !block.isEmpty, block.count <= file.count else { return false }
    return (0...(file.count - block.count)).contains { start in
      Array(file[start..<(start + block.count)]) == block
    }
  }

  private static func trimmed(_ line: some StringProtocol) -> String {
    line.trimmingCharacters(in: .whitespaces)
  }
}
