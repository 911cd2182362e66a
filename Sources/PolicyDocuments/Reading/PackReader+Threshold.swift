import CaseModel
import Policy

extension PackReader {
  static func mandatory(_ rule: YAMLReader) throws(PolicyDocumentError) -> MandatoryRule {
    let act = MandatoryRule()
    return MandatoryRule(
      required: try rule.optional("required")?.number() ?? act.required,
      complaintWindow: try rule.optional("complaintWindow")?.period() ?? act.complaintWindow,
      applicationWindow: try rule.optional("applicationWindow")?.period() ?? act.applicationWindow)
  }

  static func alternative(_ value: YAMLReader) throws(PolicyDocumentError) -> LocalAlternative {
    LocalAlternative(
      key: try value.required("key").text(), kind: try kind(of: value),
      clause: try value.required("clause").text(),
      toFind: try value.choices("toFind", Reason.Code.self),
      complaintWindow: try value.optional("complaintWindow")?.period(),
      applicationWindow: try value.optional("applicationWindow")?.period(),
      clauseWelsh: try value.optional("clauseCy")?.text())
  }

  /// What it turns on, with the figures that belong to it and no others.
  private static func kind(
    of value: YAMLReader
  ) throws(PolicyDocumentError) -> LocalAlternative.Kind {
    let figures = ["complaints", "ofHate", "people", "households", "band"]
    func own(_ keys: String...) throws(PolicyDocumentError) {
      for key in figures where !keys.contains(key) {
        if let other = value.optional(key) {
          throw other.fail("says nothing here; this kind has: \(keys.joined(separator: ", "))")
        }
      }
    }
    let kind = try value.required("kind")
    switch try kind.text() {
    case "hate":
      try own("complaints", "ofHate")
      return .hate(
        complaints: try value.required("complaints").number(),
        ofHate: try value.required("ofHate").number())
    case "several-people":
      try own("people", "complaints")
      let people = try value.required("people").number()
      return .severalPeople(
        people: people, complaints: try value.optional("complaints")?.number() ?? people)
    case "several-households":
      try own("households", "complaints")
      let households = try value.required("households").number()
      return .severalHouseholds(
        households: households,
        complaints: try value.optional("complaints")?.number() ?? households)
    case "vulnerability":
      try own()
      return .vulnerability
    case "risk-band":
      try own("band")
      return .riskBand(try value.required("band").text())
    default:
      throw kind.fail(
        "one of hate, several-people, several-households, vulnerability, risk-band is expected")
    }
  }

  static func caveat(_ value: YAMLReader) throws(PolicyDocumentError) -> Caveat {
    Caveat(
      try value.required("kind").choice(Caveat.Kind.self),
      on: try value.required("route").choice(RouteName.self),
      words: try value.optional("words")?.text() ?? "",
      wordsWelsh: try value.optional("wordsCy")?.text(),
      period: try value.optional("period")?.period())
  }
}
