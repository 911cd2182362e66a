import Calls
import CaseModel
import GRPCCore
import Messages
import PolicyLibrary
import SwiftProtobuf
import ThresholdRules
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
    let handler = ShowAssessment(
      purpose: try Disclosure.Purpose(request: request.purpose), caller: Caller(call),
      library: library)
    try await context.waitUntil(request.atLeastPosition)
    let view = try await context.slice.write { try handler.apply(reference, in: $0) }
    return try Recourse_Threshold_V1_GetAssessmentResponse(view).limited(to: view.fields)
  }

  func recordNotified(
    request: Recourse_Threshold_V1_RecordNotifiedRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordNotifiedResponse {
    let handler = RecordNotification(
      body: request.body, notifiedOn: try optionalDate(request.notifiedOn, path: "notifiedOn"),
      officer: try text(request.officer, path: "officer", limit: Limits.officer),
      caller: Caller(call).principal)
    return try await carryOut("threshold.record-notified", request) { reference, tx in
      let outcome = try handler.apply(reference, in: tx)
      return .with {
        $0.notifiedOn = outcome.notifiedOn.description
        $0.repeated = outcome.repeated
      }
    }
  }

  func recordAcknowledged(
    request: Recourse_Threshold_V1_RecordAcknowledgedRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordAcknowledgedResponse {
    let handler = RecordAcknowledged(
      acknowledgedOn: try optionalDate(request.acknowledgedOn, path: "acknowledgedOn"),
      officer: try text(request.officer, path: "officer", limit: Limits.officer),
      caller: Caller(call).principal, library: library)
    return try await carryOut("threshold.record-acknowledged", request) { reference, tx in
      let outcome = try handler.apply(reference, in: tx)
      return .with {
        $0.acknowledgedOn = outcome.acknowledgedOn.description
        $0.repeated = outcome.repeated
      }
    }
  }

  func recordUndelivered(
    request: Recourse_Threshold_V1_RecordUndeliveredRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_RecordUndeliveredResponse {
    guard let toldOn = try optionalDate(request.toldOn, path: "toldOn") else {
      throw Refusal(
        .input, code: "missing", path: "toldOn",
        message: "Expected the day on which it is on record as told, as YYYY-MM-DD.")
    }
    let handler = RecordUndelivered(
      subject: try RecordUndelivered.Subject(request.told), toldOn: toldOn,
      officer: try text(request.officer, path: "officer", limit: Limits.officer),
      caller: Caller(call).principal, library: library)
    return try await carryOut("threshold.record-undelivered", request) { reference, tx in
      try handler.apply(reference, in: tx)
      return .init()
    }
  }

  /// Without a key a repetition cannot be told; every request is a new one.
  func commandKey(_ key: String) -> String { key.isEmpty ? RandomKey.make() : key }
}

extension Recourse_Threshold_V1_RecordNotifiedRequest: CommandRequest {}
extension Recourse_Threshold_V1_RecordNotifiedResponse: CommandResponse {}
extension Recourse_Threshold_V1_RecordAcknowledgedRequest: CommandRequest {}
extension Recourse_Threshold_V1_RecordAcknowledgedResponse: CommandResponse {}
extension Recourse_Threshold_V1_RecordUndeliveredRequest: CommandRequest {}
extension Recourse_Threshold_V1_RecordUndeliveredResponse: CommandResponse {}

extension RecordUndelivered.Subject {
  /// - Throws: the refusal `missing`.
  fileprivate init(
    _ told: Recourse_Threshold_V1_RecordUndeliveredRequest.OneOf_Told?
  ) throws {
    switch told {
    case .acknowledgement(true): self = .acknowledgement
    case .body(let key) where !key.isEmpty: self = .body(key)
    case .stage(let name) where !name.isEmpty: self = .stage(name)
    case .acknowledgement, .body, .stage, nil:
      throw Refusal(
        .input, code: "missing", path: "told",
        message: "Expected what did not arrive: an acknowledgement, a body's key or a stage.")
    }
  }
}
