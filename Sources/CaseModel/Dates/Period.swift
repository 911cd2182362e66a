/// A length of time as the law or a procedure gives it.
public struct Period: Sendable, Hashable {
  /// What is counted.
  public enum Unit: String, Sendable, CaseIterable {
    case days
    case workingDays
    case weeks
    case months
  }

  /// How many.
  public let amount: Int
  public let unit: Unit

  /// More than any procedure needs.
  public static let amountLimit = 1_000

  public init(_ amount: Int, _ unit: Unit) {
    self.amount = amount
    self.unit = unit
  }

  /// The last day of the period "beginning with" a day: that day is day one. Working days are counted
  /// like days here; only deadlines use them, by ``deadline(from:in:)``.
  public func lastDay(beginningWith day: CalendarDate) -> CalendarDate {
    switch unit {
    case .days, .workingDays: day.adding(days: amount - 1)
    case .weeks: day.adding(days: amount * 7 - 1)
    case .months: day.lastDay(ofPeriodOfMonths: amount)
    }
  }

  /// The deadline so long after a day: that day is day nought. Months end on the corresponding day, or
  /// on the month's last if it has no such day.
  /// - Throws: ``BeyondHorizon`` if working days are counted past what is known of bank holidays.
  public func deadline(
    from day: CalendarDate, in calendar: WorkingCalendar
  ) throws(BeyondHorizon) -> CalendarDate {
    switch unit {
    case .days: day.adding(days: amount)
    case .workingDays: try calendar.adding(workingDays: amount, to: day)
    case .weeks: day.adding(days: amount * 7)
    case .months: day.adding(months: amount)
    }
  }
}
