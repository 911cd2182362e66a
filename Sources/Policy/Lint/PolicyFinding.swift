/// What the law, the guidance or good practice says about a pack. It never keeps a pack from being used.
public struct PolicyFinding: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable, CaseIterable {
    /// The Act does not allow it, or demands what is missing.
    case error
    /// Guidance asks for something else, or somebody should look.
    case warning
    /// Good to know.
    case note
  }

  public let severity: Severity
  /// Stable, such as `required-above-three`; all are in ``codes``.
  public let code: String
  /// Where, such as `mandatory.required` or `caveats.case-closed`.
  public let path: String
  /// Which rule says so, such as `s.104(4)` or `guidance`.
  public let section: String
  /// What is found.
  public let message: String
  /// What can be done about it.
  public let wayOut: String

  /// All codes that there are.
  public static let codes = Code.allCases.map(\.rawValue)
}

extension PolicyPack {
  /// What the law says about it: errors first, then warnings, then notes, each in the pack's order.
  public func lint() -> [PolicyFinding] {
    var lint = PolicyLint(pack: self)
    lint.run()
    return PolicyFinding.Severity.allCases.flatMap { severity in
      lint.findings.filter { $0.severity == severity }
    }
  }
}

/// Looks through a pack with the Act beside it.
struct PolicyLint {
  let pack: PolicyPack
  private(set) var findings: [PolicyFinding] = []

  init(pack: PolicyPack) {
    self.pack = pack
  }

  /// A pack without an area lends clocks; it is no procedure, and nothing is missing from it.
  mutating func run() {
    lookAtThreshold()
    lookAtCaveats()
    lookAtRecipients()
    if pack.area != nil {
      lookAtPublication()
      lookAtDecision()
      lookAtDissatisfaction()
      lookAtAppealWordings()
      lookAtConsultation()
      lookAtBodies()
      lookAtDisclosure()
      lookAtClocks()
      lookAtLanguages()
    }
    lookAtReportingPeriod()
    lookAtCommencements()
    lookAtProvenance()
  }

  mutating func find(
    _ code: PolicyFinding.Code, _ path: String, _ message: String,
    _ severity: PolicyFinding.Severity? = nil
  ) {
    findings.append(
      PolicyFinding(
        severity: severity ?? code.severity, code: code.rawValue, path: path,
        section: code.section, message: message, wayOut: code.wayOut))
  }

  /// What is not there is wrong; what is not known to be there is only noted.
  mutating func miss(_ code: PolicyFinding.Code, _ path: String, _ message: String) {
    if pack.provenance.isUnknown(path) {
      find(code, path, "\(message), and it is listed as unknown.", .note)
    } else {
      find(code, path, "\(message).")
    }
  }
}
