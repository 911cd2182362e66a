import Foundation

/// How often refusals are written down, as a value: so many of one principal and kind in a minute.
struct RefusalPace: Sendable {
  /// Refusals of one principal and kind that are written down in a minute.
  static let perMinute = 20
  /// Principals and kinds that are told apart; beyond, all others count as one.
  static let placesLimit = 1024
  static let window: TimeInterval = 60

  private struct Place: Hashable, Sendable {
    let principal: String
    let kind: Refused.Kind?
  }
  private struct Count: Sendable {
    var since: Date
    var written = 0
    var leftOut = 0
  }

  private var counts: [Place: Count] = [:]

  /// How many have been left out before this one is written down; nil if it is left out too.
  mutating func take(_ refused: Refused, at now: Date) -> Int? {
    // Keys that nobody knows cost nothing to make: all of them are one.
    var place = Place(
      principal: refused.kind == .unknownKey ? "" : refused.principal, kind: refused.kind)
    if counts[place] == nil, counts.count >= Self.placesLimit {
      counts = counts.filter { now.timeIntervalSince($0.value.since) < Self.window }
      if counts.count >= Self.placesLimit { place = Place(principal: "", kind: nil) }
    }
    var count = counts[place] ?? Count(since: now)
    // A clock that was set back begins a new minute too.
    if abs(now.timeIntervalSince(count.since)) >= Self.window {
      count.since = now
      count.written = 0
    }
    defer { counts[place] = count }
    guard count.written < Self.perMinute else {
      count.leftOut += 1
      return nil
    }
    count.written += 1
    defer { count.leftOut = 0 }
    return count.leftOut
  }
}
