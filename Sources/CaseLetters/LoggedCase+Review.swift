import CaseEvents
public import CaseModel
public import Letters
public import Messages
import Policy

// Letters about the panel's meeting and what came of it.
extension LoggedCase {
  /// The invitation to the meeting as it stands: planned, moved, or taken back because it does not take place.
  /// - Parameters:
  ///   - body: key of the body that is invited; nil: a person is.
  ///   - uid: opaque, the same for the reader and the case every time; each further review has an entry of its own.
  ///   - hours: minutes since midnight in London at which it begins and ends; nil where they are not fixed.
  ///   - place: where it is; empty where that is not fixed.
  ///   - choice: how the applicant has said that they take part.
  /// - Throws: ``CaseLetterError`` `no-meeting-yet`.
  public func invitation(
    of body: String? = nil, uid: String, hours: Range<Int>? = nil, place: String = "",
    choice: Letter.Invitation.Choice? = nil, answerBy: CalendarDate? = nil,
    papersBefore: Int? = nil, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.Invitation {
    let plan = MeetingPlan(timeline)
    guard let day = plan.day else {
      throw CaseLetterError(.noMeetingYet, "No meeting of the panel has been fixed.")
    }
    return Letter.Invitation(
      plan.state, of: body,
      to: Letter.Invitation.Meeting(
        on: day, begins: hours?.lowerBound, ends: hours?.upperBound, place: place), choice: choice,
      answerBy: answerBy, papersBefore: papersBefore, caseReference: reference, pack: pack,
      uid: plan.round == 1 ? uid : "\(uid)-\(plan.round)", sequence: plan.sequence, on: today)
  }

  /// The letter that tells what came of the review.
  /// - Parameters:
  ///   - review: as Panel answers it, with what the panel wrote.
  ///   - appeals: as Threshold has them.
  /// - Throws: ``CaseLetterError`` `no-outcome-yet`.
  public func outcome(
    _ review: Recourse_Panel_V1_GetReviewResponse, appeals: [Recourse_Threshold_V1_Appeal],
    on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.OutcomeNotice {
    guard let met = CalendarDate(review.heldOn) else {
      throw CaseLetterError(.noOutcomeYet, "The panel has not met.")
    }
    return Letter.OutcomeNotice(
      metOn: met,
      recommendations: review.recommendations.map { .init(to: $0.body, $0.text) },
      reason: review.reason, answersBy: answersBy(review, metOn: met, today),
      appeals: appeals.compactMap(Letter.Appeal.init), caseReference: reference, pack: pack,
      on: today)
  }

  /// As Panel has it; counted here where it does not say.
  private func answersBy(
    _ review: Recourse_Panel_V1_GetReviewResponse, metOn met: CalendarDate, _ today: CalendarDate
  ) -> Letter.Deadline? {
    guard let (clock, source) = pack.clock(.response, fallback: lender) else { return nil }
    let kept = review.recommendations.lazy.compactMap { CalendarDate($0.followUp.answerDueOn) }
    if let day = kept.first { return Letter.Deadline(day, source: source) }
    let anchor: CalendarDate
    switch clock.anchor {
    case .meeting: anchor = met
    case .outcome: anchor = today
    case .receipt, .acknowledgement, .information, .decision, .appeal: return nil
    }
    let day = try? clock.period.deadline(from: anchor, in: pack.calendar)
    return day.map { Letter.Deadline($0, source: source) }
  }
}

/// What the log says of the panel's meeting: the newest plan, and how often it has changed.
struct MeetingPlan {
  private(set) var day: CalendarDate?
  private(set) var state = Letter.Invitation.State.planned
  /// 0 for the first plan of a round.
  private(set) var sequence = 0
  /// 1 for the first review of the case.
  private(set) var round = 1

  init(_ timeline: CaseTimeline) {
    for fact in timeline.entries.map(\.fact) { take(fact) }
  }

  private mutating func take(_ fact: CaseEventFact) {
    switch fact {
    case .panelScheduled(let next):
      if let day {
        sequence += 1
        if state == .cancelled || day == next {
          state = .planned
        } else {
          state = .moved(from: day)
        }
      }
      day = next
    case .panelBlocked, .applicationWithdrawn:
      guard day != nil, state != .cancelled else { return }
      sequence += 1
      state = .cancelled
    // What has taken place cannot be moved or taken back.
    case .panelHeld: day = nil
    case .reviewOpenedAgain(let round, _, _):
      self.round = round
      (day, state, sequence) = (nil, .planned, 0)
    default: return
    }
  }
}
