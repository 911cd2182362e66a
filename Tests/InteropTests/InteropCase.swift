import Bus
import Calls
import GRPCCore
import Testing

/// gRPC's interop cases, by gRPC's names, as far as they are about calls and not about HTTP/2, TLS,
/// compression or credentials.
enum InteropCase: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case emptyUnary = "empty_unary"
  case largeUnary = "large_unary"
  case clientStreaming = "client_streaming"
  case serverStreaming = "server_streaming"
  case pingPong = "ping_pong"
  case emptyStream = "empty_stream"
  case customMetadata = "custom_metadata"
  case statusCodeAndMessage = "status_code_and_message"
  case specialStatusMessage = "special_status_message"
  case unimplementedMethod = "unimplemented_method"
  case unimplementedService = "unimplemented_service"
  case cancelAfterBegin = "cancel_after_begin"
  case cancelAfterFirstResponse = "cancel_after_first_response"
  case timeoutOnSleepingServer = "timeout_on_sleeping_server"

  var testDescription: String { rawValue }

  /// Runs the case over any maker of calls: the bus's own client, or gRPC's.
  /// - Parameter target: the worker that must answer; nil lets the broker choose.
  func run(over client: some CallMaker, target: String?) async throws {
    try await run(
      Grpc_Testing_TestService.Stub(wrapping: client),
      Grpc_Testing_UnimplementedService.Stub(wrapping: client), target: target)
  }

  /// Runs the case over any implementation of the stubs. Throws at the first thing that is not as
  /// gRPC's description of the case says.
  func run(
    _ service: some Grpc_Testing_TestService.ClientProtocol,
    _ unimplemented: some Grpc_Testing_UnimplementedService.ClientProtocol, target: String?
  ) async throws {
    var metadata: Metadata = [:]
    if let target { metadata.addString(target, forKey: CallMetadata.target) }
    let calls = InteropCalls(service: service, unimplemented: unimplemented, metadata: metadata)
    switch self {
    case .emptyUnary: try await calls.emptyUnary()
    case .largeUnary: try await calls.largeUnary()
    case .clientStreaming: try await calls.clientStreaming()
    case .serverStreaming: try await calls.serverStreaming()
    case .pingPong: try await calls.pingPong()
    case .emptyStream: try await calls.emptyStream()
    case .customMetadata: try await calls.customMetadata()
    case .statusCodeAndMessage: try await calls.statusCodeAndMessage()
    case .specialStatusMessage: try await calls.specialStatusMessage()
    case .unimplementedMethod: try await calls.unimplementedMethod()
    case .unimplementedService: try await calls.unimplementedService()
    case .cancelAfterBegin: try await calls.cancelAfterBegin()
    case .cancelAfterFirstResponse: try await calls.cancelAfterFirstResponse()
    case .timeoutOnSleepingServer: try await calls.timeoutOnSleepingServer()
    }
  }
}
