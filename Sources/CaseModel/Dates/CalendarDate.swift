/// A day of the Gregorian calendar, without a time or a zone. Where it comes from an instant, it is the
/// day in Europe/London.
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Days since 1 January 1970; negative before.
  public let daysSince1970: Int

  /// The day that is so many days after 1 January 1970.
  public init(daysSince1970: Int) {
    self.daysSince1970 = daysSince1970
  }

  /// Nil if there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.daysIn(month: month, year: year)
    else { return nil }
    daysSince1970 = Self.days(year: year, month: month, day: day)
  }

  /// Reads `YYYY-MM-DD`, exactly. Nil if it is written otherwise or there is no such day.
  public init?(_ text: String) {
    // Most texts that are tried are none, and need not be copied to see it.
    guard text.utf8.count == 10 else { return nil }
    let bytes = Array(text.utf8)
    guard bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month from 1, and day from 1.
  public var parts: (year: Int, month: Int, day: Int) {
    // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// The year, 1 to 9999.
  public var year: Int { parts.year }
  /// The month, from 1.
  public var month: Int { parts.month }
  /// The day of the month, from 1.
  public var day: Int { parts.day }

  /// `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = parts
    guard (0...9999).contains(year) else {
      return Self.padded(year, 4) + "-" + Self.padded(month, 2) + "-" + Self.padded(day, 2)
    }
    // Days are written more often than anything else is done with them.
    return String(unsafeUninitializedCapacity: 10) { bytes in
      func write(_ value: Int, at place: Int) {
        bytes[place] = UInt8(0x30 + value / 10)
        bytes[place + 1] = UInt8(0x30 + value % 10)
      }
      write(year / 100, at: 0)
      write(year % 100, at: 2)
      (bytes[4], bytes[7]) = (0x2D, 0x2D)
      write(month, at: 5)
      write(day, at: 8)
      return 10
    }
  }

  public var weekday: Weekday {
    // 1 January 1970 was a Thursday.
    let index = (daysSince1970 + 3) % 7
    return Weekday.allCases[index >= 0 ? index : index + 7]
  }

  /// The day so many days later, or earlier if negative.
  public func adding(days: Int) -> CalendarDate {
    CalendarDate(daysSince1970: daysSince1970 + days)
  }

  /// The same day of the month so many months later, or that month's last day if it has no such day.
  public func adding(months: Int) -> CalendarDate {
    let (end, length, day) = month(after: months)
    return end.adding(days: min(day, length) - 1)
  }

  /// The last day of a period of so many months beginning with this day.
  ///
  /// The day itself is day one, so the period ends the day before the corresponding day of the month in
  /// which it ends, or on that month's last day if it has no corresponding one: one month beginning with
  /// 31 January ends on 28 or 29 February. (How the 2014 Act s.104(11) counts.)
  public func lastDay(ofPeriodOfMonths months: Int) -> CalendarDate {
    let (end, length, day) = month(after: months)
    return end.adding(days: day <= length ? day - 2 : length - 1)
  }

  /// The first day of the month so many months later, how many days it has, and this day's day of the month.
  private func month(after months: Int) -> (first: CalendarDate, length: Int, day: Int) {
    let (year, month, day) = parts
    let index = year * 12 + (month - 1) + months
    let (endYear, endMonth) = (index / 12, index % 12 + 1)
    let first = CalendarDate(daysSince1970: Self.days(year: endYear, month: endMonth, day: 1))
    return (first, Self.daysIn(month: endMonth, year: endYear), day)
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }

  static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func days(year: Int, month: Int, day: Int) -> Int {
    // H. Hinnant, days_from_civil: years begin in March, so that the leap day is the last.
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// A day of the week.
public enum Weekday: String, Sendable, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}
