import CaseModel
import Testing

@testable import Portal

@Suite struct ReadableLetterTests {
  private func letter(_ text: String, language: String = "en") -> ReadableLetter {
    ReadableLetter(
      letter: LetterFact(
        id: "n1", kind: .met, state: .underWay, writtenOn: CaseSample.day("2026-03-20")),
      subject: "Subject", text: text, language: language)
  }

  @Test func `what is underlined is a heading, and hyphens make a list`() {
    let blocks = letter("Title\n=====\n\nOne.\nTwo.\r\n\r\nWhy\n---\n- a\n- b\n\n\n").blocks
    #expect(
      blocks == [
        .h2("Title"), .paragraph(.english("One.\nTwo.")), .h2("Why"),
        .list([.english("a"), .english("b")]),
      ])
  }

  @Test func `what is no rule and no list stays as it is, and nothing is lost`() {
    #expect(letter("a\n--", language: "cy").blocks == [.paragraph(Words("a\n--"))])
    #expect(letter("- a\nb").blocks == [.paragraph(.english("- a\nb"))])
    #expect(letter("---").blocks == [.paragraph(.english("---"))])
    #expect(letter("").blocks == [] && letter("\n \n").blocks == [])
  }

  @Test func `markup in it is text`() {
    let page = Renderer(options: PortalOptions()).page(
      Screen("T", letter("<script>x</script>\n\n<b>\n===").blocks), path: "/case", language: .welsh,
      session: nil, isAnswer: false)
    #expect(!page.contains("<script>x") && !page.contains("<b>"))
    #expect(page.contains("&lt;script&gt;"))
  }
}
