import Foundation
import Subprocess
import Testing

/// What the README tells people to type can be typed.
@Suite(.timeLimit(.minutes(1))) struct ReadmeTests {
  /// The lines that are commands of the program, each in its words.
  static let commands: [[String]] = {
    let readme = Examples.folder.appending(path: "../../README.md")
    let text = (try? String(contentsOf: readme, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.hasPrefix("recourse ") }
      .map { Array(words(of: $0).dropFirst()) }
  }()

  /// Words as a shell takes them, with quotation marks around whole words, and any day for what `date` would say.
  static func words(of line: Substring) -> [String] {
    line.replacing(/\$\(date[^)]*\)/, with: "2026-04-14").replacing("\"", with: "'").split(
      separator: "'", omittingEmptySubsequences: false
    ).enumerated()
      .flatMap { place, part in
        place.isMultiple(of: 2) ? part.split(separator: " ").map(String.init) : [String(part)]
      }
  }

  @Test func `there are some, for those who draw up procedures and for those who decide`() {
    #expect(Self.commands.contains { $0.starts(with: ["policy", "simulate"]) })
    #expect(Self.commands.contains { $0.starts(with: ["threshold", "decide"]) })
    #expect(Self.words(of: "decide REF --officer 'A. Officer' --met").count == 5)
    #expect(
      Self.words(of: #"hold "$(date +%F)" "a@$(date -d '1 day' +%F):b c""#).last
        == "a@2026-04-14:b c")
  }

  /// Nothing runs here: whatever needs a system says so, and all else does what it says.
  @Test(arguments: commands) func `a command is understood`(command: [String]) async throws {
    try await withFolder { folder in
      try Packs.plymouth.write(
        toFile: "\(folder)/draft.yaml", atomically: true, encoding: .utf8)
      let written: Set = ["draft.yaml", "chart.svg", "letter.html", "procedure.html"]
      let arguments = command.map { word in
        switch word {
        case "REF": "3HM3-XBSM"
        case "DIR": folder
        case "Tests/Examples/not-met.json": Examples.path("not-met.json")
        default: written.contains(word) ? "\(folder)/\(word)" : word
        }
      }
      let environment = Tool.environment.updating(["RECOURSE_DATA": folder])
      let outcome = try await Tool.run(arguments, environment: environment)
      if command.starts(with: ["policy", "lint"]) {
        #expect(outcome.status == 65, "Plymouth's procedure is not all lawful")
        #expect(outcome.errors.isEmpty)
      } else if outcome.status != 0 {
        // Nothing runs here, and nothing of the names in these was made.
        let isNamed = ["plugin", "rights"].contains(command.first)
        #expect(outcome.status == 69 || isNamed && outcome.status == 65, "\(outcome.errors)")
      }
    }
  }
}
