import Testing
import WorkerKit

@testable import HousingProvider

@Suite struct DayTextTests {
  private static func read(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    return DayText.read(bytes, 0..<bytes.count).map {
      CalendarDate(daysSince1970: Int($0)).description
    }
  }

  @Test(arguments: [
    "2026-03-05", "05/03/2026", "5/3/2026", "05-Mar-26", "5-mar-2026", "05-MAR-2026",
    "2026-03-05T00:00:00", "05/03/2026 14:05", "05-Mar-26 14:05:31", "2026-03-05 08:00:00.000Z",
  ])
  func `a day is read as bodies write it, the day before the month`(text: String) {
    #expect(Self.read(text) == "2026-03-05")
  }

  @Test func `a day of two digits for the year lies where a review can look`() {
    #expect(Self.read("05-Mar-69") == "2069-03-05")
    #expect(Self.read("05-Mar-70") == "1970-03-05")
  }

  @Test(arguments: [
    "", "-", "/", "03/25/2026", "2026-02-29", "31/04/2026", "2026-3-5", "05/03/26", "05.03.2026",
    "5 Mar 2026", "05-Mrz-26", "05-Mar", "05-Marc-26", "Mar-05-2026", "2026/03/05", "05-03-2026",
    "20260305", "2026-03-05x", "2026-03-05 x", "2026-03-05T", "2026-03-05 1", "1969-12-31",
    "1970-01-01", "2100-01-01", "99999999999999999999/01/2026", "05-Mar/26", "2026-03-05-01",
    "tomorrow",
  ])
  func `what is no day, or could be two, is none`(text: String) {
    #expect(Self.read(text) == nil)
  }

  @Test func `every day of the range is read back however it is written`() {
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    for number in stride(from: DayText.range.lowerBound, through: DayText.range.upperBound, by: 3) {
      let date = CalendarDate(daysSince1970: number)
      let (year, month, day) = date.parts
      let texts = [
        date.description, "\(day)/\(month)/\(year)", "\(day)-\(names[month - 1])-\(year)",
      ]
      for text in texts where Self.read(text) != date.description {
        Issue.record("\(text) is read as \(Self.read(text) ?? "nothing")")
      }
    }
  }
}
