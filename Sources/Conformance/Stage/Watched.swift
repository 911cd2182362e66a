import Synchronization

/// A value that somebody changes and others wait for, each for a state of its own and no longer than it says.
final class Watched<State: Sendable>: Sendable {
  private struct Waiter {
    let predicate: @Sendable (State) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct Inner {
    var state: State
    var waiters: [UInt64: Waiter] = [:]
    var last: UInt64 = 0
    /// Waiters that were given up before they began to wait.
    var given: Set<UInt64> = []
  }

  private let inner: Mutex<Inner>

  init(_ state: State) { inner = Mutex(Inner(state: state)) }

  var value: State { inner.withLock { $0.state } }

  @discardableResult
  func update<Result: Sendable>(_ body: (inout State) -> Result) -> Result {
    let (result, met) = inner.withLock { inner in
      let result = body(&inner.state)
      let met = inner.waiters.filter { $0.value.predicate(inner.state) }
      for id in met.keys { inner.waiters[id] = nil }
      return (result, met.values.map(\.continuation))
    }
    for continuation in met { continuation.resume(returning: true) }
    return result
  }

  /// True once the state is as wanted; false if it is not within the limit, or the task is cancelled.
  @discardableResult
  func wait(
    within limit: Duration, until predicate: @escaping @Sendable (State) -> Bool
  ) async -> Bool {
    let id = inner.withLock { inner in
      inner.last += 1
      return inner.last
    }
    let patience = Task { [weak self] in
      try? await ContinuousClock().sleep(for: limit)
      if !Task.isCancelled { self?.giveUp(id) }
    }
    defer { patience.cancel() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let outcome: Bool? = inner.withLock { inner in
          if predicate(inner.state) { return true }
          if inner.given.remove(id) != nil { return false }
          inner.waiters[id] = Waiter(predicate: predicate, continuation: continuation)
          return nil
        }
        if let outcome { continuation.resume(returning: outcome) }
      }
    } onCancel: {
      giveUp(id)
    }
  }

  private func giveUp(_ id: UInt64) {
    let waiter = inner.withLock { inner in
      let waiter = inner.waiters.removeValue(forKey: id)
      if waiter == nil { inner.given.insert(id) }
      return waiter
    }
    waiter?.continuation.resume(returning: false)
  }
}
