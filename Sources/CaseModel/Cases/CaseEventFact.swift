/// What happened in a case, whoever announced it: what timeline, status and figures are made from.
public enum CaseEventFact: Sendable, Hashable {
  case applicationReceived(on: CalendarDate, area: String, complaints: Int)
  /// - Parameter index: place in the application, from 0.
  case complaintRecorded(index: Int, on: CalendarDate, body: String)
  case consentGiven(purpose: String, recipient: String)
  /// Somebody was asked after the application, and did not consent.
  case consentRefused(purpose: String, recipient: String, on: CalendarDate)
  case consentWithdrawn(purpose: String, recipient: String, on: CalendarDate)
  case notificationOwed(body: String)
  case bodyNotified(body: String, on: CalendarDate)
  case thresholdAssessed(outcome: RouteOutcome, counted: Int, required: Int, on: CalendarDate)
  case thresholdDecided(met: Bool, clause: String, on: CalendarDate)
  /// Information came in after the first assessment.
  case thresholdAssessedAnew(outcome: RouteOutcome, counted: Int, required: Int, on: CalendarDate)
  /// An appeal was upheld; this decision takes the place of the one before.
  case thresholdDecidedAnew(met: Bool, clause: String, on: CalendarDate)
  case thresholdDeferred(on: CalendarDate, until: CalendarDate)
  case informationRequested(body: String, isMandatory: Bool, on: CalendarDate, dueBy: CalendarDate)
  case informationReturned(body: String, on: CalendarDate)
  case informationRefused(body: String, ground: InformationRefusal, on: CalendarDate)
  case informationChased(body: String, on: CalendarDate)
  /// - Parameters:
  ///   - number: 1 for the first appeal of the case.
  ///   - dueBy: nil where the procedure has no clock for it.
  case appealMade(
    number: Int, about: AppealSubject, ground: String, on: CalendarDate, dueBy: CalendarDate?)
  case appealDecided(number: Int, about: AppealSubject, outcome: AppealOutcome, on: CalendarDate)
  /// - Parameter stage: as the pack names it, such as `decide`.
  case delayNoticeOwed(stage: String, dueBy: CalendarDate, escalates: Bool)
  /// The applicant was told that a stage is late, and why.
  case delayNoticeGiven(stage: String, dueBy: CalendarDate, on: CalendarDate)
  /// - Parameter dueBy: nil while the clock stands still.
  case clockChanged(stage: String, change: ClockChange, on: CalendarDate, dueBy: CalendarDate?)
  case reviewOpened(on: CalendarDate, dueBy: CalendarDate)
  /// An appeal about the review was upheld, so that it is carried out again.
  /// - Parameter round: 2 for the first time that it is.
  case reviewOpenedAgain(round: Int, on: CalendarDate, dueBy: CalendarDate)
  case panelScheduled(on: CalendarDate)
  case panelBlocked(bodies: [String], dueBy: CalendarDate)
  case panelHeld(on: CalendarDate, recommendations: Int)
  case recommendationMade(index: Int, body: String, on: CalendarDate)
  /// - Parameter doBy: the day by which the body will do it; nil where it does not accept.
  case recommendationAnswered(
    index: Int, body: String, answer: RecommendationAnswer, on: CalendarDate, doBy: CalendarDate?)
  /// How far a body is with what it accepted.
  case actionReported(index: Int, body: String, action: ActionState, on: CalendarDate)
  /// A body has to be reminded of its answer, or of what it accepted.
  case reminderOwed(
    index: Int, body: String, awaited: FollowUpAwaited, dueBy: CalendarDate, isOverdue: Bool,
    escalates: Bool)
  case supportOffered(agencies: [String])
  case referralMade(agency: String)
  /// - Parameter reason: why it declined; nil if it did not.
  case referralAnswered(
    agency: String, answer: ReferralAnswer, reason: DeclineReason?, on: CalendarDate)
  /// An agency confirmed that it knows that a consent was taken back.
  case withdrawalAcknowledged(agency: String, on: CalendarDate)
  /// A notice of an event of the case has been dealt with.
  /// - Parameters:
  ///   - webhook: the plugin that sent it.
  ///   - event: full name of what it told of.
  case noticeEnded(webhook: String, event: String, outcome: NoticeOutcome, attempts: Int)
  /// A notice to somebody is written, safe, and ready to be taken out.
  /// - Parameters:
  ///   - notice: its id.
  ///   - body: the body that it is to; empty for a person.
  ///   - attempt: how often it was made ready, from 1.
  case noticeReady(
    notice: String, kind: NoticeKind, channel: NoticeWay, body: String, attempt: Int)
  /// It waits for a person.
  case noticeHeld(
    notice: String, kind: NoticeKind, reason: NoticeHold, body: String, on: CalendarDate)
  /// It left.
  /// - Parameters:
  ///   - channel: nil where somebody handed it over.
  ///   - isInstead: another channel was preferred, and could not be used safely.
  case noticeSent(
    notice: String, kind: NoticeKind, channel: NoticeWay?, body: String, isInstead: Bool,
    on: CalendarDate)
  case noticeDelivered(notice: String, kind: NoticeKind, body: String, on: CalendarDate)
  /// It did not arrive, or nobody knows.
  case noticeFailed(
    notice: String, kind: NoticeKind, code: String, isUncertain: Bool, body: String,
    on: CalendarDate)
  /// - Parameter underPressure: the person says that they were put under pressure to take it back.
  case applicationWithdrawn(on: CalendarDate, underPressure: Bool)
  /// A complaint that the person added after the application.
  /// - Parameter index: place after those of the application, which count from 0.
  case complaintAdded(index: Int, on: CalendarDate, body: String)
  case contactChanged(on: CalendarDate)
  /// How the applicant means to take part, chosen after the application.
  /// - Parameter attendance: as the form names it, such as `ATTEND_REMOTELY`.
  case attendanceChosen(attendance: String, on: CalendarDate)
  /// A file came to the case after the application.
  case attachmentAdded(on: CalendarDate, byOfficer: Bool)
  /// An event that this program cannot read; it is shown, not skipped.
  case unreadable(type: String)
}
