import ArgumentParser
import Bus
import GRPCCore
import Messages
import Outreach
import SwiftProtobuf

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
      return try await connection.outreach.getPlan(request, options: Connection.limit())
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

extension Recourse_Outreach_V1_ImportPlanRequest: KeyedRequest {}
extension Recourse_Outreach_V1_AddActivityRequest: KeyedRequest {}
extension Recourse_Outreach_V1_ApproveActivityRequest: KeyedRequest {}
extension Recourse_Outreach_V1_HoldActivityRequest: KeyedRequest {}
extension Recourse_Outreach_V1_DistributeRequest: KeyedRequest {}
extension Recourse_Outreach_V1_InviteRequest: KeyedRequest {}
extension Recourse_Outreach_V1_CancelInvitationsRequest: KeyedRequest {}
extension Recourse_Outreach_V1_RecordAnswerRequest: KeyedRequest {}
extension Recourse_Outreach_V1_RecordAttendanceRequest: KeyedRequest {}
