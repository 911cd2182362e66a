import Synchronization

/// Tells one waiting task that there may be something to do. Several signals before it looks are one.
///
/// (An `AsyncStream` would not do: a wait that is cancelled ends the stream for good.)
final class Signal: Sendable {
  private struct State {
    var isRaised = false
    var waiter: CheckedContinuation<Void, any Error>?
    /// Tells this wait from earlier ones, whose cancellation may come late.
    var wait: UInt64 = 0
    var cancelled: UInt64 = 0
  }

  private let state = Mutex(State())

  /// Ends the wait that is on, or the next one.
  func raise() {
    let waiter = state.withLock { state in
      let waiter = state.waiter
      state.waiter = nil
      state.isRaised = waiter == nil
      return waiter
    }
    waiter?.resume()
  }

  /// Returns at the next signal, or at once if one came since; throws when the task is cancelled. One task
  /// waits at a time.
  func wait() async throws {
    let wait = state.withLock { state in
      state.wait += 1
      return state.wait
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled == wait { return .failure(CancellationError()) }
          guard !state.isRaised else {
            state.isRaised = false
            return .success(())
          }
          state.waiter = continuation
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
        guard state.wait == wait else { return nil }
        state.cancelled = wait
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume(throwing: CancellationError())
    }
  }
}
