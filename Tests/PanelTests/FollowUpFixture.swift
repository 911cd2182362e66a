import CaseModel
import Messages
import SwiftProtobuf
import Testing
import WorkerKitTesting

@testable import Panel

// What tests of answers and actions share.

extension Fixture {
  /// By the clocks that are lent: ten working days after the meeting of 16 March for the outcome, and twenty from there.
  /// Good Friday and Easter Monday lie between.
  static let answerDueOn = "2026-04-29"
}

extension TestPlace {
  /// A body accepts the first recommendation, and will do it by 30 June, unless told otherwise.
  @discardableResult
  func answer(
    _ reference: CaseReference,
    _ change: (inout Recourse_Panel_V1_AnswerRecommendationRequest) -> Void = { _ in }
  ) async throws -> Recourse_Panel_V1_FollowUpResponse {
    var request = Recourse_Panel_V1_AnswerRecommendationRequest.with {
      $0.caseReference = reference.description
      $0.number = 1
      $0.answer = .accepted
      $0.doBy = "2026-06-30"
    }
    change(&request)
    return try await panel.answerRecommendation(request)
  }

  /// A body says that it did what it accepted, unless told otherwise.
  @discardableResult
  func report(
    _ reference: CaseReference,
    _ change: (inout Recourse_Panel_V1_ReportActionRequest) -> Void = { _ in }
  ) async throws -> Recourse_Panel_V1_FollowUpResponse {
    var request = Recourse_Panel_V1_ReportActionRequest.with {
      $0.caseReference = reference.description
      $0.number = 1
      $0.action = .done
      $0.evidence = "Photographs of the day"
    }
    change(&request)
    return try await panel.reportAction(request)
  }

  /// What became of a recommendation of the round that is on.
  func followUp(
    _ reference: CaseReference, _ number: Int = 1
  ) async throws -> Recourse_Panel_V1_FollowUp {
    let recommendations = try await review(reference).recommendations
    try #require(recommendations.indices.contains(number - 1))
    return recommendations[number - 1].followUp
  }

  /// What is waited for in all cases.
  func followUps(
    overdue: Bool = false, body: String = ""
  ) async throws -> Recourse_Panel_V1_ListFollowUpsResponse {
    try await panel.listFollowUps(
      .with {
        $0.overdue = overdue
        $0.body = body
      })
  }
}
