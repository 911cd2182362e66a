import CaseModel
import GRPCCore
import Messages
import SwiftProtobuf
import WorkerKit

/// A withdrawal that an officer records, from message to handler and back.
extension IntakeService {
  func recordWithdrawal(
    request: Recourse_Intake_V1_RecordWithdrawalRequest, context call: ServerContext
  ) async throws -> Recourse_Intake_V1_RecordWithdrawalResponse {
    let reference = try CaseReference(request: request.caseReference)
    let handler = WithdrawApplication(
      reason: try doorText(
        request.reason, path: "reason", limit: DoorBounds.reasonLimit,
        missing: "What somebody else records has a reason; expected what the applicant says."),
      underPressure: request.underPressure,
      officer: try doorText(
        request.officer, path: "officer", limit: DoorBounds.nameLimit,
        missing: "A withdrawal is recorded by a named person; expected a name."))
    try await context.waitUntil(request.atLeastPosition)
    let key = request.idempotencyKey.isEmpty ? RandomKey.make() : request.idempotencyKey
    let result = try await context.command(
      "intake.record-withdrawal", key: key, request: request.bare
    ) { tx in
      try handler.apply(reference, in: tx)
      return Recourse_Intake_V1_RecordWithdrawalResponse.with {
        $0.withdrawnOn = tx.today.description
      }
    }
    var response = result.response
    response.repeated = result.repeated
    response.logPosition = result.logPosition
    return response
  }
}

extension Recourse_Intake_V1_RecordWithdrawalRequest {
  /// What tells this request from another one under the same key.
  fileprivate var bare: Self {
    var request = self
    request.idempotencyKey = ""
    request.atLeastPosition = 0
    return request
  }
}
