import Calls
import CaseModel
import GRPCCore
import Messages
import PolicyLibrary
import SwiftProtobuf
import WorkerKit

/// Threshold's calls, from message to handler and back.
struct ThresholdService: Recourse_Threshold_V1_Threshold.SimpleServiceProtocol, UnaryService {
  let context: WorkerContext
  let library: PolicyLibrary
  let makeGenerator: ThresholdWorker.GeneratorFactory
  /// For packs that are tried out and not adopted.
  let documents = LastDocument()

  func getAssessment(
    request: Recourse_Threshold_V1_GetAssessmentRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_GetAssessmentResponse {
    let reference = try CaseReference(request: request.caseReference)
    try await context.waitUntil(request.atLeastPosition)
    let handler = ShowAssessment(library: library)
    let view = try await context.slice.write { try handler.apply(reference, in: $0) }
    return try Recourse_Threshold_V1_GetAssessmentResponse(view)
  }

  func recordNotified(
    request: Recourse_Threshold_V1_RecordNotifiedRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordNotifiedResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = RecordNotification(
      body: request.body, notifiedOn: try optionalDate(request.notifiedOn, path: "notifiedOn"),
      officer: try text(request.officer, path: "officer", limit: Limits.officer))
    try await context.waitUntil(request.atLeastPosition)
    let result = try await context.command(
      "threshold.record-notified", key: commandKey(request.idempotencyKey), request: request.bare
    ) { tx in
      let outcome = try handler.apply(reference, in: tx)
      return Recourse_Threshold_V1_RecordNotifiedResponse.with {
        $0.notifiedOn = outcome.notifiedOn.description
        $0.repeated = outcome.repeated
      }
    }
    var response = result.response
    response.repeated = result.repeated || response.repeated
    response.logPosition = result.logPosition
    return response
  }

  /// Without a key a repetition cannot be told; every request is a new one.
  func commandKey(_ key: String) -> String { key.isEmpty ? RandomKey.make() : key }
}
