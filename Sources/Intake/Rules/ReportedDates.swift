public import CaseModel

/// When behaviour happened and when it was complained about. A day that is not known exactly is a
/// range, both ends included.
public struct ReportedDates: Sendable, Hashable {
  public let behaviour: ClosedRange<CalendarDate>
  public let complaint: ClosedRange<CalendarDate>

  /// What cannot be true of reported dates.
  public enum Flaw: Sendable, Hashable {
    /// The last day of the behaviour is before the first.
    case behaviourEndsBeforeItBegins
    /// The last day of the complaint is before the first.
    case complaintEndsBeforeItBegins
    /// Even the last possible day of the complaint is before the behaviour began.
    case complaintBeforeBehaviour
    /// Even the first possible day of the complaint is after the application was received.
    case complaintAfterReceipt
    /// The last possible day of the complaint is after the application was received.
    case complaintEndsAfterReceipt
    /// The last possible day of the behaviour is after the application was received.
    case behaviourEndsAfterReceipt
  }

  /// Dates that can be true, or what is wrong with them.
  public enum Reading: Sendable, Hashable {
    case dates(ReportedDates)
    /// At least one, in the order of the form.
    case flaws([Flaw])
  }

  /// Reads dates as they were written; a `to` that is nil is the same day as its `from`.
  ///
  /// An application is about complaints that were made: s.104(1). So none is made before what it is
  /// about, nor after the day on which the application was received.
  public static func read(
    behaviourFrom: CalendarDate, behaviourTo: CalendarDate?,
    complaintFrom: CalendarDate, complaintTo: CalendarDate?,
    receivedOn: CalendarDate
  ) -> Reading {
    let behaviourTo = behaviourTo ?? behaviourFrom
    let complaintTo = complaintTo ?? complaintFrom
    var flaws: [Flaw] = []
    if behaviourTo < behaviourFrom { flaws.append(.behaviourEndsBeforeItBegins) }
    if complaintTo < complaintFrom { flaws.append(.complaintEndsBeforeItBegins) }
    guard flaws.isEmpty else { return .flaws(flaws) }

    if complaintTo < behaviourFrom { flaws.append(.complaintBeforeBehaviour) }
    if complaintFrom > receivedOn {
      flaws.append(.complaintAfterReceipt)
    } else if complaintTo > receivedOn {
      flaws.append(.complaintEndsAfterReceipt)
    } else if behaviourTo > receivedOn {
      flaws.append(.behaviourEndsAfterReceipt)
    }
    guard flaws.isEmpty else { return .flaws(flaws) }
    return .dates(
      ReportedDates(
        behaviour: behaviourFrom...behaviourTo, complaint: complaintFrom...complaintTo))
  }
}
