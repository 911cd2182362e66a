import CaseModel
import Policy
import Testing

@testable import ThresholdRules

/// Whatever else is known: who complains once more is never worse off.
@Suite struct AnotherComplaintTests {
  /// Every kind of alternative, with as many complaints as people or households, and with more.
  static let kinds: [LocalAlternative.Kind] = [
    .hate(complaints: 2, ofHate: 1), .hate(complaints: 3, ofHate: 0), .severalPeople(2),
    .severalPeople(people: 2, complaints: 4), .severalHouseholds(2), .severalHouseholds(3),
    .severalHouseholds(households: 2, complaints: 4), .vulnerability, .riskBand("high"),
  ]

  /// As the other properties draw it, under all alternatives, and with households that people name in some
  /// complaints and not in others.
  static func draw(
    using generator: inout some RandomNumberGenerator
  ) -> RulePropertyTests.Drawn {
    let drawn = RulePropertyTests.draw(using: &generator)
    let complaints = drawn.facts.complaints.map { complaint in
      ComplaintFacts(
        index: complaint.index, behaviour: complaint.behaviour, complaint: complaint.complaint,
        body: complaint.body, complainant: complaint.complainant, incident: complaint.incident,
        hate: complaint.hate,
        household: ["", "1", "2"].randomElement(using: &generator) ?? "")
    }
    let alternatives = kinds.enumerated().map { number, kind in
      LocalAlternative(
        key: "\(number)", kind: kind, clause: "Procedure \(number)",
        complaintWindow: Bool.random(using: &generator) ? nil : Period(6, .weeks))
    }
    let pack = PolicyPack.test(
      mandatory: drawn.pack.mandatory, alternatives: alternatives, factors: drawn.pack.factors,
      caveats: drawn.pack.caveats, bodies: drawn.pack.bodies, procedure: drawn.pack.procedure)
    return RulePropertyTests.Drawn(
      pack: pack,
      facts: ApplicationFacts(receivedOn: drawn.facts.receivedOn, complaints: complaints),
      evidence: drawn.evidence)
  }

  @Test func `adding a complaint never weakens any route's outcome`() {
    var generator = Seeded(87)
    var undecided: Set<String> = []
    for _ in 0..<RulePropertyTests.rounds {
      let after = Self.draw(using: &generator)
      for left in after.facts.complaints.indices {
        var fewer = after.facts.complaints
        fewer.remove(at: left)
        let (before, now) = (after.with(fewer).assessment, after.assessment)
        #expect(before.outcome <= now.outcome && (!before.met || now.met), "\(after), \(left)")
        #expect(before.routes.map(\.clause) == now.routes.map(\.clause))
        for (one, other) in zip(before.routes, now.routes) {
          #expect(
            one.outcome <= other.outcome && one.counted <= other.counted,
            "\(one.clause): \(after), \(left)")
          if one.toFind.map(\.code).contains(.householdsToFind) { undecided.insert(one.clause) }
        }
      }
    }
    // Households that are not known are among what was drawn, on each route that counts them.
    #expect(undecided == ["Procedure 4", "Procedure 5", "Procedure 6"])
  }

  @Test func `a neighbour who names a household that is known already takes nothing away`() {
    let pack = PolicyPack.test(alternatives: [
      LocalAlternative(key: "two", kind: .severalHouseholds(2), clause: "Two households")
    ])
    let two = [Made(household: "1"), Made(complainant: "flat-4")]
    let before = Assessment.of(.test(two), under: pack)
    // Under s.104(4) it is too late, so that the route alone makes the outcome.
    let named = Made(
      behaviour: "2026-01-01", complaint: "2026-02-20", complainant: "flat-4", household: "1")
    let now = Assessment.of(.test(two + [named]), under: pack)
    for assessment in [before, now] {
      #expect(!assessment.met && assessment.outcome == .personDecides)
      #expect(
        assessment.routes[1].toFind
          == [Reason(.householdsToFind, [.init("counted", 1), .init("required", 2)])])
    }
  }
}
