import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// Whatever is said to turn, does: each sentence is tried on applications of which everything is known.
@Suite struct TurningTruthTests {
  static let received = day("2026-03-16")

  static func days(
    from first: CalendarDate, _ lengths: [Int], using generator: inout some RandomNumberGenerator
  ) -> ClosedRange<CalendarDate> {
    first...first.adding(days: lengths.randomElement(using: &generator) ?? 0)
  }

  static func facts(using generator: inout some RandomNumberGenerator) -> ApplicationFacts {
    let complaints = (0..<Int.random(in: 3...6, using: &generator)).map { index in
      let behaviour = days(
        from: received.adding(days: -Int.random(in: 1..<200, using: &generator)), [0, 0, 15, 40],
        using: &generator)
      let first = behaviour.lowerBound.adding(days: Int.random(in: 0..<35, using: &generator))
      return ComplaintFacts(
        index: index, behaviour: behaviour,
        complaint: days(from: min(first, received), [0, 0, 15], using: &generator),
        body: Bool.random(using: &generator) ? "council" : "police",
        complainant: Bool.random(using: &generator) ? "self" : "flat-4",
        incident: ["", "", "a", "b"].randomElement(using: &generator) ?? "",
        hate: Int.random(in: 0..<4, using: &generator) == 0,
        household: ["1", "", "1", "2"][index % 4])
    }
    return ApplicationFacts(receivedOn: received, complaints: complaints)
  }

  static func pack(
    isLenient: Bool, _ caveats: [Caveat], _ required: Int, _ dedupe: DedupeRule,
    countsHouseholds: Bool
  ) -> PolicyPack {
    var procedure = PolicyPack.Procedure()
    procedure.decision = DecisionPolicy(givesBenefitOfTheDoubt: isLenient)
    procedure.dedupe = dedupe
    var alternatives = [
      LocalAlternative(key: "a", kind: .hate(complaints: 2, ofHate: 1), clause: "Procedure 2"),
      LocalAlternative(
        key: "b", kind: .severalPeople(people: 2, complaints: 3), clause: "Procedure 3",
        complaintWindow: Period(6, .weeks)),
    ]
    if countsHouseholds {
      alternatives.append(
        LocalAlternative(key: "c", kind: .severalHouseholds(2), clause: "Procedure 4"))
    }
    return .test(
      mandatory: MandatoryRule(required: required), alternatives: alternatives, caveats: caveats,
      bodies: LocalNarrowingTests.bodies, procedure: procedure)
  }

  /// What is known in one world: which were made, on which days, and which are of one incident. Nil if no
  /// days are possible.
  static func world(
    _ facts: ApplicationFacts, _ disputed: Set<Int>, where claim: Reason, among all: [Reason],
    using generator: inout some RandomNumberGenerator
  ) -> (facts: ApplicationFacts, unmade: [Evidence.Finding])? {
    // Those that are said to decide together are all the other way.
    let together = claim["together"].isEmpty ? [claim] : all.filter { !$0["together"].isEmpty }
    var made: [Int: Bool] = [:]
    for reason in together where [.turnsOnDispute, .turnsOnRecord].contains(reason.code) {
      if let place = Int(reason["place"]) { made[place] = reason["counted"] == "0" }
    }
    let isAboutMade = [.turnsOnDispute, .turnsOnRecord].contains(claim.code)
    let oneIncident =
      claim.code == .turnsOnSameIncident ? claim["places"].split(separator: ",") : []
    var complaints: [ComplaintFacts] = []
    for complaint in facts.complaints {
      var pair: (CalendarDate, CalendarDate)?
      for _ in 0..<60 where pair == nil {
        let behaviour = any(complaint.behaviour, using: &generator)
        let reported = any(complaint.complaint, using: &generator)
        guard behaviour <= reported, reported <= facts.receivedOn else { continue }
        if claim.code == .turnsOnDay, claim["place"] == String(complaint.index) {
          let day = claim["day"] == "behaviour" ? behaviour : reported
          if let by = CalendarDate(claim["by"]), day <= by { continue }
          if let until = CalendarDate(claim["until"]), day > until { continue }
        }
        pair = (behaviour, reported)
      }
      guard let (behaviour, reported) = pair else { return nil }
      var incident = complaint.incident
      if oneIncident.contains(where: { $0 == String(complaint.index) }) { incident = "one" }
      complaints.append(
        ComplaintFacts(
          index: complaint.index, behaviour: behaviour...behaviour, complaint: reported...reported,
          body: complaint.body, complainant: complaint.complainant, incident: incident,
          hate: complaint.hate, household: complaint.household))
    }
    let unmade = disputed.sorted().filter { place in
      let isMade = isAboutMade ? made[place] : nil
      return !(isMade ?? Bool.random(using: &generator))
    }
    return (
      ApplicationFacts(receivedOn: facts.receivedOn, complaints: complaints),
      unmade.map { Evidence.Finding(complaint: $0, body: "council", standing: .bodyDisputes) }
    )
  }

  private static func any(
    _ days: ClosedRange<CalendarDate>, using generator: inout some RandomNumberGenerator
  ) -> CalendarDate {
    let numbers = days.lowerBound.daysSince1970...days.upperBound.daysSince1970
    return CalendarDate(daysSince1970: Int.random(in: numbers, using: &generator))
  }

  @Test(arguments: [false, true])
  func `what is said to turn does, whatever is true of everything else in doubt`(
    countsHouseholds: Bool
  ) {
    var generator = Seeded(91)
    var seen: Set<Reason.Code> = []
    for _ in 0..<600 {
      let facts = Self.facts(using: &generator)
      let disputed = Set(
        facts.complaints.indices.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
      let caveats = [
        Caveat(.withinLastMonth, on: .local), Caveat(.singleAgency, on: .local),
        Caveat(.shorterWindow, on: .local, period: Period(20, .days)),
      ].filter { _ in Int.random(in: 0..<5, using: &generator) == 0 }
      let isLenient = Bool.random(using: &generator)
      let required = Int.random(in: 2...3, using: &generator)
      let dedupe: DedupeRule =
        Bool.random(using: &generator) ? .sameIncident : .sameComplainantSameIncident
      let findings = disputed.sorted().map {
        Evidence.Finding(complaint: $0, body: "council", standing: .bodyDisputes)
      }
      let assessment = Assessment.of(
        facts, Evidence(findings: findings),
        under: Self.pack(
          isLenient: isLenient, caveats, required, dedupe, countsHouseholds: countsHouseholds))
      // Where everything is known, nothing is left to give the benefit of the doubt to.
      let strict = Self.pack(
        isLenient: false, caveats, required, dedupe, countsHouseholds: countsHouseholds)
      for claim in assessment.turnsOn {
        guard let said = RouteOutcome(rawValue: claim["outcome"]) else { continue }
        for _ in 0..<12 {
          let world = Self.world(
            facts, disputed, where: claim, among: assessment.turnsOn, using: &generator)
          guard let world else { continue }
          let known = Assessment.of(
            world.facts, Evidence(findings: world.unmade), under: strict)
          let comesTo: RouteOutcome =
            claim["clause"].isEmpty ? known.outcome : known.met ? .met : .notMet
          #expect(comesTo == said, "\(claim), \(facts), \(world), \(isLenient)")
          seen.insert(claim.code)
        }
      }
    }
    // Where households decide too, one incident or two is hardly ever what it turns on.
    let rare: Set<Reason.Code> = countsHouseholds ? [] : [.turnsOnSameIncident]
    #expect(seen.isSuperset(of: rare.union([.turnsOnDay, .turnsOnDispute])))
  }
}
