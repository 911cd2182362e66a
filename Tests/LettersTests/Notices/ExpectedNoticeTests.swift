import CaseModel
import Testing

@testable import Letters

/// Each notice as it must read. Letters about the threshold have files of their own.
@Suite struct ExpectedNoticeTests {
  static let samples = NoticeSample.all.filter { !$0.name.hasPrefix("threshold-") }

  @Test(arguments: samples, Language.allCases)
  func `each notice is as expected`(sample: NoticeSample, language: Language) throws {
    let notice = try sample.notice(in: language)
    let text = """
      Subject: \(notice.subject)
      Text message: \(notice.sms)
      Voicemail: \(notice.phone.voicemail)
      Opening: \(notice.phone.opening)
      After the check: \(notice.phone.afterCheck)
      Template: \(notice.template)

      \(notice.text())
      """
    try ExpectedLetterTests.compare(text, with: "notice-\(sample.name).\(language.rawValue).txt")
  }

  @Test func `a printed letter is as expected`() throws {
    let notice = try NoticeSample.all[0].notice(in: .english)
    let printed = try Letter.PrintedLetter(
      notice, name: "A. Person", lines: ["1 Example Street", "Exampleton", "EX1 1EX"],
      salutation: Letter.Notice.greeting("A. Person", in: .english), isLarge: true)
    try ExpectedLetterTests.compare(printed.html, with: "printed.en.html")
  }
}
