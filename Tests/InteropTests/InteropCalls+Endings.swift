import GRPCCore
import Testing

/// Calls that do not end well.
extension InteropCalls {
  func statusCodeAndMessage() async throws {
    try await requireStatus(.unknown, "test status message", of: unaryEndingAs)
    try await requireStatus(.unknown, "test status message") { wanted in
      var request = Request()
      request.responseStatus = wanted
      _ = try await converse([request])
    }
  }

  func specialStatusMessage() async throws {
    try await requireStatus(
      .unknown, "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n",
      of: unaryEndingAs)
  }

  func unimplementedMethod() async throws {
    let error = try await #require(throws: RPCError.self) {
      try await service.unimplementedCall(Grpc_Testing_Empty(), metadata: metadata)
    }
    try #require(error.code == .unimplemented)
  }

  func unimplementedService() async throws {
    let error = try await #require(throws: RPCError.self) {
      try await unimplemented.unimplementedCall(Grpc_Testing_Empty(), metadata: metadata)
    }
    try #require(error.code == .unimplemented)
  }

  /// Gives up when metadata has been sent and no message.
  func cancelAfterBegin() async throws {
    let error = try await givingUp { begun in
      _ = try await service.streamingInputCall(
        metadata: metadata,
        requestProducer: { _ in
          begun()
          try await untilCancelled()
        })
    }
    try #require(error.code == .cancelled)
  }

  func cancelAfterFirstResponse() async throws {
    let (answers, answer) = AsyncStream<Answer>.makeStream()
    let error = try await givingUp { answered in
      defer { answer.finish() }
      try await service.fullDuplexCall(metadata: metadata) { writer in
        try await writer.write(.asking(31_415, payload: 27_182))
        try await untilCancelled()
      } onResponse: { response in
        for try await message in response.messages {
          answer.yield(message)
          answered()
        }
      }
    }
    try #require(error.code == .cancelled)
    var heard: [Answer] = []
    for await answer in answers { heard.append(answer) }
    try require(heard, [31_415])
  }

  /// The server has nothing to answer and waits for more, which does not come.
  func timeoutOnSleepingServer() async throws {
    var options = CallOptions.defaults
    options.timeout = .milliseconds(1)
    let error = try await #require(throws: RPCError.self) {
      try await service.fullDuplexCall(metadata: metadata, options: options) { writer in
        try await writer.write(.asking(payload: 27_182))
        try await untilCancelled()
      } onResponse: { response in
        _ = try await Heard(response)
      }
    }
    try #require(error.code == .deadlineExceeded)
  }
}

// MARK: - What they have in common

extension InteropCalls {
  private func unaryEndingAs(_ wanted: Grpc_Testing_EchoStatus) async throws {
    var request = Grpc_Testing_SimpleRequest()
    request.responseStatus = wanted
    _ = try await service.unaryCall(request, metadata: metadata)
  }

  /// Throws unless the call ends with the very status that it is given to ask for.
  private func requireStatus(
    _ code: RPCError.Code, _ message: String,
    of call: (Grpc_Testing_EchoStatus) async throws -> Void
  ) async throws {
    var wanted = Grpc_Testing_EchoStatus()
    wanted.code = Int32(code.rawValue)
    wanted.message = message
    let error = try await #require(throws: RPCError.self) { try await call(wanted) }
    try #require(error.code == code)
    // Strings that only look alike are equal; bytes are not.
    try #require(Array(error.message.utf8) == Array(message.utf8))
  }

  /// Makes a call in a task of its own, cancels that when the call says so, and tells how it ended.
  private func givingUp(
    _ call: @escaping @Sendable (_ isTime: @escaping @Sendable () -> Void) async throws -> Void
  ) async throws -> RPCError {
    let (time, isTime) = AsyncStream<Void>.makeStream()
    let task = Task {
      defer { isTime.finish() }
      try await call { isTime.finish() }
    }
    for await _ in time {}
    task.cancel()
    return try await #require(throws: RPCError.self) { try await task.value }
  }
}

/// Returns by an error, and only when the task is cancelled.
private func untilCancelled() async throws {
  let (never, end) = AsyncStream<Void>.makeStream()
  await withTaskCancellationHandler {
    for await _ in never {}
  } onCancel: {
    end.finish()
  }
  throw CancellationError()
}
