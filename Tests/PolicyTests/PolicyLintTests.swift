import CaseModel
import Policy
import Testing

@Suite struct PolicyLintTests {
  /// A pack with one thing wrong with it, and its like with which nothing is.
  struct Row: Sendable, CustomStringConvertible {
    let code: String
    let path: String
    let wrong: PolicyPack
    let right: PolicyPack
    /// Codes of what is wrong with it in any case.
    let besides: [String]
    var description: String { "\(code) at \(path)" }

    init(
      _ code: String, _ path: String, _ wrong: PolicyPack, right: PolicyPack = .lawful(),
      besides: [String] = []
    ) {
      self.code = code
      self.path = path
      self.wrong = wrong
      self.right = right
      self.besides = besides
    }
  }

  static let rows = threshold + procedure + appeals + bodies + others + disclosure

  static let threshold = [
    Row(
      "required-above-three", "mandatory.required", mandatory(required: 4),
      right: mandatory(required: 1)),
    Row(
      "complaint-window-shorter", "mandatory.complaintWindow", mandatory(complaint: (7, .days)),
      right: mandatory(complaint: (31, .days))),
    // Shorter than a month that has 31 days.
    Row(
      "complaint-window-shorter", "mandatory.complaintWindow", mandatory(complaint: (30, .days)),
      right: mandatory(complaint: (5, .weeks))),
    Row(
      "complaint-window-shorter", "mandatory.complaintWindow", mandatory(complaint: (4, .weeks)),
      right: mandatory(complaint: (2, .months))),
    Row(
      "application-window-shorter", "mandatory.applicationWindow",
      mandatory(application: (5, .months)), right: mandatory(application: (12, .months))),
    Row(
      "application-window-shorter", "mandatory.applicationWindow",
      mandatory(application: (26, .weeks)), right: mandatory(application: (27, .weeks))),
    Row(
      "application-window-shorter", "mandatory.applicationWindow",
      mandatory(application: (183, .days)), right: mandatory(application: (184, .days))),
    Row("dedupe-beyond-one-incident", "dedupe", .lawful { $0.dedupe = .sameIncident }),
    Row("dedupe-beyond-one-incident", "dedupe", .lawful { $0.dedupe = .sameComplainantSameDay }),
    Row(
      "caveat-discouraged", "caveats.case-closed",
      .lawful(caveats: [Caveat(.caseClosed, on: .local)])),
    Row(
      "caveat-discouraged", "caveats.diary-sheets",
      .lawful(caveats: [Caveat(.diarySheets, on: .discretionary)])),
    Row(
      "caveat-on-mandatory", "caveats.vexatious",
      .lawful(caveats: [Caveat(.vexatious, on: .mandatory)])),
  ]

  static let procedure = [
    Row("not-published", "publishedAt", .lawful { $0.publishedAt = "" }),
    Row("no-point-of-contact", "contact", .lawful { $0.contact = nil }),
    Row("few-ways-to-apply", "contact.ways", .lawful { $0.contact = contact([]) }),
    Row("few-ways-to-apply", "contact.ways", .lawful { $0.contact = contact([.online]) }),
    // Two telephones are one way.
    Row(
      "few-ways-to-apply", "contact.ways",
      .lawful { $0.contact = contact([.online, .phone, .phone]) },
      right: .lawful { $0.contact = contact([.email, .phone, .inPerson]) }),
    Row(
      "no-consultation-local-policing-body", "consultations.local-policing-body",
      .lawful { $0.consultations.removeFirst() }),
    Row(
      "no-consultation-housing-providers", "consultations.housing-providers",
      .lawful { $0.consultations.removeLast() }),
    Row("no-reporting-period", "reporting", .lawful { $0.reporting = nil }),
    Row(
      "reporting-period-too-long", "reporting.period", reporting((13, .months)),
      right: reporting((3, .months))),
    Row(
      "reporting-period-too-long", "reporting.period", reporting((366, .days)),
      right: reporting((365, .days))),
    Row(
      "reporting-period-too-long", "reporting.period", reporting((53, .weeks)),
      right: reporting((52, .weeks))),
  ]

  static let appeals = [
    Row(
      "no-dissatisfaction-route-handling", "appeals.handling",
      .lawful { $0.appeals.removeAll { $0.subject == .handling } }),
    Row(
      "no-dissatisfaction-route-review", "appeals.review",
      .lawful { $0.appeals.removeAll { $0.subject == .review } }),
    Row(
      "appeal-by-same-body", "appeals.review",
      .lawful { $0.appeals[1] = appeal(.review, "council") },
      right: .lawful { $0.appeals[1] = appeal(.review, "police") }),
    Row(
      "appeal-by-same-body", "appeals.handling",
      .lawful { $0.appeals[0] = appeal(.handling, "A director of the Council") }),
    // Words about one of two appeals, of which there is the other; about every one, of which there is one.
    Row(
      "appeal-wording-unclear", "wordings.appeal", wording(of: .review, about: .handling),
      right: .lawful { $0.wordings = [Wording(.appeal, in: .english, text: "In writing.")] },
      besides: ["no-dissatisfaction-route-handling"]),
    Row(
      "appeal-wording-unclear", "wordings.appeal", wording(of: .review, about: nil),
      right: .lawful {
        $0.wordings = [Wording(.appeal, about: .review, in: .english, text: "In writing.")]
      }, besides: ["no-dissatisfaction-route-handling"]),
    Row(
      "no-second-signature", "decision.secondSignatureOnNotMet",
      .lawful { $0.decision = DecisionPolicy(body: "council") }),
  ]

  static let bodies = [
    Row(
      "no-relevant-body", "bodies",
      .lawful(bodies: [.test("council", .council), .test("health", .health)])),
    Row("no-relevant-body", "bodies", .lawful(bodies: Array([RelevantBody].test.dropLast()))),
    Row(
      "no-relevant-body", "bodies",
      .lawful(bodies: [
        .test("council", .council), .test("police", .police, notified: false),
        .test("health", .health),
      ])),
    // From 1 July 2024 on there is no health body.
    Row(
      "no-relevant-body", "bodies", health(.test("old", .health, until: "2024-06-30")),
      right: .lawful(
        until: "2024-06-30", bodies: .taking(.test("old", .health, until: "2024-06-30")))),
    // Nor is there one on 1 July 2024 alone.
    Row(
      "no-relevant-body", "bodies",
      health(
        .test("old", .health, until: "2024-06-30"), .test("new", .health, since: "2024-07-02")),
      right: health(
        .test("old", .health, until: "2024-06-30"), .test("new", .health, since: "2024-07-01"))),
    Row(
      "clinical-commissioning-group", "bodies.devon-ccg", health(.test("devon-ccg", .health)),
      right: .lawful(
        from: "2022-01-01",
        bodies: .taking(
          .test("devon-ccg", .health, until: "2022-06-30"),
          .test("devon-icb", .health, since: "2022-07-01")))),
    Row(
      "clinical-commissioning-group", "bodies.devon",
      .lawful(
        from: "2022-01-01",
        bodies: .taking(
          .test("devon", .health, name: "Devon Clinical Commissioning Group"))),
      right: .lawful(
        from: "2022-01-01", until: "2022-06-30",
        bodies: .taking(
          .test("devon", .health, name: "Devon Clinical Commissioning Group")))),
    Row(
      "body-of-other-nation", "bodies.gwent",
      health(.test("gwent", .health, name: "Aneurin Bevan University Health Board")),
      right: .welsh(.test("gwent", .health, name: "Aneurin Bevan University Health Board"))),
    Row(
      "body-of-other-nation", "bodies.devon-icb", .welsh(.test("devon-icb", .health)),
      right: health(.test("devon-icb", .health))),
  ]

  static let others = [
    Row(
      "no-response-time", "clocks.response",
      .lawful(clocks: .lawful.filter { $0.stage != .response })
    ),
    Row(
      "clocks-not-published", "clocks", .lawful(clocks: .lawful.filter { $0.stage != .panel })),
    Row("no-welsh", "languages", .lawful(nation: .wales), right: .welsh()),
    Row(
      "commencement-too-early", "commencements.data-return",
      .lawful { $0.commencements = [Commencement(.dataReturn, from: day("2026-06-28"))] },
      right: .lawful {
        $0.commencements = [
          Commencement(.dataReturn, from: day("2026-06-29")),
          Commencement(.localPolicingBodyReview, from: nil),
        ]
      }),
    Row(
      "unsourced-value", "clocks.panel",
      .lawful(
        provenance: .lawful(
          without: "clocks", with: Clock.Stage.allCases.filter { $0 != .panel }.map(\.rawValue))),
      right: .lawful(
        provenance: .lawful(without: "clocks", with: Clock.Stage.allCases.map(\.rawValue)))),
    Row("unsourced-value", "bodies", .lawful(provenance: .lawful(without: "bodies"))),
    Row("unsourced-value", "mandatory", .lawful(provenance: .lawful(without: "mandatory"))),
    Row(
      "unknown-value", "retention",
      .lawful(provenance: .lawful(unknown: ["retention"]))),
  ]

  static func mandatory(
    required: Int = 3, complaint: (Int, Period.Unit) = (1, .months),
    application: (Int, Period.Unit) = (6, .months)
  ) -> PolicyPack {
    .lawful(
      mandatory: MandatoryRule(
        required: required, complaintWindow: Period(complaint.0, complaint.1),
        applicationWindow: Period(application.0, application.1)))
  }

  static func contact(_ kinds: [PointOfContact.WayToApply.Kind]) -> PointOfContact {
    PointOfContact(name: "Safety team", ways: kinds.map { .init($0, at: "somewhere") })
  }

  static func reporting(_ period: (Int, Period.Unit)) -> PolicyPack {
    .lawful { $0.reporting = ReportingPolicy(period: Period(period.0, period.1)) }
  }

  static func appeal(_ subject: AppealPolicy.Subject, _ handler: String) -> AppealPolicy {
    AppealPolicy(subject, grounds: [.any], window: Period(28, .days), handler: handler)
  }

  /// With an appeal of one kind alone, and words about another.
  static func wording(
    of subject: AppealPolicy.Subject, about other: AppealPolicy.Subject?
  ) -> PolicyPack {
    .lawful {
      $0.appeals.removeAll { $0.subject != subject }
      $0.wordings = [Wording(.appeal, about: other, in: .english, text: "In writing.")]
    }
  }

  static func health(_ bodies: RelevantBody...) -> PolicyPack {
    .lawful(bodies: .taking() + bodies)
  }

  @Test(arguments: rows)
  func `what is wrong is found, and nothing else`(row: Row) throws {
    try #require(row.wrong.check().isEmpty)
    let findings = row.wrong.lint().filter { !row.besides.contains($0.code) }
    #expect(findings.map(\.code) == [row.code] && findings.map(\.path) == [row.path])
    let finding = try #require(findings.first)
    #expect(!finding.message.isEmpty && !finding.section.isEmpty && !finding.wayOut.isEmpty)
  }

  @Test(arguments: rows)
  func `nothing is found in its lawful counterpart`(row: Row) throws {
    #expect(row.right.check().isEmpty && row.right.lint().isEmpty)
  }

  @Test func `every code has a pack that shows it`() {
    #expect(Set(Self.rows.map(\.code)) == Set(PolicyFinding.codes))
  }

  @Test(arguments: Caveat.Kind.allCases)
  func `a caveat on s.104(4) is an error, whatever it says`(kind: Caveat.Kind) throws {
    let findings = PolicyPack.lawful(caveats: [Caveat(kind, on: .mandatory)]).lint()
    #expect(findings.map(\.code) == ["caveat-on-mandatory"])
    #expect(findings.map(\.severity) == [.error] && findings.map(\.section) == ["s.104(4)"])
    #expect(findings.allSatisfy { $0.message.contains("s.104(4)") })
  }

  @Test func `each caveat on s.104(4) has a sentence of its own`() {
    let pack = PolicyPack.lawful(
      caveats: Caveat.Kind.allCases.map { Caveat($0, on: .mandatory) })
    #expect(Set(pack.lint().map(\.message)).count == Caveat.Kind.allCases.count)
  }

  @Test func `caveats of one kind go by their places`() {
    let pack = PolicyPack.lawful(
      caveats: [Caveat(.caseClosed, on: .local), Caveat(.caseClosed, on: .mandatory)])
    #expect(pack.lint().map(\.path) == ["caveats[1]", "caveats[0]"])
  }

  @Test(arguments: [
    ("appeals", ["no-dissatisfaction-route-handling", "no-dissatisfaction-route-review"]),
    ("appeals.review", ["no-dissatisfaction-route-review"]),
    ("contact", ["no-point-of-contact"]), ("publishedAt", ["not-published"]),
    ("reporting", ["no-reporting-period"]),
    (
      "consultations",
      ["no-consultation-local-policing-body", "no-consultation-housing-providers"]
    ),
  ])
  func `what is not known to be there is only noted`(path: String, codes: [String]) {
    let pack = PolicyPack.lawful(provenance: .lawful(unknown: [path])) {
      if path == "appeals" { $0.appeals = [] }
      if path == "appeals.review" { $0.appeals.removeLast() }
      if path == "contact" { $0.contact = nil }
      if path == "publishedAt" { $0.publishedAt = "" }
      if path == "reporting" { $0.reporting = nil }
      if path == "consultations" { $0.consultations = [] }
    }
    let findings = pack.lint()
    #expect(findings.map(\.code) == codes + ["unknown-value"])
    #expect(findings.allSatisfy { $0.severity == .note })
  }

  @Test func `errors come before warnings, and warnings before notes`() {
    let pack = PolicyPack.lawful(caveats: [Caveat(.caseClosed, on: .local)], clocks: []) {
      $0.contact = nil
    }
    let findings = pack.lint().map { "\($0.severity.rawValue) \($0.code)" }
    #expect(
      findings == [
        "error no-point-of-contact", "warning caveat-discouraged", "note no-response-time",
        "note clocks-not-published",
      ])
  }

  @Test func `a pack that only lends clocks lacks nothing`() {
    let clock = Clock(.panel, Period(20, .workingDays), from: .decision)
    let lender = PolicyPack.test(
      area: nil, clocks: [clock], bodies: [], provenance: .lawful())
    #expect(lender.lint().isEmpty)
  }

  @Test func `figures that no document can have are lived with`() {
    let pack = PolicyPack.lawful(
      mandatory: MandatoryRule(
        required: .max, complaintWindow: Period(.max, .weeks),
        applicationWindow: Period(.min, .months))
    ) { $0.reporting = ReportingPolicy(period: Period(.max, .months)) }
    #expect(pack.lint().map(\.code) == ["required-above-three"])
  }
}
