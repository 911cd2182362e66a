import Foundation
import Synchronization
import WorkerKit

/// Notices that are being sent. One for which the other side takes long goes on beside the others, which want to leave too.
///
/// In memory alone: what was on its way when a worker ended is asked about at its next start.
final class Underway: Sendable {
  private struct Passage {
    let task: Task<Void, Never>
    /// Nil as long as it goes on.
    var outcome: Result<Void, any Error>?
  }

  private let passages = Mutex<[String: Passage]>([:])

  /// True from when it began until its outcome is taken.
  func has(_ key: String) -> Bool { passages.withLock { $0[key] != nil } }

  /// Those that go on.
  var count: Int { passages.withLock { $0.values.count { $0.outcome == nil } } }

  /// Begins to send something, once for each key.
  func begin(_ key: String, _ send: @escaping @Sendable () async throws -> Void) {
    passages.withLock { passages in
      guard passages[key] == nil else { return }
      let task = Task { [self] in
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await send()) } catch { outcome = .failure(error) }
        self.passages.withLock { $0[key]?.outcome = outcome }
      }
      passages[key] = Passage(task: task)
    }
  }

  /// Its outcome, which is not taken by that; nil if it goes on, or never began.
  func outcome(of key: String) -> Result<Void, any Error>? {
    passages.withLock { $0[key]?.outcome }
  }

  /// Its outcome, which is then taken; nil if it goes on, or never began.
  func take(_ key: String) -> Result<Void, any Error>? {
    passages.withLock { passages in
      guard let outcome = passages[key]?.outcome else { return nil }
      passages[key] = nil
      return outcome
    }
  }

  /// Waits until it has ended, or for a while. If the task that waits is cancelled, so is what is sent.
  /// - Parameter limit: nil: until it has ended.
  func wait(for key: String, _ limit: Duration?, by clock: any WorkerClock) async {
    guard let task = passages.withLock({ $0[key]?.task }) else { return }
    let (endings, ended) = AsyncStream<Void>.makeStream()
    let watch = Task {
      await task.value
      ended.finish()
    }
    let alarm = limit.map { limit in
      Task { [end = clock.now + limit / .seconds(1)] in
        // A sleep may be over sooner.
        while clock.now < end { try await clock.sleep(until: end) }
        ended.finish()
      }
    }
    await withTaskCancellationHandler {
      for await _ in endings {}
      // Cut off it ends at once, and says what came of it.
      if Task.isCancelled { await watch.value }
    } onCancel: {
      task.cancel()
    }
    alarm?.cancel()
  }

  /// Ends with the worker, and all of them with it. What came of them may still be taken.
  func endWithWorker() async throws {
    let (never, said) = AsyncStream<Void>.makeStream()
    for await _ in never {}
    said.finish()
    let tasks = passages.withLock { $0.values.map(\.task) }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    try Task.checkCancellation()
  }
}

/// Something is still being sent.
struct StillUnderway: Error {}
