import CaseModel
import Testing

@Suite struct CaseEventFactTests {
  static let on = day("2026-03-16")

  static let lines: [(CaseEventFact, String)] = [
    (
      .applicationReceived(on: on, area: "plymouth", complaints: 3),
      "Application received on 16 March 2026 in plymouth, with 3 complaints"
    ),
    (
      .applicationReceived(on: on, area: "plymouth", complaints: 1),
      "Application received on 16 March 2026 in plymouth, with 1 complaint"
    ),
    (
      .complaintRecorded(index: 0, on: on, body: "livewest"),
      "Complaint 1, made on 16 March 2026 to livewest, recorded"
    ),
    (
      .complaintRecorded(index: 1, on: on, body: ""),
      "Complaint 2, made on 16 March 2026, recorded"
    ),
    (
      .consentGiven(purpose: "SUPPORT_REFERRAL", recipient: "victim-support"),
      "Consent given: SUPPORT_REFERRAL to victim-support"
    ),
    (
      .consentGiven(purpose: "SHARE_WITH_RELEVANT_BODIES", recipient: ""),
      "Consent given: SHARE_WITH_RELEVANT_BODIES"
    ),
    (
      .consentRefused(purpose: "THIRD_PARTY_AUTHORITY", recipient: "", on: on),
      "Consent refused on 16 March 2026: THIRD_PARTY_AUTHORITY"
    ),
    (
      .consentWithdrawn(purpose: "SUPPORT_REFERRAL", recipient: "victim-support", on: on),
      "Consent withdrawn on 16 March 2026: SUPPORT_REFERRAL to victim-support"
    ),
    (
      .notificationOwed(body: "livewest"),
      "livewest must be told of the application (s.104(3))"
    ),
    (.bodyNotified(body: "livewest", on: on), "livewest was told on 16 March 2026"),
    (
      .thresholdAssessed(outcome: .personDecides, counted: 2, required: 3, on: on),
      "Threshold assessed on 16 March 2026: a person decides; 2 of 3 required complaints count"
    ),
    (
      .thresholdDecided(met: true, clause: "s.104(4)", on: on),
      "Threshold decided on 16 March 2026: met (s.104(4))"
    ),
    (
      .thresholdDecided(met: false, clause: "", on: on),
      "Threshold decided on 16 March 2026: not met"
    ),
    (
      .thresholdAssessedAnew(outcome: .met, counted: 3, required: 3, on: on),
      "Threshold assessed anew on 16 March 2026: met; 3 of 3 required complaints count"
    ),
    (
      .thresholdDecidedAnew(met: true, clause: "s.104(5)", on: on),
      "Threshold decided anew on 16 March 2026, after an appeal: met (s.104(5))"
    ),
    (
      .thresholdDecidedAnew(met: false, clause: "", on: on),
      "Threshold decided anew on 16 March 2026, after an appeal: not met"
    ),
    (
      .thresholdDeferred(on: on, until: day("2026-04-15")),
      "Decision put off on 16 March 2026, to 15 April 2026"
    ),
    (
      .informationRequested(body: "livewest", isMandatory: true, on: on, dueBy: day("2026-03-23")),
      "livewest was asked for information on 16 March 2026, due by 23 March 2026; it must answer"
    ),
    (
      .informationRequested(
        body: "livewest", isMandatory: false, on: on, dueBy: day("2026-03-23")),
      "livewest was asked for information on 16 March 2026, due by 23 March 2026; it may answer"
    ),
    (
      .informationReturned(body: "livewest", on: on),
      "livewest gave information on 16 March 2026"
    ),
    (
      .informationRefused(body: "livewest", ground: .notHeld, on: on),
      "livewest refused information on 16 March 2026: it holds none"
    ),
    (
      .informationChased(body: "livewest", on: on),
      "livewest was asked for information again on 16 March 2026"
    ),
    (
      .appealMade(
        number: 1, about: .handling, ground: "threshold-was-met", on: on,
        dueBy: day("2026-04-08")),
      "Appeal 1 made on 16 March 2026, about how the application was handled (threshold-was-met); "
        + "to be decided by 8 April 2026"
    ),
    (
      .appealMade(number: 2, about: .review, ground: "any", on: on, dueBy: nil),
      "Appeal 2 made on 16 March 2026, about the review (any)"
    ),
    (
      .appealDecided(number: 1, about: .handling, outcome: .referredBack, on: on),
      "Appeal 1, about how the application was handled, decided on 16 March 2026: upheld, to be "
        + "decided again by somebody else"
    ),
    (
      .appealDecided(number: 2, about: .review, outcome: .dismissed, on: on),
      "Appeal 2, about the review, decided on 16 March 2026: dismissed"
    ),
    (
      .delayNoticeOwed(stage: "decide", dueBy: on, escalates: false),
      "decide was due by 16 March 2026 and is late: the applicant must be told why"
    ),
    (
      .delayNoticeOwed(stage: "decide", dueBy: on, escalates: true),
      "decide was due by 16 March 2026 and is late: the applicant must be told why, and somebody "
        + "above too"
    ),
    (
      .delayNoticeGiven(stage: "decide", dueBy: day("2026-03-13"), on: on),
      "The applicant was told on 16 March 2026 that decide, due by 13 March 2026, is late, and why"
    ),
    (
      .clockChanged(stage: "decide", change: .paused, on: on, dueBy: nil),
      "The clock for decide was stopped on 16 March 2026"
    ),
    (
      .clockChanged(stage: "decide", change: .extended, on: on, dueBy: day("2026-03-30")),
      "The clock for decide was given more time on 16 March 2026; due by 30 March 2026"
    ),
    (
      .reviewOpened(on: on, dueBy: day("2026-04-15")),
      "Review opened on 16 March 2026; the panel must meet by 15 April 2026"
    ),
    (
      .reviewOpenedAgain(round: 2, on: on, dueBy: day("2026-04-15")),
      "Review opened again on 16 March 2026, after an appeal, as round 2; the panel must meet by "
        + "15 April 2026"
    ),
    (.panelScheduled(on: on), "Panel set for 16 March 2026"),
    (
      .panelBlocked(bodies: ["a", "b"], dueBy: on), "No day for the panel by 16 March 2026: a, b"
    ),
    (.panelBlocked(bodies: [], dueBy: on), "No day for the panel by 16 March 2026"),
    (
      .panelHeld(on: on, recommendations: 0),
      "Panel held on 16 March 2026, with no recommendations"
    ),
    (
      .panelHeld(on: on, recommendations: 1),
      "Panel held on 16 March 2026, with 1 recommendation"
    ),
    (
      .recommendationMade(index: 0, body: "livewest", on: on),
      "Recommendation 1 made to livewest on 16 March 2026"
    ),
    (
      .recommendationAnswered(
        index: 0, body: "livewest", answer: .accepted, on: on, doBy: day("2026-04-15")),
      "livewest accepted recommendation 1 on 16 March 2026; to be done by 15 April 2026"
    ),
    (
      .recommendationAnswered(
        index: 1, body: "livewest", answer: .notAccepted, on: on, doBy: nil),
      "livewest did not accept recommendation 2 on 16 March 2026"
    ),
    (
      .actionReported(index: 0, body: "livewest", action: .underWay, on: on),
      "Recommendation 1 is under way, by livewest, as of 16 March 2026"
    ),
    (
      .reminderOwed(
        index: 0, body: "livewest", awaited: .answer, dueBy: on, isOverdue: false,
        escalates: false),
      "livewest's answer to recommendation 1 is due by 16 March 2026: it must be reminded"
    ),
    (
      .reminderOwed(
        index: 1, body: "livewest", awaited: .action, dueBy: on, isOverdue: true, escalates: true),
      "What livewest accepted, recommendation 2, was due by 16 March 2026 and is overdue: it must "
        + "be reminded, and somebody above told"
    ),
    (.supportOffered(agencies: ["a", "b"]), "Support offered: how to reach a, b"),
    (.referralMade(agency: "victim-support"), "Referred to victim-support, with consent"),
    (
      .referralAnswered(agency: "anchor", answer: .declined, reason: .outOfArea, on: on),
      "anchor declined the referral on 16 March 2026: it does not work in the area"
    ),
    (
      .referralAnswered(agency: "anchor", answer: .noContact, reason: nil, on: on),
      "anchor could not reach the person on 16 March 2026"
    ),
    (
      .withdrawalAcknowledged(agency: "anchor", on: on),
      "anchor confirmed on 16 March 2026 that it knows that consent was withdrawn"
    ),
    (
      .noticeEnded(
        webhook: "alerts", event: "recourse.intake.v1.ApplicationReceived", outcome: .refused,
        attempts: 1),
      "Notice of recourse.intake.v1.ApplicationReceived by alerts was refused by the other side, "
        + "after 1 attempt"
    ),
    (
      .noticeReady(
        notice: "n", kind: .acknowledgement, channel: .email, body: "", attempt: 1),
      "Acknowledgement is ready to go by email"
    ),
    (
      .noticeHeld(notice: "n", kind: .delay, reason: .incomplete, body: "", on: on),
      "Letter about a delay waits for a person since 16 March 2026: something that it must say is "
        + "not known"
    ),
    (
      .noticeSent(
        notice: "n", kind: .outcome, channel: .sms, body: "", isInstead: true, on: on),
      "Letter about the outcome left on 16 March 2026, by text message instead of the way that was "
        + "preferred"
    ),
    (
      .noticeSent(
        notice: "n", kind: .bodyNotification, channel: nil, body: "livewest", isInstead: false,
        on: on),
      "Notification of the application to livewest left on 16 March 2026, by hand"
    ),
    (
      .noticeDelivered(notice: "n", kind: .bodyNotification, body: "anchor", on: on),
      "Notification of the application to anchor arrived on 16 March 2026"
    ),
    (
      .noticeFailed(
        notice: "n", kind: .outcome, code: "no-word", isUncertain: true, body: "", on: on),
      "Letter about the outcome may or may not have left, 16 March 2026 (no-word)"
    ),
    (
      .applicationWithdrawn(on: on, underPressure: false), "Application withdrawn on 16 March 2026"
    ),
    (
      .applicationWithdrawn(on: on, underPressure: true),
      "Application withdrawn on 16 March 2026; the person says that they were put under pressure"
    ),
    (
      .complaintAdded(index: 3, on: on, body: "livewest"),
      "Complaint 4, made on 16 March 2026 to livewest, added after the application"
    ),
    (.contactChanged(on: on), "How the applicant is reached changed on 16 March 2026"),
    (
      .attendanceChosen(attendance: "ATTEND_REMOTELY", on: on),
      "The applicant said on 16 March 2026 how they take part: attend remotely"
    ),
    (.attachmentAdded(on: on, byOfficer: false), "A file was added on 16 March 2026"),
    (.attachmentAdded(on: on, byOfficer: true), "A file was added on 16 March 2026 by an officer"),
    (
      .unreadable(type: "recourse.future.v1.Unheard"),
      "An event of type recourse.future.v1.Unheard that this version cannot read"
    ),
  ]

  @Test(arguments: lines)
  func `what happened is one plain line`(fact: CaseEventFact, line: String) {
    #expect(fact.line == line)
  }
}
