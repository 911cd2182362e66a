import CaseModel

/// Hours of a day in London at which somebody may be reached by telephone or text message. One that ends before it begins
/// goes on over midnight.
public struct ContactSpan: Sendable, Hashable, CustomStringConvertible {
  /// Minutes from midnight.
  private let from: Int
  private let to: Int

  /// Nil unless it is written as `10:00-14:00`, or covers no time at all.
  public init?(_ text: String) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let from = Self.minutes(ends[0]), let to = Self.minutes(ends[1]),
      from != to
    else { return nil }
    self.from = from
    self.to = to
  }

  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0...24).contains(hour), (0...59).contains(minute),
      hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }

  public var description: String { "\(Self.shown(from))-\(Self.shown(to))" }

  private static func shown(_ minutes: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  /// True if it is within the hours, the first minute included and the last one not.
  public func contains(unixSeconds now: Int64) -> Bool {
    let today = CalendarDate(ofUnixSeconds: now)
    let begin = instant(from, on: today)
    let end = instant(to, on: today)
    return from < to ? begin <= now && now < end : now < end || begin <= now
  }

  /// The next moment at which the hours begin.
  public func nextBeginning(afterUnixSeconds now: Int64) -> Int64 {
    let today = CalendarDate(ofUnixSeconds: now)
    let begin = instant(from, on: today)
    return begin > now ? begin : instant(from, on: today.adding(days: 1))
  }

  private func instant(_ minutes: Int, on day: CalendarDate) -> Int64 {
    LondonTime.instant(ofHour: minutes / 60, on: day) + Int64(minutes % 60) * 60
  }
}
