import ArgumentParser
import CaseModel
import Policy
import PolicyDocuments

extension PolicyCommand {
  /// `recourse policy lint`: what the law says of packs.
  struct Lint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "lint",
      abstract: "Hold a pack to the Act, the guidance and good practice.",
      discussion: """
        Each finding has the file and line, how bad it is, a code, the rule that says so, and a way out. \
        Without an argument all packs that are built in are looked at and, with --data or RECOURSE_DATA, \
        those that are adopted there. An unlawful pack still loads: nothing unlawful in it is ever applied \
        to s.104(4).

        Exit status: 0 if there is no error (warnings and notes are none), 65 if there is one or the \
        file cannot be understood.

        Example: recourse policy lint draft.yaml
        """)

    @Argument(help: ArgumentHelp(KnownPacks.nameHelp, valueName: "pack"))
    var pack: String?

    @OptionGroup var client: ClientOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let known = try KnownPacks(client)
      let documents = if let pack { [try await known.named(pack)] } else { known.documents }
      let results = documents.map(LintResult.init)
      let counts = FindingCounts(results.flatMap(\.findings).map(\.finding))
      if output.json {
        Output.line(.object([("packs", .list(results.map(\.json))), ("counts", counts.json)]))
      } else {
        for result in results { result.print() }
        let packs = results.count == 1 ? "1 pack" : "\(results.count) packs"
        Output.line("Findings in \(packs): \(counts.inWords).")
      }
      if counts[.error] > 0 { throw AlreadyTold(exit: .input) }
    }
  }
}

/// What is found in one pack, each with its line.
private struct LintResult {
  let document: PackDocument
  let findings: [(finding: PolicyFinding, line: Int)]

  init(_ document: PackDocument) {
    self.document = document
    let lines = PolicyDocument.lines(of: document.text)
    // What is missing whole would stand anywhere: it is shown at the beginning.
    findings = document.pack.lint().map { ($0, lines.line(of: $0.path) ?? 1) }
  }

  func print() {
    for (finding, line) in findings {
      let place = "\(document.place):\(line)"
      Output.line(
        "\(place): \(finding.severity.rawValue) \(finding.code) (\(finding.section)) "
          + "\(finding.path): \(finding.message)")
      Output.line("  \(finding.wayOut)")
    }
  }

  var json: JSON {
    let list = findings.map { finding, line in
      JSON.object([
        ("severity", .text(finding.severity.rawValue)), ("code", .text(finding.code)),
        ("section", .text(finding.section)), ("path", .text(finding.path)),
        ("line", .number(line)), ("message", .text(finding.message)),
        ("wayOut", .text(finding.wayOut)),
      ])
    }
    return .object([
      ("place", .text(document.place)), ("name", .text(document.pack.name)),
      ("version", .text(document.pack.version)), ("findings", .list(list)),
    ])
  }
}
