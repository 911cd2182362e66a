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
  static let openedAgain = CaseEventFact.reviewOpenedAgain(round: 2, on: on, dueBy: on)
  static let scheduled = CaseEventFact.panelScheduled(on: on)
  static let blocked = CaseEventFact.panelBlocked(bodies: ["livewest"], dueBy: on)
  static let held = CaseEventFact.panelHeld(on: on, recommendations: 1)
  static let deferred = CaseEventFact.thresholdDeferred(on: on, until: on)
  static let metAnew = CaseEventFact.thresholdDecidedAnew(met: true, clause: "s.104(5)", on: on)
  static let notMetAnew = CaseEventFact.thresholdDecidedAnew(met: false, clause: "", on: on)
  static let assessedAnew = CaseEventFact.thresholdAssessedAnew(
    outcome: .met, counted: 3, required: 3, on: on)
  static let upheld = CaseEventFact.appealDecided(
    number: 1, about: .handling, outcome: .referredBack, on: on)
  static let withdrawn = CaseEventFact.applicationWithdrawn(on: on, underPressure: false)
  /// They change nothing, wherever they stand.
  static let beside: [CaseEventFact] = [
    .complaintRecorded(index: 0, on: on, body: ""), .consentGiven(purpose: "P", recipient: ""),
    .consentRefused(purpose: "P", recipient: "", on: on),
    .consentWithdrawn(purpose: "P", recipient: "", on: on),
    .notificationOwed(body: "livewest"), .bodyNotified(body: "livewest", on: on),
    .recommendationMade(index: 0, body: "livewest", on: on), .supportOffered(agencies: []),
    .recommendationAnswered(index: 0, body: "livewest", answer: .accepted, on: on, doBy: on),
    .actionReported(index: 0, body: "livewest", action: .done, on: on),
    .reminderOwed(
      index: 0, body: "livewest", awaited: .answer, dueBy: on, isOverdue: true, escalates: true),
    .informationRequested(body: "livewest", isMandatory: true, on: on, dueBy: on),
    .informationReturned(body: "livewest", on: on),
    .informationRefused(body: "livewest", ground: .notHeld, on: on),
    .informationChased(body: "livewest", on: on), assessedAnew,
    .appealMade(number: 1, about: .handling, ground: "any", on: on, dueBy: nil), upheld,
    .delayNoticeOwed(stage: "decide", dueBy: on, escalates: false),
    .delayNoticeGiven(stage: "decide", dueBy: on, on: on),
    .clockChanged(stage: "decide", change: .paused, on: on, dueBy: nil),
    .referralMade(agency: "victim-support"),
    .referralAnswered(agency: "victim-support", answer: .closed, reason: nil, on: on),
    .withdrawalAcknowledged(agency: "victim-support", on: on),
    .complaintAdded(index: 3, on: on, body: ""), .contactChanged(on: on),
    .attendanceChosen(attendance: "STATEMENT", on: on),
    .attachmentAdded(on: on, byOfficer: false),
    .noticeEnded(webhook: "alerts", event: "a.B", outcome: .givenUp, attempts: 12),
    .noticeReady(notice: "n", kind: .outcome, channel: .email, body: "", attempt: 1),
    .noticeHeld(notice: "n", kind: .outcome, reason: .noChannel, body: "", on: on),
    .noticeSent(
      notice: "n", kind: .outcome, channel: .post, body: "", isInstead: true, on: on),
    .noticeDelivered(notice: "n", kind: .outcome, body: "", on: on),
    .noticeFailed(
      notice: "n", kind: .outcome, code: "", isUncertain: true, body: "", on: on),
    .unreadable(type: "recourse.future.v1.Unheard"),
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
    // A review that is carried out again.
    Row([received, met, opened, scheduled, held, openedAgain], .panelScheduling),
    Row([received, met, opened, scheduled, held, openedAgain, scheduled, held], .reviewed),
    // A decision that is put off, and made.
    Row([received, assessed, deferred], .deferred),
    Row([received, assessed, deferred, deferred, notMet], .notMet),
    // What is appealed against stands until it is decided anew.
    Row([received, assessed, notMet, upheld], .notMet),
    Row([received, assessed, notMet, upheld, deferred], .deferred),
    Row([received, assessed, notMet, upheld, metAnew], .metDiscretionary),
    Row([received, assessed, notMet, upheld, metAnew, opened], .panelScheduling),
    Row([received, assessed, met, upheld, notMetAnew], .notMet),
    // A review that was opened is kept.
    Row([received, assessed, met, opened, scheduled, upheld, notMetAnew], .panelScheduled),
    Row([received, assessed, met, opened, scheduled, deferred, metAnew], .panelScheduled),
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

@Suite struct AppealStatusTests {
  static let on = day("2026-03-16")

  static let held = CaseStatusTests.held

  static func made(_ number: Int, _ subject: AppealSubject = .handling) -> CaseEventFact {
    .appealMade(number: number, about: subject, ground: "any", on: on, dueBy: nil)
  }

  static func decided(
    _ number: Int, _ outcome: AppealOutcome, _ subject: AppealSubject = .handling
  ) -> CaseEventFact {
    .appealDecided(number: number, about: subject, outcome: outcome, on: on)
  }

  @Test(
    arguments: [
      ([], nil), ([CaseStatusTests.notMet], nil), ([made(1)], .received),
      ([made(1), decided(1, .dismissed)], .dismissed),
      ([made(1), decided(1, .referredBack)], .upheldReferBack),
      // One of two is still open.
      ([made(1), made(2, .review), decided(1, .dismissed)], .received),
      ([made(1), decided(1, .dismissed), made(2)], .received),
      // It has been done as the appeal asked.
      ([made(1), decided(1, .referredBack), CaseStatusTests.metAnew], nil),
      ([made(1), made(2, .review), decided(1, .referredBack), CaseStatusTests.metAnew], .received),
      ([made(1, .review), decided(1, .referredBack, .review), held], nil),
      ([made(1, .review), held, decided(1, .referredBack, .review)], .upheldReferBack),
      ([made(1), decided(1, .referredBack), held], .upheldReferBack),
      ([made(1, .review), decided(1, .dismissed, .review), held], .dismissed),
    ] as [([CaseEventFact], AppealStatus?)])
  func `where the appeals stand after events`(facts: [CaseEventFact], status: AppealStatus?) {
    #expect(AppealStatus.of(facts) == status)
  }
}
