import CaseModel

/// What is wrong with a pack, in law or in itself.
public struct PolicyProblem: Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Sendable {
    /// The pack cannot be used.
    case refused
    /// It can be used; somebody should look.
    case warning
  }

  public let severity: Severity
  /// Where, such as `mandatory.required`.
  public let path: String
  public let message: String
}

extension PolicyPack {
  /// Everything that is wrong with it.
  public func check() -> [PolicyProblem] {
    var problems: [PolicyProblem] = []
    func refuse(_ path: String, _ message: String) {
      problems.append(PolicyProblem(severity: .refused, path: path, message: message))
    }
    func warn(_ path: String, _ message: String) {
      problems.append(PolicyProblem(severity: .warning, path: path, message: message))
    }
    if !(1...MandatoryRule.requiredLimit).contains(mandatory.required) {
      refuse("mandatory.required", "s.104(4) allows 1 to 3 complaints, not \(mandatory.required)")
    }
    for (path, window, act) in [
      ("mandatory.complaintWindow", mandatory.complaintWindow, Period(1, .months)),
      ("mandatory.applicationWindow", mandatory.applicationWindow, Period(6, .months)),
    ] {
      if window.amount < 1 { refuse(path, "a window is at least 1 long") }
      if Self.isShorter(window, than: act) {
        warn(path, "shorter than the Act's own period (s.104(11))")
      }
    }
    for (index, caveat) in caveats.enumerated() {
      if caveat.route == .mandatory {
        refuse("caveats[\(index)]", "\(caveat.kind.rawValue) may not narrow s.104(4)")
      } else {
        warn("caveats[\(index)]", "\(caveat.kind.rawValue): the guidance asks to avoid this")
      }
    }
    let keys = bodies.map(\.key)
    if Set(keys).count != keys.count { refuse("bodies", "a key stands there twice") }
    if area != nil {
      for kind in [RelevantBody.Kind.council, .police, .health]
      where !bodies.contains(where: { $0.kind == kind && $0.isNotified }) {
        refuse("bodies", "s.105 names a \(kind.rawValue) body; there is none to be notified")
      }
    }
    if let until, until < from { refuse("until", "it ends before it begins") }
    return problems
  }

  /// Compared over the shortest and the longest months, so that neither reading hides it.
  private static func isShorter(_ window: Period, than act: Period) -> Bool {
    ["2026-02-01", "2026-07-01"].compactMap(CalendarDate.init).contains {
      window.lastDay(beginningWith: $0) < act.lastDay(beginningWith: $0)
    }
  }
}
