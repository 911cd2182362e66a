import GRPCCore
import Testing

/// Streams of requests, of answers, and of both.
extension InteropCalls {
  func clientStreaming() async throws {
    let answer = try await service.streamingInputCall(
      metadata: metadata,
      requestProducer: { writer in
        for size in [27_182, 8, 1_828, 45_904] {
          var request = Grpc_Testing_StreamingInputCallRequest()
          request.payload = .zeros(size)
          try await writer.write(request)
        }
      })
    try #require(answer.aggregatedPayloadSize == 74_922)
  }

  func serverStreaming() async throws {
    let request = Request.asking(31_415, 9, 2_653, 58_979)
    let heard = try await service.streamingOutputCall(request, metadata: metadata) { response in
      try await Heard(response)
    }
    try require(heard.answers, [31_415, 9, 2_653, 58_979])
  }

  func pingPong() async throws {
    let heard = try await converse([
      .asking(31_415, payload: 27_182), .asking(9, payload: 8), .asking(2_653, payload: 1_828),
      .asking(58_979, payload: 45_904),
    ])
    try require(heard.answers, [31_415, 9, 2_653, 58_979])
  }

  func emptyStream() async throws {
    let heard = try await converse([])
    try #require(heard.answers.isEmpty)
  }

  /// Says each request once the one before it has been answered, then hears the call to its end.
  func converse(_ requests: [Request], metadata: Metadata? = nil) async throws -> Heard {
    let (turns, next) = AsyncStream<Void>.makeStream()
    next.yield()
    return try await service.fullDuplexCall(metadata: metadata ?? self.metadata) { writer in
      var turn = turns.makeAsyncIterator()
      for request in requests {
        _ = await turn.next()
        try await writer.write(request)
      }
    } onResponse: { response in
      try await Heard(response) { next.yield() }
    }
  }
}
