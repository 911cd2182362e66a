import CaseModel
import Foundation
import Testing

@testable import Letters

/// Each letter as it must read, letter by letter. With `RECOURSE_WRITE_EXPECTED=1` the files are written anew,
/// to be read before they are kept.
@Suite struct ExpectedLetterTests {
  @Test(arguments: Sample.all, Language.allCases)
  func `each letter is as expected`(sample: Sample, language: Language) throws {
    let text = try sample.notice().text(in: language)
    try Self.compare(text, with: "\(sample.name).\(language.rawValue).txt")
  }

  @Test(arguments: Language.allCases)
  func `a page is as expected`(language: Language) throws {
    let html = try ThresholdNoticeTests.notice("not-met").html(in: language)
    try Self.compare(html, with: "not-met.\(language.rawValue).html")
  }

  static func compare(_ text: String, with name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "Expected/\(name)")
    guard ProcessInfo.processInfo.environment["RECOURSE_WRITE_EXPECTED"] != "1" else {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name) was written anew: read it, then run without RECOURSE_WRITE_EXPECTED.")
      return
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8), "\(name)")
  }
}
