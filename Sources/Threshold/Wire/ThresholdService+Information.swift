import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// The calls about information that bodies are asked for (Sch. 4 para 7).
extension ThresholdService {
  func requestInformation(
    request: Recourse_Threshold_V1_RequestInformationRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RequestInformationResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = RequestInformation(
      bodies: request.bodies,
      officer: try text(request.officer, path: "officer", limit: Limits.officer), library: library)
    try await context.waitUntil(request.atLeastPosition)
    let result = try await context.command(
      "threshold.request-information", key: commandKey(request.idempotencyKey),
      request: request.bare
    ) { tx in
      let outcome = try handler.apply(reference, in: tx)
      return Recourse_Threshold_V1_RequestInformationResponse.with {
        $0.requests = outcome.requests.map(Recourse_Threshold_V1_InformationRequest.init)
        $0.repeated = outcome.repeated
      }
    }
    var response = result.response
    response.repeated = result.repeated || response.repeated
    response.logPosition = result.logPosition
    return response
  }

  func recordInformation(
    request: Recourse_Threshold_V1_RecordInformationRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordInformationResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = RecordInformation(
      body: request.body, answeredOn: try optionalDate(request.answeredOn, path: "answeredOn"),
      answer: try InformationAnswer(request),
      officer: try text(request.officer, path: "officer", limit: Limits.officer), library: library)
    try await context.waitUntil(request.atLeastPosition)
    let result = try await context.command(
      "threshold.record-information", key: commandKey(request.idempotencyKey),
      request: request.bare
    ) { tx in
      let assessment = try handler.apply(reference, in: tx)
      var response = Recourse_Threshold_V1_RecordInformationResponse()
      if let assessment { response.assessment = try .init(serializedBytes: assessment.findings) }
      return response
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }

  func chaseInformation(
    request: Recourse_Threshold_V1_ChaseInformationRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_ChaseInformationResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = ChaseInformation(
      body: request.body,
      officer: try text(request.officer, path: "officer", limit: Limits.officer))
    try await context.waitUntil(request.atLeastPosition)
    let result = try await context.command(
      "threshold.chase-information", key: commandKey(request.idempotencyKey),
      request: request.bare
    ) { tx in
      let repeated = try handler.apply(reference, in: tx)
      return Recourse_Threshold_V1_ChaseInformationResponse.with { $0.repeated = repeated }
    }
    var response = result.response
    response.repeated = result.repeated || response.repeated
    response.logPosition = result.logPosition
    return response
  }
}

extension Recourse_Threshold_V1_RequestInformationRequest {
  fileprivate var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}

extension Recourse_Threshold_V1_RecordInformationRequest {
  fileprivate var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}

extension Recourse_Threshold_V1_ChaseInformationRequest {
  fileprivate var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}
