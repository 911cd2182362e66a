import CaseModel

/// Looks through a pack, from top to bottom.
struct PolicyCheck {
  let pack: PolicyPack
  private(set) var problems: [PolicyProblem] = []

  init(pack: PolicyPack) {
    self.pack = pack
  }

  mutating func run() {
    if let area = pack.area { checkKey(area, "area") }
    if let until = pack.until, until < pack.from { refuse("until", "it ends before it begins") }
    checkMandatory()
    checkAlternatives()
    checkCaveats()
    checkClocks()
    checkBodies()
    checkKeys(pack.supportAgencies.map(\.key), "supportAgencies")
  }

  private mutating func checkMandatory() {
    let rule = pack.mandatory
    if !(1...MandatoryRule.requiredLimit).contains(rule.required) {
      refuse("mandatory.required", "s.104(4) allows 1 to 3 complaints, not \(rule.required)")
    }
    let act = MandatoryRule()
    checkWindow(rule.complaintWindow, "mandatory.complaintWindow", act.complaintWindow)
    checkWindow(rule.applicationWindow, "mandatory.applicationWindow", act.applicationWindow)
  }

  private mutating func checkWindow(_ window: Period, _ path: String, _ act: Period) {
    if !(1...Period.amountLimit).contains(window.amount) {
      refuse(path, "a window is 1 to \(Period.amountLimit) long")
    } else if window.unit == .workingDays {
      refuse(path, "a window is counted in days, weeks or months, not in working days")
    } else if Self.isShorter(window, than: act) {
      warn(path, "shorter than the Act's own period (s.104(11))")
    }
  }

  /// Compared over the shortest and the longest months, so that neither reading hides it.
  private static func isShorter(_ window: Period, than act: Period) -> Bool {
    ["2026-02-01", "2026-07-01"].compactMap(CalendarDate.init).contains {
      window.lastDay(beginningWith: $0) < act.lastDay(beginningWith: $0)
    }
  }

  private mutating func checkAlternatives() {
    for (index, alternative) in pack.alternatives.enumerated() {
      let path = "alternatives[\(index)]"
      switch alternative.kind {
      case .hate(let complaints, let ofHate):
        if complaints < 1 { refuse("\(path).complaints", "at least 1 is needed") }
        if ofHate < 1 || ofHate > max(complaints, 1) {
          refuse("\(path).ofHate", "at least 1 is needed, and no more than complaints")
        }
      case .severalPeople(let people):
        if people < 2 { refuse("\(path).people", "several people are at least 2") }
      case .severalHouseholds(let households):
        if households < 2 { refuse("\(path).households", "several households are at least 2") }
      case .vulnerability, .riskBand: break
      }
      for (place, code) in alternative.toFind.enumerated() where !code.isFinding {
        refuse("\(path).toFind[\(place)]", "\(code.rawValue) is nothing that a person finds")
      }
    }
    checkKeys(pack.alternatives.map(\.key), "alternatives")
  }

  private mutating func checkCaveats() {
    for (index, caveat) in pack.caveats.enumerated() {
      if caveat.route == .mandatory {
        refuse("caveats[\(index)]", "\(caveat.kind.rawValue) may not narrow s.104(4)")
      } else {
        warn("caveats[\(index)]", "\(caveat.kind.rawValue): the guidance asks to avoid this")
      }
    }
  }

  private mutating func checkClocks() {
    var stages: Set<Clock.Stage> = []
    for (index, clock) in pack.clocks.enumerated() {
      let path = "clocks[\(index)]"
      if !stages.insert(clock.stage).inserted {
        refuse("\(path).stage", "\(clock.stage.rawValue) has a clock already")
      }
      if !(0...Period.amountLimit).contains(clock.period.amount) {
        refuse("\(path).period", "a clock runs for 0 to \(Period.amountLimit)")
      }
      if !clock.anchor.comes(before: clock.stage) {
        refuse(
          "\(path).from",
          "\(clock.stage.rawValue) cannot be counted from \(clock.anchor.rawValue), which comes later"
        )
      }
    }
  }

  mutating func checkKeys(_ keys: [String], _ path: String) {
    for (index, key) in keys.enumerated() { checkKey(key, "\(path)[\(index)].key") }
    if Set(keys).count != keys.count { refuse(path, "a key stands there twice") }
  }

  private mutating func checkKey(_ key: String, _ path: String) {
    let isKey = key.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isKey, (1...EventKey.nameLimit).contains(key.utf8.count) else {
      refuse(
        path, "a key has 1 to \(EventKey.nameLimit) lower-case letters, digits and hyphens")
      return
    }
  }

  mutating func refuse(_ path: String, _ message: String) {
    problems.append(PolicyProblem(severity: .refused, path: path, message: message))
  }

  private mutating func warn(_ path: String, _ message: String) {
    problems.append(PolicyProblem(severity: .warning, path: path, message: message))
  }
}

extension Clock.Anchor {
  /// True if it happens before a stage is done.
  func comes(before stage: Clock.Stage) -> Bool {
    switch self {
    case .receipt: true
    case .acknowledgement: stage != .acknowledge
    case .decision: [.panel, .outcome, .appeal, .response].contains(stage)
    case .meeting: [.outcome, .appeal, .response].contains(stage)
    case .information: [.decide, .panel, .outcome, .appeal, .response].contains(stage)
    case .outcome: stage == .appeal || stage == .response
    case .appeal: stage == .appeal
    }
  }
}
