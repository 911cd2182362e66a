import CaseModel
import Testing

@Suite struct CaseStatusTests {
  static let on = day("2026-03-16")
  static let received = CaseEventFact.applicationReceived(on: on, area: "plymouth", complaints: 3)
  static let assessed = CaseEventFact.thresholdAssessed(
    outcome: .met, counted: 3, required: 3, on: on)
  static let met = CaseEventFact.thresholdDecided(met: true, clause: "s.104(4)", on: on)
  static let notMet = CaseEventFact.thresholdDecided(met: false, clause: "", on: on)
  static let opened = CaseEventFact.reviewOpened(on: on, dueBy: on)
  static let scheduled = CaseEventFact.panelScheduled(on: on)
  static let blocked = CaseEventFact.panelBlocked(bodies: ["livewest"], dueBy: on)
  static let held = CaseEventFact.panelHeld(on: on, recommendations: 1)
  static let withdrawn = CaseEventFact.applicationWithdrawn(on: on)
  /// They change nothing, wherever they stand.
  static let beside: [CaseEventFact] = [
    .complaintRecorded(index: 0, on: on, body: ""), .consentGiven(purpose: "P", recipient: ""),
    .notificationOwed(body: "livewest"), .bodyNotified(body: "livewest", on: on),
    .recommendationMade(index: 0, body: "livewest", on: on), .supportOffered(agencies: []),
    .referralMade(agency: "victim-support"), .unreadable(type: "recourse.future.v1.Unheard"),
  ]

  struct Row: Sendable {
    let facts: [CaseEventFact]
    let status: CaseStatus?

    init(_ facts: [CaseEventFact], _ status: CaseStatus?) {
      self.facts = facts
      self.status = status
    }
  }

  static let rows = [
    Row([], nil),
    Row([received], .received),
    Row([received, assessed], .thresholdAssessment),
    Row([received, assessed, met], .metMandatory),
    Row(
      [received, .thresholdDecided(met: true, clause: "s.104(5)", on: on)], .metDiscretionary),
    Row(
      [received, .thresholdDecided(met: true, clause: "Plymouth procedure", on: on)], .metLocal),
    Row([received, assessed, notMet], .notMet),
    Row([received, assessed, notMet, met], .metMandatory),
    // An assessment that comes after the decision does not undo it.
    Row([received, met, assessed], .metMandatory),
    Row([received, assessed, met, opened], .panelScheduling),
    Row([received, assessed, met, opened, blocked], .panelScheduling),
    Row([received, assessed, met, opened, blocked, scheduled], .panelScheduled),
    Row([received, assessed, met, opened, scheduled, blocked], .panelScheduling),
    Row([received, assessed, met, opened, scheduled, held], .reviewed),
    Row([received, assessed, met, opened, scheduled, held, received], .reviewed),
    Row([received, withdrawn], .withdrawn),
    // Others hear of it late.
    Row([received, withdrawn, assessed], .withdrawn),
    Row([received, met, withdrawn, opened, scheduled], .withdrawn),
  ]

  @Test(arguments: rows)
  func `the status after events`(row: Row) {
    #expect(CaseStatus.of(row.facts) == row.status)
  }

  @Test(arguments: rows)
  func `events beside the way change nothing`(row: Row) {
    let facts = row.facts.flatMap { [$0] + Self.beside }
    #expect(CaseStatus.of(Self.beside + facts) == row.status)
  }

  @Test func `every status is reached`() {
    #expect(Set(Self.rows.compactMap(\.status)) == Set(CaseStatus.allCases))
  }

  @Test func `outcomes are ordered by strength`() {
    #expect(RouteOutcome.notMet < .personDecides && RouteOutcome.personDecides < .met)
    #expect(RouteOutcome.allCases.reversed().max() == .met)
  }
}
