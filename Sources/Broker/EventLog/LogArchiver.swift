import Foundation
import Synchronization

/// The thread that cuts segments off the log while it serves.
final class LogArchiver: Sendable {
  private struct State {
    /// The head at which there is something to do.
    var dueAt: Int64 = 0
    var head: Int64 = 0
    var isStopping = false
  }

  private let cutting: LogCutting
  private let complain: @Sendable (LogError) -> Void
  private let state = Mutex(State())
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Events that come before something that failed is tried again.
  static let retryEvents: Int64 = 1_000

  /// Nil for a log that has no archive.
  init?(_ store: LogStore) {
    guard let cutting = LogCutting(store) else { return nil }
    self.cutting = cutting
    complain = store.complain
  }

  /// Starts with what was left undone.
  func start() {
    let thread = Thread { [self] in
      while !state.withLock({ $0.isStopping }) {
        work()
        wake.wait()
      }
      ended.signal()
    }
    thread.name = "log-archive"
    thread.start()
  }

  /// Tells the newest position in the log. Never waits.
  func note(head: UInt64) {
    let isDue = state.withLock { state in
      state.head = max(state.head, Int64(head))
      guard state.head >= state.dueAt else { return false }
      state.dueAt = .max
      return true
    }
    if isDue { wake.signal() }
  }

  /// Ends it between two steps; the rest is done after the next start. Blocks.
  func stop() {
    state.withLock { $0.isStopping = true }
    wake.signal()
    ended.wait()
  }

  private func work() {
    state.withLock { $0.dueAt = .max }
    var dueAt: Int64?
    do {
      dueAt = try cutting.run(while: { state.withLock { !$0.isStopping } })
    } catch {
      complain(LogError(error, at: cutting.archive.folder))
    }
    let isDue = state.withLock { state in
      state.dueAt = dueAt ?? state.head + Self.retryEvents
      return state.head >= state.dueAt
    }
    if isDue { wake.signal() }
  }
}
