import Synchronization

/// Tells one waiting task that there may be something to do. Several signals before it looks are one.
final class Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() {
    (stream, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func raise() { continuation.yield() }

  /// Returns at the next signal, or at once if one came since; throws when the task is cancelled.
  func wait() async throws {
    var iterator = stream.makeAsyncIterator()
    _ = await iterator.next()
    try Task.checkCancellation()
  }
}
