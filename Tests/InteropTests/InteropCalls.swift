import GRPCCore
import Testing

/// What each case calls, and what it requires of the answers. The cases are in extensions, by kind.
struct InteropCalls<
  Service: Grpc_Testing_TestService.ClientProtocol,
  Unimplemented: Grpc_Testing_UnimplementedService.ClientProtocol
>: Sendable {
  let service: Service
  let unimplemented: Unimplemented
  /// Goes with every call.
  let metadata: Metadata

  typealias Request = Grpc_Testing_StreamingOutputCallRequest
  typealias Answer = Grpc_Testing_StreamingOutputCallResponse

  /// All that a call with a stream of answers brought.
  struct Heard: Sendable {
    var metadata: Metadata
    var answers: [Answer] = []
    var trailingMetadata: Metadata = [:]

    /// Hears a response to its end.
    /// - Parameter onAnswer: told of each answer.
    init(
      _ response: StreamingClientResponse<Answer>, onAnswer: @Sendable () -> Void = {}
    ) async throws {
      metadata = response.metadata
      for try await part in response.bodyParts {
        switch part {
        case .message(let answer):
          answers.append(answer)
          onAnswer()
        case .trailingMetadata(let metadata): trailingMetadata = metadata
        }
      }
    }
  }

  /// Throws unless the answers are payloads of zeros of just these sizes, in this order.
  func require(_ answers: [Answer], _ sizes: [Int]) throws {
    try #require(answers.map(\.payload.body.count) == sizes)
    // Plain answers: an expectation that holds on to so many bytes is slow.
    let isGolden = answers == sizes.map { .zeros($0) }
    try #require(isGolden, "a payload is not of zeros")
  }
}

extension Grpc_Testing_StreamingOutputCallRequest {
  /// A request for payloads of these sizes.
  static func asking(
    _ sizes: Int..., payload: Int? = nil
  ) -> Grpc_Testing_StreamingOutputCallRequest {
    var request = Grpc_Testing_StreamingOutputCallRequest()
    request.responseParameters = sizes.map { size in
      var parameters = Grpc_Testing_ResponseParameters()
      parameters.size = Int32(size)
      return parameters
    }
    if let payload { request.payload = .zeros(payload) }
    return request
  }
}

extension Grpc_Testing_StreamingOutputCallResponse {
  static func zeros(_ count: Int) -> Grpc_Testing_StreamingOutputCallResponse {
    var response = Grpc_Testing_StreamingOutputCallResponse()
    response.payload = .zeros(count)
    return response
  }
}

extension Grpc_Testing_SimpleRequest {
  /// The request of `large_unary` and `custom_metadata`.
  static var large: Grpc_Testing_SimpleRequest {
    var request = Grpc_Testing_SimpleRequest()
    request.responseSize = Int32(LargeCall.answerBytes)
    request.payload = .zeros(LargeCall.requestBytes)
    return request
  }
}

/// Sizes of the payloads of gRPC's large calls.
enum LargeCall {
  static let requestBytes = 271_828
  static let answerBytes = 314_159
}
