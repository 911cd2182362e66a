public import CaseModel

/// A report of anti-social behaviour by somebody who had reported before, no longer than six months ago: since 2025 the
/// statutory guidance has each victim told of the review at their second report, whether the threshold is met or not.
public struct SecondReport: Sendable, Hashable {
  /// Months of the period that begins with the earlier report.
  public static let months = 6

  /// The day of the report.
  public let reportedOn: CalendarDate
  /// The day of the report before it.
  public let earlierOn: CalendarDate
  /// The day on which the person was told of the review; nil: not yet.
  public let toldOn: CalendarDate?

  /// What cannot be true of the days.
  public enum Flaw: Error, Sendable, Hashable {
    /// The report is still to come.
    case reportInFuture
    /// The earlier report is the later one.
    case earlierIsLater
    /// More than six months, counted as the law does, lie between them.
    case tooLongAgo(until: CalendarDate)
    /// They were told before they reported.
    case toldBeforeReport
    /// They are told on a day that is still to come.
    case toldInFuture
  }

  /// Days that can be true.
  /// - Throws: the first ``Flaw``.
  public init(
    reportedOn: CalendarDate, earlierOn: CalendarDate, toldOn: CalendarDate?, today: CalendarDate
  ) throws(Flaw) {
    guard reportedOn <= today else { throw .reportInFuture }
    guard earlierOn <= reportedOn else { throw .earlierIsLater }
    let last = earlierOn.lastDay(ofPeriodOfMonths: Self.months)
    guard reportedOn <= last else { throw .tooLongAgo(until: last) }
    if let toldOn {
      guard toldOn >= reportedOn else { throw .toldBeforeReport }
      guard toldOn <= today else { throw .toldInFuture }
    }
    self.reportedOn = reportedOn
    self.earlierOn = earlierOn
    self.toldOn = toldOn
  }
}
