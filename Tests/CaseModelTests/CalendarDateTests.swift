import CaseModel
import Testing

@Suite struct CalendarDateTests {
  @Test func `every day of eight centuries is where the calendar has it`() {
    var expected = SchoolDay(year: 1600, month: 1, day: 1)
    var wrong: [String] = []
    for number in -135_140..<157_054 {
      let (year, month, day) = CalendarDate(daysSince1970: number).parts
      let isSame = SchoolDay(year: year, month: month, day: day) == expected
      let back = CalendarDate(year: expected.year, month: expected.month, day: expected.day)
      if !isSame || back?.daysSince1970 != number { wrong.append(expected.text) }
      expected.advance()
    }
    #expect(wrong.prefix(5).isEmpty)
    #expect(expected == SchoolDay(year: 2400, month: 1, day: 1))
  }

  @Test func `every day of four decades is read as it is written, and is a day of the week`() {
    // 1 January 2000 was a Saturday.
    var expected = SchoolDay(year: 2000, month: 1, day: 1)
    var weekday = 5
    var wrong: [String] = []
    while expected.year < 2040 {
      guard let date = CalendarDate(expected.text) else {
        wrong.append(expected.text)
        break
      }
      let isSame =
        date.description == expected.text && date.weekday == Weekday.allCases[weekday]
        && date.year == expected.year && date.month == expected.month && date.day == expected.day
      if !isSame { wrong.append(expected.text) }
      expected.advance()
      weekday = (weekday + 1) % 7
    }
    #expect(wrong.prefix(5).isEmpty)
  }

  @Test(arguments: [
    ("1970-01-01", 0, Weekday.thursday), ("1969-12-31", -1, .wednesday),
    ("2012-01-01", 15_340, .sunday), ("2028-12-31", 21_549, .sunday),
    ("2026-04-03", 20_546, .friday), ("0001-01-01", -719_162, .monday),
    ("9999-12-31", 2_932_896, .friday),
  ])
  func `well-known days`(text: String, number: Int, weekday: Weekday) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.daysSince1970 == number && date.weekday == weekday)
    #expect(date.description == text)
  }

  @Test(arguments: [
    "2026-02-29", "2025-02-29", "1900-02-29", "2100-02-29", "2026-02-30", "2026-04-31",
    "2026-06-31", "2026-09-31", "2026-11-31", "2026-01-32", "2026-01-00", "2026-00-01",
    "2026-13-01", "0000-01-01",
  ])
  func `a day that does not exist is not read`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `no month of eight centuries has a day more`() {
    for year in 1600..<2400 {
      for month in 1...12 {
        let length = SchoolDay(year: year, month: month, day: 1).monthLength
        #expect(CalendarDate(year: year, month: month, day: length + 1) == nil)
      }
    }
  }

  @Test(arguments: ["2024-02-29", "2028-02-29", "2000-02-29", "1600-02-29"])
  func `a leap day is read`(text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026-1-31", "26-01-31", "2026-01-1", "20260131", "2026/01/31", "31-01-2026", " 2026-01-31",
    "2026-01-31 ", "2026-01-31T00:00:00Z", "+026-01-31", "-026-01-31", "２026-01-31", "2026-0a-31",
    "2026-01-3\u{0661}", "2026\u{2010}01-31",
  ])
  func `anything else than YYYY-MM-DD is not read`(text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func `days are ordered as they follow each other`() {
    #expect(day("2025-12-31") < day("2026-01-01") && day("1969-12-31") < day("1970-01-01"))
    #expect(day("2026-02-28").adding(days: 1) == day("2026-03-01"))
    #expect(day("2026-01-01").adding(days: -1) == day("2025-12-31"))
  }

  /// Behaviour and complaint of s.104(11), and other month ends.
  @Test(arguments: [
    ("2026-03-10", 1, "2026-04-09"), ("2026-01-31", 1, "2026-02-28"),
    ("2026-12-01", 1, "2026-12-31"), ("2026-01-01", 6, "2026-06-30"),
    ("2026-08-31", 6, "2027-02-28"), ("2028-01-31", 1, "2028-02-29"),
    ("2028-01-30", 1, "2028-02-29"), ("2028-01-29", 1, "2028-02-28"),
    ("2027-08-31", 6, "2028-02-29"), ("2027-08-29", 6, "2028-02-28"),
    ("2026-01-29", 1, "2026-02-28"), ("2026-01-28", 1, "2026-02-27"),
    ("2026-02-28", 1, "2026-03-27"), ("2028-02-29", 12, "2029-02-28"),
    ("2026-03-31", 1, "2026-04-30"), ("2026-05-31", 1, "2026-06-30"),
    ("2026-12-31", 1, "2027-01-30"), ("2026-12-01", 6, "2027-05-31"),
  ])
  func `a period of months beginning with a day ends`(from: String, months: Int, last: String) {
    #expect(day(from).lastDay(ofPeriodOfMonths: months) == day(last))
  }

  @Test func `periods of months agree with looking at each day`() {
    var start = SchoolDay(year: 2023, month: 1, day: 1)
    var wrong: [String] = []
    while start.year < 2029 {
      for months in [1, 2, 3, 6, 11, 12, 13, 24] {
        let last = day(start.text).lastDay(ofPeriodOfMonths: months)
        if last.description != start.lastDay(ofPeriodOfMonths: months).text {
          wrong.append("\(start.text) + \(months): \(last)")
        }
      }
      start.advance()
    }
    #expect(wrong.prefix(5).isEmpty)
  }

  @Test func `a later start never ends a period earlier`() {
    var last = day("2023-01-01")
    for number in 0..<2_200 {
      let next = day("2023-01-01").adding(days: number).lastDay(ofPeriodOfMonths: 1)
      #expect(next >= last)
      last = next
    }
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2026-01-28", 1, "2026-02-28"),
    ("2026-02-28", 1, "2026-03-28"), ("2026-08-31", 6, "2027-02-28"),
    ("2027-12-31", 2, "2028-02-29"), ("2026-12-15", 0, "2026-12-15"),
  ])
  func `months later it is the same day, or the last of the month`(
    from: String, months: Int, later: String
  ) {
    #expect(day(from).adding(months: months) == day(later))
  }

  @Test(arguments: [
    ("2025-11-04", "4 November 2025"), ("2026-01-31", "31 January 2026"),
    ("2028-02-29", "29 February 2028"), ("2026-12-01", "1 December 2026"),
  ])
  func `a day in words`(text: String, words: String) {
    #expect(day(text).inWords == words)
  }
}
