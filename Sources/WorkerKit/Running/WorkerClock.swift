public import Foundation

/// What time it is, and a wait until then. Nothing else in a worker reads a clock.
public protocol WorkerClock: Sendable {
  var now: Date { get }
  /// Returns at the time, or earlier when the task is cancelled.
  func sleep(until date: Date) async throws
}

/// The machine's clock.
public struct SystemClock: WorkerClock {
  public init() {}
  public var now: Date { Date() }
  public func sleep(until date: Date) async throws {
    // At most a day at a time: a longer sleep would overflow the scheduler's arithmetic.
    let seconds = min(max(date.timeIntervalSinceNow, 0), 86_400)
    try await Task.sleep(for: .seconds(seconds))
  }
}

/// A clock that stands still, for demonstrations: timers due by then fire, later ones never do.
public struct FixedClock: WorkerClock {
  public let now: Date
  public init(_ now: Date) { self.now = now }
  public func sleep(until date: Date) async throws {
    guard date > now else { return }
    while true { try await Task.sleep(for: .seconds(86_400)) }
  }
}
