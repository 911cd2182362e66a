import CaseModel
import Messages
import PanelRules
import SwiftProtobuf
import WorkerKit

extension Disclosure.Purpose {
  /// - Throws: the refusal `purpose-needed`.
  init(request purpose: Recourse_Panel_V1_ReviewPurpose.Value) throws {
    switch purpose {
    case .caseWork: self = .caseWork
    case .progress: self = .progress
    case .letter: self = .letter
    case .ownCase: self = .ownCase
    case .unspecified, .UNRECOGNIZED:
      throw Refusal.purposeNeeded(expected: Self.allCases.map(\.rawValue))
    }
  }
}

extension Recourse_Panel_V1_GetReviewResponse {
  init(_ view: ShowReview.View) {
    self.init()
    openedOn = view.review.openedOn.description
    dueOn = view.review.dueOn.description
    requiredBodies = view.review.requiredBodies
    clockSource = view.review.clockSource
    panelOn = view.panelDay?.day.description ?? ""
    explanation = [
      view.review.roundInWords, view.review.clockNote, view.reversal?.explanation ?? "",
    ].filter { !$0.isEmpty }.joined(separator: " ")
    withdrawnOn = view.withdrawnOn?.description ?? ""
    switch view.state {
    case .withdrawn:
      state = .withdrawn
    case .owed:
      state = .owed
    case .scheduled:
      state = .scheduled
    case .blocked(let block):
      state = .blocked
      blockingBodies = block.bodies
      explanation = [explanation, block.explanation(in: .english)].filter { !$0.isEmpty }
        .joined(separator: " ")
    case .held(let meeting):
      state = .held
      heldOn = meeting.heldOn.description
      reason = view.fields.contains(.reason) ? meeting.reason : ""
      recommendations = view.recommendations { $0 == view.review.round }
    }
    earlierRecommendations = view.recommendations { $0 < view.review.round }
  }
}

extension ShowReview.View {
  /// Those of certain rounds, with what became of them, as far as it may be told.
  fileprivate func recommendations(
    of isIncluded: (Int) -> Bool
  ) -> [Recourse_Panel_V1_Recommendation] {
    followUps.filter { isIncluded($0.kept.key.round) }.map { one in
      .with {
        $0.body = one.kept.body
        $0.text = fields.contains(.recommendationText) ? one.text : ""
        $0.doBy = one.kept.facts.askedBy?.description ?? ""
        $0.followUp = Recourse_Panel_V1_FollowUp(
          one.kept, one.words, telling: fields, today: today)
      }
    }
  }
}

extension KeptReview {
  /// Empty for the first.
  fileprivate var roundInWords: String {
    guard round > 1 else { return "" }
    return "This is round \(round) of the review: an appeal about the one before was upheld on "
      + "\(openedOn.inWords)."
  }
}
