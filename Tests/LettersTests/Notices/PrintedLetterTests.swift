import CaseModel
import Testing

@testable import Letters

@Suite struct PrintedLetterTests {
  static func notice(_ language: Language = .english) throws -> Letter.Notice {
    try NoticeSample.all[0].notice(in: language)
  }

  static func refusal(name: String = "A. Person", _ lines: [String]) throws
    -> Letter.PrintedLetter.Refusal?
  {
    let notice = try notice()
    do throws(Letter.PrintedLetter.Refusal) {
      _ = try Letter.PrintedLetter(notice, name: name, lines: lines)
      return nil
    } catch {
      return error
    }
  }

  @Test func `the window shows name and address and nothing else`() throws {
    let printed = try Letter.PrintedLetter(
      Self.notice(), name: "A. Person", lines: ["1 Example Street", " ", "EX1 1EX"])
    let page = try #require(Page(printed.html))
    #expect(page.all("address").map(\.text) == ["A. Person1 Example StreetEX1 1EX"])
    #expect(page.all("address").first?.attributes["class"] == "window")
    let facts = try #require(page.all("p").first { $0.attributes["class"] == "facts" })
    #expect(facts.text == "18 March 2026Reference: 3HM3-XBSM")
    #expect(printed.html.contains("@page { size: A4;"))
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `a printed letter names day and reference once each, beside the window`(
    sample: NoticeSample, language: Language
  ) throws {
    let notice = try sample.notice(in: language)
    let kept = Letter.Written(notice.text(), in: language)
    let both = [
      try Letter.PrintedLetter(notice, name: "A. Person", lines: ["1 Street"]),
      try Letter.PrintedLetter(
        kept, caseReference: notice.caseReference, on: notice.on, name: "A. Person",
        lines: ["1 Street"]),
    ]
    let opening = Speech(language: language)("Date: ", "Dyddiad: ")
    for printed in both {
      let page = try #require(Page(printed.html))
      let first = try #require(page.all("p").first { $0.attributes["class"] != "facts" })
      #expect(!first.text.contains(opening))
    }
    // On a screen, where there is no such place, the letter begins with them.
    let screen = try #require(Page(notice.html()))
    #expect(screen.all("p").first?.text.contains(opening) == true)
  }

  @Test func `what else stands in the first line of a letter is printed`() throws {
    for sample in NoticeSample.all {
      let notice = try sample.notice(in: .english)
      let printed = try Letter.PrintedLetter(notice, name: "", lines: ["1 Street"])
      #expect(printed.html.contains("<p>Appeal: 1.</p>") == notice.text().contains("Appeal: 1."))
    }
  }

  @Test func `what a person worded stays, also where it names the day`() throws {
    let printed = try Letter.PrintedLetter(
      Letter.Written("Title\n=====\n\nDate: 18 March 2026. We write again.", in: .english),
      caseReference: NoticeSample.reference, on: day("2026-03-18"), name: "", lines: ["1 Street"])
    #expect(printed.html.contains("Date: 18 March 2026. We write again."))
  }

  @Test func `the address is in no page that is not for post`() throws {
    let html = try Self.notice().html()
    let page = try #require(Page(html))
    #expect(page.all("address").isEmpty && !html.contains("@page"))
  }

  @Test func `large print is larger, on screen and on paper`() throws {
    let printed = try Letter.PrintedLetter(
      Self.notice(), name: "", lines: ["1 Street"], isLarge: true)
    #expect(printed.html.contains("body, .facts { font-size: 18pt; }"))
    #expect(try !Self.notice().html().contains("18pt"))
  }

  @Test func `what the window cannot show is refused`() throws {
    let full = (1..<Letter.PrintedLetter.linesLimit).map { "Line \($0)" }
    #expect(try Self.refusal(full) == nil)
    #expect(try Self.refusal(full + ["one more"]) == .tooManyLines)
    let long = String(repeating: "a", count: Letter.PrintedLetter.lineLimit)
    #expect(try Self.refusal([long]) == nil)
    #expect(try Self.refusal([long + "a"]) == .lineTooLong)
    #expect(try Self.refusal(name: long + "a", ["1 Street"]) == .lineTooLong)
    #expect(try Self.refusal(["", " "]) == .noAddress)
    // What goes on in the next line takes its place.
    #expect(try Self.refusal(full.dropLast() + [long + " a"]) == .tooManyLines)
  }

  @Test func `a line that is too long goes on in the next`() throws {
    let printed = try Letter.PrintedLetter(
      Self.notice(), name: "A. Person",
      lines: ["Flat 12, The Very Long House beside the Old Harbour  Wall", "EX1 1EX"])
    #expect(
      printed.window == [
        "A. Person", "Flat 12, The Very Long House beside the", "Old Harbour Wall", "EX1 1EX",
      ])
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `a letter that was kept as text says the same, word for word`(
    sample: NoticeSample, language: Language
  ) throws {
    let notice = try sample.notice(in: language)
    let written = Letter.Written(notice.text(), in: language)
    #expect(written.text == notice.text())
    let (one, other) = (try #require(Page(notice.html())), try #require(Page(written.html())))
    for name in ["h1", "h2", "li"] {
      #expect(one.all(name).map(\.text) == other.all(name).map(\.text))
    }
  }

  @Test func `a letter that was kept is printed like one that was just written`() throws {
    let notice = try Self.notice()
    let kept = try Letter.PrintedLetter(
      Letter.Written(notice.text(), in: .english), caseReference: notice.caseReference,
      on: notice.on, name: "A. Person", lines: ["1 Street"])
    let page = try #require(Page(kept.html))
    #expect(page.all("address").map(\.text) == ["A. Person1 Street"])
    #expect(page.all("h1").map(\.text) == ["We have your application"])
  }

  @Test(arguments: ["", "\n", "Words", "Words\n\nMore", "a\n=", "=\n=", "- a\nb", "x\n-\n\n- y"])
  func `any text becomes a page, and loses no word`(text: String) throws {
    let page = try #require(Page(Letter.Written(text, title: "T", in: .welsh).html()))
    let seen = page.all("main").first?.text ?? ""
    for word in text.split(whereSeparator: { !$0.isLetter }) { #expect(seen.contains(word)) }
  }

  @Test func `what a person writes cannot make markup`() throws {
    let text = "Title\n=====\n\n<script>alert(1)</script>\n\n- {{title}} & <b>"
    let html = Letter.Written(text, in: .english).html()
    let page = try #require(Page(html))
    #expect(page.all("script", "b").isEmpty)
    #expect(page.all("li").map(\.text) == ["{{title}} & <b>"])
  }
}
