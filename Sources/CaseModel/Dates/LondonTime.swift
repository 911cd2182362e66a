/// Europe/London, as a rule: an hour ahead of UTC from 01:00 UTC on the last Sunday of March to 01:00 UTC
/// on the last Sunday of October (Summer Time Order 2002), UTC otherwise.
public enum LondonTime {
  /// Seconds that London is ahead of UTC at an instant, given in seconds since 1970.
  public static func secondsAheadOfUTC(atUnixSeconds instant: Int64) -> Int64 {
    let year = CalendarDate(daysSince1970: Int(floorDivide(instant, 86_400))).year
    let begins = changeover(year: year, month: 3)
    let ends = changeover(year: year, month: 10)
    return begins <= instant && instant < ends ? 3_600 : 0
  }

  /// The instant at which a day begins in London, in seconds since 1970.
  public static func startOfDay(_ date: CalendarDate) -> Int64 {
    let midnight = Int64(date.daysSince1970) * 86_400
    // Midnight is never inside the hour that is skipped or repeated.
    return midnight - secondsAheadOfUTC(atUnixSeconds: midnight - 3_600)
  }

  /// The instant at which the clocks of London show a full hour of a day, in seconds since 1970; of two,
  /// the first. Clocks change at one in the morning, so hours of work are never affected.
  public static func instant(ofHour hour: Int, on date: CalendarDate) -> Int64 {
    let shown = Int64(date.daysSince1970) * 86_400 + Int64(hour) * 3_600
    return shown - secondsAheadOfUTC(atUnixSeconds: shown - 3_600)
  }

  private static func changeover(year: Int, month: Int) -> Int64 {
    guard let last = CalendarDate(year: year, month: month, day: 31) else { return .max }
    let index = Weekday.allCases.firstIndex(of: last.weekday) ?? 0
    let sunday = index == 6 ? last : last.adding(days: -(index + 1))
    return Int64(sunday.daysSince1970) * 86_400 + 3_600
  }
}

extension CalendarDate {
  /// The day in Europe/London at an instant, given in seconds since 1970.
  public init(ofUnixSeconds instant: Int64) {
    let local = instant + LondonTime.secondsAheadOfUTC(atUnixSeconds: instant)
    self.init(daysSince1970: Int(floorDivide(local, 86_400)))
  }
}

private func floorDivide(_ value: Int64, _ divisor: Int64) -> Int64 {
  let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
  return remainder < 0 ? quotient - 1 : quotient
}
