public import CaseModel
public import Foundation

extension CalendarDate {
  /// The moment at which the day is over in London: when a timer for what was due on it fires.
  public var isOver: Date {
    Date(timeIntervalSince1970: Double(LondonTime.startOfDay(adding(days: 1))))
  }
}
