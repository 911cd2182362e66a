import CaseModel
import Foundation
import Testing

@testable import Open311

@Suite struct IdentifierTests {
  @Test(arguments: [
    (Identifier.Kind.email, " One@Example.ORG", "one@example.org"),
    (.phone, "01632 960001", "441632960001"), (.phone, "+44 (0)1632 960-001", "441632960001"),
    (.phone, "0044 1632 960001", "441632960001"), (.phone, "+353 1 234 5678", "35312345678"),
    (.account, " u-17", "u-17"),
  ])
  func `one person is the same however it is typed`(
    kind: Identifier.Kind, text: String, value: String
  ) {
    #expect(Identifier(kind, text)?.value == value)
  }

  @Test(arguments: [
    (Identifier.Kind.email, ""), (.email, "none"), (.email, "@example.org"), (.email, "a@b@c"),
    (.phone, "unknown"), (.phone, "01632"), (.phone, "0"), (.account, "  "),
    (.email, String(repeating: "x", count: 320) + "@example.org"),
  ])
  func `what is none makes nobody the same`(kind: Identifier.Kind, text: String) {
    #expect(Identifier(kind, text) == nil)
  }
}

@Suite struct SecondReportsTests {
  private func report(_ day: String, _ id: String, told: Bool = false) throws -> CountedReport {
    CountedReport(
      id: id, day: try #require(CalendarDate(day)), hashes: ["h"], isSignposted: told)
  }

  @Test(arguments: [
    ("2025-09-21", "2026-03-20", true), ("2025-09-20", "2026-03-20", false),
    ("2025-08-31", "2026-02-28", true), ("2025-08-31", "2026-03-01", false),
    ("2026-03-20", "2026-03-20", true),
  ])
  func `six months begin with the earlier report and are counted as the law does`(
    earlier: String, later: String, isSecond: Bool
  ) throws {
    let found = SecondReports.find(among: [try report(later, "B"), try report(earlier, "A")])
    #expect((found?.id == "B") == isSecond)
  }

  @Test func `one report is no second`() throws {
    #expect(try SecondReports.find(among: [report("2026-03-20", "A")]) == nil)
    #expect(SecondReports.find(among: []) == nil)
  }

  @Test func `who was told is not told again within six months, and is after them`() throws {
    let told = [
      try report("2025-06-01", "A"), try report("2025-07-01", "B", told: true),
    ]
    #expect(try SecondReports.find(among: told + [report("2025-12-31", "C")]) == nil)
    let later = told + [try report("2025-12-20", "C"), try report("2026-01-05", "D")]
    #expect(SecondReports.find(among: later)?.id == "D")
  }

  @Test func `an earlier report that comes to be known later makes nobody be told twice`() throws {
    let reports = [
      try report("2026-03-01", "A"), try report("2026-03-10", "B"),
      try report("2026-03-15", "C", told: true),
    ]
    #expect(SecondReports.find(among: reports) == nil)
  }
}

@Suite struct ReadingPlaceTests {
  private let now = Date(timeIntervalSince1970: 1_774_000_000)

  @Test func `pages follow one another until one is empty, and then windows up to now`() throws {
    let first = ReadingPlace.window(from: now - 40 * 86_400, now: now)
    #expect(first.until == now - 10 * 86_400)
    guard case .goOn(let second) = first.after(count: 100, mark: "a", now: now) else {
      return #expect(Bool(false))
    }
    #expect(second.page == 2 && second.until == first.until)
    guard case .goOn(let next) = second.after(count: 0, mark: "", now: now) else {
      return #expect(Bool(false))
    }
    #expect(next.from == first.until && next.until == now && next.page == 1)
    #expect(next.after(count: 0, mark: "", now: now) == .done(next))
  }

  @Test
  func `a full window of a server without pages is halved, and one that cannot be is told of`() {
    var place = ReadingPlace(from: now - 100, until: now, page: 2, lastPage: "same")
    let half = ReadingPlace(from: now - 100, until: now - 50, page: 1, lastPage: "")
    #expect(place.after(count: 1_000, mark: "same", now: now) == .goOn(half))
    #expect(place.after(count: 999, mark: "same", now: now) == .done(place))
    place.from = now - 1
    #expect(place.after(count: 1_000, mark: "same", now: now) == .tooMany)
    place.page = ReadingPlace.pagesLimit
    #expect(place.after(count: 1, mark: "other", now: now) == .tooMany)
  }
}
