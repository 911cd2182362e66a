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
    let handler = RequestInformation(
      bodies: request.bodies,
      officer: try text(request.officer, path: "officer", limit: Limits.officer), library: library)
    return try await carryOut("threshold.request-information", request) { reference, tx in
      let outcome = try handler.apply(reference, in: tx)
      return .with {
        $0.requests = outcome.requests.map(Recourse_Threshold_V1_InformationRequest.init)
        $0.repeated = outcome.repeated
      }
    }
  }

  func recordInformation(
    request: Recourse_Threshold_V1_RecordInformationRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordInformationResponse {
    let handler = RecordInformation(
      body: request.body, answeredOn: try optionalDate(request.answeredOn, path: "answeredOn"),
      answer: try InformationAnswer(request),
      officer: try text(request.officer, path: "officer", limit: Limits.officer), library: library)
    return try await carryOut("threshold.record-information", request) { reference, tx in
      let assessment = try handler.apply(reference, in: tx)
      let completeness = try tx.completeness(of: reference)
      return try .with {
        if let assessment { $0.assessment = try .init(assessment, completeness: completeness) }
      }
    }
  }

  func chaseInformation(
    request: Recourse_Threshold_V1_ChaseInformationRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_ChaseInformationResponse {
    let handler = ChaseInformation(
      body: request.body,
      officer: try text(request.officer, path: "officer", limit: Limits.officer))
    return try await carryOut("threshold.chase-information", request) { reference, tx in
      let repeated = try handler.apply(reference, in: tx)
      return .with { $0.repeated = repeated }
    }
  }
}

extension Recourse_Threshold_V1_RequestInformationRequest: CommandRequest {}
extension Recourse_Threshold_V1_RequestInformationResponse: CommandResponse {}
extension Recourse_Threshold_V1_RecordInformationRequest: CommandRequest {}
extension Recourse_Threshold_V1_RecordInformationResponse: CommandResponse {}
extension Recourse_Threshold_V1_ChaseInformationRequest: CommandRequest {}
extension Recourse_Threshold_V1_ChaseInformationResponse: CommandResponse {}
