import CaseModel

/// A day as somebody typed it; without a day it is the whole month, without a month the whole year.
enum TypedDate {
  enum Fault: Error, Sendable, Hashable { case missing, notADate, future }

  /// - Parameter today: no later day is taken.
  static func read(
    _ name: String, _ form: PostedForm, today: CalendarDate
  ) throws(Fault) -> ClosedRange<CalendarDate> {
    let (day, month, year) = (form["\(name)-day"], form["\(name)-month"], form["\(name)-year"])
    if day.isEmpty, month.isEmpty, year.isEmpty { throw .missing }
    guard let years = number(year, 1900...2999), let first = first(day, month, years) else {
      throw .notADate
    }
    guard first.lowerBound <= today else { throw .future }
    return first.lowerBound...min(first.upperBound, today)
  }

  private static func first(_ day: String, _ month: String, _ year: Int) -> ClosedRange<
    CalendarDate
  >? {
    if month.isEmpty {
      guard day.isEmpty, let from = CalendarDate(year: year, month: 1, day: 1),
        let to = CalendarDate(year: year, month: 12, day: 31)
      else { return nil }
      return from...to
    }
    guard let months = number(month, 1...12) else { return nil }
    if day.isEmpty {
      guard let from = CalendarDate(year: year, month: months, day: 1) else { return nil }
      return from...from.adding(months: 1).adding(days: -1)
    }
    guard let days = number(day, 1...31),
      let one = CalendarDate(year: year, month: months, day: days)
    else { return nil }
    return one...one
  }

  private static func number(_ text: String, _ range: ClosedRange<Int>) -> Int? {
    guard text.utf8.count <= 4, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(text), range.contains(number)
    else { return nil }
    return number
  }

  static func message(_ fault: Fault, _ say: Say) -> String {
    switch fault {
    case .missing: say("Enter a date, or at least a year", "Rhowch ddyddiad, neu o leiaf flwyddyn")
    case .notADate: say("Enter a date that exists", "Rhowch ddyddiad sy'n bod")
    case .future: say("The date must not be in the future", "Ni chaiff y dyddiad fod yn y dyfodol")
    }
  }
}
