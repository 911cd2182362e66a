import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct WhatWouldChangeTests {
  static func changes(
    _ complaints: [Made], received: String = "2026-03-16", _ alternatives: [LocalAlternative] = []
  ) -> [Reason] {
    Assessment.of(
      .test(complaints, received: received), under: .test(alternatives: alternatives)
    ).changes
  }

  @Test func `one more, before the first of those that count is too old`() {
    let february = Made(behaviour: "2026-02-01", complaint: "2026-02-02")
    #expect(
      Self.changes([february, Made()]).map { $0.rendered(in: .english) } == [
        "One more qualifying complaint, and an application by 1 August 2026, would be enough (s.104(4))."
      ])
  }

  static let by = [
    // A month without the corresponding day ends on its last.
    ("2026-08-31", "2026-08-31", "2026-09-16", "2027-02-28"),
    ("2027-08-31", "2027-08-31", "2027-09-16", "2028-02-29"),
    ("2026-01-01", "2026-01-01", "2026-01-16", "2026-06-30"),
    // Of a range, the last day that is still in time.
    ("2026-03-01", "2026-03-05", "2026-03-16", "2026-09-04"),
  ]

  @Test(arguments: by)
  func `the last day on which it still counts`(
    from: String, to: String, received: String, by: String
  ) {
    let made = Made(behaviour: from, complaint: from, complaintTo: to)
    let change = Self.changes([made], received: received)[0]
    #expect(change.code == .moreComplaintsNeeded)
    #expect(change["needed"] == "2" && change["by"] == by)
  }

  @Test func `a later report of the same incident takes over when the first is too old`() {
    let reports = [
      Made(behaviour: "2026-01-01", complaint: "2026-01-02", incident: "a"),
      Made(behaviour: "2026-01-01", complaint: "2026-01-05", incident: "a"),
    ]
    #expect(Self.changes(reports)[0]["by"] == "2026-07-04")
  }

  @Test func `those that count for the last time today will not count in a later application`() {
    let last = Made(behaviour: "2025-09-17", complaint: "2025-09-17")
    let anew = Self.changes([last, last])
    #expect(
      anew == [
        Reason(.moreComplaintsNeededAnew, [.init("needed", 3), .init("clause", "s.104(4)")])
      ])
    let mixed = Self.changes([last, Made()])[0]
    #expect(mixed["needed"] == "2" && mixed["by"] == "2026-09-01")
    #expect(Self.changes([])[0].code == .moreComplaintsNeededAnew)
  }

  @Test func `nothing would change what s.104(4) decides`() {
    let alternative = LocalAlternative(key: "a", kind: .severalPeople(9), clause: "Procedure 2")
    #expect(Self.changes([Made(), Made(), Made()], [alternative]).isEmpty)
  }

  static func local(_ complaints: [Made], _ kind: LocalAlternative.Kind) -> Reason {
    changes(complaints, [LocalAlternative(key: "a", kind: kind, clause: "Procedure 2")])[1]
  }

  @Test func `enough, but too few of hate`() {
    let change = Self.local([Made(), Made()], .hate(complaints: 2, ofHate: 1))
    #expect(
      change
        == Reason(.moreOfHateNeeded, [.init("needed", 1), .init("clause", "Procedure 2")]))
  }

  @Test func `too few, and too few of hate`() {
    let one = Self.local([Made()], .hate(complaints: 2, ofHate: 1))
    #expect(one.code == .moreComplaintsNeeded)
    #expect(one["needed"] == "1" && one["ofHate"] == "1" && one["by"] == "2026-09-01")
    let ofHate = Self.local([Made(hate: true)], .hate(complaints: 2, ofHate: 1))
    #expect(ofHate["needed"] == "1" && ofHate["ofHate"].isEmpty)
    let none = Self.local([], .hate(complaints: 2, ofHate: 1))
    #expect(none.code == .moreComplaintsNeededAnew)
    #expect(none["needed"] == "2" && none["ofHate"] == "1")
  }

  @Test func `more people, as long as the last report of each counts`() {
    let two = [
      Made(), Made(behaviour: "2026-02-01", complaint: "2026-02-02", complainant: "flat-4"),
    ]
    let change = Self.local(two, .severalPeople(5))
    #expect(change.code == .morePeopleNeeded)
    #expect(change["needed"] == "3" && change["by"] == "2026-08-01")
    let nobody = Self.local([], .severalPeople(5))
    #expect(nobody["needed"] == "5" && nobody["by"].isEmpty)
    #expect(
      nobody.rendered(in: .english)
        == "Qualifying complaints by 5 more people would be enough (Procedure 2).")
  }

  @Test func `more households, and those that are not known are for a person`() {
    let change = Self.local([Made(household: "1")], .severalHouseholds(3))
    #expect(change.code == .moreHouseholdsNeeded)
    #expect(change["needed"] == "2" && change["by"] == "2026-09-01")
    let found = Self.local([Made(), Made(complainant: "b")], .severalHouseholds(2))
    #expect(found == Reason(.findingNeeded, [.init("clause", "Procedure 2")]))
  }

  @Test func `what a person finds is said for each route that is theirs`() {
    let risk = LocalAlternative(key: "a", kind: .riskBand("high"), clause: "Procedure 3")
    let changes = Assessment.of(
      .test([Made()]), under: .test(alternatives: [risk], factors: [.harm])
    ).changes
    #expect(
      changes.map(\.code) == [.moreComplaintsNeeded, .findingNeeded, .findingNeeded])
    #expect(changes.map { $0["clause"] } == ["s.104(4)", "Procedure 3", "s.104(5)"])
  }

  /// The application made on another day, with so many further complaints on that day.
  static func again(
    _ facts: ApplicationFacts, on day: CalendarDate, _ further: Int, ofHate: Int = 0
  ) -> ApplicationFacts {
    let more = (0..<max(0, further)).map { number in
      ComplaintFacts(
        index: facts.complaints.count + number, behaviour: day...day, complaint: day...day,
        complainant: "further-\(number)", hate: number < ofHate)
    }
    return ApplicationFacts(receivedOn: day, complaints: madeBy(facts) + more)
  }

  @Test func `so many are enough up to that day, one fewer is not, nor is a day later`() {
    var generator = Seeded(61)
    let hate = LocalAlternative(
      key: "a", kind: .hate(complaints: 2, ofHate: 1), clause: "Procedure 2")
    let people = LocalAlternative(key: "b", kind: .severalPeople(4), clause: "Procedure 3")
    let pack = PolicyPack.test(alternatives: [hate, people])
    var seen: Set<Reason.Code> = []
    for _ in 0..<600 {
      let facts = ApplicationFacts.drawn(
        Int.random(in: 0..<6, using: &generator), using: &generator)
      let assessment = Assessment.of(facts, under: pack)
      for change in assessment.changes {
        seen.insert(change.code)
        guard change.code != .moreOfHateNeeded, let needed = Int(change["needed"]) else { continue }
        let by = CalendarDate(change["by"])
        let day = by ?? facts.receivedOn.adding(days: 1)
        let ofHate = Int(change["ofHate"]) ?? 0
        func outcome(on day: CalendarDate, _ further: Int, ofHate: Int) -> RouteOutcome? {
          Assessment.of(Self.again(facts, on: day, further, ofHate: ofHate), under: pack)
            .routes.first { $0.clause == change["clause"] }?.outcome
        }
        #expect(outcome(on: day, needed, ofHate: ofHate) == .met, "\(change), \(facts)")
        #expect(outcome(on: day, needed - 1, ofHate: needed - 1) == .notMet, "\(change), \(facts)")
        guard let by, change["ofHate"].isEmpty else { continue }
        #expect(
          outcome(on: by.adding(days: 1), needed, ofHate: 0) == .notMet, "\(change), \(facts)")
      }
      #expect(assessment.met == assessment.changes.isEmpty)
    }
    #expect(
      seen == [
        .moreComplaintsNeeded, .moreComplaintsNeededAnew, .moreOfHateNeeded, .morePeopleNeeded,
      ])
  }

  @Test func `more complaints, so many of them by further people`() {
    let kind = LocalAlternative.Kind.severalPeople(people: 3, complaints: 5)
    let one = Self.local([Made(), Made()], kind)
    #expect(one["needed"] == "3" && one["people"] == "2" && one["by"] == "2026-09-01")
    #expect(
      one.rendered(in: .english)
        == "3 more qualifying complaints, 2 of them each by a different further person, and an application by "
        + "1 September 2026, would be enough (Procedure 2).")
    let two = Self.local(
      [Made(), Made(complainant: "b")],
      .severalHouseholds(households: 2, complaints: 3))
    #expect(two["needed"] == "2" && two["households"] == "2")
    #expect(
      two.rendered(in: .english).hasPrefix(
        "2 more qualifying complaints, each from a different further household,"))
  }

  @Test
  func `a further complaint to the same body would not do where the procedure asks for several`() {
    let caveat = Caveat(.singleAgency, on: .local, words: "not all to one organisation")
    func change(_ complaints: [Made], required: Int) -> Reason? {
      LocalNarrowingTests.assess(
        complaints, .hate(complaints: required, ofHate: 0), caveats: [caveat]
      ).changes.last
    }
    let two = [Made(body: "council"), Made(body: "council")]
    #expect(
      change(two, required: 2)?.rendered(in: .english)
        == "One more qualifying complaint to another body than council, and an application by 1 September "
        + "2026, would be enough (Procedure 2).")
    #expect(change(two, required: 4)?["besides"] == "council")
    let anew = change([], required: 1)
    #expect(anew?["needed"] == "2" && anew?["bodies"] == "2")
    let several = change([Made(body: "council"), Made(body: "police")], required: 3)
    #expect(several?["besides"].isEmpty == true && several?["bodies"].isEmpty == true)
  }

  /// What had been reported by the application was reported by then, whenever it is looked at.
  static func madeBy(_ facts: ApplicationFacts) -> [ComplaintFacts] {
    facts.complaints.map { complaint in
      guard complaint.complaint.contains(facts.receivedOn) else { return complaint }
      return ComplaintFacts(
        index: complaint.index, behaviour: complaint.behaviour,
        complaint: complaint.complaint.lowerBound...facts.receivedOn, body: complaint.body,
        complainant: complaint.complainant, incident: complaint.incident, hate: complaint.hate,
        household: complaint.household)
    }
  }

  /// Those that a change asks for, made and applied with on the last day that it names.
  static func fulfilled(_ change: Reason, _ facts: ApplicationFacts) -> ApplicationFacts {
    let day = CalendarDate(change["by"]) ?? facts.receivedOn.adding(days: 1)
    let usual = change["besides"].isEmpty ? "council" : change["besides"]
    let other = usual == "council" ? "police" : "council"
    let isOfSeveral = !(change["besides"].isEmpty && change["bodies"].isEmpty)
    let more = (0..<(Int(change["needed"]) ?? 0)).map { number in
      ComplaintFacts(
        index: facts.complaints.count + number, behaviour: day...day, complaint: day...day,
        body: isOfSeveral && number == 0 ? other : usual, complainant: "further-\(number)",
        incident: "further-\(number)", hate: number < Int(change["ofHate"]) ?? 0,
        household: "further-\(number)")
    }
    return ApplicationFacts(receivedOn: day, complaints: madeBy(facts) + more)
  }

  @Test func `what is said to be enough is enough, however the procedure narrows it`() {
    var generator = Seeded(62)
    var seen: Set<String> = []
    for _ in 0..<RulePropertyTests.rounds {
      let drawn = RulePropertyTests.draw(using: &generator)
      // Which reports are of one day is another matter where days are in doubt.
      guard drawn.pack.procedure.dedupe != .sameComplainantSameDay else { continue }
      for change in drawn.assessment.changes where Int(change["needed"]) != nil {
        guard change.code != .moreOfHateNeeded else { continue }
        let again = Assessment.of(
          Self.fulfilled(change, drawn.facts), drawn.evidence, under: drawn.pack)
        let route = again.routes.first { $0.clause == change["clause"] }
        let enough: RouteOutcome = change["decides"].isEmpty ? .met : .personDecides
        #expect(
          route?.outcome == enough,
          "\(String(describing: route?.complaints.map { $0.reason.rendered(in: .english) })) \(change), \(drawn)"
        )
        seen.formUnion(change.details.map(\.name))
      }
    }
    #expect(
      seen.isSuperset(of: ["besides", "bodies", "recognised", "caveat", "decides", "by", "ofHate"]))
  }
}
