import GRPCCore
import Synchronization

/// A unary call, without the streams.
extension CallStream {
  /// The answer of a unary call.
  /// - Throws: `RPCError` with the status that is not OK.
  func answer() async throws -> UnaryAnswer {
    var (metadata, message): (Metadata, WireBytes?) = ([:], nil)
    while var event = try await next() {
      while true {
        switch event {
        case .metadata(let initial): metadata = initial
        case .message(let bytes) where message == nil: message = bytes
        case .message: throw RPCError(code: .internalError, message: "two messages answer one")
        case .status(let status, let trailing):
          if let error = RPCError(status: status, metadata: trailing) { throw error }
          guard let message else {
            throw RPCError(code: .internalError, message: "no message came with status OK")
          }
          return UnaryAnswer(metadata: metadata, message: message, trailingMetadata: trailing)
        case .end, .cancelled, .creditGranted: break
        }
        guard let next = popWaiting() else { break }
        event = next
      }
    }
    throw Self.cancelled
  }

  /// The request of a call that came whole in its OPEN; nil if that was no good and has been answered.
  func request() -> (Metadata, WireBytes)? {
    guard case .metadata(let metadata)? = popWaiting(), case .message(let message)? = popWaiting()
    else { return nil }
    return (metadata, message)
  }

  /// Ties who answers to this call.
  func bind(_ task: Task<Void, Never>) {
    let isCancelled = state.withLock { state in
      state.task = task
      return state.taskIsCancelled
    }
    if isCancelled { task.cancel() }
  }

  /// Cancels who answers, now or as soon as there is somebody.
  func cancelTask() {
    let task = state.withLock { state in
      state.taskIsCancelled = true
      return state.task
    }
    task?.cancel()
  }

  /// Answers a unary call, unless it is over already.
  func finish(_ answer: Result<UnaryAnswer, RPCError>) {
    var answer = answer
    if case .success(let whole) = answer, whole.message.count > WireLimits.bodyBytesLimit {
      answer = .failure(Self.tooLarge(whole.message.count))
    }
    // It fails if the call is over and nobody listens.
    switch answer {
    case .success(let answer):
      let fields = StatusFields(
        initialMetadata: answer.metadata, status: Status(code: .ok, message: ""),
        trailingMetadata: answer.trailingMetadata.ofApplication)
      try? end(fields, message: answer.message)
    case .failure(let error):
      try? end(StatusFields(error))
    }
  }

  static func tooLarge(_ bytes: Int) -> RPCError {
    RPCError(
      code: .resourceExhausted,
      message: "a message of \(bytes) bytes, at most \(WireLimits.bodyBytesLimit)")
  }
}
