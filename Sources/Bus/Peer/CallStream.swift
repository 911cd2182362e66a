import DequeModule
import GRPCCore
import Synchronization

/// One side of one call in a running process: a ``StreamMachine`` with those who wait for it.
///
/// Frames are handed to the link while the state is locked, so that they leave in order.
final class CallStream: Sendable {
  private struct State {
    var machine: StreamMachine
    var inbound: Deque<StreamMachine.Event> = []
    var inboundIsOver = false
    var failure: RPCError?
    var reader: CheckedContinuation<StreamMachine.Event?, any Error>?
    var readerIsCancelled = false
    var writer: CheckedContinuation<Void, any Error>?
    var writerIsCancelled = false
    var cancellation: ServerContext.RPCCancellationHandle?

    /// The last word has been said and heard; nothing can fail any more.
    var isOver: Bool { inboundIsOver && machine.isFinished }
  }

  let descriptor: MethodDescriptor
  let stream: UInt64
  /// When the call's time is up, in the link's time; nil where somebody else watches it, or nobody.
  let deadline: UInt64?
  private let link: any Link
  private let state: Mutex<State>

  init(
    machine: StreamMachine, descriptor: MethodDescriptor, link: any Link, deadline: UInt64? = nil
  ) {
    self.deadline = deadline
    self.descriptor = descriptor
    self.stream = machine.stream
    self.link = link
    self.state = Mutex(State(machine: machine))
  }

  var isFinished: Bool { state.withLock { $0.machine.isFinished } }

  /// Ties the handler's cancellation to this call; cancels at once if the caller has given up.
  func bind(_ handle: ServerContext.RPCCancellationHandle) {
    let isOver = state.withLock { state in
      state.cancellation = handle
      return state.failure != nil
    }
    if isOver { handle.cancel() }
  }

  // MARK: What comes

  /// Takes a frame of this call.
  func receive(_ frame: Frame) {
    let cancelled = state.withLock { state in
      do {
        return take(try state.machine.receive(frame), &state)
      } catch {
        guard state.failure == nil else { return nil }
        let failure = RPCError(code: .internalError, message: "protocol violation: \(error)")
        link.send(lastWord(failure, &state.machine))
        return fail(failure, &state)
      }
    }
    cancelled?.cancel()
  }

  /// What ends the call for the other side: a caller cancels, a handler answers.
  private func lastWord(_ error: RPCError, _ machine: inout StreamMachine) -> Frame {
    switch machine.role {
    case .caller: machine.cancel()
    case .handler:
      machine.status(
        StatusFields(status: Status(code: Status.Code(error.code), message: error.message)))
    }
  }

  /// The call's time is up: both sides are told.
  func expire() {
    let cancelled = state.withLock { state -> ServerContext.RPCCancellationHandle? in
      guard !state.isOver, !state.machine.isFinished else { return nil }
      let late = Peer.late
      link.send(
        state.machine.role == .caller ? state.machine.cancel() : lastWord(late, &state.machine))
      return fail(late, &state)
    }
    cancelled?.cancel()
  }

  /// Ends the call from outside: the session or the process is going.
  func abandon(_ error: RPCError) {
    let cancelled = state.withLock { $0.isOver ? nil : fail(error, &$0) }
    cancelled?.cancel()
  }

  private func take(
    _ events: [StreamMachine.Event], _ state: inout State
  ) -> ServerContext.RPCCancellationHandle? {
    for event in events {
      switch event {
      case .creditGranted:
        break
      case .cancelled:
        return fail(RPCError(code: .cancelled, message: "the caller gave up"), &state)
      case .end:
        state.inboundIsOver = true
      case .status:
        state.inbound.append(event)
        state.inboundIsOver = true
      case .metadata, .message:
        state.inbound.append(event)
      }
    }
    if state.machine.canSendMessage || state.machine.hasEndedSending {
      state.writer.take()?.resume()
    }
    serveReader(&state)
    return nil
  }

  private func fail(
    _ error: RPCError, _ state: inout State
  ) -> ServerContext.RPCCancellationHandle? {
    guard state.failure == nil else { return nil }
    state.failure = error
    state.inboundIsOver = true
    if state.machine.role == .caller {
      state.inbound.append(
        .status(Status(code: Status.Code(error.code), message: error.message), error.metadata))
      if let reader = state.reader.take(), let event = state.inbound.popFirst() {
        reader.resume(returning: event)
      }
    } else {
      state.inbound.removeAll()
      state.reader.take()?.resume(throwing: error)
    }
    state.writer.take()?.resume(throwing: error)
    return state.cancellation
  }

  private func serveReader(_ state: inout State) {
    guard let reader = state.reader else { return }
    if let event = pop(&state) {
      state.reader = nil
      reader.resume(returning: event)
    } else if state.inboundIsOver {
      state.reader = nil
      reader.resume(returning: nil)
    }
  }

  private func pop(_ state: inout State) -> StreamMachine.Event? {
    guard let event = state.inbound.popFirst() else { return nil }
    if case .message(let bytes) = event, let grant = state.machine.consume(bytes: bytes.count) {
      link.send(grant)
    }
    return event
  }

  /// The next event, or nil after the last. One reader at a time.
  func next() async throws -> StreamMachine.Event? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { state in
          if let event = pop(&state) {
            continuation.resume(returning: event)
          } else if state.inboundIsOver {
            if let failure = state.failure, state.machine.role == .handler {
              continuation.resume(throwing: failure)
            } else {
              continuation.resume(returning: nil)
            }
          } else if state.readerIsCancelled {
            continuation.resume(throwing: Self.cancelled)
          } else {
            state.reader = continuation
          }
        }
      }
    } onCancel: {
      state.withLock { state in
        state.readerIsCancelled = true
        state.reader.take()?.resume(throwing: Self.cancelled)
      }
    }
  }

  /// What has come and waits, without waiting for more.
  private func popWaiting() -> StreamMachine.Event? { state.withLock { pop(&$0) } }

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

  /// Answers a unary call, unless it is over already.
  func finish(_ answer: Result<UnaryAnswer, RPCError>) {
    let answered = Result { () throws(RPCError) in
      let answer = try answer.get()
      guard answer.message.count <= WireLimits.bodyBytesLimit else {
        throw Self.tooLarge(answer.message.count)
      }
      return answer
    }
    do {
      switch answered {
      case .success(let answer):
        let fields = StatusFields(
          initialMetadata: answer.metadata, status: Status(code: .ok, message: ""),
          trailingMetadata: answer.trailingMetadata)
        try send { $0.status(fields, message: answer.message) }
      case .failure(let error):
        let status = Status(code: Status.Code(error.code), message: error.message)
        try send { $0.status(StatusFields(status: status, trailingMetadata: error.metadata)) }
      }
    } catch {
      // Metadata beyond the limit; else the call is over and nobody listens.
      let status = Status(code: Status.Code((error as? RPCError)?.code ?? .unknown), message: "\(error)")
      try? send { $0.status(StatusFields(status: status)) }
    }
  }

  static func tooLarge(_ bytes: Int) -> RPCError {
    RPCError(
      code: .resourceExhausted,
      message: "a message of \(bytes) bytes, at most \(WireLimits.bodyBytesLimit)")
  }

  private static var cancelled: RPCError {
    RPCError(code: .cancelled, message: "the call was cancelled")
  }

  // MARK: What leaves

  /// Makes and sends a frame that needs no credit, unless the call has failed or ended.
  func send(_ make: (inout StreamMachine) -> Frame) throws {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      guard !state.machine.hasEndedSending else {
        throw RPCError(code: .failedPrecondition, message: "this side of the call has ended")
      }
      try send(make, &state)
    }
  }

  /// Sends a frame that keeps the limits; one that does not was never made.
  private func send(_ make: (inout StreamMachine) -> Frame, _ state: inout State) throws {
    var machine = state.machine
    let frame = make(&machine)
    guard frame.fields.count <= WireLimits.fieldBytesLimit else {
      throw RPCError(
        code: .resourceExhausted,
        message: "metadata and status of \(frame.fields.count) bytes, "
          + "at most \(WireLimits.fieldBytesLimit)")
    }
    state.machine = machine
    link.send(frame)
  }

  /// Makes and sends a frame with a message, as soon as the other side has room for it.
  func sendMessage(bytes: Int, _ make: (inout StreamMachine) -> Frame) async throws {
    guard bytes <= WireLimits.bodyBytesLimit else {
      throw RPCError(
        code: .resourceExhausted,
        message: "a message of \(bytes) bytes, at most \(WireLimits.bodyBytesLimit)")
    }
    while true {
      let isSent = try state.withLock { state in
        if let failure = state.failure { throw failure }
        guard !state.machine.hasEndedSending else {
          throw RPCError(code: .failedPrecondition, message: "this side of the call has ended")
        }
        guard state.machine.canSendMessage else { return false }
        try send(make, &state)
        return true
      }
      if isSent { return }
      try await waitForCredit()
    }
  }

  private func waitForCredit() async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        state.withLock { state in
          if let failure = state.failure {
            continuation.resume(throwing: failure)
          } else if state.machine.canSendMessage || state.machine.hasEndedSending {
            continuation.resume()
          } else if state.writerIsCancelled {
            continuation.resume(throwing: Self.cancelled)
          } else {
            state.writer = continuation
          }
        }
      }
    } onCancel: {
      state.withLock { state in
        state.writerIsCancelled = true
        state.writer.take()?.resume(throwing: Self.cancelled)
      }
    }
  }

  /// The caller leaves: if the call is still on, the other side is told.
  func cancelIfUnfinished() {
    state.withLock { state in
      guard state.failure == nil, !state.machine.isFinished else { return }
      link.send(state.machine.cancel())
    }
  }
}

extension Optional {
  /// The value, leaving nil.
  mutating func take() -> Wrapped? {
    defer { self = nil }
    return self
  }
}
