import CaseModel

/// When something happened, as somebody remembers it: a day, about a day, a month, or from one to another.
struct DateAnswer: Sendable, Hashable {
  /// As typed.
  var from = Parts()
  /// As typed; empty where one day or month is meant.
  var to = Parts()
  /// The person is not sure of the day.
  var isAbout = false

  struct Parts: Sendable, Hashable {
    var day = ""
    var month = ""
    var year = ""

    var isEmpty: Bool { day.isEmpty && month.isEmpty && year.isEmpty }
  }

  /// Days before and after a day that somebody is not sure of.
  static let aboutDays = 3
  /// The earliest year that is taken.
  static let yearLimit = 2000

  /// Why it is no date.
  enum Fault: Error, Sendable, Hashable {
    case missing
    case notADate
    case inTheFuture
    case tooEarly
    /// The last day is before the first.
    case wrongOrder
    case lastDayNotADate
  }

  /// The first and the last day that it can have been.
  func range(until today: CalendarDate) throws(Fault) -> ClosedRange<CalendarDate> {
    guard !from.isEmpty else { throw .missing }
    guard let first = Self.days(of: from) else { throw .notADate }
    guard first.lowerBound <= today else { throw .inTheFuture }
    guard first.lowerBound.year >= Self.yearLimit else { throw .tooEarly }
    var range = first
    if !to.isEmpty {
      guard let last = Self.days(of: to) else { throw .lastDayNotADate }
      guard last.upperBound >= first.lowerBound else { throw .wrongOrder }
      guard last.lowerBound <= today else { throw .inTheFuture }
      range = first.lowerBound...last.upperBound
    }
    if isAbout {
      range =
        range.lowerBound.adding(
          days: -Self.aboutDays)...range.upperBound.adding(
          days: Self.aboutDays)
    }
    // It has happened: what is not known exactly ends today.
    return min(range.lowerBound, today)...min(range.upperBound, today)
  }

  /// The first day, or its month, in words; nil if it is none.
  func spoken(_ say: Say) -> String? {
    guard let days = Self.days(of: from) else { return nil }
    let words = say.day(days.lowerBound)
    // "1 January 2026", without its day.
    return from.day.isEmpty ? words.split(separator: " ").dropFirst().joined(separator: " ") : words
  }

  /// A day, or all days of a month where no day is said.
  private static func days(of parts: Parts) -> ClosedRange<CalendarDate>? {
    guard let month = month(parts.month), let year = year(parts.year) else { return nil }
    if parts.day.isEmpty {
      guard let first = CalendarDate(year: year, month: month, day: 1) else { return nil }
      return first...first.adding(months: 1).adding(days: -1)
    }
    guard let number = number(parts.day, digits: 2),
      let day = CalendarDate(year: year, month: month, day: number)
    else { return nil }
    return day...day
  }

  /// A year in four digits, or in the last two.
  private static func year(_ text: String) -> Int? {
    guard let year = number(text, digits: 4) else { return nil }
    return year < 100 ? 2000 + year : year
  }

  /// A month as a number, or by its name or the beginning of it, in either language.
  private static func month(_ text: String) -> Int? {
    if let number = number(text, digits: 2) { return (1...12).contains(number) ? number : nil }
    let text = text.lowercased()
    guard text.count >= 3 else { return nil }
    return monthNames.firstIndex { names in names.contains { $0.hasPrefix(text) } }.map { $0 + 1 }
  }

  private static func number(_ text: String, digits: Int) -> Int? {
    guard (1...digits).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  private static let monthNames = [
    ["january", "ionawr"], ["february", "chwefror"], ["march", "mawrth"], ["april", "ebrill"],
    ["may", "mai"], ["june", "mehefin"], ["july", "gorffennaf"], ["august", "awst"],
    ["september", "medi"], ["october", "hydref"], ["november", "tachwedd"],
    ["december", "rhagfyr"],
  ]
}

extension DateAnswer {
  /// As the fields of a form have it.
  init(_ form: PostedForm, _ name: String) {
    from = Parts(
      day: form["\(name)-day"], month: form["\(name)-month"], year: form["\(name)-year"])
    to = Parts(
      day: form["\(name)-to-day"], month: form["\(name)-to-month"],
      year: form["\(name)-to-year"])
    isAbout = form["\(name)-about"] == "yes"
  }

  /// What a field's parts show.
  static func typed(_ parts: Parts) -> [String: String] {
    ["day": parts.day, "month": parts.month, "year": parts.year]
  }
}

extension DateAnswer.Fault {
  /// Which of the fields it is about: that of the first day, or of the last.
  var isAboutLastDay: Bool { self == .wrongOrder || self == .lastDayNotADate }

  func message(_ say: Say) -> String {
    switch self {
    case .missing:
      say(
        "Enter a date. The month and the year are enough.",
        "Rhowch ddyddiad. Mae'r mis a'r flwyddyn yn ddigon.")
    case .notADate, .lastDayNotADate:
      say("Enter a real date, such as 27 3 2026", "Rhowch ddyddiad go iawn, megis 27 3 2026")
    case .inTheFuture:
      say("The date must be today or earlier", "Rhaid i'r dyddiad fod heddiw neu'n gynharach")
    case .tooEarly:
      say("Enter a year from 2000 on", "Rhowch flwyddyn o 2000 ymlaen")
    case .wrongOrder:
      say(
        "The last day must be the first day or later",
        "Rhaid i'r diwrnod olaf fod ar y diwrnod cyntaf neu wedyn")
    }
  }
}
