import CaseModel
import Testing

@Suite struct LondonTimeTests {
  /// The instants at which the clocks went, or will go, forward and back (tz database).
  @Test(
    arguments: [
      (828_234_000, 846_378_000), (1_396_141_200, 1_414_285_200), (1_743_296_400, 1_761_440_400),
      (1_774_746_000, 1_792_890_000), (1_806_195_600, 1_824_944_400),
      (1_837_645_200, 1_856_394_000), (2_121_901_200, 2_140_045_200),
    ] as [(Int64, Int64)])
  func `summer time begins and ends at one o'clock UTC`(begins: Int64, ends: Int64) {
    #expect(LondonTime.secondsAheadOfUTC(atUnixSeconds: begins - 1) == 0)
    #expect(LondonTime.secondsAheadOfUTC(atUnixSeconds: begins) == 3_600)
    #expect(LondonTime.secondsAheadOfUTC(atUnixSeconds: ends - 1) == 3_600)
    #expect(LondonTime.secondsAheadOfUTC(atUnixSeconds: ends) == 0)
  }

  @Test(
    arguments: [
      ("2026-03-28", 1_774_656_000), ("2026-03-29", 1_774_742_400), ("2026-03-30", 1_774_825_200),
      ("2026-10-24", 1_792_796_400), ("2026-10-25", 1_792_882_800), ("2026-10-26", 1_792_972_800),
      ("2026-01-01", 1_767_225_600), ("2026-07-01", 1_782_860_400), ("1970-01-01", 0),
    ] as [(String, Int64)])
  func `a day begins at midnight in London`(text: String, start: Int64) {
    #expect(LondonTime.startOfDay(day(text)) == start)
  }

  @Test func `every day begins where the day before ends`() {
    var wrong: [CalendarDate] = []
    for number in day("2014-01-01").daysSince1970...day("2037-12-31").daysSince1970 {
      let date = CalendarDate(daysSince1970: number)
      let start = LondonTime.startOfDay(date)
      let isSame =
        CalendarDate(ofUnixSeconds: start) == date
        && CalendarDate(ofUnixSeconds: start - 1) == date.adding(days: -1)
      if !isSame { wrong.append(date) }
    }
    #expect(wrong.prefix(5).isEmpty)
  }

  @Test(
    arguments: [
      // 22:59:59, 23:00 and 23:30 UTC on a summer evening.
      (1_783_551_599, "2026-07-08"), (1_783_551_600, "2026-07-09"), (1_783_553_400, "2026-07-09"),
      // 23:30 UTC on a winter evening.
      (1_768_001_400, "2026-01-09"), (0, "1970-01-01"), (-1, "1969-12-31"),
      (-86_401, "1969-12-30"),
    ] as [(Int64, String)])
  func `an instant lies in a day of London`(instant: Int64, text: String) {
    #expect(CalendarDate(ofUnixSeconds: instant) == day(text))
  }

  @Test func `two days of a year have another length`() {
    let year = day("2026-01-01").daysSince1970..<day("2027-01-01").daysSince1970
    let odd = year.compactMap { number -> String? in
      let date = CalendarDate(daysSince1970: number)
      let seconds = LondonTime.startOfDay(date.adding(days: 1)) - LondonTime.startOfDay(date)
      return seconds == 86_400 ? nil : "\(date) \(seconds / 3_600)"
    }
    #expect(odd == ["2026-03-29 23", "2026-10-25 25"])
  }
}
