public import Foundation

/// What time it is, and a wait until then. Nothing else in a worker reads a clock.
public protocol WorkerClock: Sendable {
  var now: Date { get }
  /// Time since some moment, by a clock that nobody sets: beside ``now`` it shows when that was set.
  var monotonic: Duration { get }
  /// Returns at the time or before it: whoever sleeps looks at the clock again. At most it sleeps for
  /// ``Bounds/timerSleepLimit``, so that nobody sleeps on when the clock is set. Throws when the task is cancelled.
  func sleep(until date: Date) async throws
}

extension WorkerClock {
  /// For a clock that nobody sets.
  public var monotonic: Duration { .seconds(now.timeIntervalSince1970) }
}

/// The machine's clock.
public struct SystemClock: WorkerClock {
  private static let start = ContinuousClock.now

  public init() {}
  public var now: Date { Date() }
  public var monotonic: Duration { Self.start.duration(to: .now) }
  public func sleep(until date: Date) async throws {
    let seconds = min(max(date.timeIntervalSinceNow, 0), Bounds.timerSleepLimit / .seconds(1))
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
