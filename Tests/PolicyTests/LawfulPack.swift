import CaseModel
import Policy

extension PolicyPack {
  /// A pack in which nothing is found; what a test sets is what it is about.
  static func lawful(
    nation: Nation = .england, from: String = "2023-01-01", until: String? = nil,
    mandatory: MandatoryRule = MandatoryRule(), caveats: [Caveat] = [],
    clocks: [Clock] = .lawful, bodies: [RelevantBody] = .test,
    provenance: Provenance = .lawful(), procedure change: (inout Procedure) -> Void = { _ in }
  ) -> PolicyPack {
    .test(
      nation: nation, from: from, until: until, mandatory: mandatory, caveats: caveats,
      clocks: clocks, bodies: bodies, provenance: provenance
    ) {
      $0 = .lawful
      change(&$0)
    }
  }

  /// Its like in Wales.
  static func welsh(_ health: RelevantBody = .test("health", .health)) -> PolicyPack {
    .lawful(nation: .wales, bodies: .taking(health)) { $0.languages = [.welsh, .english] }
  }
}

extension PolicyPack.Procedure {
  static let lawful: Self = {
    var procedure = Self()
    procedure.publishedAt = "example.org/procedure"
    procedure.contact = PointOfContact(
      name: "Safety team",
      ways: [
        .init(.online, at: "example.org"), .init(.phone, at: "01632 960000"),
        .init(.post, at: "Town Hall"),
      ])
    procedure.decision = DecisionPolicy(body: "council", needsSecondSignatureOnNotMet: true)
    procedure.appeals = [AppealPolicy.Subject.handling, .review].map {
      AppealPolicy($0, grounds: [.any], window: Period(28, .days), handler: "Another partnership")
    }
    procedure.consultations = [
      Consultation(with: .localPolicingBody, on: day("2022-11-01")),
      Consultation(with: .housingProviders, on: nil),
    ]
    procedure.reporting = ReportingPolicy()
    return procedure
  }()
}

extension [Clock] {
  /// One for each stage.
  static let lawful = Clock.Stage.allCases.map {
    Clock($0, Period(10, .workingDays), from: .receipt)
  }
}

extension [RelevantBody] {
  /// A council, a police force and these.
  static func taking(_ bodies: RelevantBody...) -> [RelevantBody] {
    [.test("council", .council), .test("police", .police)] + bodies
  }
}

extension Provenance {
  /// A source for everything, except for one path or for all that lies beneath it but these.
  static func lawful(
    without bare: String = "", with keys: [String] = [], unknown: [String] = [],
    assumed: String? = nil
  ) -> Provenance {
    let paths = [
      "from", "mandatory", "publishedAt", "contact", "dedupe", "decision", "reporting",
      "recipients", "parts", "languages", "caveats", "clocks", "appeals", "consultations",
      "commencements", "bodies", "wordings",
    ]
    return Provenance(
      sources: [Source(key: "S1", title: "Procedure", address: "example.org")],
      rests: (paths.filter { $0 != bare } + keys.map { "\(bare).\($0)" }).map {
        Rest(path: $0, sources: ["S1"])
      }
        + (assumed.map { [Rest(path: $0, sources: ["S1"], assumption: "It is so elsewhere")] } ?? []),
      unknown: unknown)
  }
}
