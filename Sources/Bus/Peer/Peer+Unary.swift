import GRPCCore
import Synchronization

/// Unary calls, from frame to frame.
extension Peer {
  /// Makes a call and returns its answer.
  /// - Parameters:
  ///   - timeout: how long it may take, waiting for a session included; nil is no limit.
  ///   - waits: wait for a session, and at the broker for who can answer, as long as that.
  /// - Throws: `RPCError` with the status that is not OK.
  func unary(
    _ descriptor: MethodDescriptor, _ metadata: Metadata, _ message: WireBytes, timeout: Duration?,
    waits: Bool
  ) async throws -> UnaryAnswer {
    guard message.count <= WireLimits.bodyBytesLimit else {
      throw CallStream.tooLarge(message.count)
    }
    let deadline = timeout.map { link.now &+ $0.nanoseconds }
    let call: CallStream
    if let opened = try openCallIfReady(descriptor, deadline: deadline) {
      call = opened
    } else {
      call = try await openCall(descriptor, deadline: deadline, patiently: waits, isWatched: true)
    }
    var fields = OpenFields(method: descriptor.fullyQualifiedMethod, request: metadata)
    if let deadline {
      let left = Duration.nanoseconds(Int64(clamping: deadline - min(link.now, deadline)))
      fields.timeoutMilliseconds = left.wireMilliseconds
    }
    do {
      try call.send(entries: fields.metadata.count) {
        $0.open(fields, message: message, ends: true, waits: waits)
      }
      // STATUS has taken the call off the list.
      return try await call.answer()
    } catch {
      call.cancelIfUnfinished()
      forget(call)
      throw error
    }
  }

  /// Starts to answer a call whose request has come whole.
  func answer(_ call: CallStream, by handler: @escaping UnaryTable.Handler) {
    let task = Task {
      await withServerContextRPCCancellationHandle { handle in
        call.bind(handle)
        var context = ServerContext(
          descriptor: call.descriptor, remotePeer: link.address, localPeer: identity.worker,
          cancellation: handle)
        context.transportSpecific = call.caller
        if let (metadata, message) = call.request() {
          call.finish(
            await CallID.answering(metadata) { await handler(metadata, message, context) })
        }
        hasAnswered(call)
      }
    }
    call.bind(task)
  }

  /// A call that was answered by the short way is over.
  private func hasAnswered(_ call: CallStream) {
    let waiters = state.withLock { state in
      if state.handlers[call.stream] === call {
        state.handlers[call.stream] = nil
      } else {
        state.outliving.removeAll { $0 === call }
      }
      state.answering -= 1
      return state.answering == 0 ? state.takeAnsweringWaiters() : []
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when no call is being answered by the short way, or when such calls have been cancelled.
  func waitUntilAnswered() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        let isOver = state.answering == 0 || state.answeringIsCancelled
        if !isOver { state.answeringWaiters.append(continuation) }
        return isOver
      }
      if isOver { continuation.resume() }
    }
  }

  /// Takes no new calls, and cancels who answers by the short way without waiting for it.
  func cancelAnswering() {
    drain()
    let (calls, waiters) = state.withLock { state in
      state.answeringIsCancelled = true
      return (
        state.outliving + state.handlers.values.filter(\.isShort), state.takeAnsweringWaiters()
      )
    }
    for call in calls { call.cancelTask() }
    for waiter in waiters { waiter.resume() }
  }
}

extension Peer.State {
  fileprivate mutating func takeAnsweringWaiters() -> [CheckedContinuation<Void, Never>] {
    defer { answeringWaiters = [] }
    return answeringWaiters
  }
}

extension Duration {
  /// Nanoseconds, none where it is negative.
  var nanoseconds: UInt64 {
    guard components.seconds >= 0, components.attoseconds >= 0 else { return 0 }
    let (seconds, overflow) = UInt64(components.seconds)
      .multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max / 2 : seconds + UInt64(components.attoseconds / 1_000_000_000)
  }

  /// Milliseconds, rounded up; never 0, which would be no limit.
  var wireMilliseconds: UInt32 { UInt32(clamping: max(1, (nanoseconds + 999_999) / 1_000_000)) }
}
