/// How much may be taken over time, with a burst after a rest: tokens that come back at a steady rate.
///
/// More may be taken than is there: who does is in debt until it has come back.
struct TokenBucket: Sendable, Hashable {
  /// Tokens that come back in a second.
  let rate: UInt32
  /// Tokens that there are after a rest.
  let burst: UInt32
  /// Billionths of a token; below zero in debt.
  private var level: Int64
  /// Nanoseconds up to which tokens have come back.
  private var at: UInt64

  private static let token: Int64 = 1_000_000_000

  init(rate: UInt32, burst: UInt32, now: UInt64) {
    self.rate = rate
    self.burst = burst
    level = Int64(burst) * Self.token
    at = now
  }

  /// Takes tokens, whether or not they are there.
  mutating func take(_ tokens: Int, now: UInt64) {
    refill(now)
    let taken = Int64(min(max(tokens, 0), Int(UInt32.max))) * Self.token
    level = max(level - taken, Self.lowest)
  }

  /// Whole tokens that are owed; 0 if it is not in debt.
  mutating func debt(now: UInt64) -> Int {
    refill(now)
    return level < 0 ? Int((-level + Self.token - 1) / Self.token) : 0
  }

  /// So that nobody's debt overflows.
  private static let lowest = -Int64(UInt32.max) * token

  private mutating func refill(_ now: UInt64) {
    guard now > at else { return }
    let full = Int64(burst) * Self.token
    let (gain, overflow) = (now - at).multipliedReportingOverflow(by: UInt64(rate))
    at = now
    guard !overflow, gain < UInt64(Int64.max / 2) else {
      level = full
      return
    }
    level = min(full, level + Int64(gain))
  }
}
