import Foundation
import Logging

/// Fires timers when they are due, each in one transaction that also takes it off.
///
/// A clock that is set is noticed, for no sleep is longer than ``Bounds/timerSleepLimit``. Set forth, what
/// is due by then fires in order of its time; set back, nothing fires twice, for what has fired is gone.
struct TimerLoop: Sendable {
  let routes: [String: TimerRoute]
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    guard !routes.isEmpty else { return }
    let kinds = routes.keys.sorted()
    var watch = ClockWatch()
    while true {
      let now = context.clock.now
      let monotonic = context.clock.monotonic
      if let jump = watch.look(wall: now, monotonic: monotonic) { tell(jump, monotonic) }
      let due = try await context.slice.read { reader in
        try TimerTable.due(at: now, of: kinds, in: reader)
      }
      if due.isEmpty {
        try await waitForNext(of: kinds)
      } else {
        for timer in due { try await fire(timer) }
      }
    }
  }

  private func tell(_ jump: Duration, _ monotonic: Duration) {
    let seconds = Int(jump.components.seconds)
    context.logger.warning(
      "the machine's clock was set", metadata: ["seconds": "\(seconds)"])
    context.progress.update { $0.clockJump = ClockJump(seconds: seconds, noticedAt: monotonic) }
  }

  /// Returns when the next timer is due, when timers have changed, or when it is time to look at the clock.
  private func waitForNext(of kinds: [String]) async throws {
    let next = try await context.slice.read { try TimerTable.next(of: kinds, in: $0) }
    let limit = context.clock.now + Bounds.timerSleepLimit / .seconds(1)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await context.clock.sleep(until: min(next ?? limit, limit)) }
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
      if error is StorageFailure { throw error }
      let kind = String(describing: type(of: error))
      context.logger.error(
        "a timer could not be handled and is tried again",
        metadata: timer.metadata.merging(["error": "\(kind)"]) { $1 })
      try await context.slice.write { try TimerTable.failed(timer, error: kind, in: $0) }
    }
  }
}
