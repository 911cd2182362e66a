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
    section104 + alternatives + clocks + bodies + [
      Row("until", .test(until: "2019-12-31")),
      Row("area", .test(area: "East Devon")),
      Row("area", .test(area: "")),
      Row("caveats[0]", .test(caveats: [Caveat(.noActionTaken, on: .mandatory)])),
      Row(
        "caveats[1]",
        .test(caveats: [Caveat(.caseClosed, on: .local), Caveat(.caseClosed, on: .mandatory)])),
      Row(
        "supportAgencies",
        .test(
          supportAgencies: [
            SupportAgency(key: "vs", name: "A", selfReferral: "a"),
            SupportAgency(key: "vs", name: "B", selfReferral: "b"),
          ])),
    ]

  static let section104 = [
    Row("mandatory.required", mandatory(required: 0)),
    Row("mandatory.required", mandatory(required: 4)),
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
    Row(
      "alternatives[0].toFind[1]",
      alternative(.vulnerability, toFind: [.findVulnerability, .complaintCounts])),
    Row("alternatives", .test(alternatives: [vulnerable, vulnerable])),
  ]

  static let clocks = [
    Row("clocks[0].period", clock(.panel, -1, from: .decision)),
    Row("clocks[0].period", clock(.panel, 1_001, from: .decision)),
    Row("clocks[0].from", clock(.panel, from: .meeting)),
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
    Row("bodies", .test(bodies: Array([RelevantBody].test.dropFirst()))),
    Row("bodies", .test(bodies: Array([RelevantBody].test.dropLast()))),
    Row(
      "bodies",
      .test(bodies: [
        .test("council", .council), .test("police", .police, notified: false),
        .test("health", .health),
      ])),
    Row("bodies", .test(bodies: .test + [.test("council")])),
    Row("bodies[3].key", .test(bodies: .test + [.test("Live West")])),
    Row("bodies[3].key", .test(bodies: .test + [.test(String(repeating: "a", count: 65))])),
    Row(
      "bodies[3].until",
      .test(bodies: .test + [.test("a", since: "2022-02-01", until: "2022-01-31")])),
    // From 1 July 2022 on there is no health body.
    Row(
      "bodies",
      .test(bodies: [
        .test("council", .council), .test("police", .police),
        .test("ccg", .health, until: "2022-06-30"),
      ])),
    // Nor is there one on 1 July 2022 alone.
    Row(
      "bodies",
      .test(bodies: [
        .test("council", .council), .test("police", .police),
        .test("ccg", .health, until: "2022-06-30"), .test("icb", .health, since: "2022-07-02"),
      ])),
    Row(
      "bodies", .test(bodies: .test + (0..<11).map { .test("p\($0)", required: true) })),
  ]

  @Test(arguments: refused)
  func `a pack that cannot be used is refused by path`(row: Row) throws {
    let refused = row.pack.check().filter { $0.severity == .refused }
    #expect(refused.map(\.path) == [row.path])
    #expect(refused.first?.message.isEmpty == false)
  }

  static let warned = [
    Row("mandatory.complaintWindow", mandatory(complaint: Period(7, .days))),
    // Shorter than a month that has 31 days.
    Row("mandatory.complaintWindow", mandatory(complaint: Period(30, .days))),
    Row("mandatory.complaintWindow", mandatory(complaint: Period(4, .weeks))),
    Row("mandatory.applicationWindow", mandatory(application: Period(5, .months))),
    Row("mandatory.applicationWindow", mandatory(application: Period(26, .weeks))),
    Row("mandatory.applicationWindow", mandatory(application: Period(183, .days))),
    Row("caveats[0]", .test(caveats: [Caveat(.withinLastMonth, on: .local)])),
    Row("caveats[0]", .test(caveats: [Caveat(.diarySheets, on: .discretionary)])),
  ]

  @Test(arguments: warned)
  func `a pack that somebody should look at can be used`(row: Row) {
    #expect(row.pack.check().map(\.path) == [row.path])
    #expect(row.pack.check().first?.severity == .warning)
  }

  static let right = [
    Row("as it is", .test()),
    Row("one complaint", mandatory(required: 1)),
    Row(
      "longer windows", mandatory(complaint: Period(31, .days), application: Period(1_000, .days))),
    Row("184 days", mandatory(application: Period(184, .days))),
    Row("hate", alternative(.hate(complaints: 1, ofHate: 1), toFind: [.findFurtherActions])),
    Row("two people", alternative(.severalPeople(2), toFind: [.findLinkedReports])),
    Row("the same day", clock(.acknowledge, 0, from: .receipt)),
    Row("no area, no bodies", .test(area: nil, bodies: [])),
    Row("one day", .test(from: "2026-01-01", until: "2026-01-01")),
    Row(
      "a body follows another",
      .test(bodies: [
        .test("council", .council), .test("police", .police),
        .test("ccg", .health, until: "2022-06-30"), .test("icb", .health, since: "2022-07-01"),
      ])),
    Row(
      "a body goes with the pack",
      .test(
        until: "2022-06-30",
        bodies: [
          .test("council", .council), .test("police", .police),
          .test("ccg", .health, until: "2022-06-30"),
        ])),
    Row(
      "as many required bodies as can be",
      .test(bodies: .test + (0..<10).map { .test("p\($0)", required: true) })),
  ]

  @Test(arguments: right)
  func `nothing is wrong with a pack that is right`(row: Row) {
    #expect(row.pack.check().isEmpty)
  }

  @Test func `everything that is wrong is said at once`() {
    let pack = PolicyPack.test(
      until: "2019-01-01", mandatory: MandatoryRule(required: 5),
      caveats: [Caveat(.singleAgency, on: .mandatory)])
    #expect(pack.check().map(\.path) == ["until", "mandatory.required", "caveats[0]"])
  }
}
