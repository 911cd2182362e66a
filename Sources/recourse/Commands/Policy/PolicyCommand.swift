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
      system starts. With --data DIR, or RECOURSE_DATA, every command knows the packs that are adopted there.
      """,
    subcommands: [
      List.self, Show.self, Diff.self, Lint.self, Publish.self, Replay.self, Simulate.self,
    ])
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
