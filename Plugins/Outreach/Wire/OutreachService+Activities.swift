import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

typealias OutreachChanged = Recourse_Outreach_V1_PlanChanged

extension OutreachService {
  func addActivity(
    request: Recourse_Outreach_V1_AddActivityRequest, context call: ServerContext
  ) async throws -> OutreachChanged {
    let handler = AddActivity(activity: request.activity, caller: Caller(call))
    return try await change("outreach.activity-add", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
      return tx.today
    }
  }

  func approveActivity(
    request: Recourse_Outreach_V1_ApproveActivityRequest, context call: ServerContext
  ) async throws -> OutreachChanged {
    do throws(PlanProblem) {
      try PlanCheck.checkShapes(
        of: request.by.record, Recourse_Outreach_V1_Approval.fields.filter { $0.name != "on" },
        at: "by")
    } catch { throw Refusal(problem: error) }
    let handler = ApproveActivity(
      id: request.activity, approver: request.by, day: try CalendarDate(on: request.on),
      caller: Caller(call))
    return try await change("outreach.activity-approve", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
    }
  }

  func holdActivity(
    request: Recourse_Outreach_V1_HoldActivityRequest, context call: ServerContext
  ) async throws -> OutreachChanged {
    let handler = HoldActivity(
      id: request.activity, day: try CalendarDate(on: request.on), caller: Caller(call))
    return try await change("outreach.activity-done", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
    }
  }

  func distribute(
    request: Recourse_Outreach_V1_DistributeRequest, context call: ServerContext
  ) async throws -> OutreachChanged {
    let handler = RecordDistribution(
      id: request.distribution,
      quantity: request.hasQuantity ? Int(clamping: request.quantity) : nil,
      day: try CalendarDate(on: request.on), caller: Caller(call))
    return try await change("outreach.distribute", request) { plan, tx in
      try handler.apply(to: plan, in: tx)
    }
  }

  /// Carries out a command on the plan that is meant, once for each key.
  func change<Request: PlanRequest>(
    _ name: String, _ request: Request,
    _ body: @escaping @Sendable (String, SliceTransaction) throws -> CalendarDate
  ) async throws -> OutreachChanged {
    try await context.waitUntil(request.atLeastPosition)
    let result = try await carryOut(name, request.idempotencyKey, request.bare) { tx in
      let plan = try tx.knownPlan(request.plan)
      let day = try body(plan, tx)
      return OutreachChanged.with {
        $0.plan = plan
        $0.on = day.description
      }
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }
}

/// A request that changes something in a plan.
protocol PlanRequest: Message, Sendable {
  var plan: String { get }
  var idempotencyKey: String { get set }
  var atLeastPosition: UInt64 { get set }
}

extension PlanRequest {
  /// What tells this command from another one under the same key.
  var bare: Self {
    var copy = self
    copy.idempotencyKey = ""
    copy.atLeastPosition = 0
    return copy
  }
}

extension Recourse_Outreach_V1_AddActivityRequest: PlanRequest {}
extension Recourse_Outreach_V1_ApproveActivityRequest: PlanRequest {}
extension Recourse_Outreach_V1_HoldActivityRequest: PlanRequest {}
extension Recourse_Outreach_V1_DistributeRequest: PlanRequest {}
extension Recourse_Outreach_V1_InviteRequest: PlanRequest {}
extension Recourse_Outreach_V1_CancelInvitationsRequest: PlanRequest {}
extension Recourse_Outreach_V1_RecordAnswerRequest: PlanRequest {}
extension Recourse_Outreach_V1_RecordAttendanceRequest: PlanRequest {}

extension CalendarDate {
  /// The day of a request; nil if it leaves it open.
  /// - Throws: a `Refusal` for what is no day.
  init?(on text: String) throws {
    if text.isEmpty { return nil }
    guard let day = CalendarDate(text) else {
      throw Refusal(
        .input, code: "unexpected", path: "on", message: "Expected \(PlanShape.day.says).")
    }
    self = day
  }
}
