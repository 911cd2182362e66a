/// Runs something for a limited time. Returns false if the time ran out first; it is cancelled then.
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

/// Waits that grow after each failure and are bounded, with jitter so that many do not come at once.
struct BackOff: Sendable {
  private var delay = Bounds.retryDelay

  mutating func reset() { delay = Bounds.retryDelay }

  /// Waits, longer each time. Throws when the task is cancelled.
  mutating func pause() async throws {
    let jittered = delay * Double.random(in: 0.5...1)
    delay = min(delay * 2, Bounds.retryDelayLimit)
    try await Task.sleep(for: jittered)
  }
}
