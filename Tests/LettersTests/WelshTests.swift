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
    let details: KeyValuePairs = [
      "behaviour": "2026-02-01", "behaviourTo": "2026-03-02", "complaint": "2026-05-03",
      "complaintTo": "2026-06-04", "complaintBy": "2026-07-05", "applicationBy": "2026-08-06",
      "received": "2026-09-07", "lastDay": "2026-10-08", "by": "2026-11-09", "from": "2026-12-10",
      "due": "2027-01-11", "on": "2027-02-12", "with": "6", "place": "7", "body": "Corff A",
      "bodies": "Corff A, Corff B", "caveat": "amod", "rule": "rheol", "asked": "5",
      "applied": "3", "counted": "2", "byAct": "4", "needed": "1", "required": "3",
      "clause": "s.104(4)", "day": "report", "outcome": "NOT_MET", "ofHate": "2", "together": "3",
      "complaints": "9", "first": "2026-03-13", "last": "2026-04-14", "uncounted": "8",
      "people": "10", "again": "11", "places": "0,1", "doubts": "20", "looked": "16",
    ]
    return Reason(code, details.map { Reason.Detail($0.key, $0.value) })
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

  @Test(arguments: Sample.all)
  func `a Welsh letter has no English month and no English heading`(sample: Sample) throws {
    let notice = try sample.notice()
    #expect(
      notice.paper(in: .welsh).blocks.map(\.kind) == notice.paper(in: .english).blocks.map(\.kind))
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

  @Test(arguments: Reason.Code.allCases)
  func `what a letter makes of a reason is in both languages`(code: Reason.Code) {
    let (english, welsh) = (Speech(language: .english), Speech(language: .welsh))
    let reason = Self.full(code)
    for say in [
      { (speech: Speech) in speech.plainly(reason, under: .blank) },
      { (speech: Speech) in speech.condition(reason, under: .blank) },
      { (speech: Speech) in speech.note(reason, under: .blank) },
      { (speech: Speech) in speech.change(reason, under: .blank) },
    ] {
      let words = Set(say(welsh).split { !$0.isLetter }.map(String.init))
      #expect(words.isDisjoint(with: Self.months + ["the", "and", "because", "complaint"]))
      #expect(say(english) != say(welsh) && !say(english).contains("s.104"))
      for sentence in [say(english), say(welsh)] {
        #expect(sentence.hasSuffix(".") && !sentence.contains("  "), "\(sentence)")
      }
    }
  }

  @Test func `what a person weighs is said with and without facts`() {
    func said(_ reason: Reason, _ language: Language) -> String {
      Speech(language: language).condition(reason, under: .blank)
    }
    #expect(said(Reason(.weighHarm), .english) == "The harm that it does, or may do.")
    let harm = Reason(.weighHarm, [.init("people", 2), .init("ofHate", 1)])
    #expect(
      said(harm, .english)
        == "The harm that it does, or may do: 2 people complained, and 1 complaint was about hate.")
    #expect(
      said(harm, .welsh).hasSuffix("Nifer y bobl a gwynodd: 2. Nifer y cwynion am gasineb: 1."))
    let response = Reason(.weighResponse, [.init("bodies", 1), .init("again", 0)])
    #expect(
      said(response, .english)
        == "How good the response was. You told 1 body. No report came after the first day.")
    let again = Reason(.weighResponse, [.init("bodies", 2), .init("again", 2)])
    #expect(
      said(again, .english)
        == "How good the response was. You told 2 bodies, and it went on: 2 more reports came after the first "
        + "day.")
    #expect(said(again, .welsh).contains("wybod iddynt: 2, ac fe barhaodd."))
    let persistence = Reason(
      .weighPersistence,
      [
        .init("complaints", 1), .init("first", day("2026-03-01")), .init("last", day("2026-03-01")),
        .init("uncounted", 1),
      ])
    #expect(
      said(persistence, .english)
        == "How persistent the behaviour is: 1 complaint on 1 March 2026. It does not count under "
        + "section 104(4), but it matters here.")
  }

  private static func headings(_ paper: Paper) -> [String] {
    paper.blocks.compactMap { block in
      if case .heading(_, let text) = block { text } else { nil }
    }
  }
}

extension Paper.Block {
  /// What it is, whatever it says; a list with how many lines it has.
  var kind: String {
    switch self {
    case .heading(let level, _): "heading \(level)"
    case .paragraph: "paragraph"
    case .list(let lines): "list of \(lines.count)"
    case .table(let table): "table of \(table.rows.count)"
    }
  }
}
