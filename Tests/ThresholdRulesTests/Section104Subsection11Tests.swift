import CaseModel
import Policy
import Testing

@testable import ThresholdRules

@Suite struct Section104Subsection11Tests {
  struct Row: Sendable, CustomStringConvertible {
    let made: Made
    let received: String
    /// Nil if it qualifies.
    let refusal: Reason.Code?

    init(_ made: Made, _ received: String, _ refusal: Reason.Code?) {
      self.made = made
      self.received = received
      self.refusal = refusal
    }
    var description: String { "\(made.behaviour), \(made.complaint), \(received)" }
  }

  static let complaintWindow = [
    Row(Made(behaviour: "2026-03-10", complaint: "2026-03-10"), "2026-04-20", nil),
    Row(Made(behaviour: "2026-03-10", complaint: "2026-04-09"), "2026-04-20", nil),
    Row(Made(behaviour: "2026-03-10", complaint: "2026-04-10"), "2026-04-20", .complaintTooLate),
    Row(Made(behaviour: "2026-01-31", complaint: "2026-02-28"), "2026-04-20", nil),
    Row(Made(behaviour: "2026-01-31", complaint: "2026-03-01"), "2026-04-20", .complaintTooLate),
    Row(Made(behaviour: "2028-01-31", complaint: "2028-02-29"), "2028-04-20", nil),
    Row(Made(behaviour: "2026-12-01", complaint: "2026-12-31"), "2027-01-01", nil),
    Row(Made(behaviour: "2026-12-01", complaint: "2027-01-01"), "2027-01-01", .complaintTooLate),
    Row(
      Made(behaviour: "2026-03-10", complaint: "2026-03-09"), "2026-04-20",
      .complaintBeforeBehaviour),
  ]

  static let applicationWindow = [
    Row(Made(behaviour: "2026-01-01", complaint: "2026-01-01"), "2026-01-01", nil),
    Row(Made(behaviour: "2026-01-01", complaint: "2026-01-01"), "2026-06-30", nil),
    Row(Made(behaviour: "2026-01-01", complaint: "2026-01-01"), "2026-07-01", .applicationTooLate),
    Row(Made(behaviour: "2026-08-31", complaint: "2026-08-31"), "2027-02-28", nil),
    Row(Made(behaviour: "2026-08-31", complaint: "2026-08-31"), "2027-03-01", .applicationTooLate),
    Row(
      Made(behaviour: "2026-03-10", complaint: "2026-03-12"), "2026-03-11",
      .complaintAfterApplication),
    // Both are missed: what is wrong with the complaint is said first.
    Row(Made(behaviour: "2025-01-01", complaint: "2025-03-01"), "2026-01-01", .complaintTooLate),
  ]

  static let ranges = [
    // In time for the last day of the behaviour.
    Row(
      Made(behaviour: "2026-03-01", behaviourTo: "2026-03-10", complaint: "2026-04-09"),
      "2026-04-20", nil),
    Row(
      Made(behaviour: "2026-03-01", behaviourTo: "2026-03-10", complaint: "2026-04-10"),
      "2026-04-20", .complaintTooLate),
    // Perhaps made on its first day, and in time so.
    Row(
      Made(behaviour: "2026-03-10", complaint: "2026-04-09", complaintTo: "2026-04-30"),
      "2026-05-20", nil),
    Row(
      Made(behaviour: "2026-03-10", complaint: "2026-04-10", complaintTo: "2026-04-30"),
      "2026-05-20", .complaintTooLate),
    // Perhaps made on its last day, and the application in time so.
    Row(
      Made(behaviour: "2026-01-01", complaint: "2026-01-01", complaintTo: "2026-01-31"),
      "2026-07-30", nil),
    Row(
      Made(behaviour: "2026-01-01", complaint: "2026-01-01", complaintTo: "2026-01-31"),
      "2026-07-31", .applicationTooLate),
    // But no day is in time for both.
    Row(
      Made(behaviour: "2026-01-01", complaint: "2026-01-01", complaintTo: "2026-03-31"),
      "2026-07-31", .applicationTooLate),
    Row(
      Made(
        behaviour: "2026-03-10", behaviourTo: "2026-03-20", complaint: "2026-03-01",
        complaintTo: "2026-03-10"),
      "2026-04-20", nil),
    Row(
      Made(
        behaviour: "2026-03-10", behaviourTo: "2026-03-20", complaint: "2026-03-01",
        complaintTo: "2026-03-09"),
      "2026-04-20", .complaintBeforeBehaviour),
  ]

  @Test(arguments: complaintWindow + applicationWindow + ranges)
  func `a complaint qualifies up to the last day of each window`(row: Row) {
    let assessed = Assessment.of(.test([row.made], received: row.received), under: .test())
    let line = assessed.routes[0].complaints[0]
    #expect(line.counted == (row.refusal == nil) && line.with == nil)
    #expect(line.reason.code == row.refusal ?? .complaintCounts)
    #expect(assessed.counted == (row.refusal == nil ? 1 : 0))
  }

  @Test(arguments: [
    (Period(30, .days), "2026-04-08", "2026-04-09"), (Period(7, .days), "2026-03-16", "2026-03-17"),
    (Period(6, .weeks), "2026-04-20", "2026-04-21"),
    (Period(2, .months), "2026-05-09", "2026-05-10"),
  ])
  func `a procedure's own window stands in the Act's place`(
    window: Period, last: String, late: String
  ) {
    let pack = PolicyPack.test(mandatory: MandatoryRule(complaintWindow: window))
    for (complaint, counted) in [(last, 1), (late, 0)] {
      let made = Made(behaviour: "2026-03-10", complaint: complaint)
      let assessed = Assessment.of(.test([made], received: "2026-06-01"), under: pack)
      #expect(assessed.counted == counted)
    }
  }

  @Test func `a reason names the days that the person can check`() {
    let late = Made(behaviour: "2025-09-20", complaint: "2025-11-04")
    let good = Made(
      behaviour: "2026-05-24", behaviourTo: "2026-05-25", complaint: "2026-05-26")
    let lines = Assessment.of(.test([late, good], received: "2026-06-10"), under: .test())
      .routes[0].complaints
    #expect(
      lines[0].reason.rendered(in: .english)
        == "Does not count: what happened on 20 September 2025 had to be reported by 19 October 2025, "
        + "and it was reported on 4 November 2025.")
    #expect(
      lines[1].reason.rendered(in: .english)
        == "Counts: what happened between 24 May 2026 and 25 May 2026 had to be reported by 24 June "
        + "2026 and was reported on 26 May 2026; the application had to be made by 25 November 2026 and "
        + "was made on 10 June 2026.")
  }

  /// Tries every day of both ranges.
  private func qualifies(_ facts: ComplaintFacts, _ received: CalendarDate) -> Bool {
    func days(_ range: ClosedRange<CalendarDate>) -> [CalendarDate] {
      (range.lowerBound.daysSince1970...range.upperBound.daysSince1970).map(
        CalendarDate.init(daysSince1970:))
    }
    return days(facts.behaviour).contains { behaviour in
      let window = behaviour...behaviour.lastDay(ofPeriodOfMonths: 1)
      return days(facts.complaint).contains { complaint in
        window.contains(complaint)
          && (complaint...complaint.lastDay(ofPeriodOfMonths: 6)).contains(received)
      }
    }
  }

  @Test func `a range qualifies if any of its days do`() {
    var generator = Seeded(11)
    var seen: Set<Reason.Code> = []
    for _ in 0..<3_000 {
      let behaviour = day("2026-01-20").adding(days: Int.random(in: 0..<50, using: &generator))
      let complaint = behaviour.adding(days: Int.random(in: -10..<45, using: &generator))
      let facts = ComplaintFacts(
        index: 0,
        behaviour: behaviour...behaviour.adding(days: Int.random(in: 0..<12, using: &generator)),
        complaint: complaint...complaint.adding(days: Int.random(in: 0..<25, using: &generator)))
      let received = complaint.adding(days: Int.random(in: -5..<215, using: &generator))
      let line = Assessment.of(
        ApplicationFacts(receivedOn: received, complaints: [facts]), under: .test()
      ).routes[0].complaints[0]
      #expect(line.counted == qualifies(facts, received), "\(facts), \(received)")
      seen.insert(line.reason.code)
    }
    #expect(seen.count == 5)
  }
}
