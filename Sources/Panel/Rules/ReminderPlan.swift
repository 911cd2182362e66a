public import CaseModel

/// When a body is reminded of what is waited for: once before the last day, and from the day after it again and again, up
/// to a bound. No procedure that is known says how often, so the days are here, by name.
public struct ReminderPlan: Sendable, Hashable {
  /// Working days before the last day.
  public static let early = 5
  /// Working days between reminders once it is overdue.
  public static let interval = 10
  /// Reminders once it is overdue; it stays overdue, and is listed, after the last of them.
  public static let overdueLimit = 6
  /// From which overdue reminder on somebody above has to know.
  public static let escalatesFrom = 2

  /// One reminder.
  public struct Reminder: Sendable, Hashable {
    /// 0 for the one before the last day; 1 and up once it is overdue.
    public let step: Int
    /// The day in whose first moment it is owed.
    public let on: CalendarDate

    public var isOverdue: Bool { step > 0 }

    public init(step: Int, on: CalendarDate) {
      self.step = step
      self.on = on
    }
  }

  /// Last day for what is waited for.
  public let dueOn: CalendarDate
  public let calendar: WorkingCalendar

  public init(dueOn: CalendarDate, calendar: WorkingCalendar) {
    self.dueOn = dueOn
    self.calendar = calendar
  }

  /// The first that is still to come. Nobody is reminded on the day on which they are asked.
  public func first(today: CalendarDate) -> Reminder {
    let day = moved(dueOn, by: -Self.early)
    return day > today ? Reminder(step: 0, on: day) : overdue
  }

  /// The one after a reminder that was owed today; nil after the last. One that was missed, for nothing ran, is not made up for.
  public func next(after step: Int, today: CalendarDate) -> Reminder? {
    guard step > 0 else { return overdue }
    guard step < Self.overdueLimit else { return nil }
    return Reminder(step: step + 1, on: moved(max(today, dueOn), by: Self.interval))
  }

  private var overdue: Reminder { Reminder(step: 1, on: dueOn.adding(days: 1)) }

  /// Beyond the known bank holidays a week has five working days.
  private func moved(_ day: CalendarDate, by workingDays: Int) -> CalendarDate {
    if let moved = try? calendar.adding(workingDays: workingDays, to: day) { return moved }
    return day.adding(days: workingDays / 5 * 7)
  }
}
