import Foundation
import Logging

/// Fires timers when they are due, each in one transaction that also takes it off.
struct TimerLoop: Sendable {
  let routes: [String: TimerRoute]
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    guard !routes.isEmpty else { return }
    let kinds = routes.keys.sorted()
    while true {
      let due = try await context.slice.read { [now = context.clock.now] reader in
        try TimerTable.due(at: now, of: kinds, in: reader)
      }
      if due.isEmpty {
        try await waitForNext(of: kinds)
      } else {
        for timer in due { try await fire(timer) }
      }
    }
  }

  /// Returns when the next timer is due, or when timers have changed.
  private func waitForNext(of kinds: [String]) async throws {
    let next = try await context.slice.read { try TimerTable.next(of: kinds, in: $0) }
    guard let next else { return try await signal.wait() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await context.clock.sleep(until: next) }
      group.addTask { try await signal.wait() }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Fires a timer, unless it was moved or taken back meanwhile. One that cannot be handled is put off.
  private func fire(_ timer: DueTimer) async throws {
    guard let route = routes[timer.kind] else { return }
    do {
      try await context.slice.write { transaction in
        guard try TimerTable.take(timer, in: transaction) else { return }
        try route.apply(timer, transaction)
      }
    } catch {
      try Task.checkCancellation()
      if case SliceError.fenced = error { throw error }
      let kind = String(describing: type(of: error))
      context.logger.error(
        "a timer could not be handled and is tried again",
        metadata: ["kind": "\(timer.kind)", "error": "\(kind)"])
      try await context.slice.write { try TimerTable.failed(timer, error: kind, in: $0) }
    }
  }
}
