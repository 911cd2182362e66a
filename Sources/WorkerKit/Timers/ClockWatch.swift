import Foundation

/// Notices when the wall clock was set: it has moved otherwise than a clock that nobody sets.
struct ClockWatch: Sendable {
  private var last: (wall: Date, monotonic: Duration)?

  /// By how much the wall clock was set since the last look, if that is beyond ``Bounds/clockJumpLimit``.
  mutating func look(wall: Date, monotonic: Duration) -> Duration? {
    defer { last = (wall, monotonic) }
    guard let last else { return nil }
    let jump = .seconds(wall.timeIntervalSince(last.wall)) - (monotonic - last.monotonic)
    return abs(jump / .seconds(1)) > Bounds.clockJumpLimit / .seconds(1) ? jump : nil
  }
}

/// That the clock was set.
struct ClockJump: Sendable, Hashable {
  let seconds: Int
  /// By a clock that nobody sets.
  let noticedAt: Duration

  /// In words, for as long as it is shown.
  func note(at now: Duration) -> String? {
    guard now - noticedAt < Bounds.clockJumpShownFor else { return nil }
    return
      "the machine's clock was set \(seconds > 0 ? "forth" : "back") by \(abs(seconds)) seconds"
  }
}
