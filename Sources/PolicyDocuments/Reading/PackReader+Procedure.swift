import CaseModel
import Policy

extension PackReader {
  func procedure() throws(PolicyDocumentError) -> PolicyPack.Procedure {
    var procedure = PolicyPack.Procedure()
    procedure.title = try root.optional("title")?.text() ?? ""
    procedure.succeeds = try root.texts("succeeds")
    procedure.parts = try root.each("parts") { value throws(PolicyDocumentError) in
      AreaPart(
        area: try value.required("area").text(), name: try value.required("name").text(),
        bodies: try value.texts("bodies"))
    }
    procedure.publishedAt = try root.optional("publishedAt")?.text() ?? ""
    procedure.contact = try root.optional("contact").map(Self.contact)
    procedure.dedupe =
      try root.optional("dedupe")?.choice(DedupeRule.self) ?? procedure.dedupe
    procedure.recipients = try root.choices("recipients", RelevantBody.Kind.self)
    procedure.decision = try root.optional("decision").map(Self.decision) ?? DecisionPolicy()
    procedure.appeals = try root.each("appeals", Self.appeal)
    procedure.localPolicingBodies = try root.each("localPolicingBodies", Self.localPolicingBody)
    procedure.consultations = try root.each("consultations", Self.consultation)
    procedure.reporting = try root.optional("reporting").map(Self.reporting)
    procedure.retention = try root.each("retention") { value throws(PolicyDocumentError) in
      Retention(
        of: try value.required("of").choice(Retention.Class.self),
        period: try value.required("period").period())
    }
    try readCalendar(into: &procedure)
    if root.optional("languages") != nil {
      procedure.languages = try root.choices("languages", Language.self)
    }
    procedure.wordings = try root.each("wordings", Self.wording)
    procedure.commencements = try root.each("commencements") {
      value throws(PolicyDocumentError) in
      Commencement(
        try value.required("provision").choice(Commencement.Provision.self),
        from: try value.optional("from")?.date())
    }
    return procedure
  }

  private static func contact(_ value: YAMLReader) throws(PolicyDocumentError) -> PointOfContact {
    PointOfContact(
      name: try value.required("name").text(),
      ways: try value.each("ways") { way throws(PolicyDocumentError) in
        .init(
          try way.required("kind").choice(PointOfContact.WayToApply.Kind.self),
          at: try way.required("at").text())
      })
  }

  private static func decision(_ value: YAMLReader) throws(PolicyDocumentError) -> DecisionPolicy {
    let usual = DecisionPolicy()
    return DecisionPolicy(
      body: try value.optional("body")?.text() ?? usual.body,
      capacity: try value.optional("capacity")?.text() ?? usual.capacity,
      needsSecondSignatureOnNotMet: try value.optional("secondSignatureOnNotMet")?.flag()
        ?? usual.needsSecondSignatureOnNotMet,
      givesBenefitOfTheDoubt: try value.optional("benefitOfTheDoubt")?.flag()
        ?? usual.givesBenefitOfTheDoubt)
  }

  private static func appeal(_ value: YAMLReader) throws(PolicyDocumentError) -> AppealPolicy {
    AppealPolicy(
      try value.required("subject").choice(AppealPolicy.Subject.self),
      grounds: try value.choices("grounds", AppealPolicy.Ground.self),
      window: try value.optional("window")?.period(),
      handler: try value.optional("handler")?.text() ?? "",
      stages: try value.optional("stages")?.number() ?? 1)
  }

  private static func localPolicingBody(
    _ value: YAMLReader
  ) throws(PolicyDocumentError) -> LocalPolicingBody {
    LocalPolicingBody(
      name: try value.required("name").text(),
      kind: try value.required("kind").choice(LocalPolicingBody.Kind.self),
      since: try value.optional("since")?.date(), until: try value.optional("until")?.date())
  }

  private static func consultation(
    _ value: YAMLReader
  ) throws(PolicyDocumentError) -> Consultation {
    Consultation(
      with: try value.required("with").choice(Consultation.Consultee.self),
      on: try value.optional("on")?.date())
  }

  private static func reporting(
    _ value: YAMLReader
  ) throws(PolicyDocumentError) -> ReportingPolicy {
    let usual = ReportingPolicy()
    return ReportingPolicy(
      period: try value.optional("period")?.period() ?? usual.period,
      startMonth: try value.optional("startMonth")?.number() ?? usual.startMonth,
      reversal: try value.optional("reversal")?.choice(ReportingPolicy.Reversal.self)
        ?? usual.reversal,
      publishedAt: try value.optional("publishedAt")?.text() ?? usual.publishedAt)
  }

  private func readCalendar(
    into procedure: inout PolicyPack.Procedure
  ) throws(PolicyDocumentError) {
    guard let calendar = root.optional("calendar") else { return }
    procedure.division =
      try calendar.optional("division")?.choice(WorkingCalendar.Division.self)
      ?? procedure.division
    procedure.closures = try calendar.each("closures") { value throws(PolicyDocumentError) in
      try value.date()
    }
    procedure.closesAtHour = try calendar.optional("closesAtHour")?.number()
  }

  private static func wording(_ value: YAMLReader) throws(PolicyDocumentError) -> Wording {
    Wording(
      try value.required("topic").choice(Wording.Topic.self),
      about: try value.optional("subject")?.choice(AppealPolicy.Subject.self),
      in: try value.required("language").choice(Language.self),
      text: try value.required("text").text())
  }
}
