import CaseModel
import Testing
import WorkerKit

@testable import Reporting

@Suite struct ReportStatutoryTests {
  private func refusal(_ from: String, _ to: String) throws -> Refusal {
    try #require(throws: Refusal.self) { try ReportStatutory(from: from, to: to) }
  }

  @Test(arguments: ["", "2026-02-30", "1 April 2026", "2026-4-1"])
  func `a day that does not exist is refused by its path`(text: String) throws {
    #expect(try refusal(text, "2026-04-01").path == "from")
    let last = try refusal("2026-04-01", text)
    #expect(last.path == "to")
    #expect(last.code == "invalid-date")
    #expect(last.kind == .input)
  }

  @Test func `a period that ends before it begins is refused`() throws {
    let refused = try refusal("2026-04-02", "2026-04-01")
    #expect(refused.path == "period")
    #expect(refused.code == "invalid-period")
  }

  @Test func `a period of one day is one`() throws {
    let report = try ReportStatutory(from: "2026-04-01", to: "2026-04-01")
    #expect(report.period.lowerBound == report.period.upperBound)
  }

  @Test func `ten years are allowed, a day more is not`() throws {
    let report = try ReportStatutory(from: "2016-04-01", to: "2026-03-31")
    #expect(report.period.upperBound == CalendarDate("2026-03-31"))
    let refused = try refusal("2016-04-01", "2026-04-01")
    #expect(refused.path == "period")
    #expect(refused.message.contains("2026-03-31"))
  }
}
