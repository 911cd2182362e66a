import Foundation
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

extension OutreachService {
  func invite(
    request: Recourse_Outreach_V1_InviteRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_InviteResponse {
    let handler = InviteGuests(request, by: Caller(call), uid: UUID().uuidString.lowercased())
    return try await tell("outreach.event-invite", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
    }
  }

  func cancelInvitations(
    request: Recourse_Outreach_V1_CancelInvitationsRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_InviteResponse {
    let handler = CancelInvitations(request, by: Caller(call))
    return try await tell("outreach.event-cancel", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
    }
  }

  private func tell<Request: PlanRequest>(
    _ name: String, _ request: Request,
    _ body:
      @escaping @Sendable (String, SliceTransaction) throws ->
      Recourse_Outreach_V1_InviteResponse
  ) async throws -> Recourse_Outreach_V1_InviteResponse {
    try await context.waitUntil(request.atLeastPosition)
    let result = try await carryOut(name, request.idempotencyKey, request.bare) { tx in
      try body(try tx.knownPlan(request.plan), tx)
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }

  func recordAnswer(
    request: Recourse_Outreach_V1_RecordAnswerRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_RecordAnswerResponse {
    let handler = try RecordAnswer(request, by: Caller(call))
    try await context.waitUntil(request.atLeastPosition)
    let result = try await carryOut(
      "outreach.event-answer", request.idempotencyKey, request.bare
    ) { try handler.apply(in: $0) }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }

  func recordAttendance(
    request: Recourse_Outreach_V1_RecordAttendanceRequest, context call: ServerContext
  ) async throws -> OutreachChanged {
    let handler = RecordAttendance(request, by: Caller(call))
    return try await change("outreach.event-attend", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
    }
  }
}
