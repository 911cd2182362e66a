/// The pace at which a simulated agency works: it acts people, who look again after a while.
enum Pace {
  /// Does one round after the other until the task is cancelled.
  static func everyRound(
    of interval: Duration, _ body: () async throws -> Void
  ) async throws {
    while !Task.isCancelled {
      try await body()
      do { try await Task.sleep(for: interval) } catch is CancellationError { return }
    }
  }
}
