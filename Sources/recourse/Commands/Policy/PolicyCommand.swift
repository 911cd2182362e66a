import ArgumentParser
import CaseModel
import Policy

/// `recourse policy`: the procedures that decide.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Look at areas' procedures, hold them to the law, publish them, and try out drafts.",
    discussion: """
      An area's procedure is a policy pack: a dated file that never changes. `list`, `show`, `diff`, \
      `lint` and `publish` need no running system; `replay` and `simulate` ask it about the decisions \
      that it keeps, and change nothing.

      A pack that is to be adopted goes into DIR/packs of the data directory; it is published when the \
      system starts.
      """,
    subcommands: [
      List.self, Show.self, Diff.self, Lint.self, Publish.self, Replay.self, Simulate.self,
    ])

  /// `recourse policy list`: the packs that are built in.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the packs that come with Recourse, and how much there is to find in each.",
      discussion: """
        From and until are days of receipt. `recourse policy lint` shows what the findings are.

        Example: recourse policy list
        """)

    @OptionGroup var output: OutputOptions

    func run() async throws {
      let packs = try PackDocument.builtIn().map(\.pack)
      if output.json {
        Output.line(.object([("packs", .list(packs.map(Self.json)))]))
        return
      }
      var table = Table("PACK", "VERSION", "NATION", "FROM", "UNTIL", "FINDINGS")
      for pack in packs {
        table.add(
          pack.name, pack.version, pack.nation.rawValue, pack.from.description,
          pack.until?.description ?? "", FindingCounts(pack.lint()).inWords)
      }
      table.print()
    }

    private static func json(of pack: PolicyPack) -> JSON {
      .object([
        ("name", .text(pack.name)), ("version", .text(pack.version)),
        ("area", .optional(pack.area ?? "")), ("nation", .text(pack.nation.rawValue)),
        ("from", .text(pack.from.description)), ("until", .optional(pack.until?.description ?? "")),
        ("digest", .text(pack.digest)), ("findings", FindingCounts(pack.lint()).json),
      ])
    }
  }
}

/// How many findings of each severity.
struct FindingCounts: Sendable, Hashable {
  private(set) var counts: [PolicyFinding.Severity: Int] = [:]

  init(_ findings: some Sequence<PolicyFinding>) {
    for finding in findings { counts[finding.severity, default: 0] += 1 }
  }

  subscript(severity: PolicyFinding.Severity) -> Int { counts[severity, default: 0] }

  /// Such as "1 error, 2 notes".
  var inWords: String {
    let parts = PolicyFinding.Severity.allCases.filter { self[$0] > 0 }.map { severity in
      "\(self[severity]) \(severity.rawValue)\(self[severity] == 1 ? "" : "s")"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  var json: JSON {
    .object(PolicyFinding.Severity.allCases.map { ("\($0.rawValue)s", .number(self[$0])) })
  }
}
