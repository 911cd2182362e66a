public import CaseModel

extension Letter {
  /// How a stage stands by its newest clock. What was late before that clock began, such as the decision that
  /// an appeal has set aside, is another matter.
  public enum Lateness: Sendable, Hashable {
    case done(CalendarDate)
    case inTime
    /// When it was due, and the later day that is aimed for now; nil where no more time was given.
    case late(dueOn: CalendarDate, newDueOn: CalendarDate?)

    /// - Parameters:
    ///   - anchor: the day that the clock is counted from.
    ///   - dueOn: nil while the clock stands still.
    ///   - delays: the last days that were missed in this stage, by whichever clock, the first one first.
    public init(
      from anchor: CalendarDate, dueOn: CalendarDate?, doneOn: CalendarDate?, isLate: Bool,
      delays: [CalendarDate], today: CalendarDate
    ) {
      if let doneOn {
        self = .done(doneOn)
        return
      }
      let missed = delays.last { $0 >= anchor } ?? (isLate ? dueOn : nil)
      guard let missed else {
        self = .inTime
        return
      }
      // More time than there was: a day that was set anew and is still to come.
      self = .late(dueOn: missed, newDueOn: dueOn.flatMap { $0 > missed && $0 >= today ? $0 : nil })
    }
  }
}
