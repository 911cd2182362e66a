import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// What holds under every pack, whatever is known.
@Suite struct RulePropertyTests {
  static let rounds = 800

  /// A pack, an application and what was found out about it.
  struct Drawn: CustomStringConvertible {
    let pack: PolicyPack
    let facts: ApplicationFacts
    let evidence: Evidence

    var description: String { "\(facts), \(evidence), \(pack)" }

    var assessment: Assessment { Assessment.of(facts, evidence, under: pack) }

    func with(_ complaints: [ComplaintFacts]) -> Drawn {
      Drawn(
        pack: pack, facts: ApplicationFacts(receivedOn: facts.receivedOn, complaints: complaints),
        evidence: evidence)
    }
  }

  static func draw(using generator: inout some RandomNumberGenerator) -> Drawn {
    let facts = facts(using: &generator)
    let findings = facts.complaints.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
      .map { complaint in
        Evidence.Finding(
          complaint: complaint.index,
          body: ["council", "police"].randomElement(using: &generator) ?? "",
          standing: Standing.allCases.randomElement(using: &generator) ?? .nobodyKnows)
      }
    return Drawn(
      pack: pack(using: &generator), facts: facts, evidence: Evidence(findings: findings))
  }

  private static func facts(
    using generator: inout some RandomNumberGenerator
  ) -> ApplicationFacts {
    let drawn = ApplicationFacts.drawn(
      Int.random(in: 0..<8, using: &generator), using: &generator)
    var complaints: [ComplaintFacts] = []
    for facts in drawn.complaints {
      // Often on the days of the one before.
      let days = Bool.random(using: &generator) ? complaints.last ?? facts : facts
      let range = [0, 0, 12].randomElement(using: &generator) ?? 0
      let reported = days.complaint.lowerBound
      complaints.append(
        ComplaintFacts(
          index: facts.index, behaviour: days.behaviour,
          complaint: reported...reported.adding(days: range),
          body: ["council", "police", "board", ""].randomElement(using: &generator) ?? "",
          complainant: facts.complainant, incident: facts.incident, hate: facts.hate,
          household: ["self": "1", "flat-4": "2"][facts.complainant] ?? ""))
    }
    return ApplicationFacts(receivedOn: drawn.receivedOn, complaints: complaints)
  }

  private static func pack(using generator: inout some RandomNumberGenerator) -> PolicyPack {
    var procedure = PolicyPack.Procedure()
    procedure.dedupe = DedupeRule.allCases.randomElement(using: &generator) ?? procedure.dedupe
    procedure.recipients = Bool.random(using: &generator) ? [] : [.council, .police]
    procedure.decision = DecisionPolicy(
      givesBenefitOfTheDoubt: Bool.random(using: &generator))
    let kinds: [LocalAlternative.Kind] = [
      .hate(complaints: 2, ofHate: 1), .hate(complaints: 3, ofHate: 0), .severalPeople(2),
      .severalHouseholds(2),
    ]
    let alternatives = kinds.enumerated().map { number, kind in
      LocalAlternative(
        key: "\(number)", kind: kind, clause: "Procedure \(number)",
        complaintWindow: Bool.random(using: &generator) ? nil : Period(6, .weeks))
    }
    let caveats = [
      Caveat(.withinLastMonth, on: .local), Caveat(.singleAgency, on: .local),
      Caveat(.shorterWindow, on: .local, period: Period(20, .days)),
      Caveat(.caseClosed, on: .local), Caveat(.vexatious, on: .mandatory),
    ].filter { _ in Int.random(in: 0..<4, using: &generator) == 0 }
    return .test(
      mandatory: MandatoryRule(required: Int.random(in: 1...5, using: &generator)),
      alternatives: alternatives, factors: DiscretionaryFactor.allCases, caveats: caveats,
      bodies: LocalNarrowingTests.bodies, procedure: procedure)
  }

  @Test func `another complaint never makes the outcome weaker`() {
    var generator = Seeded(81)
    for _ in 0..<Self.rounds {
      let after = Self.draw(using: &generator)
      guard let left = after.facts.complaints.indices.randomElement(using: &generator) else {
        continue
      }
      var fewer = after.facts.complaints
      fewer.remove(at: left)
      let (before, now) = (after.with(fewer).assessment, after.assessment)
      #expect(before.outcome <= now.outcome && (!before.met || now.met), "\(after), \(left)")
      for (one, other) in zip(before.routes, now.routes) {
        #expect(one.outcome <= other.outcome && one.counted <= other.counted, "\(after), \(left)")
      }
    }
  }

  @Test func `the order of the complaints makes no difference`() {
    var generator = Seeded(82)
    for _ in 0..<Self.rounds {
      let drawn = Self.draw(using: &generator)
      let shuffled = drawn.with(drawn.facts.complaints.shuffled(using: &generator))
      let (one, other) = (drawn.assessment, shuffled.assessment)
      #expect(one.outcome == other.outcome && one.met == other.met, "\(drawn)")
      #expect(one.routes.map(\.counted) == other.routes.map(\.counted), "\(drawn)")
      #expect(one.routes.map(\.outcome) == other.routes.map(\.outcome), "\(drawn)")
      #expect(one.notes == other.notes && one.changes == other.changes, "\(drawn)")
      #expect(one.turnsOn.isEmpty == other.turnsOn.isEmpty, "\(drawn)")
    }
  }

  @Test func `a report told again never raises a count`() {
    var generator = Seeded(83)
    for _ in 0..<Self.rounds {
      let drawn = Self.draw(using: &generator)
      let known = drawn.facts.complaints.filter { !$0.incident.isEmpty }
      guard let told = known.randomElement(using: &generator) else { continue }
      let again = ComplaintFacts(
        index: drawn.facts.complaints.count, behaviour: told.behaviour, complaint: told.complaint,
        body: told.body, complainant: told.complainant, incident: told.incident, hate: told.hate,
        household: told.household)
      // What was found out about the first is true of it, too.
      let findings = drawn.evidence.findings.filter { $0.complaint == told.index }.map {
        Evidence.Finding(complaint: again.index, body: $0.body, standing: $0.standing)
      }
      let more = Drawn(
        pack: drawn.pack, facts: drawn.with(drawn.facts.complaints + [again]).facts,
        evidence: Evidence(findings: drawn.evidence.findings + findings))
      #expect(
        more.assessment.routes.map(\.counted) == drawn.assessment.routes.map(\.counted), "\(drawn)")
    }
  }

  @Test func `the outcome alone is that of the whole assessment`() {
    var generator = Seeded(86)
    for _ in 0..<Self.rounds {
      let drawn = Self.draw(using: &generator)
      let outcome = Assessment.outcome(of: drawn.facts, drawn.evidence, under: drawn.pack)
      #expect(outcome == drawn.assessment.outcome, "\(drawn)")
    }
  }

  @Test func `the lines bear out each route, and the routes the outcome`() {
    var generator = Seeded(84)
    var seen: Set<Reason.Code> = []
    for _ in 0..<Self.rounds {
      let drawn = Self.draw(using: &generator)
      let assessment = drawn.assessment
      for route in assessment.routes {
        #expect(route.complaints.map(\.index) == drawn.facts.complaints.map(\.index))
        Self.check(route, drawn)
        seen.formUnion(route.complaints.map(\.reason.code))
      }
      let decisive = assessment.routes.filter { $0.route != .discretionary }
      #expect(assessment.outcome == decisive.map(\.outcome).max())
      #expect(assessment.met == (assessment.routes[0].outcome == .met))
      #expect(assessment.met == assessment.changes.isEmpty)
      #expect(assessment.required <= MandatoryRule.requiredLimit)
    }
    #expect(
      seen.isSuperset(of: [
        .complaintCounts, .complaintTooLate, .applicationTooLate, .sameComplainantSameIncident,
        .sameIncident, .sameComplainantSameDay, .recipientNotRecognised, .disputed, .notOnRecord,
        .caveatNarrows, .evidence,
      ]))
  }

  /// Derives what a route says from its lines alone.
  private static func check(_ route: RouteResult, _ drawn: Drawn) {
    let lines = route.complaints
    let counting = lines.filter(\.counted)
    for line in lines {
      #expect(line.counted == (line.reason.code == .complaintCounts), "\(drawn)")
      #expect(line.counted == Self.isBorneOut(line.reason), "\(line)")
      guard let with = line.with else { continue }
      // It counts once together with one that counts.
      #expect(counting.contains { $0.index == with } && line.reason["with"] == String(with))
    }
    let facts = counting.map { drawn.facts.complaints[$0.index] }
    switch route.clause {
    case "s.104(4)", "Procedure 0", "Procedure 1": #expect(route.counted == counting.count)
    case "Procedure 2": #expect(route.counted == Set(facts.map(\.complainant)).count)
    case "Procedure 3":
      #expect(route.counted == Set(facts.map(\.household).filter { !$0.isEmpty }).count)
    default: #expect(route.counted == 0 && counting.isEmpty)
    }
    if route.outcome == .met { #expect(route.counted >= route.required && route.toFind.isEmpty) }
    if route.outcome == .personDecides { #expect(!route.toFind.isEmpty) }
    if route.clause == "s.104(4)" {
      #expect((route.outcome == .met) == (counting.count >= route.required))
    }
  }

  /// True if the days that a reason names make a complaint count.
  private static func isBorneOut(_ reason: Reason) -> Bool {
    guard let complaint = CalendarDate(reason["complaint"]),
      let received = CalendarDate(reason["received"]),
      let complaintBy = CalendarDate(reason["complaintBy"]),
      let applicationBy = CalendarDate(reason["applicationBy"])
    else { return false }
    return complaint <= complaintBy && received <= applicationBy && complaint <= received
  }

  /// Goes on day by day until the month in which the period ends has its corresponding day, or is over.
  private func slowly(_ months: Int, beginningWith first: CalendarDate) -> CalendarDate {
    let end = first.year * 12 + first.month + months
    var day = first
    while true {
      let next = day.adding(days: 1)
      let month = next.year * 12 + next.month
      if month > end || (month == end && next.day == first.day) { return day }
      day = next
    }
  }

  @Test func `the periods of s.104(11) end when a slow walk through the days says so`() {
    let (first, last) = (day("2012-01-01"), day("2028-12-31"))
    for days in first.daysSince1970...last.daysSince1970 {
      let day = CalendarDate(daysSince1970: days)
      func periods(receivedOn: CalendarDate) -> Section104Subsection11 {
        Section104Subsection11(
          behaviour: day...day, made: day...day, receivedOn: receivedOn, isInFavour: true,
          within: .act)
      }
      let onFirst = periods(receivedOn: day)
      #expect(onFirst.complaintBy == slowly(1, beginningWith: day), "\(day)")
      #expect(onFirst.applicationBy == slowly(6, beginningWith: day), "\(day)")
      let onLast = periods(receivedOn: onFirst.applicationBy)
      let after = periods(receivedOn: onFirst.applicationBy.adding(days: 1))
      #expect(onLast.refusal == nil && after.refusal == .applicationTooLate, "\(day)")
    }
  }
}
