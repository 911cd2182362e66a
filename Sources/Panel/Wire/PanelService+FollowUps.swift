import CaseModel
import Foundation
import GRPCCore
import Messages
import PanelRules
import SwiftProtobuf
import WordsGuard
import WorkerKit

// What became of recommendations.

extension PanelService {
  func answerRecommendation(
    request: Recourse_Panel_V1_AnswerRecommendationRequest, context call: ServerContext
  ) async throws -> Recourse_Panel_V1_FollowUpResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = AnswerRecommendation(
      which: try WhichRecommendation(number: request.number, round: request.round),
      answer: try FollowUp.Answer(request: request.answer),
      answeredOn: try dayIfAny(request.answeredOn, path: "on"),
      doBy: try dayIfAny(request.doBy, path: "doBy"),
      reason: try shortText(request.reason, path: "reason"), caller: Caller(call),
      library: library)
    try await context.waitUntil(request.atLeastPosition)
    let override = try await WordsGuard(context).check(
      [GuardedWords("reason", handler.reason)], in: reference, override: request.guardOverride)
    return try await record(
      "panel.answer", key: request.idempotencyKey, request: request.bare
    ) { tx in
      try override?.record(by: handler.caller.principal, of: reference, in: tx)
      return try handler.apply(reference, in: tx)
    }
  }

  func reportAction(
    request: Recourse_Panel_V1_ReportActionRequest, context call: ServerContext
  ) async throws -> Recourse_Panel_V1_FollowUpResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = ReportAction(
      which: try WhichRecommendation(number: request.number, round: request.round),
      action: try FollowUp.Action(request: request.action),
      reportedOn: try dayIfAny(request.reportedOn, path: "on"), words: try KeptWords(request),
      caller: Caller(call), library: library)
    try await context.waitUntil(request.atLeastPosition)
    let override = try await WordsGuard(context).check(
      handler.words.guarded, in: reference, override: request.guardOverride)
    return try await record(
      "panel.report-action", key: request.idempotencyKey, request: request.bare
    ) { tx in
      try override?.record(by: handler.caller.principal, of: reference, in: tx)
      return try handler.apply(reference, in: tx)
    }
  }

  func listFollowUps(
    request: Recourse_Panel_V1_ListFollowUpsRequest, context call: ServerContext
  ) async throws -> Recourse_Panel_V1_ListFollowUpsResponse {
    let handler = ListFollowUps(isOverdueOnly: request.overdue, body: request.body)
    try await context.waitUntil(request.atLeastPosition)
    let today = CalendarDate(
      ofUnixSeconds: Int64(context.clock.now.timeIntervalSince1970.rounded(.down)))
    let (found, isMore) = try await context.slice.read { try handler.apply(in: $0, today: today) }
    return .with {
      $0.followUps = found.map { Recourse_Panel_V1_FollowUp($0, today: today) }
      $0.more = isMore
    }
  }

  /// Carries something out once per key, and answers how the recommendation stands afterwards.
  private func record<Request: Message & Sendable>(
    _ command: String, key: String, request: Request,
    _ change: @escaping @Sendable (SliceTransaction) throws -> KeptFollowUp
  ) async throws -> Recourse_Panel_V1_FollowUpResponse {
    // Without a key a repetition cannot be told; every request is a new one.
    let result = try await context.command(
      command, key: key.isEmpty ? RandomKey.make() : key, request: request
    ) { tx in
      let now = try change(tx)
      return Recourse_Panel_V1_FollowUpResponse.with {
        $0.followUp = Recourse_Panel_V1_FollowUp(now, today: tx.today)
      }
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }
}
