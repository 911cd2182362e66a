import Synchronization

/// How far a running worker is, and those who wait for it to get somewhere.
final class Progress: Sendable {
  struct Facts: Sendable {
    /// Everything in the log up to here is taken into account.
    var taken: UInt64 = 0
    /// Sequence of the newest event that is durable in the log, and its position there.
    var durable: UInt64 = 0
    var durablePosition: UInt64 = 0
    /// Newest row of the audit that was sent to the log: durable there once everything announced is.
    var anchored: UInt64 = 0
    /// Commits to the slice since the start, and other changes of how the worker is.
    var changes: UInt64 = 0
    /// Why nothing can be kept just now, or nil.
    var storage: StorageFailure?
    /// When the machine's clock was set last, as far as that was noticed.
    var clockJump: ClockJump?
    /// Why the log does not let this worker read on; nil if it does.
    var readingRefused: String?
  }

  private struct Waiter {
    let id: UInt64
    let isReached: @Sendable (Facts) -> Bool
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var facts = Facts()
    var waiters: [Waiter] = []
    var last: UInt64 = 0
    var cancelled: Set<UInt64> = []
  }

  private let state = Mutex(State())

  var facts: Facts { state.withLock { $0.facts } }

  func update(_ change: (inout Facts) -> Void) {
    let reached = state.withLock { state in
      change(&state.facts)
      let reached = state.waiters.filter { $0.isReached(state.facts) }
      state.waiters.removeAll { $0.isReached(state.facts) }
      return reached
    }
    for waiter in reached { waiter.continuation.resume() }
  }

  /// Nothing can be kept just now.
  func fail(_ failure: StorageFailure) {
    guard facts.storage != failure else { return }
    update { facts in
      facts.storage = failure
      facts.changes += 1
    }
  }

  /// Says why the log refuses to be read, or that it does not. False if that was known.
  @discardableResult
  func tell(readingRefused why: String?) -> Bool {
    guard facts.readingRefused != why else { return false }
    update { facts in
      facts.readingRefused = why
      facts.changes += 1
    }
    return true
  }

  /// Returns when the facts are as wanted; throws when the task is cancelled.
  func wait(until isReached: @escaping @Sendable (Facts) -> Bool) async throws {
    let id = state.withLock { state in
      state.last += 1
      return state.last
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if isReached(state.facts) { return .success(()) }
          if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
          state.waiters.append(Waiter(id: id, isReached: isReached, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let waiter = state.withLock { state -> Waiter? in
        guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.waiters.remove(at: index)
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
    _ = state.withLock { $0.cancelled.remove(id) }
  }

  /// Waits until a position is taken, for a query that must see what its caller has seen.
  func waitUntilTaken(_ position: UInt64) async throws {
    let isInTime = try await within(Bounds.readWaitLimit) {
      try await self.wait { $0.taken >= position }
    }
    guard isInTime else {
      throw Refusal(
        .tryAgain, code: "behind",
        message: "This worker has not taken the newest events into account yet; try again.")
    }
  }

  /// The position at which everything up to a sequence is durable; 0 if there is no sequence or the log
  /// is away.
  func position(ofSequence sequence: UInt64?) async -> UInt64 {
    guard let sequence else { return 0 }
    let isInTime = try? await within(Bounds.announceWaitLimit) {
      try await self.wait { $0.durable >= sequence }
    }
    return isInTime == true ? facts.durablePosition : 0
  }
}
