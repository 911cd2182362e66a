import ArgumentParser
import Messages

/// What every command has that changes something of a case.
struct CaseCall: ParsableArguments {
  @OptionGroup var client: ClientOptions
  @OptionGroup var repetition: RepeatOptions
  @OptionGroup var output: OutputOptions

  /// Has a request carried out, once per key, by a worker that has seen all that there is.
  func carryOut<Request: KeyedRequest, Response: Sendable>(
    _ request: Request,
    _ call: (Connection, Request) async throws -> Response
  ) async throws -> Response {
    try await Connection.open(client) { connection in
      try await repetition.sending { key in
        var request = request
        request.idempotencyKey = key
        request.atLeastPosition = try await connection.head()
        return try await call(connection, request)
      }
    }
  }

  /// Says what was done, in the form that was asked for.
  func answer(_ reference: String, _ fields: [(String, JSON)], _ sentence: String) {
    if output.json {
      Output.line(.object([("reference", .text(reference))] + fields))
    } else {
      Output.line(sentence)
    }
  }
}

/// A request that is carried out once, however often it is sent under its key.
protocol KeyedRequest: Sendable {
  var idempotencyKey: String { get set }
  var atLeastPosition: UInt64 { get set }
}

extension Recourse_Threshold_V1_DecideRequest: KeyedRequest {}
extension Recourse_Threshold_V1_CountersignRequest: KeyedRequest {}
extension Recourse_Threshold_V1_DeferDecisionRequest: KeyedRequest {}
extension Recourse_Threshold_V1_RequestInformationRequest: KeyedRequest {}
extension Recourse_Threshold_V1_RecordInformationRequest: KeyedRequest {}
extension Recourse_Threshold_V1_ChaseInformationRequest: KeyedRequest {}
extension Recourse_Threshold_V1_MakeAppealRequest: KeyedRequest {}
extension Recourse_Threshold_V1_DecideAppealRequest: KeyedRequest {}
extension Recourse_Threshold_V1_ChangeClockRequest: KeyedRequest {}
extension Recourse_Threshold_V1_RecordDelayNoticeRequest: KeyedRequest {}
extension Recourse_Threshold_V1_RecordAcknowledgedRequest: KeyedRequest {}
