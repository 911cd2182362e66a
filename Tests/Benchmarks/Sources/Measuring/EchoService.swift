public import BenchmarkMessages
public import Calls
public import GRPCCore

/// The service as every gRPC peer serves it.
public struct EchoService: Recourse_Benchmark_V1_Echo.ServiceProtocol, UnaryService {
  public init() {}

  public func unary(
    request: ServerRequest<Recourse_Benchmark_V1_Body>, context: ServerContext
  ) async throws -> ServerResponse<Recourse_Benchmark_V1_Body> {
    ServerResponse(message: request.message)
  }

  public func stream(
    request: ServerRequest<Recourse_Benchmark_V1_StreamRequest>, context: ServerContext
  ) async throws -> StreamingServerResponse<Recourse_Benchmark_V1_Body> {
    let body = body(bytes: Int(request.message.bytes))
    return StreamingServerResponse { writer in
      while !context.cancellation.isCancelled { try await writer.write(body) }
      return [:]
    }
  }
}

/// A body of so many bytes.
public func body(bytes: Int) -> Recourse_Benchmark_V1_Body {
  var body = Recourse_Benchmark_V1_Body()
  body.content = .init(repeating: 0x55, count: bytes)
  return body
}

/// An answer that is not what was sent.
public struct WrongAnswer: Error {
  public init() {}
}

extension Load {
  /// Runs the case that the options name over a generated stub.
  public static func run(
    _ options: LoadOptions, over stub: some Recourse_Benchmark_V1_Echo.ClientProtocol
  ) async throws {
    guard options.case == "stream" else {
      let request = body(bytes: options.body)
      return try await unary(options) {
        let response = try await stub.unary(request)
        guard response.content.count == options.body else { throw WrongAnswer() }
      }
    }
    var request = Recourse_Benchmark_V1_StreamRequest()
    request.bytes = UInt32(options.body)
    try await stream(options) { [request] isEnough in
      try await stub.stream(request) { response in
        for try await _ in response.messages where isEnough() { return }
      }
    }
  }
}
