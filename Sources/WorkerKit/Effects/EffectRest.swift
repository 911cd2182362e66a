import Foundation

/// Which kinds of effects rest because another worker, whom they ask, is away.
///
/// Each effect has waits of its own. Where very many of a kind are due these are no help: each would be begun, fail and
/// be written down, as fast as the machine can, for as long as the other is away. After ``Bounds/awayStreakLimit``
/// failures one after the other the whole kind waits; then one is tried for all, and what it finds holds for all.
struct EffectRest: Sendable {
  /// What changes about a kind, for the log.
  enum Change: Sendable, Hashable {
    case begins
    /// - Parameter failures: how many attempts found nobody.
    case ends(failures: Int)
  }

  private struct Streak: Sendable {
    var failures = 0
    var until = Date.distantPast
  }

  private var streaks: [String: Streak] = [:]

  func isResting(_ kind: String, at time: Date) -> Bool { end(of: kind) > time }

  /// Until when a kind rests; the distant past if it does not.
  func end(of kind: String) -> Date { streaks[kind]?.until ?? .distantPast }

  /// True if another worker was away at so many attempts that the next is one for all of the kind.
  func isProbing(_ kind: String) -> Bool {
    (streaks[kind]?.failures ?? 0) >= Bounds.awayStreakLimit
  }

  /// Another worker was away.
  /// - Parameter delay: the wait after so many failures of this kind that made it rest.
  mutating func wasAway(
    _ kind: String, at time: Date, delay: (Int) -> Duration = BackOff.delay(after:)
  ) -> Change? {
    var streak = streaks[kind] ?? Streak()
    streak.failures += 1
    let over = streak.failures - Bounds.awayStreakLimit + 1
    if over > 0 { streak.until = time + delay(over) / .seconds(1) }
    streaks[kind] = streak
    return over == 1 ? .begins : nil
  }

  /// Whoever was asked has answered.
  mutating func wasAnswered(_ kind: String) -> Change? {
    guard let streak = streaks.removeValue(forKey: kind) else { return nil }
    return streak.failures >= Bounds.awayStreakLimit ? .ends(failures: streak.failures) : nil
  }
}
