import Dispatch
import Glibc
import Synchronization

/// Ctrl-C and SIGTERM: they cancel what the program does, which then ends in order.
package enum Interruption {
  /// The signal that came first, or 0.
  private static let received = Mutex<Int32>(0)

  /// What a command that was cut short ends with, as shells count: 128 and the signal's number.
  package static var exitStatus: Int32 { 128 + max(received.withLock { $0 }, SIGINT) }

  /// Runs the body in a task that the first signal cancels. Later signals change nothing, for
  /// everything that is left to do is bounded.
  package static func catching(_ body: @escaping @Sendable () async -> Int32) async -> Int32 {
    let task = Task(operation: body)
    let sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler {
        received.withLock { first in
          if first == 0 { first = number }
        }
        task.cancel()
      }
      source.activate()
      return source
    }
    let status = await task.value
    for source in sources { source.cancel() }
    return status
  }

  /// Returns when the task is cancelled or, where that is asked, standard input has ended.
  package static func wait(orEndOfInput heedsInput: Bool) async {
    if heedsInput {
      try? await StandardInput.shared.untilEnd()
    } else {
      let (never, continuation) = AsyncStream<Void>.makeStream()
      await withTaskCancellationHandler {
        for await _ in never {}
      } onCancel: {
        continuation.finish()
      }
    }
  }

  /// Runs something that ends when its task is cancelled, until that happens, or standard input
  /// ends where that is asked.
  package static func running(
    untilEndOfInput heedsInput: Bool, _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await body() }
      group.addTask { await wait(orEndOfInput: heedsInput) }
      try await group.next()
      group.cancelAll()
      try await group.waitForAll()
    }
  }
}
