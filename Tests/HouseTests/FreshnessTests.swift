import Foundation
import Testing

/// What is made from something else and committed is made anew when that changes.
@Suite(.timeLimit(.minutes(1))) struct FreshnessTests {
  static let flowPath = "Sources/recourse/Recourse.docc/Flow.md"

  @Test func `the generated code is that of the proto files`() throws {
    let digest = try Command.run(Checkout.root.appending(path: "proto/digest"))
    try #require(digest.status == 0, "proto/digest: \(digest.errors)")
    let stored = try #require(Checkout.text("proto/DIGEST"), "proto/DIGEST is missing")
    #expect(
      stored == digest.output,
      "proto/DIGEST:1: Sources/Messages/Generated is stale. Run proto/generate and commit.")
  }

  @Test func `generated code is in its own folder, and nothing else is`() throws {
    let generated = try FileManager.default.contentsOfDirectory(
      atPath: Checkout.root.appending(path: "Sources/Messages").path)
    #expect(generated == ["Generated"], "Sources/Messages: what is written by hand goes elsewhere.")
    let strays = Checkout.swift.filter {
      $0.path.hasSuffix(".pb.swift") || $0.path.hasSuffix(".grpc.swift")
    }
    expectNone(
      strays.map {
        Finding(path: $0.path, line: 0, what: "generated code goes to Sources/Messages/Generated.")
      })
  }

  @Test func `the map of messages is the one that the routes give`() throws {
    let page = try #require(Checkout.text(Self.flowPath), "\(Self.flowPath) is missing")
    let stored = try #require(
      Self.block(of: page), "\(Self.flowPath): needs one block between ``` lines.")
    let flow = try Command.run(Command.recourse, ["flow"])
    try #require(flow.status == 0, "recourse flow ended with \(flow.status): \(flow.errors)")
    if let finding = Self.difference(stored, flow.output) { expectNone([finding]) }
  }

  @Test func `a changed, a missing and a further line of the map are found`() {
    let page = "# Flow\n\n```text\na → b\nb → c\n```\n"
    let stored = Self.block(of: page) ?? ""
    #expect(Self.difference(stored, "a → b\nb → c\n") == nil)
    for output in ["a → b\nb → d\n", "a → b\n", "a → b\nb → c\nc → d\n"] {
      #expect(Self.difference(stored, output) != nil)
    }
  }

  /// What stands between the first two lines of backticks.
  static func block(of page: String) -> String? {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0.hasPrefix("```") }),
      let end = lines[(start + 1)...].firstIndex(where: { $0.hasPrefix("```") })
    else { return nil }
    return lines[(start + 1)..<end].joined(separator: "\n")
  }

  static func difference(_ stored: String, _ derived: String) -> Finding? {
    let stored = Self.lines(of: stored)
    let derived = Self.lines(of: derived)
    guard stored != derived else { return nil }
    let both = min(stored.count, derived.count)
    let index = (0..<both).first { stored[$0] != derived[$0] } ?? both
    let was = index < stored.count ? "“\(stored[index])”" : "nothing"
    let now = index < derived.count ? "“\(derived[index])”" : "nothing"
    return Finding(
      path: flowPath, line: 0,
      what: "line \(index + 1) of the map is \(was), the routes say \(now). "
        + "Run `make flow` and commit, if the change is meant.")
  }

  private static func lines(of text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }
}
