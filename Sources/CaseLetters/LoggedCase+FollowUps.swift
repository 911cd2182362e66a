public import CaseModel
public import Letters
public import Messages
import Policy

// Letters about what became of recommendations.
extension LoggedCase {
  /// The letter that tells whoever takes part what bodies answered and did.
  /// - Parameter review: as Panel answers it, with what was written.
  /// - Throws: ``CaseLetterError`` `no-outcome-yet`.
  public func followUp(
    _ review: Recourse_Panel_V1_GetReviewResponse, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.FollowUpNotice {
    let made = review.earlierRecommendations + review.recommendations
    guard !made.isEmpty else {
      throw CaseLetterError(.noOutcomeYet, "No recommendation is on record.")
    }
    return Letter.FollowUpNotice(
      made.map(Letter.FollowUpNotice.Item.init), caseReference: reference, pack: pack, on: today)
  }

  /// The letter that tells a body of a recommendation or, as a reminder, that it is waited for.
  /// - Parameters:
  ///   - round: of the review, from 1.
  ///   - index: in the round, from 0.
  ///   - review: as Panel answers it, with what was written.
  ///   - reminder: what the body is reminded of; nil: it is told of it.
  /// - Throws: ``CaseLetterError`` `no-outcome-yet`.
  public func recommendation(
    round: Int, index: Int, in review: Recourse_Panel_V1_GetReviewResponse,
    reminder: Letter.RecommendationNotice.Reminder? = nil, on today: CalendarDate
  ) throws(CaseLetterError) -> Letter.RecommendationNotice {
    let made = review.earlierRecommendations + review.recommendations
    let found = made.first {
      $0.followUp.round == round && $0.followUp.number == index + 1
    }
    guard let found, let madeOn = CalendarDate(found.followUp.madeOn) else {
      throw CaseLetterError(.noOutcomeYet, "This recommendation is not on record.")
    }
    return Letter.RecommendationNotice(
      to: found.body, number: index + 1, found.text, madeOn: madeOn,
      answerDueOn: CalendarDate(found.followUp.answerDueOn), askedBy: CalendarDate(found.doBy),
      reminder: reminder, caseReference: reference, pack: pack, on: today)
  }
}

extension Letter.FollowUpNotice.Item {
  fileprivate init(_ one: Recourse_Panel_V1_Recommendation) {
    self.init(to: one.body, one.text)
    let followUp = one.followUp
    switch followUp.answer {
    case .accepted: answer = .accepted
    case .acceptedInPart: answer = .acceptedInPart
    case .notAccepted: answer = .notAccepted
    case .unspecified, .UNRECOGNIZED: break
    }
    switch followUp.action {
    case .underWay: action = .underWay
    case .done: action = .done
    case .notDone: action = .notDone
    case .unspecified, .UNRECOGNIZED: break
    }
    answeredOn = CalendarDate(followUp.answeredOn)
    reason = followUp.answerReason
    doBy = CalendarDate(followUp.doBy)
    reportedOn = CalendarDate(followUp.reportedOn)
    report = followUp.reportText
    evidence = followUp.evidence
    dueOn = CalendarDate(followUp.dueOn)
    isOverdue = followUp.overdue
  }
}
