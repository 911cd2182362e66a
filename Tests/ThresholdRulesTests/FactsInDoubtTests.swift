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
