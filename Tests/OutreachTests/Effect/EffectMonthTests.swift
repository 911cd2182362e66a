import Testing

@testable import Outreach

@Suite struct EffectMonthTests {
  @Test(arguments: [("2026-03", "2026-03"), ("2026-12", "2026-12"), ("2026-03-31", "2026-03")])
  func `a month is read by itself and from a day`(text: String, month: String) {
    #expect(EffectMonth(text)?.description == month)
  }

  @Test(
    arguments: [
      "", "2026", "2026-3", "2026-00", "2026-13", "1999-12", "2026/03", "2026-03-", "2026-03/31",
      "aaaa-03",
    ])
  func `anything else is none`(text: String) {
    #expect(EffectMonth(text) == nil)
  }

  @Test func `months go on over the year`() throws {
    let month = try #require(EffectMonth("2025-11"))
    #expect(month.advanced(by: 2).description == "2026-01")
    #expect(month.advanced(by: -11).description == "2024-12")
    #expect(month.distance(to: month.advanced(by: 30)) == 30)
  }

  private static func span(_ first: String, _ last: String) throws -> MonthSpan? {
    MonthSpan(try #require(EffectMonth(first)), try #require(EffectMonth(last)))
  }

  @Test func `a span has its ends, and not more months than it may`() throws {
    let span = try #require(try Self.span("2025-11", "2026-01"))
    #expect(span.months.map(\.description) == ["2025-11", "2025-12", "2026-01"])
    #expect(try Self.span("2026-01", "2025-11") == nil)
    #expect(try Self.span("2016-01", "2025-12")?.count == MonthSpan.limit)
    #expect(try Self.span("2016-01", "2026-01") == nil)
  }

  @Test(
    arguments: [
      ("2026-01", "2026-03", "2025-01 to 2025-03"), ("2025-04", "2026-03", "2024-04 to 2025-03"),
      ("2025-03", "2026-03", "2023-03 to 2024-03"),
    ])
  func `what to compare with are the same months of a year before`(
    first: String, last: String, before: String
  ) throws {
    let span = try #require(try Self.span(first, last))
    #expect(span.yearsBefore.description == before)
    #expect(!span.overlaps(span.yearsBefore))
  }

  @Test(
    arguments: [
      ("2026-04", "2026-04 to 2027-03"), ("2027-03", "2026-04 to 2027-03"),
      ("2026-12", "2026-04 to 2027-03"), ("2027-01", "2026-04 to 2027-03"),
      ("2026-03", "2025-04 to 2026-03"),
    ])
  func `a year is from April to March`(month: String, year: String) throws {
    let month = try #require(EffectMonth(month))
    #expect(MonthSpan.year(of: month).description == year)
    #expect(MonthSpan.year(of: month).has(month))
  }

  @Test func `spans that share a month overlap`() throws {
    let spring = try #require(try Self.span("2026-03", "2026-05"))
    #expect(spring.overlaps(try #require(try Self.span("2026-05", "2026-06"))))
    #expect(spring.overlaps(try #require(try Self.span("2026-04", "2026-04"))))
    #expect(!spring.overlaps(try #require(try Self.span("2026-06", "2026-07"))))
  }
}
