import Synchronization

/// Runs something for a limited time. Returns false if the time ran out first; it is cancelled then, and
/// waited for: what does not react to cancellation is not bounded by this.
func within(
  _ limit: Duration, _ work: @escaping @Sendable () async throws -> Void
) async throws -> Bool {
  try await withThrowingTaskGroup(of: Bool.self) { group in
    group.addTask {
      try await work()
      return true
    }
    group.addTask {
      try await Task.sleep(for: limit)
      return false
    }
    defer { group.cancelAll() }
    return try await group.next() ?? false
  }
}

/// Waits. Throws when the task is cancelled.
func pause(_ duration: Duration) async throws { try await Task.sleep(for: duration) }

/// Runs something after a while, unless the task that this returns is cancelled before.
func after(_ delay: Duration, _ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
  Task {
    do { try await Task.sleep(for: delay) } catch { return }
    await work()
  }
}

/// Runs something to its end even if the task that waits for it is cancelled: for what must be written down.
func toTheEnd<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
  try await Task { try await work() }.value
}

/// Waits that grow after each failure and are bounded, with jitter so that many do not come at once.
final class BackOff: Sendable {
  private let delay = Mutex(Bounds.retryDelay)

  /// A wait for what is written down rather than waited for here, such as an effect's next attempt.
  /// - Parameter attempts: how many have failed.
  static func delay(after attempts: Int) -> Duration {
    let doublings = min(max(attempts - 1, 0), 20)
    let delay = min(Bounds.retryDelay * (1 << doublings), Bounds.retryDelayLimit)
    return delay * Double.random(in: 0.5...1)
  }

  /// Things work again: the next wait is short.
  func reset() { delay.withLock { $0 = Bounds.retryDelay } }

  /// Waits, longer each time. Throws when the task is cancelled.
  func pause() async throws {
    let wait = delay.withLock { delay in
      defer { delay = min(delay * 2, Bounds.retryDelayLimit) }
      return delay
    }
    try await Task.sleep(for: wait * Double.random(in: 0.5...1))
  }
}
