import Torture

extension TortureRun.Outcome {
  /// Findings that are printed; all are counted.
  private static let findingsShown = 50

  /// By the names that the JSON gives them.
  private var counts: [(String, Int)] {
    [
      ("attempted", report.attempted), ("acknowledged", report.acknowledged),
      ("unknown", report.unknown), ("recovered", report.recovered),
      ("repeated", report.repeated), ("decided", report.decided), ("reviewed", report.reviewed),
      ("referred", report.referred), ("written", report.written), ("events", report.events),
      ("audited", report.audited),
    ] + Torture.Finding.Kind.allCases.map { ($0.rawValue, report.count($0)) }
  }

  private var faults: [(String, Int)] {
    FaultPlan.Signal.allCases.map { ($0.rawValue, progress.faults[$0, default: 0]) }
  }

  private var unanswered: [(String, Int)] { progress.unanswered.sorted { $0.key < $1.key } }

  func json(seed: UInt64) -> JSON {
    func numbers(_ pairs: [(String, Int)]) -> JSON {
      .object(pairs.map { ($0.0, .number($0.1)) })
    }
    return .object(
      [("seed", .number(Int(clamping: seed)))] + counts.map { ($0.0, .number($0.1)) } + [
        ("faults", numbers(faults)), ("unanswered", numbers(unanswered)),
        (
          "findings",
          .list(
            report.findings.prefix(Self.findingsShown).map { finding in
              .object([
                ("kind", .text(finding.kind.rawValue)), ("place", .text(finding.place)),
                ("detail", .text(finding.detail)),
              ])
            })
        ),
      ])
  }

  func print(seed: UInt64) {
    func words(_ pairs: [(String, Int)]) -> String {
      pairs.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
    Output.line("Seed \(seed). Faults: \(words(faults)).")
    if !unanswered.isEmpty { Output.line("Calls without an answer: \(words(unanswered)).") }
    var table = Table("WHAT", "COUNT")
    for (name, count) in counts { table.add(name, String(count)) }
    table.print()
    for finding in report.findings.prefix(Self.findingsShown) {
      Output.line("\(finding.kind.rawValue): \(finding.place): \(finding.detail)")
    }
  }
}
