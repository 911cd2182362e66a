import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// What narrows an area's own alternatives, and never s.104(4).
@Suite struct LocalNarrowingTests {
  static let bodies = [
    RelevantBody(key: "council", name: "Council", kind: .council),
    RelevantBody(key: "police", name: "Police", kind: .police),
    RelevantBody(key: "board", name: "Board", kind: .health),
  ]

  static func assess(
    _ complaints: [Made], _ kind: LocalAlternative.Kind, caveats: [Caveat] = [],
    dedupe: DedupeRule = .sameComplainantSameIncident, recipients: [RelevantBody.Kind] = [],
    strict: Bool = false, windows: (Period?, Period?) = (nil, nil)
  ) -> Assessment {
    var procedure = PolicyPack.Procedure()
    procedure.dedupe = dedupe
    procedure.recipients = recipients
    procedure.decision = DecisionPolicy(givesBenefitOfTheDoubt: !strict)
    let alternative = LocalAlternative(
      key: "a", kind: kind, clause: "Procedure 2", complaintWindow: windows.0,
      applicationWindow: windows.1)
    return Assessment.of(
      .test(complaints),
      under: .test(
        alternatives: [alternative], caveats: caveats, bodies: bodies, procedure: procedure))
  }

  static let two = LocalAlternative.Kind.hate(complaints: 2, ofHate: 0)

  static func codes(_ assessment: Assessment, _ route: Int = 1) -> [Reason.Code] {
    assessment.routes[route].complaints.map(\.reason.code)
  }

  @Test func `a condition that the facts show is applied to the local route alone`() {
    let old = [
      Made(behaviour: "2026-01-01", complaint: "2026-01-02"),
      Made(behaviour: "2026-02-01", complaint: "2026-02-02"),
    ]
    let caveat = Caveat(.withinLastMonth, on: .local, words: "one in the last month")
    let narrowed = Self.assess(old, Self.two, caveats: [caveat])
    #expect(narrowed.counted == 2 && narrowed.routes[1].counted == 0)
    #expect(narrowed.routes[1].outcome == .notMet)
    #expect(Self.codes(narrowed) == [.caveatNarrows, .caveatNarrows])
    #expect(Self.codes(narrowed, 0) == [.complaintCounts, .complaintCounts])
    // One more would fulfil it, while the others still count beside it.
    #expect(
      narrowed.changes.last
        == Reason(
          .moreComplaintsNeeded,
          [
            .init("needed", 1), .init("by", "2026-07-01"), .init("clause", "Procedure 2"),
            .init("caveat", "one in the last month"),
          ]))
    let recent = Self.assess(old + [Made()], Self.two, caveats: [caveat])
    #expect(recent.routes[1].outcome == .met && recent.routes[1].counted == 3)
  }

  @Test(arguments: [("2026-02-17", true), ("2026-02-16", false)])
  func `the last month begins with the day of the report`(reported: String, isFulfilled: Bool) {
    let caveat = Caveat(.withinLastMonth, on: .local)
    let made = Made(behaviour: reported, complaint: reported)
    let outcome = Self.assess([made, made], Self.two, caveats: [caveat]).routes[1].outcome
    #expect((outcome == .met) == isFulfilled)
  }

  @Test(arguments: [
    (["council", "council"], true), (["council", "police"], false), (["council", ""], false),
    (["", ""], false),
  ])
  func `reports to a single organisation`(bodies: [String], isNarrowed: Bool) {
    let caveat = Caveat(.singleAgency, on: .local)
    let assessment = Self.assess(bodies.map { Made(body: $0) }, Self.two, caveats: [caveat])
    #expect((assessment.routes[1].outcome == .notMet) == isNarrowed)
    #expect(assessment.counted == 2)
  }

  @Test func `a shorter window keeps single complaints from counting`() {
    let caveat = Caveat(.shorterWindow, on: .local, words: "7 days", period: Period(7, .days))
    let complaints = [Made(complaint: "2026-03-07"), Made(complaint: "2026-03-08")]
    let assessment = Self.assess(complaints, Self.two, caveats: [caveat])
    #expect(Self.codes(assessment) == [.complaintCounts, .caveatNarrows])
    #expect(assessment.routes[1].counted == 1 && assessment.counted == 2)
    #expect(assessment.routes[1].complaints[1].reason["caveat"] == "7 days")
  }

  static let untold = Caveat.Kind.allCases.filter {
    ![.withinLastMonth, .singleAgency].contains($0)
  }

  @Test(arguments: untold)
  func `what the facts do not show, a person finds`(kind: Caveat.Kind) {
    let caveat = Caveat(kind, on: .local, words: "as worded")
    let assessment = Self.assess([Made(), Made()], Self.two, caveats: [caveat])
    let finding = Reason(.caveatToFind, [.init("caveat", "as worded")])
    #expect(assessment.routes[1].outcome == .personDecides)
    #expect(assessment.routes[1].toFind == [finding] && assessment.routes[1].counted == 2)
    // There is nothing to find where too few count.
    #expect(Self.assess([Made()], Self.two, caveats: [caveat]).routes[1].toFind.isEmpty)
  }

  @Test func `only recognised recipients count locally, all count for s.104(4)`() {
    let complaints = [Made(body: "council"), Made(body: "board"), Made(body: "elsewhere")]
    let lenient = Self.assess(complaints, Self.two, recipients: [.council, .police])
    #expect(Self.codes(lenient) == [.complaintCounts, .recipientNotRecognised, .complaintCounts])
    #expect(lenient.met && lenient.routes[1].complaints[1].reason["body"] == "board")
    let strict = Self.assess(complaints, Self.two, recipients: [.council], strict: true)
    #expect(Self.codes(strict)[2] == .recipientNotRecognised && strict.met)
    let note = Reason(.recipientsNotApplied, [.init("bodies", "board")])
    #expect(lenient.notes == [note])
    let all = Self.assess(
      complaints, Self.two, recipients: RelevantBody.Kind.allCases,
      windows: (Period(1, .months), nil))
    #expect(all.notes.isEmpty)
    #expect(all.routes[1].complaints == all.routes[0].complaints)
  }

  @Test func `a report that is not recognised stands for no other`() {
    let complaints = [Made(body: "board", incident: "a"), Made(body: "council", incident: "a")]
    let assessment = Self.assess(complaints, Self.two, recipients: [.council])
    #expect(Self.codes(assessment, 0) == [.complaintCounts, .sameComplainantSameIncident])
    #expect(Self.codes(assessment) == [.recipientNotRecognised, .complaintCounts])
  }

  @Test func `all reports of one incident as one complaint`() {
    let complaints = [
      Made(complaint: "2026-03-03", incident: "a"), Made(complainant: "flat-4", incident: "a"),
      Made(complaint: "2026-03-04", complainant: "flat-4", incident: "a"), Made(),
    ]
    let assessment = Self.assess(complaints, Self.two, dedupe: .sameIncident)
    #expect(assessment.routes[1].complaints.map(\.with) == [1, nil, 1, nil])
    #expect(
      Self.codes(assessment) == [
        .sameIncident, .complaintCounts, .sameComplainantSameIncident, .complaintCounts,
      ])
    #expect(assessment.routes[1].counted == 2 && assessment.counted == 3)
    #expect(assessment.notes.map(\.code) == [.dedupeNotApplied])
    // Where people are counted, that several report one incident is the point.
    let people = Self.assess(complaints, .severalPeople(2), dedupe: .sameIncident)
    #expect(people.routes[1].outcome == .met && people.routes[1].counted == 2)
  }

  @Test func `one person's reports on one day as one complaint`() {
    let complaints = [
      Made(incident: "a"), Made(incident: "b"), Made(complainant: "flat-4", incident: "a"),
      Made(complaint: "2026-03-03", incident: "b"),
    ]
    let assessment = Self.assess(complaints, Self.two, dedupe: .sameComplainantSameDay)
    // The second incident has a day of its own: nobody loses one by the order of the reports.
    #expect(assessment.routes[1].counted == 3)
    #expect(
      Self.codes(assessment).sorted { $0.rawValue < $1.rawValue } == [
        .complaintCounts, .complaintCounts, .complaintCounts, .sameComplainantSameIncident,
      ])
    let crowded = Self.assess(
      [Made(incident: "a"), Made(incident: "b")], Self.two, dedupe: .sameComplainantSameDay)
    #expect(crowded.routes[1].complaints.map(\.with) == [nil, 0])
    #expect(Self.codes(crowded)[1] == .sameComplainantSameDay)
    #expect(crowded.routes[1].complaints[1].reason["complaint"] == "2026-03-02")
  }

  @Test func `days that are not known make no more complaints than there can be days`() {
    let range = Made(complaint: "2026-03-02", complaintTo: "2026-03-04", incident: "a")
    let others = [
      Made(complaint: "2026-03-04", complaintTo: "2026-03-06", incident: "b"),
      Made(complaint: "2026-03-03", incident: "c"),
      Made(
        complaint: "2026-03-03", complaintTo: "2026-03-05", complainant: "flat-4", incident: "d"),
    ]
    for order in [[range] + others, others + [range]] {
      let strict = Self.assess(order, Self.two, dedupe: .sameComplainantSameDay, strict: true)
      // The third may be of the same day as the first, the second is not.
      #expect(strict.routes[1].counted == 3 && strict.counted == 4)
      let lenient = Self.assess(order, Self.two, dedupe: .sameComplainantSameDay)
      #expect(lenient.routes[1].counted == 4)
    }
  }

  @Test func `an alternative has its own periods`() {
    let old = Made(behaviour: "2025-05-01", complaint: "2025-06-05")
    let assessment = Self.assess(
      [old, Made()], Self.two, windows: (Period(2, .months), Period(12, .months)))
    #expect(assessment.counted == 1 && assessment.routes[1].counted == 2)
    #expect(assessment.routes[1].outcome == .met && assessment.outcome == .met)
    #expect(assessment.routes[1].complaints[0].reason["applicationBy"] == "2026-06-04")
  }

  static let households = [
    (["1", "2"], ["self", "flat-4"], 2, RouteOutcome.met),
    (["1", "1"], ["self", "flat-4"], 1, .notMet),
    (["1", ""], ["self", "flat-4"], 1, .personDecides),
    (["", ""], ["self", "flat-4"], 0, .personDecides), (["", ""], ["self", "self"], 0, .notMet),
    (["1", ""], ["self", "self"], 1, .notMet), ([], [], 0, .notMet),
    // What somebody says of their household elsewhere takes nothing away.
    (["1", "", "1"], ["self", "flat-4", "flat-4"], 1, .personDecides),
    (["1", "1"], ["flat-4", "flat-4"], 1, .notMet),
  ]

  @Test(arguments: households)
  func `so many households; one that is not known is for a person to find`(
    households: [String], people: [String], counted: Int, outcome: RouteOutcome
  ) {
    let complaints = zip(households, people).map { Made(complainant: $1, household: $0) }
    let route = Self.assess(complaints, .severalHouseholds(2)).routes[1]
    #expect(route.outcome == outcome && route.counted == counted && route.required == 2)
    #expect(route.complaints.count == complaints.count)
    #expect(route.toFind.map(\.code) == (outcome == .personDecides ? [.householdsToFind] : []))
  }

  @Test(arguments: [LocalAlternative.Kind.vulnerability, .riskBand("high")])
  func `where nothing is counted each complaint is evidence`(kind: LocalAlternative.Kind) {
    let route = Self.assess([Made(), Made(behaviour: "2024-01-01")], kind).routes[1]
    #expect(route.complaints.map(\.reason.code) == [.evidence, .evidence])
    #expect(route.outcome == .personDecides && !route.complaints.contains(where: \.counted))
  }
}
