import CaseModel
import Policy
import Testing
import ThresholdRules

@testable import Letters

@Suite struct WelshTests {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October",
    "November", "December",
  ]

  /// A reason with all details that any code has.
  static func full(_ code: Reason.Code) -> Reason {
    .make(
      code,
      [
        "behaviour": "2026-02-01", "behaviourTo": "2026-03-02", "complaint": "2026-05-03",
        "complaintTo": "2026-06-04", "complaintBy": "2026-07-05", "applicationBy": "2026-08-06",
        "received": "2026-09-07", "lastDay": "2026-10-08", "by": "2026-11-09", "from": "2026-12-10",
        "due": "2027-01-11", "on": "2027-02-12", "with": "6", "place": "7", "body": "Corff A",
        "bodies": "Corff A, Corff B", "caveat": "amod", "rule": "rheol", "asked": "5",
        "applied": "3", "counted": "2", "byAct": "4", "needed": "1", "required": "3",
        "clause": "s.104(4)", "day": "report", "outcome": "NOT_MET",
      ])
  }

  @Test(arguments: Reason.Code.allCases)
  func `every reason has a sentence of its own in Welsh`(code: Reason.Code) {
    let reason = Self.full(code)
    let welsh = reason.rendered(in: .welsh)
    #expect(welsh != reason.rendered(in: .english))
    #expect(welsh.hasSuffix(".") && !welsh.contains("  ") && !welsh.contains("()"))
    let words = welsh.split { !$0.isLetter }.map(String.init)
    for word in Self.months + ["the", "and", "counts", "complaint", "MET", "outcome", "report"] {
      #expect(!words.contains(word), "\(word): \(welsh)")
    }
    #expect(!welsh.contains("2026-") && !welsh.contains("2027-") && !welsh.contains("s.104"))
  }

  @Test(arguments: Reason.Code.allCases)
  func `Welsh names every detail that English names`(code: Reason.Code) {
    let reason = Self.full(code)
    let (english, welsh) = (reason.rendered(in: .english), reason.rendered(in: .welsh))
    for value in ["Corff A", "amod", "rheol", "104(4)"] where english.contains(value) {
      #expect(welsh.contains(value))
    }
    for detail in reason.details {
      guard let date = CalendarDate(detail.value), english.contains(date.inWords) else { continue }
      #expect(welsh.contains(date.inWelsh), "\(detail.name): \(welsh)")
    }
  }

  @Test func `days have Welsh months`() {
    #expect(day("2025-11-04").inWelsh == "4 Tachwedd 2025")
    let months = (1...12).compactMap { CalendarDate(year: 2026, month: $0, day: 1)?.inWelsh }
    #expect(Set(months).count == 12)
    for (welsh, english) in zip(months, Self.months) { #expect(!welsh.contains(english)) }
  }

  @Test(arguments: ThresholdNoticeTests.names)
  func `a Welsh letter has no English month and no English heading`(name: String) throws {
    let notice = try ThresholdNoticeTests.notice(name)
    let welsh = notice.text(in: .welsh)
    let words = Set(welsh.split { !$0.isLetter }.map(String.init))
    #expect(words.isDisjoint(with: Self.months))
    let headings = Set(Self.headings(notice.paper(in: .english)))
    #expect(headings.isDisjoint(with: Self.headings(notice.paper(in: .welsh))))
  }

  @Test func `both languages of a page have the same parts`() {
    for pack in [PolicyPack.exmouth(), .blank] {
      let page = ProcedurePage(pack: pack)
      let (english, welsh) = (page.paper(in: .english), page.paper(in: .welsh))
      #expect(english.blocks.count == welsh.blocks.count)
      let same = Set(Self.headings(english)).intersection(Self.headings(welsh))
      #expect(same.isEmpty)
    }
  }

  @Test func `a two softens what it counts`() {
    let say = Speech(language: .welsh)
    #expect(say.period(Period(2, .months)) == "2 fis")
    #expect(say.period(Period(2, .workingDays)) == "2 ddiwrnod gwaith")
    #expect(say.period(Period(10, .workingDays)) == "10 diwrnod gwaith")
  }

  private static func headings(_ paper: Paper) -> [String] {
    paper.blocks.compactMap { block in
      if case .heading(_, let text) = block { text } else { nil }
    }
  }
}
