import CaseModel
import Testing

@Suite struct WorkingCalendarTests {
  /// Bank holidays of a year in a division, as they were announced.
  struct Year: Sendable, CustomStringConvertible {
    let division: WorkingCalendar.Division
    let year: Int
    let days: [String]

    init(_ division: WorkingCalendar.Division, _ year: Int, _ days: String) {
      self.division = division
      self.year = year
      self.days = days.split(separator: " ").map { "\(year)-\($0)" }
    }
    var description: String { "\(division.rawValue) \(year)" }
  }

  static let announced = [
    Year(.englandAndWales, 2019, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26"),
    Year(.englandAndWales, 2020, "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28"),
    Year(.englandAndWales, 2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
    Year(.englandAndWales, 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
    Year(.englandAndWales, 2023, "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26"),
    Year(.englandAndWales, 2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
    Year(.englandAndWales, 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
    Year(.englandAndWales, 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
    Year(.englandAndWales, 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
    Year(.scotland, 2026, "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28"),
    Year(
      .northernIreland, 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28"),
  ]

  @Test(arguments: announced)
  func `the weekdays of a year that are not worked are its bank holidays`(year: Year) throws {
    let calendar = WorkingCalendar(year.division)
    let days = day("\(year.year)-01-01").daysSince1970..<day("\(year.year + 1)-01-01").daysSince1970
    let idle = try days.map(CalendarDate.init(daysSince1970:)).filter {
      let isWeekend = $0.weekday == .saturday || $0.weekday == .sunday
      return try !isWeekend && !calendar.isWorkingDay($0)
    }
    #expect(idle.map(\.description) == year.days)
  }

  @Test(arguments: [
    (WorkingCalendar.Division.englandAndWales, 140), (.scotland, 157), (.northernIreland, 174),
  ])
  func `every bank holiday from 2012 to 2028 is a weekday`(
    division: WorkingCalendar.Division, count: Int
  ) throws {
    let calendar = WorkingCalendar(division)
    var idle = 0
    for number in horizonDays {
      let date = CalendarDate(daysSince1970: number)
      if date.weekday == .saturday || date.weekday == .sunday {
        #expect(try !calendar.isWorkingDay(date))
      } else if try !calendar.isWorkingDay(date) {
        idle += 1
      }
    }
    #expect(idle == count)
  }

  private var horizonDays: ClosedRange<Int> {
    let horizon = WorkingCalendar.horizon
    return horizon.lowerBound.daysSince1970...horizon.upperBound.daysSince1970
  }

  @Test(arguments: [
    (WorkingCalendar.Division.englandAndWales, "2026-04-02", 2, "2026-04-08"),
    (.englandAndWales, "2026-04-02", 10, "2026-04-20"),
    (.englandAndWales, "2025-12-24", 10, "2026-01-12"),
    (.scotland, "2026-04-02", 2, "2026-04-07"),
    (.northernIreland, "2026-07-10", 1, "2026-07-14"),
    (.englandAndWales, "2026-07-10", 1, "2026-07-13"),
    // Back again.
    (.englandAndWales, "2026-04-08", -2, "2026-04-02"),
    (.englandAndWales, "2026-04-20", -10, "2026-04-02"),
    // From a day that is not worked.
    (.englandAndWales, "2026-04-04", 1, "2026-04-07"),
    (.englandAndWales, "2026-04-03", 1, "2026-04-07"),
    // Earlier.
    (.englandAndWales, "2026-04-08", -2, "2026-04-02"),
    (.englandAndWales, "2026-01-12", -10, "2025-12-24"),
  ])
  func `working days later`(
    division: WorkingCalendar.Division, from: String, amount: Int, later: String
  ) throws {
    let calendar = WorkingCalendar(division)
    #expect(try calendar.adding(workingDays: amount, to: day(from)) == day(later))
  }

  @Test(arguments: ["2026-04-02", "2026-04-03", "2026-04-04", "2012-01-01", "2028-12-31"])
  func `no working days later is the day itself, worked or not`(text: String) throws {
    #expect(
      try WorkingCalendar.englandAndWales.adding(workingDays: 0, to: day(text)) == day(text))
  }

  @Test func `so many working days later, so many have been worked`() throws {
    let calendar = WorkingCalendar.englandAndWales
    var generator = Seeded(4)
    for _ in 0..<300 {
      let from = day("2012-01-01").adding(days: Int.random(in: 0..<6_000, using: &generator))
      let amount = Int.random(in: 1..<60, using: &generator)
      let later = try calendar.adding(workingDays: amount, to: from)
      let between = (from.daysSince1970 + 1)...later.daysSince1970
      let worked = try between.filter {
        try calendar.isWorkingDay(CalendarDate(daysSince1970: $0))
      }
      #expect(worked.count == amount && worked.last == later.daysSince1970)
    }
  }

  @Test func `the horizon is from 2012 to 2028`() {
    #expect(WorkingCalendar.horizon == day("2012-01-01")...day("2028-12-31"))
  }

  @Test(arguments: [
    ("2011-12-31", 0, "2011-12-31"), ("2011-12-31", 1, "2011-12-31"),
    ("2029-01-01", 0, "2029-01-01"), ("2028-12-29", 1, "2029-01-01"),
    ("2028-12-01", 1_000_000, "2029-01-01"), ("2012-01-03", -1, "2011-12-31"),
    ("2012-02-01", .min, "2011-12-31"),
  ])
  func `beyond the horizon nothing is guessed`(from: String, amount: Int, beyond: String) throws {
    let calendar = WorkingCalendar.englandAndWales
    #expect(throws: BeyondHorizon(date: day(beyond))) {
      try calendar.adding(workingDays: amount, to: day(from))
    }
  }

  @Test func `up to the horizon it is known`() throws {
    let calendar = WorkingCalendar.englandAndWales
    #expect(try calendar.adding(workingDays: 1, to: day("2028-12-28")) == day("2028-12-29"))
    #expect(try calendar.isWorkingDay(day("2012-01-01")) == false)
    #expect(throws: BeyondHorizon.self) { try calendar.isWorkingDay(day("2029-01-01")) }
    let error = BeyondHorizon(date: day("2029-01-01"))
    #expect(error.code == "beyond-horizon")
    #expect(error.description.contains("2012-01-01") && error.description.contains("2028-12-31"))
  }

  @Test func `the working days next to Easter`() throws {
    let calendar = WorkingCalendar.englandAndWales
    #expect(try calendar.nextWorkingDay(after: day("2026-04-02")) == day("2026-04-07"))
    #expect(try calendar.previousWorkingDay(before: day("2026-04-07")) == day("2026-04-02"))
    #expect(try calendar.previousWorkingDay(before: day("2026-04-05")) == day("2026-04-02"))
    #expect(throws: BeyondHorizon(date: day("2011-12-31"))) {
      try calendar.previousWorkingDay(before: day("2012-01-03"))
    }
  }
}
