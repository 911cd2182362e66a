import CaseModel
import Policy

/// Turns a document's tree into a pack. What each key means stands in the README.
struct PackReader {
  let root: YAMLReader
  let digest: String

  func pack() throws(PolicyDocumentError) -> PolicyPack {
    PolicyPack(
      name: try root.required("name").text(), version: try root.required("version").text(),
      digest: digest, area: try root.optional("area")?.text(),
      nation: try root.required("nation").choice(PolicyPack.Nation.self),
      from: try root.required("from").date(), until: try root.optional("until")?.date(),
      mandatory: try root.optional("mandatory").map(Self.mandatory) ?? MandatoryRule(),
      alternatives: try root.each("alternatives", Self.alternative),
      factors: try root.choices("factors", DiscretionaryFactor.self),
      caveats: try root.each("caveats", Self.caveat), clocks: try root.each("clocks", Self.clock),
      bodies: try root.each("bodies", Self.body),
      supportAgencies: try root.each("supportAgencies", Self.agency),
      questionnaire: try root.texts("questionnaire"), procedure: try procedure(),
      provenance: try provenance())
  }

  private static func clock(_ value: YAMLReader) throws(PolicyDocumentError) -> Clock {
    Clock(
      try value.required("stage").choice(Clock.Stage.self), try value.required("period").period(),
      from: try value.required("from").choice(Clock.Anchor.self),
      isPausable: try value.optional("pausable")?.flag() ?? false,
      onBreach: try value.optional("onBreach")?.choice(Clock.Breach.self) ?? .delayNotice)
  }

  private static func body(_ value: YAMLReader) throws(PolicyDocumentError) -> RelevantBody {
    RelevantBody(
      key: try value.required("key").text(), name: try value.required("name").text(),
      kind: try value.required("kind").choice(RelevantBody.Kind.self),
      isNotified: try value.optional("notified")?.flag() ?? true,
      isRequiredForPanel: try value.optional("requiredForPanel")?.flag() ?? false,
      since: try value.optional("since")?.date(), until: try value.optional("until")?.date(),
      mailbox: try value.optional("mailbox")?.mailbox())
  }

  private static func agency(_ value: YAMLReader) throws(PolicyDocumentError) -> SupportAgency {
    SupportAgency(
      key: try value.required("key").text(), name: try value.required("name").text(),
      selfReferral: try value.required("selfReferral").text())
  }
}
