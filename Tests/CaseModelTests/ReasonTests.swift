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

  static let rows = complaints + localRules + notApplied + changes + inDoubt + findings + panel

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

  static let localRules = [
    Row(
      .sameIncident, ["with": "0"],
      "Counts once together with complaint 1: it is about the same incident."),
    Row(
      .sameComplainantSameDay, ["with": "0", "complaint": "2026-03-02"],
      "Counts once together with complaint 1: the same person reported it on the same day, 2 March 2026."
    ),
    Row(
      .recipientNotRecognised, ["body": "a-school"],
      "Does not count on this route: the procedure does not recognise reports to a-school."),
    Row(.disputed, ["body": "livewest"], "Does not count: livewest says that it was not reported."),
    Row(
      .notOnRecord, ["body": "livewest"],
      "Does not count: livewest has no record of it, and the procedure asks for one."),
    Row(
      .caveatNarrows, ["caveat": "one in the last month"],
      "Does not count on this route: the procedure's condition “one in the last month” is not fulfilled."
    ),
    Row(
      .evidence, ["complaint": "2026-03-02"],
      "Is evidence for the person who decides: it was reported on 2 March 2026."),
  ]

  static let notApplied = [
    Row(
      .caveatNotApplied, ["caveat": "case closed"],
      "The procedure's condition “case closed” was not applied: nothing local narrows s.104(4)."),
    Row(
      .requiredHeldToAct, ["asked": "5", "applied": "3"],
      "The procedure asks for 5 complaints; s.104(4) allows no more than 3, and 3 was applied."),
    Row(
      .actCountsMore, ["counted": "1", "byAct": "3"],
      "By the procedure's own periods 1 complaint counts; by those of the Act (s.104(11)) it would be 3."
    ),
    Row(
      .dedupeNotApplied, ["rule": "same-incident"],
      "The procedure's rule that all reports of one incident are one complaint was not applied to s.104(4): "
        + "complaints by different people, or about different incidents, are different complaints."),
  ]

  static let changes = [
    Row(
      .moreComplaintsNeeded, ["needed": "1", "by": "2026-08-01", "clause": "s.104(4)"],
      "One more qualifying complaint, and an application by 1 August 2026, would be enough (s.104(4))."
    ),
    Row(
      .moreComplaintsNeededAnew, ["needed": "3", "clause": "s.104(4)"],
      "3 more qualifying complaints would be enough (s.104(4)); none of those made so far would count "
        + "towards it."),
    Row(
      .newComplaintsNeeded, ["needed": "3", "clause": "s.104(4)"],
      "3 new qualifying complaints would be enough (s.104(4))."),
    Row(
      .moreOfHateNeeded, ["needed": "1", "clause": "Procedure 2"],
      "One more of the complaints that count would have to be about a hate incident or crime (Procedure 2)."
    ),
    Row(
      .morePeopleNeeded, ["needed": "1", "by": "2026-08-01", "clause": "Procedure 2"],
      "Qualifying complaints by one more person, and an application by 1 August 2026, would be enough "
        + "(Procedure 2)."),
    Row(
      .moreHouseholdsNeeded, ["needed": "2", "clause": "Procedure 2"],
      "Qualifying complaints from 2 more households would be enough (Procedure 2)."),
    Row(
      .findingNeeded, ["clause": "Procedure 2"], "What a person finds decides here (Procedure 2)."),
    Row(
      .recipientsNotApplied, ["bodies": "board, hospital"],
      "The procedure does not recognise reports to some bodies (board, hospital); that was not applied to "
        + "s.104(4), for which a complaint to any of them counts."),
  ]

  static let inDoubt = [
    Row(
      .turnsOnDay,
      ["place": "1", "day": "report", "by": "2026-03-31", "outcome": "NOT_MET"],
      "The outcome turns on the day of complaint 2: the threshold would not be met if the report was after "
        + "31 March 2026."),
    Row(
      .turnsOnDispute, ["place": "0", "body": "livewest", "outcome": "NOT_MET"],
      "The outcome turns on complaint 1, which livewest disputes: without it, the threshold would not be met."
    ),
    Row(
      .turnsOnRecord,
      ["place": "0", "body": "", "outcome": "MET", "counted": "0", "together": "2"],
      "The outcome turns on complaint 1, of which the body that it was made to has no record, together with "
        + "one other fact in doubt: with them, the threshold would be met."),
    Row(
      .turnsOnRecordedDays, ["place": "0", "body": "livewest", "outcome": "NOT_MET"],
      "The outcome turns on the days of complaint 1, of which livewest has others on record than the applicant "
        + "says: if the record is right, the threshold would not be met."),
    Row(
      .turnsOnSameIncident, ["places": "0,1,4", "outcome": "NOT_MET"],
      "The outcome turns on whether complaints 1, 2 and 5 are about one incident: if they are, the threshold "
        + "would not be met."),
    Row(
      .moreInDoubt, ["looked": "16", "doubts": "40"],
      "40 facts are in doubt, and only the first 16 were looked at one by one; the outcome may turn on "
        + "others, too."),
    Row(
      .settledByIncident, ["places": "0,1"],
      "What happened, and when, in each of complaints 1 and 2 would settle it: what was said when it was "
        + "reported, or what the bodies have on file."),
    Row(
      .settledByRecord, ["place": "0", "body": "livewest"],
      "A record of complaint 1 would settle it: a reference number, a message or a call log, or what livewest "
        + "has on file."),
  ]

  static let findings = [
    Row(
      .caveatToFind, ["caveat": "case closed"],
      "A person must find whether the procedure's condition “case closed” is fulfilled."),
    Row(
      .householdsToFind, ["counted": "1", "required": "3"],
      "A person must find how many households complained: 1 is known, and 3 are needed."),
    Row(
      .tooFewOfHate, ["counted": "0", "required": "1"],
      "A person would have to find that at least 1 of the complaints that count is about a hate incident "
        + "or crime; 0 were reported so."),
    Row(
      .tooFewPeople, ["counted": "1", "required": "2"],
      "A person would have to find that at least 2 people made the complaints that count; 1 person is known "
        + "to have done so."),
    Row(
      .tooFewHouseholds, ["counted": "1", "required": "2"],
      "A person would have to find that the complaints that count are from at least 2 households; 1 is "
        + "known."),
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

  static let numbers = [
    Row(
      .complaintCounts,
      [
        "behaviour": "2025-11-01", "complaint": "2026-03-02", "applicationBy": "2026-09-01",
        "received": "2026-03-16",
      ],
      "Counts: what happened on 1 November 2025 was reported on 2 March 2026; the application had to be made by "
        + "1 September 2026 and was made on 16 March 2026."),
    Row(
      .moreComplaintsNeeded,
      [
        "needed": "3", "by": "2026-08-01", "clause": "Procedure 2", "people": "2",
        "recognised": "1", "besides": "livewest", "caveat": "one in the last month", "decides": "1",
      ],
      "3 more qualifying complaints, 2 of them each by a different further person, to bodies that the "
        + "procedure recognises, at least one of them to another body than livewest, and an application by "
        + "1 August 2026, would be enough for a person to decide (Procedure 2), if the procedure's condition "
        + "“one in the last month” is fulfilled as well."),
    Row(
      .moreComplaintsNeededAnew,
      ["needed": "2", "clause": "Procedure 2", "households": "1", "bodies": "2"],
      "2 more qualifying complaints, one of them from a further household, not all to one body, would be "
        + "enough (Procedure 2); none of those made so far would count towards it."),
    Row(
      .turnsOnDay, ["place": "1", "together": "2"],
      "The outcome may turn on the day of complaint 2, together with one other fact in doubt."),
    Row(
      .turnsOnDay,
      [
        "place": "1", "day": "behaviour", "until": "2026-03-31", "outcome": "NOT_MET",
        "clause": "s.104(4)",
      ],
      "The outcome under s.104(4) turns on the day of complaint 2: s.104(4) would not be met if the behaviour "
        + "was on 31 March 2026 or before."),
    Row(
      .moreComplaintsNeeded,
      ["needed": "1", "by": "2026-08-01", "clause": "Procedure 2", "ofHate": "1"],
      "One more qualifying complaint about a hate incident or crime, and an application by 1 August 2026, "
        + "would be enough (Procedure 2)."),
    Row(
      .moreComplaintsNeededAnew, ["needed": "2", "clause": "Procedure 2", "ofHate": "1"],
      "2 more qualifying complaints, 1 of them about a hate incident or crime, would be enough (Procedure 2); "
        + "none of those made so far would count towards it."),
    Row(
      .moreComplaintsNeededAnew, ["needed": "1", "clause": "s.104(4)"],
      "One more qualifying complaint would be enough (s.104(4)); none of those made so far would count "
        + "towards it."),
    Row(
      .newComplaintsNeeded,
      ["needed": "5", "clause": "Procedure 2", "people": "2", "decides": "1"],
      "5 new qualifying complaints, 2 of them each by a different person, would be enough for a person to "
        + "decide (Procedure 2)."),
    Row(
      .newComplaintsNeeded, ["needed": "3", "clause": "Procedure 2", "households": "3"],
      "3 new qualifying complaints, each from a different household, would be enough (Procedure 2)."
    ),
    Row(
      .newComplaintsNeeded,
      ["needed": "1", "clause": "Procedure 2", "ofHate": "1", "people": "1", "recognised": "1"],
      "One new qualifying complaint about a hate incident or crime to a body that the procedure recognises "
        + "would be enough (Procedure 2)."),
    Row(
      .actCountsMore, ["counted": "2", "byAct": "3"],
      "By the procedure's own periods 2 complaints count; by those of the Act (s.104(11)) it would be 3."
    ),
    Row(
      .requiredHeldToAct, ["asked": "0", "applied": "3"],
      "The procedure asks for 0 complaints; s.104(4) allows from 1 to 3, and 3 was applied."),
    Row(
      .turnsOnDispute,
      ["place": "0", "body": "livewest", "outcome": "PERSON_DECIDES", "together": "3"],
      "The outcome turns on complaint 1, which livewest disputes, together with 2 other facts in doubt: "
        + "without them, it would be for a person to decide."),
    Row(
      .weighPersistence,
      ["complaints": "4", "first": "2026-03-01", "last": "2026-05-02", "uncounted": "1"],
      "A person weighs how persistent the behaviour is (s.104(5)(a)): 4 complaints from 1 March 2026 to "
        + "2 May 2026, of which 1 is not counted under s.104(4) and is evidence here."),
    Row(
      .weighPersistence,
      ["complaints": "1", "first": "2026-03-01", "last": "2026-03-01", "uncounted": "0"],
      "A person weighs how persistent the behaviour is (s.104(5)(a)): 1 complaint on 1 March 2026."),
    Row(
      .weighHarm, ["people": "1", "ofHate": "2"],
      "A person weighs the harm, or the harm that it may do (s.104(5)(b)): 1 person complained, and 2 "
        + "complaints were of hate."),
    Row(
      .weighResponse, ["bodies": "2", "again": "1"],
      "A person weighs how adequate the response to the behaviour was (s.104(5)(c)): reported to 2 bodies, "
        + "and 1 report came after the first day."),
  ]

  @Test(arguments: numbers)
  func `one and many are said as people say them`(row: Row) {
    #expect(row.reason.rendered(in: .english) == row.sentence)
  }

  @Test func `a day or a number is the same, whether it came as such or as text`() throws {
    let date = try #require(CalendarDate("2026-03-01"))
    #expect(Reason.Detail("by", date) == Reason.Detail("by", "2026-03-01"))
    #expect(Reason.Detail("needed", 12) == Reason.Detail("needed", "12"))
    #expect(Reason.Detail("by", date).value == "2026-03-01")
    // Written otherwise, they stay what they are.
    for text in ["012", "+1", "2026-3-1", "2026-02-30", "", "-0"] {
      #expect(Reason.Detail("a", text).value == text)
    }
    let far = CalendarDate(daysSince1970: 2_932_897)
    #expect(Reason.Detail("by", far) == Reason.Detail("by", far.description))
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
