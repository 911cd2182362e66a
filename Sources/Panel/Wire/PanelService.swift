import Calls
import CaseModel
import GRPCCore
import Messages
import PanelRules
import Policy
import PolicyLibrary
import SwiftProtobuf
import WordsGuard
import WorkerKit

/// Panel's calls, from message to handler and back.
struct PanelService: Recourse_Panel_V1_Panel.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let library: PolicyLibrary

  /// Lines in one call; all of them are kept in one transaction.
  static let linesLimit = 10_000

  func addAvailability(
    request: RPCAsyncSequence<Recourse_Panel_V1_AvailabilityLine, any Error>,
    response: RPCWriter<Recourse_Panel_V1_AvailabilityResult>, context call: ServerContext
  ) async throws {
    let bodies = try await knownBodies()
    var lines: [ReadLine] = []
    for try await line in request {
      guard lines.count < Self.linesLimit else { throw Self.tooManyLines }
      lines.append(ReadLine(line, knowing: bodies))
    }
    let position = try await keep(
      lines.compactMap { try? $0.content.get() }, by: Caller(call))
    for line in lines {
      try await response.write(Recourse_Panel_V1_AvailabilityResult(line, position: position))
    }
  }

  private func knownBodies() async throws -> Set<String> {
    try await context.slice.read { slice in
      if let lacking = try library.lacking(in: slice) {
        throw Refusal(.tryAgain, code: "no-policy-yet", message: "Not ready yet: \(lacking).")
      }
      return Set(try library.shelf(in: slice).all.flatMap(\.bodies).map(\.key))
    }
  }

  /// Returns where the log stands with what follows from these.
  private func keep(_ accepted: [Availability], by caller: Caller) async throws -> UInt64 {
    guard !accepted.isEmpty else { return 0 }
    let handler = TakeAvailability(accepted: accepted, caller: caller, library: library)
    // Saying it again changes nothing, so that a repetition need not be told: each call is its own.
    return try await context.command(
      "panel.add-availability", key: RandomKey.make(),
      request: Recourse_Panel_V1_AvailabilityLine()
    ) { tx in
      try handler.apply(in: tx)
      return Recourse_Panel_V1_AvailabilityResult()
    }.logPosition
  }

  private static var tooManyLines: Refusal {
    Refusal(
      .input, code: "too-many-lines",
      message: "Expected \(linesLimit) lines at most; nothing was kept. Send them in parts.")
  }

  func getReview(
    request: Recourse_Panel_V1_GetReviewRequest, context call: ServerContext
  ) async throws -> Recourse_Panel_V1_GetReviewResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = ShowReview(
      purpose: try Disclosure.Purpose(request: request.purpose), caller: Caller(call))
    try await context.waitUntil(request.atLeastPosition)
    let view = try await context.slice.write { try handler.apply(reference, in: $0) }
    return Recourse_Panel_V1_GetReviewResponse(view)
  }

  func hold(
    request: Recourse_Panel_V1_HoldRequest, context call: ServerContext
  ) async throws -> Recourse_Panel_V1_HoldResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = HoldPanel(
      meeting: try KeptMeeting(request), caller: Caller(call), library: library)
    try await context.waitUntil(request.atLeastPosition)
    let override = try await WordsGuard(context).check(
      handler.meeting.words, in: reference, override: request.guardOverride)
    // Without a key a repetition cannot be told; every request is a new one.
    let key = request.idempotencyKey.isEmpty ? RandomKey.make() : request.idempotencyKey
    let result = try await context.command("panel.hold", key: key, request: request.bare) { tx in
      try handler.apply(reference, in: tx)
      try override?.record(by: handler.caller.principal, of: reference, in: tx)
      return Recourse_Panel_V1_HoldResponse()
    }
    return .with {
      $0.repeated = result.repeated
      $0.logPosition = result.logPosition
    }
  }
}
