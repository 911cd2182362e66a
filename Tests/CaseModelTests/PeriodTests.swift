import CaseModel
import Testing

@Suite struct PeriodTests {
  @Test(arguments: [
    (Period(1, .days), "2026-03-10"), (Period(30, .days), "2026-04-08"),
    (Period(1, .weeks), "2026-03-16"), (Period(2, .weeks), "2026-03-23"),
    (Period(1, .months), "2026-04-09"), (Period(6, .months), "2026-09-09"),
  ])
  func `beginning with a day, that day is day one`(period: Period, last: String) {
    #expect(period.lastDay(beginningWith: day("2026-03-10")) == day(last))
  }

  @Test(arguments: [
    (Period(0, .days), "2026-01-31"), (Period(1, .days), "2026-02-01"),
    (Period(28, .days), "2026-02-28"), (Period(1, .weeks), "2026-02-07"),
    (Period(1, .months), "2026-02-28"), (Period(3, .months), "2026-04-30"),
    (Period(2, .months), "2026-03-31"), (Period(0, .workingDays), "2026-01-31"),
    (Period(1, .workingDays), "2026-02-02"), (Period(10, .workingDays), "2026-02-13"),
  ])
  func `for a deadline, the day is day nought`(period: Period, deadline: String) throws {
    let calendar = WorkingCalendar.englandAndWales
    #expect(try period.deadline(from: day("2026-01-31"), in: calendar) == day(deadline))
  }

  @Test func `a deadline in working days is not guessed beyond the known bank holidays`() {
    #expect(throws: BeyondHorizon.self) {
      try Period(20, .workingDays).deadline(from: day("2028-12-20"), in: .englandAndWales)
    }
  }
}
