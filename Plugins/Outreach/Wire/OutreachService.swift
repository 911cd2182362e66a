import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The plugin's calls, from message to handler and back.
struct OutreachService: Recourse_Outreach_V1_Outreach.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext

  func importPlan(
    request: Recourse_Outreach_V1_ImportPlanRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_ImportPlanResponse {
    let handler = try TakePlan(request, by: Caller(call))
    try await context.waitUntil(request.atLeastPosition)
    // What would change is asked anew each time.
    let key = request.dryRun ? "" : request.idempotencyKey
    let result = try await carryOut("outreach.import", key, request.bare) {
      try handler.apply(in: $0)
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }

  func getPlan(
    request: Recourse_Outreach_V1_GetPlanRequest, context call: ServerContext
  ) async throws -> Recourse_Outreach_V1_GetPlanResponse {
    try await context.waitUntil(request.atLeastPosition)
    let today = context.today
    let place = try PlanPlace(request: request.page)
    return try await context.slice.read { slice in
      let id = try slice.knownPlan(request.plan)
      let plan = try slice.wholePlan(id) ?? OutreachPlan()
      let mark = try plan.mark
      guard place.map({ $0.mark == mark }) ?? true else {
        throw Refusal(
          .state, code: "plan-changed", path: "page",
          message: "The plan was changed while it was read. Read it from the beginning.")
      }
      let before = place?.entries ?? 0
      let page = try PlanPage(of: plan, after: before)
      return try .with {
        $0.plan = page.plan
        $0.findings = PlanStanding(plan: page.plan, today: today).findings
        if before == 0 { $0.gone = try slice.goneItems(of: id) }
        $0.today = today.description
        $0.nextPage = page.next.map { "\(PlanPlace(mark: mark, entries: $0))" } ?? ""
      }
    }
  }

  /// Carries out a command once for each key. Without a key a repetition cannot be told; every request is a new one.
  func carryOut<Request: Message, Response: Message & Sendable>(
    _ name: String, _ key: String, _ request: Request,
    _ body: @escaping @Sendable (SliceTransaction) throws -> Response
  ) async throws -> CommandResult<Response> {
    try await context.command(
      name, key: key.isEmpty ? RandomKey.make() : key, request: request, body)
  }
}

extension SliceReader {
  /// The id of the plan that is meant: the one that is named, or the only one.
  /// - Throws: a `Refusal` if there is none, or it is not clear which.
  func knownPlan(_ id: String) throws -> String {
    let known = try planIDs()
    if known.contains(id) { return id }
    guard !known.isEmpty else {
      throw Refusal(
        .notFound, code: "no-plan",
        message: "There is no plan yet. Take one in: recourse outreach import FILE.")
    }
    let list = known.joined(separator: ", ")
    guard id.isEmpty else {
      throw Refusal(
        .notFound, code: "unknown-plan", path: "plan",
        message: "There is no such plan; there are: \(list).")
    }
    guard known.count == 1 else {
      throw Refusal(
        .input, code: "which-plan", path: "plan",
        message: "There are several plans; name one of: \(list).")
    }
    return known[0]
  }
}

extension Recourse_Outreach_V1_ImportPlanRequest {
  /// What tells this command from another one under the same key.
  var bare: Self {
    var copy = self
    copy.idempotencyKey = ""
    copy.atLeastPosition = 0
    return copy
  }
}
