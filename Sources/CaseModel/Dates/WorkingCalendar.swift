/// Which days are worked: not Saturdays, Sundays and the bank holidays of a division.
///
/// Bank holidays are data, not a formula: one-off ones come by proclamation. Beyond the data nothing is
/// guessed.
public struct WorkingCalendar: Sendable, Hashable {
  /// The parts of the United Kingdom that have bank holidays of their own.
  public enum Division: String, Sendable, CaseIterable {
    case englandAndWales = "england-and-wales"
    case scotland
    case northernIreland = "northern-ireland"
  }

  public let division: Division
  private let holidays: Set<CalendarDate>

  /// First and last day of which bank holidays are known.
  public static let horizon =
    CalendarDate(daysSince1970: 15_340)...CalendarDate(daysSince1970: 21_549)

  /// - Parameter closures: days on which an office is closed besides.
  public init(_ division: Division, closures: some Sequence<CalendarDate> = []) {
    self.division = division
    holidays = BankHolidays.dates(of: division).union(closures)
  }

  /// England and Wales, where the ASB case review exists.
  public static let englandAndWales = WorkingCalendar(.englandAndWales)

  /// True if the day is worked.
  public func isWorkingDay(_ date: CalendarDate) throws(BeyondHorizon) -> Bool {
    guard Self.horizon.contains(date) else { throw BeyondHorizon(date: date) }
    return date.weekday != .saturday && date.weekday != .sunday && !holidays.contains(date)
  }

  /// The day so many working days later, or earlier if negative. The given day is day nought, worked or
  /// not; nought gives the day itself.
  public func adding(
    workingDays amount: Int, to date: CalendarDate
  ) throws(BeyondHorizon) -> CalendarDate {
    guard Self.horizon.contains(date) else { throw BeyondHorizon(date: date) }
    var day = date
    var left = amount.magnitude
    while left > 0 {
      day = day.adding(days: amount.signum())
      if try isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// How many days are worked after one day, up to and with another; nought if that is not later.
  public func workingDays(
    after first: CalendarDate, through last: CalendarDate
  ) throws(BeyondHorizon) -> Int {
    var count = 0
    var day = first
    while day < last {
      day = day.adding(days: 1)
      if try isWorkingDay(day) { count += 1 }
    }
    return count
  }

  /// The first working day after a day.
  public func nextWorkingDay(after date: CalendarDate) throws(BeyondHorizon) -> CalendarDate {
    try adding(workingDays: 1, to: date)
  }

  /// The last working day before a day.
  public func previousWorkingDay(before date: CalendarDate) throws(BeyondHorizon) -> CalendarDate {
    try adding(workingDays: -1, to: date)
  }
}

/// A date for which bank holidays are not known.
public struct BeyondHorizon: Error, Sendable, Hashable, CustomStringConvertible {
  public let date: CalendarDate

  public init(date: CalendarDate) {
    self.date = date
  }

  /// Stable code.
  public var code: String { "beyond-horizon" }

  public var description: String {
    "bank holidays are known from \(WorkingCalendar.horizon.lowerBound) to "
      + "\(WorkingCalendar.horizon.upperBound), not for \(date); use a date in between"
  }
}
