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
      .reviewOpened(on: on, dueBy: day("2026-04-15")),
      "Review opened on 16 March 2026; the panel must meet by 15 April 2026"
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
    (.supportOffered(agencies: ["a", "b"]), "Support offered: how to reach a, b"),
    (.referralMade(agency: "victim-support"), "Referred to victim-support, with consent"),
    (.applicationWithdrawn(on: on), "Application withdrawn on 16 March 2026"),
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
