import GRPCCore
import Synchronization

/// What leaves.
extension CallStream {
  /// Makes and sends a frame that needs no credit, unless the call has failed or ended.
  /// - Parameter entries: of the longest metadata block in it.
  func send(entries: Int = 0, _ make: (inout StreamMachine) -> Frame) throws {
    guard entries <= WireLimits.metadataEntriesLimit else {
      throw RPCError(
        code: .resourceExhausted,
        message: "\(entries) entries of metadata, at most \(WireLimits.metadataEntriesLimit)")
    }
    let writers = try state.withLock { state in
      if let failure = state.failure { throw failure }
      guard !state.machine.hasEndedSending else {
        throw RPCError(code: .failedPrecondition, message: "this side of the call has ended")
      }
      try send(make, &state)
      return state.machine.hasEndedSending ? state.takeWriters() : []
    }
    for writer in writers { writer.resume() }
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

  /// Says a handler's last word. One that is beyond the limits is shortened.
  func end(_ fields: StatusFields, message: WireBytes? = nil) throws {
    do {
      try send(entries: fields.entries) { $0.status(fields, message: message) }
    } catch let error as RPCError where error.code == .resourceExhausted {
      try send { $0.status(fields.shortened(error)) }
    }
  }

  /// Makes and sends a frame with a message, as soon as the other side has room for it.
  func sendMessage(bytes: Int, _ make: (inout StreamMachine) -> Frame) async throws {
    guard bytes <= WireLimits.bodyBytesLimit else {
      throw Self.tooLarge(bytes)
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
    let id = state.withLock { state in
      state.lastWriter += 1
      return state.lastWriter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation {
        (continuation: CheckedContinuation<Void, any Error>) in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if let failure = state.failure { return .failure(failure) }
          if state.machine.canSendMessage || state.machine.hasEndedSending { return .success(()) }
          // Set before the cancellation is told below: who is cancelled sees it here or is found there.
          if Task.isCancelled { return .failure(Self.cancelled) }
          state.writers.append((id, continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let writer = state.withLock { state in
        state.writers.firstIndex { $0.id == id }.map { state.writers.remove(at: $0).continuation }
      }
      writer?.resume(throwing: Self.cancelled)
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
