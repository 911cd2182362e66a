import CaseModel
import Messages
import PanelRules
import SwiftProtobuf
import WorkerKit

/// What Panel announces, each in the transaction of what it tells of.
extension SliceTransaction {
  func announceOpened(_ review: KeptReview) throws {
    try emit(
      Recourse_Panel_V1_ReviewOpened.with {
        $0.caseReference = review.reference.description
        $0.policyDigest = review.policyDigest
        $0.openedOn = review.openedOn.description
        $0.dueOn = review.dueOn.description
        $0.requiredBodies = review.requiredBodies
        $0.round = UInt32(review.round)
      }, key: review.reference.key)
  }

  func announceScheduled(_ set: PanelDay, _ review: KeptReview) throws {
    try emit(
      Recourse_Panel_V1_PanelScheduled.with {
        $0.caseReference = review.reference.description
        $0.policyDigest = review.policyDigest
        $0.panelOn = set.day.description
        $0.dueOn = review.dueOn.description
        $0.revision = UInt32(set.revision)
      }, key: review.reference.key)
  }

  func announceBlocked(by bodies: [String], _ review: KeptReview) throws {
    try emit(
      Recourse_Panel_V1_PanelBlocked.with {
        $0.caseReference = review.reference.description
        $0.policyDigest = review.policyDigest
        $0.dueOn = review.dueOn.description
        $0.blockingBodies = bodies
      }, key: review.reference.key)
  }

  /// The meeting, then each recommendation by the body that it is made to; the texts stay here.
  /// - Parameter followUps: in the order of the recommendations.
  func announceHeld(
    _ meeting: KeptMeeting, _ followUps: [KeptFollowUp], _ review: KeptReview
  ) throws {
    try emit(
      Recourse_Panel_V1_PanelHeld.with {
        $0.caseReference = review.reference.description
        $0.policyDigest = review.policyDigest
        $0.heldOn = meeting.heldOn.description
        $0.recommendations = UInt32(meeting.recommendations.count)
      }, key: review.reference.key)
    for followUp in followUps {
      try emit(
        Recourse_Panel_V1_RecommendationMade.with {
          $0.caseReference = review.reference.description
          $0.policyDigest = review.policyDigest
          $0.index = UInt32(followUp.key.place)
          $0.body = followUp.body
          $0.madeOn = meeting.heldOn.description
          $0.round = UInt32(followUp.key.round)
          $0.answerDueOn = followUp.facts.answerDueOn?.description ?? ""
          $0.doBy = followUp.facts.askedBy?.description ?? ""
        }, key: review.reference.key)
    }
  }
}
