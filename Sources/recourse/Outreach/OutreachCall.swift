import ArgumentParser
import Bus
import GRPCCore
import Messages
import Outreach
import SwiftProtobuf
import WorkerKit

/// Which plan a command is about, and how it is asked.
struct OutreachCall: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("The plan; may be left out while there is one.", valueName: "id")
  )
  var plan: String = ""

  @OptionGroup var client: ClientOptions
  @OptionGroup var repetition: RepeatOptions
  @OptionGroup var output: OutputOptions

  /// Has a request carried out, once per key, by the plugin when it has seen all that there is.
  func carryOut<Request: KeyedRequest, Response: Sendable>(
    _ request: Request, _ call: (Connection, Request) async throws -> Response
  ) async throws -> Response {
    try await Connection.open(client) { connection in
      try await repetition.sending { key in
        var request = request
        request.idempotencyKey = key
        request.atLeastPosition = try await connection.headWithOutreach()
        return try await call(connection, request)
      }
    }
  }

  /// The plan as it is now.
  func current() async throws -> Recourse_Outreach_V1_GetPlanResponse {
    try await Connection.open(client) { connection in
      var request = Recourse_Outreach_V1_GetPlanRequest()
      request.plan = plan
      request.atLeastPosition = try await connection.headWithOutreach()
      return try await connection.wholePlan(request)
    }
  }

  /// Says what was done, in the form that was asked for.
  func answer(_ plan: String, _ fields: [(String, JSON)], _ sentence: String) {
    if output.json {
      Output.line(.object([("plan", .text(plan))] + fields))
    } else {
      Output.line(sentence)
    }
  }
}

extension Connection {
  var outreach: Recourse_Outreach_V1_Outreach.Stub<BusClient> { .init(wrapping: client) }

  /// How often a plan is read from the beginning because it was changed meanwhile.
  static let planReadings = 3

  /// All pages of a plan as one.
  /// - Throws: what the plugin refuses; `plan-changed` if the plan does not stay the same for long enough.
  func wholePlan(
    _ request: Recourse_Outreach_V1_GetPlanRequest
  ) async throws -> Recourse_Outreach_V1_GetPlanResponse {
    for _ in 1..<Self.planReadings {
      do { return try await pages(of: request) } catch let error as RPCError {
        guard Refusal(error)?.code == "plan-changed" else { throw error }
      }
    }
    return try await pages(of: request)
  }

  private func pages(
    of request: Recourse_Outreach_V1_GetPlanRequest
  ) async throws -> Recourse_Outreach_V1_GetPlanResponse {
    var request = request
    var whole = try await outreach.getPlan(request, options: Self.limit())
    while !whole.nextPage.isEmpty {
      request.page = whole.nextPage
      whole.add(try await outreach.getPlan(request, options: Self.limit()))
    }
    return whole
  }

  /// The name of the plugin that keeps plans.
  static let outreachName = "outreach"

  /// Where the log stands now.
  /// - Throws: ``Failure`` `not-added` if the plugin that keeps plans is not there.
  func headWithOutreach() async throws -> UInt64 {
    let directory = try await sessions()
    guard directory.sessions.contains(where: { $0.worker == Self.outreachName }) else {
      throw Failure(
        exit: .unavailable, code: "not-added",
        message:
          "The plugin \(Self.outreachName), which keeps communications plans, does not run here.",
        wayOut:
          "Add it: recourse plugin add \(Self.outreachName). If it is added, `recourse status` "
          + "shows why it is away.")
    }
    return directory.logHead
  }
}

extension Recourse_Outreach_V1_GetPlanResponse {
  /// Goes on with the next page.
  fileprivate mutating func add(_ page: Self) {
    plan.campaigns += page.plan.campaigns
    plan.activities += page.plan.activities
    plan.events += page.plan.events
    plan.distributions += page.plan.distributions
    plan.pledges += page.plan.pledges
    findings += page.findings
    nextPage = page.nextPage
  }
}

extension Recourse_Outreach_V1_ImportPlanRequest: KeyedRequest {}
extension Recourse_Outreach_V1_AddActivityRequest: KeyedRequest {}
extension Recourse_Outreach_V1_ApproveActivityRequest: KeyedRequest {}
extension Recourse_Outreach_V1_HoldActivityRequest: KeyedRequest {}
extension Recourse_Outreach_V1_DistributeRequest: KeyedRequest {}
extension Recourse_Outreach_V1_InviteRequest: KeyedRequest {}
extension Recourse_Outreach_V1_CancelInvitationsRequest: KeyedRequest {}
extension Recourse_Outreach_V1_RecordAnswerRequest: KeyedRequest {}
extension Recourse_Outreach_V1_RecordAttendanceRequest: KeyedRequest {}
