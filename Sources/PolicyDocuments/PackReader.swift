import CaseModel
import Policy

/// Turns a document's tree into a pack.
struct PackReader {
  let root: YAMLReader
  let digest: String

  init(_ root: YAMLReader, digest: String) {
    self.root = root
    self.digest = digest
  }

  func pack() throws(PolicyDocumentError) -> PolicyPack {
    try root.allow([
      "name", "version", "area", "nation", "from", "until", "mandatory", "alternatives", "factors",
      "caveats", "clocks", "bodies", "supportAgencies", "questionnaire",
    ])
    return PolicyPack(
      name: try root.required("name").text(), version: try root.required("version").text(),
      digest: digest,
      area: try optional("area") { value throws(PolicyDocumentError) in
        try value.text()
      },
      nation: try root.required("nation").choice(PolicyPack.Nation.self),
      from: try root.required("from").date(),
      until: try optional("until") { value throws(PolicyDocumentError) in try value.date() },
      mandatory: try mandatory(), alternatives: try each("alternatives", alternative),
      factors: try each("factors") { value throws(PolicyDocumentError) in
        try value.choice(DiscretionaryFactor.self)
      },
      caveats: try each("caveats", caveat), clocks: try each("clocks", clock),
      bodies: try each("bodies", body), supportAgencies: try each("supportAgencies", agency),
      questionnaire: try each("questionnaire") { value throws(PolicyDocumentError) in
        try value.text()
      })
  }

  private func optional<T>(
    _ key: String, _ read: (YAMLReader) throws(PolicyDocumentError) -> T
  ) throws(PolicyDocumentError) -> T? {
    guard let value = root.optional(key) else { return nil }
    return try read(value)
  }

  private func each<T>(
    _ key: String, _ read: (YAMLReader) throws(PolicyDocumentError) -> T
  ) throws(PolicyDocumentError) -> [T] {
    var values: [T] = []
    for value in try root.list(key) { values.append(try read(value)) }
    return values
  }

  private func mandatory() throws(PolicyDocumentError) -> MandatoryRule {
    guard let rule = root.optional("mandatory") else { return MandatoryRule() }
    try rule.allow(["required", "complaintWindow", "applicationWindow"])
    let act = MandatoryRule()
    return MandatoryRule(
      required: try rule.optional("required")?.number() ?? act.required,
      complaintWindow: try rule.optional("complaintWindow").map(period) ?? act.complaintWindow,
      applicationWindow: try rule.optional("applicationWindow").map(period)
        ?? act.applicationWindow)
  }

  /// Such as `20 workingDays`.
  private func period(_ value: YAMLReader) throws(PolicyDocumentError) -> Period {
    let words = try value.text().split(separator: " ")
    guard words.count == 2, let amount = Int(words[0]), (0...Period.amountLimit).contains(amount),
      let unit = Period.Unit(rawValue: String(words[1]))
    else {
      let units = Period.Unit.allCases.map(\.rawValue).joined(separator: ", ")
      throw value.fail(
        "a number up to \(Period.amountLimit) and one of \(units) is expected, such as 6 months")
    }
    return Period(amount, unit)
  }

  private func alternative(_ value: YAMLReader) throws(PolicyDocumentError) -> LocalAlternative {
    try value.allow(["key", "kind", "clause", "complaints", "ofHate", "people", "households", "band", "toFind"])
    let kind: LocalAlternative.Kind
    switch try value.required("kind").text() {
    case "hate":
      kind = .hate(
        complaints: try value.required("complaints").number(),
        ofHate: try value.required("ofHate").number())
    case "several-people": kind = .severalPeople(try value.required("people").number())
    case "vulnerability": kind = .vulnerability
    case "several-households":
      kind = .severalHouseholds(try value.required("households").number())
    case "risk-band": kind = .riskBand(try value.required("band").text())
    default:
      throw try value.required("kind")
        .fail("one of hate, several-people, several-households, vulnerability, risk-band is expected")
    }
    var toFind: [Reason.Code] = []
    for finding in try value.list("toFind") { toFind.append(try finding.choice(Reason.Code.self)) }
    return LocalAlternative(
      key: try value.required("key").text(), kind: kind,
      clause: try value.required("clause").text(), toFind: toFind)
  }

  private func caveat(_ value: YAMLReader) throws(PolicyDocumentError) -> Caveat {
    try value.allow(["kind", "route"])
    return Caveat(
      try value.required("kind").choice(Caveat.Kind.self),
      on: try value.required("route").choice(RouteName.self))
  }

  private func clock(_ value: YAMLReader) throws(PolicyDocumentError) -> Clock {
    try value.allow(["stage", "period", "from", "pausable"])
    return Clock(
      try value.required("stage").choice(Clock.Stage.self),
      try period(value.required("period")),
      from: try value.required("from").choice(Clock.Anchor.self),
      isPausable: try value.optional("pausable")?.flag() ?? false)
  }

  private func body(_ value: YAMLReader) throws(PolicyDocumentError) -> RelevantBody {
    try value.allow(["key", "name", "kind", "notified", "requiredForPanel", "since", "until"])
    return RelevantBody(
      key: try value.required("key").text(), name: try value.required("name").text(),
      kind: try value.required("kind").choice(RelevantBody.Kind.self),
      isNotified: try value.optional("notified")?.flag() ?? true,
      isRequiredForPanel: try value.optional("requiredForPanel")?.flag() ?? false,
      since: try value.optional("since")?.date(), until: try value.optional("until")?.date())
  }

  private func agency(_ value: YAMLReader) throws(PolicyDocumentError) -> SupportAgency {
    try value.allow(["key", "name", "selfReferral"])
    return SupportAgency(
      key: try value.required("key").text(), name: try value.required("name").text(),
      selfReferral: try value.required("selfReferral").text())
  }
}
