import Logging

/// Work that a worker does again and again beside its events, such as looking into a folder or asking a service what is
/// new.
///
/// Rounds begin when the worker is connected and end when it leaves. Their interval is the machine's own time, also where
/// the worker's clock stands still: what they look at does not stand still with it. What follows from a look goes into
/// the slice by a transaction, like everything else; a round may be cut off anywhere.
public struct Round: Sendable {
  /// Names it in the log.
  public let name: String
  let interval: Duration
  let body: @Sendable (WorkerContext) async throws -> Void

  /// Work that is done at once and then again after each interval. One that throws is logged by the kind of its error,
  /// and done again in its turn.
  /// - Parameter interval: from the end of one round to the beginning of the next; ``Bounds/roundInterval`` at least.
  public static func every(
    _ interval: Duration, _ name: String,
    _ body: @escaping @Sendable (WorkerContext) async throws -> Void
  ) -> Round {
    Round(name: name, interval: max(interval, Bounds.roundInterval), body: body)
  }

  /// Goes on until the task is cancelled, or what it relies on is gone for good.
  func run(_ context: WorkerContext) async throws {
    while true {
      do {
        try await body(context)
      } catch {
        try Task.checkCancellation()
        if case SliceError.fenced = error { throw error }
        if error is StorageFailure { throw error }
        context.logger.warning(
          "a round failed and is done again",
          metadata: ["round": "\(name)", "error": "\(type(of: error))"])
      }
      try await pause(interval)
    }
  }
}
