import CaseModel
import Policy
import Testing

@Suite struct PolicyPackCheckTests {
  struct Row: Sendable, CustomStringConvertible {
    let path: String
    let pack: PolicyPack
    var description: String { path }

    init(_ path: String, _ pack: PolicyPack) {
      self.path = path
      self.pack = pack
    }
  }

  static func mandatory(
    required: Int = 3, complaint: Period = Period(1, .months),
    application: Period = Period(6, .months)
  ) -> PolicyPack {
    .test(
      mandatory: MandatoryRule(
        required: required, complaintWindow: complaint, applicationWindow: application))
  }

  static func alternative(
    _ kind: LocalAlternative.Kind, toFind: [Reason.Code] = []
  ) -> PolicyPack {
    .test(alternatives: [
      LocalAlternative(key: "a", kind: kind, clause: "Procedure 2", toFind: toFind)
    ])
  }

  static func clock(
    _ stage: Clock.Stage, _ amount: Int = 5, from anchor: Clock.Anchor
  ) -> PolicyPack {
    .test(clocks: [Clock(stage, Period(amount, .workingDays), from: anchor)])
  }

  static let vulnerable = LocalAlternative(key: "a", kind: .vulnerability, clause: "Procedure 3")

  static let refused =
    section104 + alternatives + clocks + bodies + procedure + provenance + [
      Row("until", .test(until: "2019-12-31")),
      Row("area", .test(area: "East Devon")),
      Row("area", .test(area: "")),
      Row("factors[1]", .test(factors: [.harm, .harm])),
      Row(
        "caveats[1].period",
        .test(caveats: [
          Caveat(.caseClosed, on: .local),
          Caveat(.withinLastMonth, on: .mandatory, period: Period(0, .months)),
        ])),
      Row(
        "supportAgencies[1].key",
        .test(
          supportAgencies: [
            SupportAgency(key: "vs", name: "A", selfReferral: "a"),
            SupportAgency(key: "vs", name: "B", selfReferral: "b"),
          ])),
    ]

  static let section104 = [
    Row("mandatory.required", mandatory(required: 0)),
    Row("mandatory.required", mandatory(required: 101)),
    Row("mandatory.required", mandatory(required: -1)),
    Row("mandatory.complaintWindow", mandatory(complaint: Period(0, .months))),
    Row("mandatory.complaintWindow", mandatory(complaint: Period(-1, .days))),
    Row("mandatory.complaintWindow", mandatory(complaint: Period(22, .workingDays))),
    Row("mandatory.applicationWindow", mandatory(application: Period(0, .days))),
    Row("mandatory.applicationWindow", mandatory(application: Period(.max, .weeks))),
    Row("mandatory.applicationWindow", mandatory(application: Period(1_001, .months))),
  ]

  static let alternatives = [
    Row("alternatives[0].complaints", alternative(.hate(complaints: 0, ofHate: 1))),
    Row("alternatives[0].ofHate", alternative(.hate(complaints: 2, ofHate: 0))),
    Row("alternatives[0].ofHate", alternative(.hate(complaints: 2, ofHate: 3))),
    Row("alternatives[0].people", alternative(.severalPeople(1))),
    Row("alternatives[0].complaints", alternative(.severalPeople(people: 3, complaints: 2))),
    Row(
      "alternatives[0].complaints", alternative(.severalHouseholds(households: 3, complaints: 2))),
    Row(
      "alternatives[0].complaints", alternative(.severalHouseholds(households: 2, complaints: 101))),
    Row(
      "alternatives[0].toFind[1]",
      alternative(.vulnerability, toFind: [.findVulnerability, .complaintCounts])),
    Row("alternatives[0].households", alternative(.severalHouseholds(101))),
    Row("alternatives[1].key", .test(alternatives: [vulnerable, vulnerable])),
    Row(
      "alternatives[0].complaintWindow",
      .test(alternatives: [
        LocalAlternative(
          key: "a", kind: .vulnerability, clause: "b", complaintWindow: Period(0, .days),
          applicationWindow: Period(1, .days))
      ])),
    Row(
      "alternatives[0].applicationWindow",
      .test(alternatives: [
        LocalAlternative(
          key: "a", kind: .vulnerability, clause: "b", applicationWindow: Period(1, .workingDays))
      ])),
  ]

  static let clocks = [
    Row("clocks[0].period", clock(.panel, -1, from: .decision)),
    Row("clocks[0].period", clock(.panel, 1_001, from: .decision)),
    Row("clocks[0].from", clock(.panel, from: .meeting)),
    Row("clocks[0].from", clock(.panel, from: .acknowledgement)),
    Row("clocks[0].from", clock(.panel, from: .information)),
    Row("clocks[0].from", clock(.acknowledge, from: .acknowledgement)),
    Row("clocks[0].from", clock(.decide, from: .decision)),
    Row("clocks[0].from", clock(.outcome, from: .outcome)),
    Row(
      "clocks[1].stage",
      .test(clocks: [
        Clock(.panel, Period(20, .workingDays), from: .decision),
        Clock(.panel, Period(10, .workingDays), from: .decision),
      ])),
  ]

  static let bodies = [
    Row("bodies[3].key", .test(bodies: .test + [.test("council")])),
    Row("bodies[3].key", .test(bodies: .test + [.test("Live West")])),
    Row("bodies[3].key", .test(bodies: .test + [.test(String(repeating: "a", count: 65))])),
    Row(
      "bodies[3].until",
      .test(bodies: .test + [.test("a", since: "2022-02-01", until: "2022-01-31")])),
    Row(
      "bodies", .test(bodies: .test + (0..<11).map { .test("p\($0)", required: true) })),
  ]

  static let procedure = [
    Row("parts", .test(area: nil) { $0.parts = [part("sidmouth")] }),
    Row("parts[0].area", .test { $0.parts = [part("Sidmouth")] }),
    Row("parts[0].area", .test { $0.parts = [part("exmouth")] }),
    Row("parts[1].area", .test { $0.parts = [part("sidmouth"), part("sidmouth")] }),
    Row("parts[0].bodies[1]", .test { $0.parts = [part("sidmouth", "council", "county")] }),
    Row("parts[0].bodies[1]", .test { $0.parts = [part("sidmouth", "council", "council")] }),
    Row("succeeds[0]", .test { $0.succeeds = ["East Devon"] }),
    Row("succeeds[1]", .test { $0.succeeds = ["sidmouth", "exmouth"] }),
    Row("succeeds", .test(area: nil) { $0.succeeds = ["sidmouth"] }),
    Row("recipients[2]", .test { $0.recipients = [.police, .council, .police] }),
    Row("decision.body", .test { $0.decision = DecisionPolicy(body: "county") }),
    Row("appeals[1].subject", .test { $0.appeals = [appeal(), appeal()] }),
    Row("appeals[0].grounds[1]", .test { $0.appeals = [appeal(grounds: [.any, .any])] }),
    Row("appeals[0].window", .test { $0.appeals = [appeal(window: Period(0, .days))] }),
    Row("appeals[0].stages", .test { $0.appeals = [appeal(stages: 0)] }),
    Row(
      "localPolicingBodies[0].until",
      .test {
        $0.localPolicingBodies = [
          LocalPolicingBody(
            name: "a", kind: .mayor, since: day("2028-05-04"), until: day("2028-05-03"))
        ]
      }),
    Row("reporting.period", .test { $0.reporting = ReportingPolicy(period: Period(0, .months)) }),
    Row("reporting.startMonth", .test { $0.reporting = ReportingPolicy(startMonth: 0) }),
    Row("reporting.startMonth", .test { $0.reporting = ReportingPolicy(startMonth: 13) }),
    Row(
      "retention[0].period",
      .test { $0.retention = [Retention(of: .review, period: Period(0, .days))] }),
    Row(
      "retention[1].of",
      .test {
        $0.retention = Array(
          repeating: Retention(of: .review, period: Period(72, .months)), count: 2)
      }),
    Row("calendar.closesAtHour", .test { $0.closesAtHour = 0 }),
    Row("calendar.closesAtHour", .test { $0.closesAtHour = 24 }),
    Row("languages", .test { $0.languages = [] }),
    Row("languages[1]", .test { $0.languages = [.welsh, .welsh] }),
    Row(
      "wordings[0].subject",
      .test { $0.wordings = [Wording(.pledge, about: .review, in: .welsh, text: "a")] }),
    Row(
      "wordings[1]",
      .test {
        $0.wordings = [
          Wording(.appeal, about: .review, in: .welsh, text: "a"),
          Wording(.appeal, about: .review, in: .welsh, text: "b"),
        ]
      }),
    Row(
      "wordings[1]",
      .test {
        $0.wordings = [
          Wording(.pledge, in: .welsh, text: "a"), Wording(.pledge, in: .welsh, text: "b"),
        ]
      }),
    Row(
      "commencements[1].provision",
      .test {
        $0.commencements = [
          Commencement(.dataReturn, from: nil), Commencement(.dataReturn, from: nil),
        ]
      }),
  ]

  static func part(_ area: String, _ bodies: String...) -> AreaPart {
    AreaPart(area: area, name: "Sidmouth", bodies: bodies)
  }

  static func appeal(
    grounds: [AppealPolicy.Ground] = [.any], window: Period? = nil, stages: Int = 1
  ) -> AppealPolicy {
    AppealPolicy(.review, grounds: grounds, window: window, handler: "A director", stages: stages)
  }

  static let provenance = [
    Row("sources[0].key", provenance(sources: ["the page"])),
    Row("sources[1].key", provenance(sources: ["S50", "S50"])),
    Row("provenance[0]", provenance(rests: [.init(path: "from", sources: [])])),
    Row(
      "provenance[0].sources[1]",
      provenance(sources: ["S50"], rests: [.init(path: "from", sources: ["S50", "s50"])])),
    Row(
      "provenance[1].path",
      provenance(
        rests: Array(
          repeating: Provenance.Rest(path: "from", sources: [], assumption: "a"), count: 2))),
    Row("unknown[1]", .test(provenance: Provenance(unknown: ["clocks", "clocks"]))),
  ]

  static func provenance(
    sources: [String] = [], rests: [Provenance.Rest] = []
  ) -> PolicyPack {
    .test(
      provenance: Provenance(
        sources: sources.map { .init(key: $0, title: $0, address: "example.org") }, rests: rests))
  }

  @Test(arguments: refused)
  func `a pack that cannot be used is refused by path`(row: Row) throws {
    let problems = row.pack.check()
    #expect(problems.map(\.path) == [row.path])
    #expect(problems.first?.message.isEmpty == false)
  }

  static let understood =
    right + [
      Row("four complaints", mandatory(required: 4)),
      Row("shorter windows", mandatory(complaint: Period(7, .days), application: Period(1, .days))),
      Row("a caveat on s.104(4)", .test(caveats: [Caveat(.noActionTaken, on: .mandatory)])),
      Row("no bodies", .test(bodies: [])),
    ]

  static let right = [
    Row("as it is", .test()),
    Row("one complaint", mandatory(required: 1)),
    Row(
      "longer windows", mandatory(complaint: Period(31, .days), application: Period(1_000, .days))),
    Row("184 days", mandatory(application: Period(184, .days))),
    Row("hate", alternative(.hate(complaints: 1, ofHate: 1), toFind: [.findFurtherActions])),
    Row("two people", alternative(.severalPeople(2), toFind: [.findLinkedReports])),
    Row("five by two people", alternative(.severalPeople(people: 2, complaints: 5))),
    Row("a panel after receipt", clock(.panel, from: .receipt)),
    Row("a panel after the decision", clock(.panel, from: .decision)),
    Row("an outcome after the information", clock(.outcome, from: .information)),
    Row("a part", .test { $0.parts = [part("sidmouth", "council")] }),
    Row("the same day", clock(.acknowledge, 0, from: .receipt)),
    Row("no area, no bodies", .test(area: nil, bodies: [])),
    Row("one day", .test(from: "2026-01-01", until: "2026-01-01")),
    Row(
      "as many required bodies as can be",
      .test(bodies: .test + (0..<10).map { .test("p\($0)", required: true) })),
  ]

  @Test(arguments: understood)
  func `what can be understood can be used, lawful or not`(row: Row) {
    #expect(row.pack.check().isEmpty)
  }

  @Test func `everything that is wrong is said at once`() {
    let pack = PolicyPack.test(
      until: "2019-01-01", mandatory: MandatoryRule(required: 0)
    ) { $0.closesAtHour = 99 }
    #expect(
      pack.check().map(\.path) == ["until", "mandatory.required", "calendar.closesAtHour"])
  }
}
