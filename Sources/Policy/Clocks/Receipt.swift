public import CaseModel

extension PolicyPack {
  /// The day on which an application counts as received for the procedure's clocks: the day on which it
  /// arrived, or the next working day if the offices were closed by then or all day.
  ///
  /// Only clocks go by it. The windows of s.104(11) go by the day on which the application was made.
  /// - Parameter instant: seconds since 1970.
  /// - Throws: ``BeyondHorizon`` if bank holidays are not known for the day.
  public func clockReceipt(atUnixSeconds instant: Int64) throws(BeyondHorizon) -> CalendarDate {
    let day = CalendarDate(ofUnixSeconds: instant)
    guard let hour = procedure.closesAtHour else { return day }
    let calendar = calendar
    let closing = LondonTime.instant(ofHour: hour, on: day)
    if instant < closing, try calendar.isWorkingDay(day) { return day }
    return try calendar.nextWorkingDay(after: day)
  }
}
