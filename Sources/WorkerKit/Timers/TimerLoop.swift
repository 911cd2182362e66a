import Foundation
import Logging

/// Fires timers when they are due, each in one transaction that also takes it off.
struct TimerLoop: Sendable {
  let routes: [String: TimerRoute]
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    guard !routes.isEmpty else { return }
    var backOff = BackOff()
    while true {
      let due = try await context.slice.read { [now = context.clock.now] reader in
        try TimerTable.due(at: now, in: reader)
      }
      context.progress.update { $0.timersOpen = !due.isEmpty }
      if due.isEmpty {
        try await waitForNext()
      } else if try await fire(due) {
        backOff.reset()
      } else {
        try await backOff.pause()
      }
    }
  }

  /// Returns when the next timer is due, or when timers have changed.
  private func waitForNext() async throws {
    guard let next = try await context.slice.read({ try TimerTable.next(in: $0) }) else {
      return try await signal.wait()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await context.clock.sleep(until: next) }
      group.addTask { try await signal.wait() }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// False if one of them could not be handled; it is tried again, at most ``Bounds/attemptsLimit`` times.
  private func fire(_ due: [DueTimer]) async throws -> Bool {
    var allFired = true
    for timer in due {
      guard let route = routes[timer.kind] else { continue }
      do {
        try await context.slice.write { transaction in
          try TimerTable.cancel(kind: timer.kind, key: timer.key, in: transaction)
          try route.apply(timer, transaction)
        }
      } catch {
        try Task.checkCancellation()
        if case SliceError.fenced = error { throw error }
        let kind = String(describing: type(of: error))
        context.logger.error("a timer could not be handled", metadata: ["kind": "\(timer.kind)"])
        try await context.slice.write { try TimerTable.failed(timer, error: kind, in: $0) }
        allFired = false
      }
    }
    return allFired
  }
}
