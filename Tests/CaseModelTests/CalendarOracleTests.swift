import CaseModel
import Testing

/// Every day from 2012 to 2028, against a list that does not calculate.
@Suite struct CalendarOracleTests {
  static let oracle = CalendarOracle()

  @Test func `every day has the weekday, the number and the successor that it has`() throws {
    let oracle = Self.oracle
    var before: CalendarDate?
    for place in oracle.days.indices {
      guard let date = oracle.date(place) else { throw NoSuchDay() }
      let day = oracle.days[place]
      let isRight =
        (date.year, date.month, date.day) == (day.year, day.month, day.day)
        && date.weekday == oracle.weekday(place)
        && (before.map { $0.adding(days: 1) == date && $0 < date } ?? true)
      if !isRight { Issue.record("\(date)") }
      before = date
    }
  }

  @Test(arguments: [1, 2, 3, 6, 12, 48])
  func `a period of months beginning with any day ends where the law says`(months: Int) throws {
    let oracle = Self.oracle
    for place in 0...oracle.horizon {
      guard let date = oracle.date(place) else { throw NoSuchDay() }
      let last = oracle.lastDay(ofMonths: months, beginningWith: place) ?? 0
      if Period(months, .months).lastDay(beginningWith: date) != oracle.date(last) {
        Issue.record("\(date)")
      }
    }
  }

  @Test(arguments: [1, 3, 6, 12, 48])
  func `so many months after any day`(months: Int) throws {
    let oracle = Self.oracle
    let calendar = WorkingCalendar.englandAndWales
    for place in 0...oracle.horizon {
      guard let date = oracle.date(place) else { throw NoSuchDay() }
      let later = oracle.day(place, afterMonths: months) ?? 0
      if try Period(months, .months).deadline(from: date, in: calendar) != oracle.date(later) {
        Issue.record("\(date)")
      }
    }
  }

  @Test(arguments: [1, 6, 7, 14, 28, 30])
  func `days and weeks, counted on the list`(days: Int) throws {
    let oracle = Self.oracle
    for place in 0...oracle.horizon {
      guard let date = oracle.date(place) else { throw NoSuchDay() }
      let last = oracle.date(place + days - 1)
      let inDays = Period(days, .days).lastDay(beginningWith: date)
      let isWhole = days.isMultiple(of: 7)
      let inWeeks = isWhole ? Period(days / 7, .weeks).lastDay(beginningWith: date) : inDays
      if inDays != last || inWeeks != last { Issue.record("\(date)") }
    }
  }

  @Test(arguments: WorkingCalendar.Division.allCases)
  func `working days, counted on the list`(division: WorkingCalendar.Division) throws {
    let oracle = Self.oracle
    let closure = try #require(CalendarDate("2024-12-24"))
    for calendar in [WorkingCalendar(division), WorkingCalendar(division, closures: [closure])] {
      let dates = (0...oracle.horizon).compactMap { oracle.date($0) }
      let worked = try dates.indices.filter { try calendar.isWorkingDay(dates[$0]) }
      var next = 0
      for place in dates.indices {
        while next < worked.count, worked[next] <= place { next += 1 }
        for amount in [1, 2, 5, 10, 21] where next + amount - 1 < worked.count {
          let later = dates[worked[next + amount - 1]]
          if try calendar.adding(workingDays: amount, to: dates[place]) != later {
            Issue.record("\(dates[place])")
          }
        }
      }
    }
  }

  @Test func `the file of bank holidays says when it was compared`()
    throws
  {
    let known = try #require(BankHolidays.knownOn)
    #expect(
      known > WorkingCalendar.horizon.lowerBound && known < WorkingCalendar.horizon.upperBound)
  }
}

private struct NoSuchDay: Error {}
