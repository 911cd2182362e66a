import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct FactsInDoubtTests {
  static let sure = [Made(body: "council"), Made(body: "council")]

  /// In time if the behaviour was on 6 February or later.
  static let doubtful = Made(
    behaviour: "2026-02-01", behaviourTo: "2026-02-10", complaint: "2026-03-05", body: "police")

  @Test func `the day of the behaviour, and what would settle it`() {
    let assessment = Assessment.of(.test(Self.sure + [Self.doubtful]), under: .test())
    #expect(assessment.outcome == .met)
    #expect(
      assessment.turnsOn.map { $0.rendered(in: .english) } == [
        "The outcome turns on the day of complaint 3: the threshold would be met if the behaviour was after "
          + "5 February 2026.",
        "A record of complaint 3 would settle it: a reference number, a message or a call log, or what police "
          + "has on file.",
      ])
  }

  @Test func `the day of the report, too late after the behaviour`() {
    let made = Made(
      behaviour: "2026-02-01", complaint: "2026-02-20", complaintTo: "2026-03-10")
    let reasons = Assessment.of(.test(Self.sure + [made]), under: .test()).turnsOn
    #expect(reasons.map(\.code) == [.turnsOnDay, .settledByRecord])
    #expect(reasons[0]["day"] == "report" && reasons[0]["by"] == "2026-02-28")
    #expect(reasons[0]["outcome"] == "NOT_MET")
  }

  @Test func `the day of the report, too long before the application`() {
    let made = Made(
      behaviour: "2025-09-10", complaint: "2025-09-10", complaintTo: "2025-09-20")
    let reasons = Assessment.of(.test(Self.sure + [made]), under: .test()).turnsOn
    // Received on 16 March: in time if reported on 17 September or later.
    #expect(reasons[0]["day"] == "report" && reasons[0]["by"] == "2025-09-16")
    #expect(reasons[0]["outcome"] == "MET")
  }

  @Test func `a range all of whose days come to the same is nothing to turn on`() {
    let made = Made(behaviour: "2026-03-01", behaviourTo: "2026-03-02", complaint: "2026-03-05")
    #expect(Assessment.of(.test(Self.sure + [made]), under: .test()).turnsOn.isEmpty)
    // Nor is one without which enough count.
    let enough = Self.sure + [Made(), Self.doubtful]
    #expect(Assessment.of(.test(enough), under: .test()).turnsOn.isEmpty)
    // Nor one with which too few do.
    #expect(Assessment.of(.test([Made(), Self.doubtful]), under: .test()).turnsOn.isEmpty)
  }

  @Test func `a dispute, whichever way it is taken`() {
    let findings = [Evidence.Finding(complaint: 0, body: "council", standing: .bodyDisputes)]
    let three = Self.sure + [Made()]
    let kept = EvidenceTests.assess(three, findings)
    #expect(kept.met && kept.turnsOn.map(\.code) == [.turnsOnDispute, .settledByRecord])
    #expect(kept.turnsOn[0]["outcome"] == "NOT_MET" && kept.turnsOn[0]["place"] == "0")
    let strict = EvidenceTests.assess(three, findings, strict: true)
    #expect(!strict.met && strict.turnsOn[0]["outcome"] == "MET")
    #expect(
      strict.turnsOn[0].rendered(in: .english)
        == "The outcome turns on complaint 1, which council disputes: with it, the threshold would be met."
    )
  }

  @Test func `a missing record`() {
    let findings = [Evidence.Finding(complaint: 1, body: "council", standing: .nobodyKnows)]
    let assessment = EvidenceTests.assess(Self.sure, findings, required: 2)
    #expect(assessment.turnsOn.map(\.code) == [.turnsOnRecord, .settledByRecord])
  }

  @Test func `two facts that decide only together are said together, a third is left out`() {
    // Four count, three are needed: it takes two of them to fall.
    let findings = (1...3).map {
      Evidence.Finding(complaint: $0, body: "council", standing: .bodyDisputes)
    }
    let four = [Made(), Made(), Made(), Made()]
    let assessment = EvidenceTests.assess(four, findings)
    let disputes = assessment.turnsOn.filter { $0.code == .turnsOnDispute }
    #expect(disputes.count == 2 && disputes.allSatisfy { $0["together"] == "2" })
    #expect(assessment.turnsOn.count == 4)
  }

  @Test func `where the others are in doubt too, only what holds whatever they are is said`() {
    let two = [Made(), Self.doubtful, Self.doubtful]
    let reasons = Assessment.of(.test(two), under: .test()).turnsOn.filter {
      $0.code == .turnsOnDay
    }
    #expect(reasons.map { $0["until"] } == ["2026-02-05", "2026-02-05"])
    #expect(
      reasons[0].rendered(in: .english)
        == "The outcome turns on the day of complaint 2: the threshold would not be met if the behaviour was "
        + "on 5 February 2026 or before.")
    // One of three may be late: no day of a single one decides.
    let three = [Made(), Self.doubtful, Self.doubtful, Self.doubtful]
    let plain = Assessment.of(.test(three), under: .test()).turnsOn
    #expect(plain.map(\.code) == [.turnsOnDay, .settledByRecord, .turnsOnDay, .settledByRecord])
    #expect(
      plain[0].rendered(in: .english)
        == "The outcome may turn on the day of complaint 2, together with one other fact in doubt.")
  }

  @Test func `the day is that of the period which decides`() {
    // Out of the Act's month whichever day it was; the area's own period is six weeks.
    let made = Made(
      behaviour: "2026-01-10", behaviourTo: "2026-01-30", complaint: "2026-03-05", hate: true)
    let one = LocalAlternative(
      key: "a", kind: .hate(complaints: 1, ofHate: 1), clause: "Procedure 2",
      complaintWindow: Period(6, .weeks))
    let reasons = Assessment.of(.test([made]), under: .test(alternatives: [one])).turnsOn
    #expect(reasons[0]["day"] == "behaviour" && reasons[0]["by"] == "2026-01-22")
    #expect(reasons[0]["outcome"] == "MET" && reasons[0]["clause"].isEmpty)
  }

  @Test func `where a route of the area's own keeps the outcome, what turns is s.104(4)`() {
    let one = LocalAlternative(
      key: "a", kind: .hate(complaints: 1, ofHate: 1), clause: "Procedure 2")
    let finding = Evidence.Finding(complaint: 2, body: "council", standing: .bodyDisputes)
    let assessment = Assessment.of(
      .test([Made(hate: true), Made(), Made(body: "council")]), Evidence(findings: [finding]),
      under: .test(alternatives: [one]))
    #expect(assessment.met && assessment.turnsOn.count == 2)
    #expect(
      assessment.turnsOn[0].rendered(in: .english)
        == "The outcome under s.104(4) turns on complaint 3, which council disputes: without it, s.104(4) "
        + "would not be met.")
  }

  @Test func `reports that may be of one incident count apart, and it is said that this decides`() {
    let reports = ["council", "police", "landlord"].map { Made(body: $0) }
    for strict in [true, false] {
      let assessment = EvidenceTests.assess(reports, [], strict: strict)
      #expect(assessment.met && assessment.counted == 3)
      #expect(
        assessment.turnsOn.map { $0.rendered(in: .english) } == [
          "The outcome turns on whether complaints 1, 2 and 3 are about one incident: if they are, the "
            + "threshold would not be met.",
          "What happened, and when, in each of complaints 1, 2 and 3 would settle it: what was said when it "
            + "was reported, or what the bodies have on file.",
        ])
    }
    // What tells them apart: another day, another person, what the report is about, hate. One body's own
    // reports it can tell apart itself.
    let other = [
      Made(behaviour: "2026-03-02", body: "police"), Made(body: "police", complainant: "flat-4"),
      Made(body: "police", incident: "a"), Made(body: "police", hate: true), Made(body: "council"),
    ]
    for report in other {
      let three = [Made(body: "council"), report, Made(behaviour: "2026-02-20", body: "landlord")]
      #expect(EvidenceTests.assess(three, []).turnsOn.isEmpty, "\(report)")
    }
    // Days that may be the same.
    let vague = Made(behaviour: "2026-02-25", behaviourTo: "2026-03-01", body: "police")
    let three = [Made(body: "council"), vague, Made(behaviour: "2026-02-20", body: "landlord")]
    #expect(EvidenceTests.assess(three, []).turnsOn.first?["places"] == "0,1")
  }

  @Test func `so many facts are looked at one by one, and it is said that there are more`() {
    let count = 2 * FactsInDoubt.doubtsLimit
    let complaints = (0..<count).map { _ in Made(body: "council") }
    func turnsOn(disputed: Range<Int>, _ complaints: [Made]) -> [Reason] {
      let findings = disputed.map {
        Evidence.Finding(complaint: $0, body: "council", standing: .bodyDisputes)
      }
      return EvidenceTests.assess(complaints, findings).turnsOn
    }
    let more = turnsOn(disputed: 0..<count, complaints)
    let limit = FactsInDoubt.doubtsLimit
    #expect(
      more == [Reason(.moreInDoubt, [.init("looked", limit), .init("doubts", count)])])
    let all = turnsOn(disputed: 0..<limit, Array(complaints.prefix(limit)))
    #expect(!all.isEmpty && !all.map(\.code).contains(.moreInDoubt))
  }

  /// Tries every day, one at a time.
  @Test func `the outcome turns on a day exactly if some days of its range come to another`() {
    var generator = Seeded(51)
    var seen: Set<Bool> = []
    for _ in 0..<150 {
      let start = day("2025-08-20").adding(days: Int.random(in: 0..<190, using: &generator))
      let behaviour = start...start.adding(days: Int.random(in: 0..<20, using: &generator))
      let first = behaviour.lowerBound.adding(days: Int.random(in: 0..<40, using: &generator))
      let reported = first...first.adding(days: Int.random(in: 0..<20, using: &generator))
      let received = day("2026-03-16")
      func assess(
        _ behaviour: ClosedRange<CalendarDate>, _ reported: ClosedRange<CalendarDate>
      ) -> Assessment {
        Assessment.of(
          ApplicationFacts(
            receivedOn: received,
            complaints: [ComplaintFacts(index: 0, behaviour: behaviour, complaint: reported)]),
          under: .test(mandatory: MandatoryRule(required: 1)))
      }
      func days(_ range: ClosedRange<CalendarDate>) -> [CalendarDate] {
        (range.lowerBound.daysSince1970...range.upperBound.daysSince1970).map(
          CalendarDate.init(daysSince1970:))
      }
      var outcomes: Set<RouteOutcome> = []
      for one in days(behaviour) {
        // Reported before it happened, or after the application: no such days are possible.
        for other in days(reported) where one <= other && other <= received {
          outcomes.insert(assess(one...one, other...other).outcome)
        }
      }
      let turns = !assess(behaviour, reported).turnsOn.isEmpty
      #expect(turns == (outcomes.count == 2), "\(behaviour), \(reported)")
      seen.insert(turns)
    }
    #expect(seen == [true, false])
  }
}
