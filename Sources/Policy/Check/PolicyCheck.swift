import CaseModel

/// Looks through a pack, from top to bottom.
struct PolicyCheck {
  let pack: PolicyPack
  private(set) var problems: [PolicyProblem] = []

  init(pack: PolicyPack) {
    self.pack = pack
  }

  mutating func run() {
    checkArea()
    checkParts()
    checkDays(pack.from, pack.until, "until")
    checkMandatory()
    checkAlternatives()
    checkCaveats()
    checkProcedure()
    checkClocks()
    checkBodies()
    checkProvenance()
  }

  private mutating func checkArea() {
    if let area = pack.area { checkKey(area, "area") }
    for (index, area) in pack.procedure.succeeds.enumerated() {
      checkKey(area, "succeeds[\(index)]")
      if area == pack.area { refuse("succeeds[\(index)]", "an area cannot take its own place") }
    }
    if pack.area == nil, !pack.procedure.succeeds.isEmpty {
      refuse("succeeds", "only a pack that has an area can take another's place")
    }
  }

  private mutating func checkParts() {
    let parts = pack.procedure.parts
    if pack.area == nil, !parts.isEmpty {
      refuse("parts", "only a pack that has an area can have parts")
    }
    checkOnce(parts.map(\.area), "parts", "area")
    for (index, part) in parts.enumerated() {
      checkKey(part.area, "parts[\(index)].area")
      if part.area == pack.area { refuse("parts[\(index)].area", "it is the whole area") }
      checkOnce(part.bodies, "parts[\(index)].bodies")
      for (place, key) in part.bodies.enumerated() where pack.body(key) == nil {
        refuse(
          "parts[\(index)].bodies[\(place)]",
          "\(key) is not among the bodies; the key of one of them is expected")
      }
    }
  }

  private mutating func checkClocks() {
    checkOnce(pack.clocks.map(\.stage.rawValue), "clocks", "stage")
    for (index, clock) in pack.clocks.enumerated() {
      let path = "clocks[\(index)]"
      if !(0...Period.amountLimit).contains(clock.period.amount) {
        refuse("\(path).period", "a clock runs for 0 to \(Period.amountLimit)")
      }
      if !clock.anchor.comes(before: clock.stage) {
        refuse(
          "\(path).from",
          "\(clock.stage.rawValue) cannot be counted from \(clock.anchor.rawValue), which comes later"
        )
      } else if clock.stage == .panel, ![.receipt, .decision].contains(clock.anchor) {
        refuse("\(path).from", "a panel is counted from receipt or from decision")
      }
    }
  }

  private mutating func checkBodies() {
    checkKeys(pack.bodies.map(\.key), "bodies")
    for (index, body) in pack.bodies.enumerated() {
      checkDays(body.since, body.until, "bodies[\(index)].until")
    }
    if pack.bodies.count(where: \.isRequiredForPanel) > PolicyPack.requiredBodiesLimit {
      refuse("bodies", "a panel requires \(PolicyPack.requiredBodiesLimit) bodies at most")
    }
    checkKeys(pack.supportAgencies.map(\.key), "supportAgencies")
  }

  // MARK: - What several need

  mutating func refuse(_ path: String, _ message: String) {
    problems.append(PolicyProblem(path: path, message: message))
  }

  mutating func checkDays(_ since: CalendarDate?, _ until: CalendarDate?, _ path: String) {
    guard let since, let until, until < since else { return }
    refuse(path, "it ends before it begins; expected is \(since) or later")
  }

  /// A time that is counted on the calendar: neither empty nor in working days, which are for clocks.
  mutating func checkWindow(_ window: Period?, _ path: String) {
    guard let window else { return }
    if !(1...Period.amountLimit).contains(window.amount) {
      refuse(path, "it is 1 to \(Period.amountLimit) long")
    } else if window.unit == .workingDays {
      refuse(path, "it is counted in days, weeks or months, not in working days")
    }
  }

  mutating func checkCount(_ count: Int, atLeast least: Int = 1, _ path: String) {
    guard !(least...PolicyPack.countLimit).contains(count) else { return }
    refuse(path, "\(least) to \(PolicyPack.countLimit) is expected, not \(count)")
  }

  /// Each name stands once in a list.
  mutating func checkOnce(_ names: [String], _ path: String, _ field: String? = nil) {
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      let place = field.map { "\(path)[\(index)].\($0)" } ?? "\(path)[\(index)]"
      refuse(place, "\(name) stands there already; each stands once")
    }
  }

  mutating func checkKeys(_ keys: [String], _ path: String) {
    for (index, key) in keys.enumerated() { checkKey(key, "\(path)[\(index)].key") }
    checkOnce(keys, path, "key")
  }

  mutating func checkKey(_ key: String, _ path: String, mayHaveCapitals: Bool = false) {
    let isKey = key.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): mayHaveCapitals
      default: false
      }
    }
    guard isKey, (1...EventKey.nameLimit).contains(key.utf8.count) else {
      let letters = mayHaveCapitals ? "letters" : "lower-case letters"
      refuse(path, "a key has 1 to \(EventKey.nameLimit) \(letters), digits and hyphens")
      return
    }
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
