public import Foundation

/// What a check has found of one plugin.
public struct ConformanceReport: Sendable, Hashable {
  /// What came of one rule.
  public struct Finding: Sendable, Hashable {
    public let rule: Rule
    public let verdict: Verdict

    /// What came of a rule.
    public init(_ rule: Rule, _ verdict: Verdict) {
      self.rule = rule
      self.verdict = verdict
    }
  }

  public let plugin: String
  /// In the order of ``Rule``.
  public let findings: [Finding]
  /// From the start of its process to `ready`, the shortest of all trials; nil if it was never ready.
  public let readyAfter: Duration?
  /// Bytes of memory in use after many events; nil if that was not tried.
  public let memoryBytes: Int?

  /// What a check has found.
  public init(
    plugin: String, findings: [Finding], readyAfter: Duration? = nil, memoryBytes: Int? = nil
  ) {
    self.plugin = plugin
    self.findings = findings
    self.readyAfter = readyAfter
    self.memoryBytes = memoryBytes
  }

  /// True if no rule is broken.
  public var conforms: Bool { broken.isEmpty }

  /// The rules that are broken.
  public var broken: [Rule] {
    findings.compactMap { finding in
      if case .broken = finding.verdict { finding.rule } else { nil }
    }
  }

  /// For a person: a line for each rule and, where one is broken, what was seen and how to mend it.
  public var lines: [String] {
    let width = findings.map(\.rule.name.count).max() ?? 0
    var lines: [String] = []
    for finding in findings {
      let name = finding.rule.name.padding(toLength: width, withPad: " ", startingAt: 0)
      switch finding.verdict {
      case .holds: lines.append("holds   \(name)  \(finding.rule.promise)")
      case .passedOver(let why): lines.append("–       \(name)  Passed over: \(why).")
      case .broken(let seen, let mend):
        lines.append("BROKEN  \(name)  \(finding.rule.promise)")
        lines.append("        tried:  \(finding.rule.trial)")
        lines.append("        seen:   \(seen)")
        lines.append("        mend:   \(mend)")
      }
    }
    return lines + [summary]
  }

  private var summary: String {
    let held = findings.count { $0.verdict == .holds }
    let passedOver = findings.count - held - broken.count
    var text = "\(plugin): \(held) hold, \(broken.count) broken, \(passedOver) passed over"
    if let readyAfter { text += "; ready after \(Self.milliseconds(readyAfter)) ms" }
    if let memoryBytes { text += "; \(memoryBytes / 1_048_576) MiB in use" }
    return text + "."
  }

  /// For a program: one object.
  public var json: Data {
    var object: [String: Any] = [
      "plugin": plugin, "conforms": conforms,
      "rules": findings.map { finding in
        var rule = [
          "rule": finding.rule.name, "promise": finding.rule.promise, "tried": finding.rule.trial,
        ]
        switch finding.verdict {
        case .holds: rule["verdict"] = "holds"
        case .passedOver(let why):
          rule["verdict"] = "passed-over"
          rule["why"] = why
        case .broken(let seen, let mend):
          rule["verdict"] = "broken"
          rule["seen"] = seen
          rule["mend"] = mend
        }
        return rule
      },
    ]
    if let readyAfter { object["readyAfterMilliseconds"] = Self.milliseconds(readyAfter) }
    if let memoryBytes { object["memoryBytes"] = memoryBytes }
    return
      (try? JSONSerialization.data(
        withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])) ?? Data()
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    Int((duration / .milliseconds(1)).rounded())
  }
}
