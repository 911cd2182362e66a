import CaseModel
import Testing

@Suite struct ReasonTests {
  struct Row: Sendable, CustomStringConvertible {
    let reason: Reason
    let sentence: String

    init(_ code: Reason.Code, _ details: KeyValuePairs<String, String>, _ sentence: String) {
      reason = Reason(code, details.map { Reason.Detail($0.key, $0.value) })
      self.sentence = sentence
    }
    var description: String { reason.code.rawValue }
  }

  static let rows = complaints + findings + panel

  static let complaints = [
    Row(
      .complaintCounts,
      [
        "behaviour": "2026-01-09", "complaint": "2026-01-10", "received": "2026-03-16",
        "complaintBy": "2026-02-08", "applicationBy": "2026-07-09",
      ],
      "Counts: what happened on 9 January 2026 had to be reported by 8 February 2026 and was reported "
        + "on 10 January 2026; the application had to be made by 9 July 2026 and was made on 16 March "
        + "2026."),
    Row(
      .complaintBeforeBehaviour, ["behaviour": "2026-01-09", "complaint": "2026-01-08"],
      "Does not count: it was reported on 8 January 2026, before what happened on 9 January 2026."),
    Row(
      .complaintTooLate,
      ["behaviour": "2025-09-20", "complaint": "2025-11-04", "lastDay": "2025-10-19"],
      "Does not count: what happened on 20 September 2025 had to be reported by 19 October 2025, and it "
        + "was reported on 4 November 2025."),
    Row(
      .complaintAfterApplication, ["complaint": "2026-03-17", "received": "2026-03-16"],
      "Does not count: it was reported on 17 March 2026, after the application of 16 March 2026."),
    Row(
      .applicationTooLate,
      ["complaint": "2026-01-01", "received": "2026-07-01", "lastDay": "2026-06-30"],
      "Does not count: it was reported on 1 January 2026, so the application had to be made by 30 June "
        + "2026, and it was made on 1 July 2026."),
    Row(
      .sameComplainantSameIncident, ["with": "1"],
      "Counts once together with complaint 2: the same person reported the same incident there."),
  ]

  static let findings = [
    Row(
      .tooFewOfHate, ["counted": "0", "required": "1"],
      "A person would have to find that at least 1 of the complaints that count is about a hate incident "
        + "or crime; 0 were reported so."),
    Row(
      .findFurtherActions, [:],
      "A person must find that there is more that the agencies can do."),
    Row(
      .findSignificantDetriment, [:],
      "A person must find that the behaviour, taken together, has a significant effect on the quality of "
        + "life."),
    Row(
      .findVulnerability, [:],
      "A person with the authority to do so must find that the victim is vulnerable."),
    Row(
      .findLinkedReports, [:],
      "A person must find that the reports of several people are about linked behaviour."),
    Row(
      .findHighRisk, [:], "A person must find that the risk assessment calls for a review."),
    Row(
      .weighPersistence, [:],
      "A person weighs how persistent the behaviour is (s.104(5)(a))."),
    Row(
      .weighHarm, [:],
      "A person weighs the harm, or the harm that it may do (s.104(5)(b))."),
    Row(
      .weighResponse, [:],
      "A person weighs how adequate the response to the behaviour was (s.104(5)(c))."),
  ]

  static let panel = [
    Row(
      .bodyNeverAvailable,
      ["body": "livewest", "from": "2026-03-17", "due": "2026-04-15"],
      "livewest has no day on which it can sit from 17 March 2026 to 15 April 2026."),
    Row(
      .bodiesNeverTogether, ["bodies": "a, b", "from": "2026-03-17", "due": "2026-04-15"],
      "a, b have no day in common from 17 March 2026 to 15 April 2026."),
    Row(
      .noWorkingDay, ["from": "2026-04-03", "due": "2026-04-06"],
      "No working day is left: a panel could be called from 3 April 2026, and it must meet by 6 April "
        + "2026."),
    Row(
      .panelDateFound, ["on": "2026-03-23", "due": "2026-04-15"],
      "23 March 2026 is the first working day on which every required body can sit; the panel must meet "
        + "by 15 April 2026."),
  ]

  @Test(arguments: rows)
  func `a reason is one plain sentence`(row: Row) {
    let sentence = row.reason.rendered(in: .english)
    #expect(sentence == row.sentence)
    #expect(sentence.hasSuffix(".") && !sentence.contains(". ") && !sentence.contains("  "))
    #expect(!sentence.contains("2026-") && !sentence.contains("\\("))
  }

  @Test func `every code has its row`() {
    #expect(
      Self.rows.map(\.reason.code).sorted { $0.rawValue < $1.rawValue }
        == Reason.Code.allCases.sorted { $0.rawValue < $1.rawValue })
  }

  @Test(arguments: rows)
  func `a reason is the same after it was kept as data`(row: Row) throws {
    let kept = row.reason.details.map { ($0.name, $0.value) }
    let code = try #require(Reason.Code(rawValue: row.reason.code.rawValue))
    #expect(Reason(code, kept.map { Reason.Detail($0, $1) }) == row.reason)
  }

  @Test func `where only a range is known, the range is said`() {
    let reason = Reason(
      .complaintTooLate,
      [
        .init("behaviour", "2026-01-01"), .init("behaviourTo", "2026-01-03"),
        .init("complaint", "2026-03-01"), .init("complaintTo", "2026-03-05"),
        .init("lastDay", "2026-02-02"),
      ])
    #expect(
      reason.rendered(in: .english)
        == "Does not count: what happened between 1 January 2026 and 3 January 2026 had to be reported "
        + "by 2 February 2026, and it was reported between 1 March 2026 and 5 March 2026.")
  }

  @Test func `a number of one has its own form`() {
    let reason = Reason(.tooFewOfHate, [.init("counted", "1"), .init("required", "1")])
    #expect(
      reason.rendered(in: .english)
        == "A person would have to find that at least 1 of the complaints that count is about a hate "
        + "incident or crime; 1 was reported so.")
  }

  @Test func `a detail is found by its name, the first of that name`() {
    let reason = Reason(.weighHarm, [.init("a", "1"), .init("b", "2"), .init("a", "3")])
    #expect(reason["a"] == "1" && reason["b"] == "2" && reason["c"].isEmpty)
  }

  @Test func `a finding can be said without details`() {
    for code in Reason.Code.allCases {
      #expect(code.isFinding == code.rawValue.hasPrefix("find-"))
    }
  }
}
