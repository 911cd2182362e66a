public import CaseModel

/// A stage's clock as it runs in one case: from its anchor, with what was done to it since. It never moves
/// by itself; whoever changes it gives a reason, which is kept beside it.
public struct RunningClock: Sendable, Hashable {
  /// What was done to a clock, and on which day.
  public enum Change: Sendable, Hashable {
    case paused(on: CalendarDate)
    /// The day on which it runs again; that day counts.
    case resumed(on: CalendarDate)
    case extended(workingDays: Int, on: CalendarDate)

    /// When it was done.
    public var on: CalendarDate {
      switch self {
      case .paused(let day), .resumed(let day), .extended(_, let day): day
      }
    }
  }

  public let clock: Clock
  /// Name of the pack that the clock is from.
  public let source: String
  /// The day that it is counted from: day nought.
  public let anchor: CalendarDate
  /// In the order in which they were done.
  public private(set) var changes: [Change]

  public init(_ clock: Clock, source: String, anchor: CalendarDate, changes: [Change] = []) {
    self.clock = clock
    self.source = source
    self.anchor = anchor
    self.changes = changes
  }

  /// More than any extension needs; in working days.
  public static let extensionLimit = 60
  /// Changes that one clock may have.
  public static let changesLimit = 100

  /// True while it stands still.
  public var isPaused: Bool {
    for change in changes.reversed() {
      switch change {
      case .paused: return true
      case .resumed: return false
      case .extended: continue
      }
    }
    return false
  }

  /// Adds a change.
  /// - Throws: why it cannot be made; nothing is changed then.
  public mutating func apply(_ change: Change) throws(ClockRefusal) {
    guard changes.count < Self.changesLimit else { throw .tooManyChanges }
    if let last = changes.last, change.on < last.on { throw .beforeTheLast(last.on) }
    guard change.on >= anchor else { throw .beforeTheLast(anchor) }
    switch change {
    case .paused:
      guard clock.isPausable else { throw .notPausable }
      if isPaused { throw .pausedAlready }
    case .resumed:
      if !isPaused { throw .notPaused }
    case .extended(let days, _):
      guard (1...Self.extensionLimit).contains(days) else { throw .extensionOutOfRange }
    }
    changes.append(change)
  }

  /// The last day on which the stage is in time; nil while the clock stands still.
  ///
  /// Each day on which it stood still and that would have counted is added: working days for a clock in
  /// working days, any days for another. The anchor is day nought and would not have counted. A pause
  /// that begins after the deadline moves nothing.
  /// - Throws: ``BeyondHorizon`` if working days are counted past what is known of bank holidays.
  public func due(in calendar: WorkingCalendar) throws(BeyondHorizon) -> CalendarDate? {
    var due = try clock.period.deadline(from: anchor, in: calendar)
    var pausedOn: CalendarDate?
    for change in changes {
      switch change {
      case .paused(let day): pausedOn = day
      case .resumed(let day):
        guard let from = pausedOn else { continue }
        pausedOn = nil
        if from <= due { due = try moved(due, by: from, day, in: calendar) }
      case .extended(let days, _): due = try calendar.adding(workingDays: days, to: due)
      }
    }
    return pausedOn.map { $0 <= due } ?? false ? nil : due
  }

  /// The deadline after a pause from one day to before another.
  private func moved(
    _ due: CalendarDate, by from: CalendarDate, _ until: CalendarDate, in calendar: WorkingCalendar
  ) throws(BeyondHorizon) -> CalendarDate {
    let first = max(from, anchor.adding(days: 1))
    guard clock.period.unit == .workingDays else {
      return due.adding(days: max(0, until.daysSince1970 - first.daysSince1970))
    }
    var still = 0
    var day = first
    while day < until {
      if try calendar.isWorkingDay(day) { still += 1 }
      day = day.adding(days: 1)
    }
    return try calendar.adding(workingDays: still, to: due)
  }

  /// True if the stage was not done by its day: on a day on which it is still open, or when it was done.
  public func isLate(
    on today: CalendarDate, doneOn: CalendarDate?, in calendar: WorkingCalendar
  ) throws(BeyondHorizon) -> Bool {
    guard let due = try due(in: calendar) else { return false }
    return (doneOn ?? today) > due
  }
}

/// Why a clock cannot be changed so.
public enum ClockRefusal: Error, Sendable, Hashable, CustomStringConvertible {
  case notPausable
  case pausedAlready
  case notPaused
  case extensionOutOfRange
  case beforeTheLast(CalendarDate)
  case tooManyChanges

  /// Stable code.
  public var code: String {
    switch self {
    case .notPausable: "not-pausable"
    case .pausedAlready: "paused-already"
    case .notPaused: "not-paused"
    case .extensionOutOfRange: "extension-out-of-range"
    case .beforeTheLast: "before-the-last-change"
    case .tooManyChanges: "too-many-changes"
    }
  }

  public var description: String {
    switch self {
    case .notPausable: "the policy does not let this clock stand still; extend it instead"
    case .pausedAlready: "this clock stands still already"
    case .notPaused: "this clock is running"
    case .extensionOutOfRange:
      "an extension is 1 to \(RunningClock.extensionLimit) working days long"
    case .beforeTheLast(let day): "a change cannot be made before \(day)"
    case .tooManyChanges: "a clock can be changed \(RunningClock.changesLimit) times"
    }
  }
}
