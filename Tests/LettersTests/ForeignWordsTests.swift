import CaseModel
import Policy
import Testing
import ThresholdRules

@testable import Letters

/// What a pack has in English only is marked as English on a Welsh page.
@Suite struct ForeignWordsTests {
  static let pack = PolicyPack.exmouth(caveats: [
    Caveat(.caseClosed, on: .mandatory, words: "Only once the case is closed")
  ])

  static func english(_ html: String) throws -> [String] {
    let page = try #require(Page(html))
    return page.all("span").filter { $0.attributes["lang"] == "en" }.map(\.text)
  }

  @Test func `clauses and conditions in a Welsh letter are in English, and said to be`() throws {
    let marked = try Self.english(
      Letter.ThresholdNotice.test(.notMet, pack: Self.pack).html(in: .welsh))
    for words in ["Exmouth procedure, part 3", "Only once the case is closed"] {
      #expect(marked.contains(words))
    }
  }

  @Test func `so they are on the public page, in its tables too`() throws {
    let marked = try Self.english(ProcedurePage(pack: Self.pack).html(in: .welsh))
    #expect(marked.filter { $0 == "Only once the case is closed" }.count == 1)
    #expect(marked.contains("Exmouth procedure, part 3"))
    #expect(marked.contains("Head of Community Safety"))
  }

  @Test func `an English page, and text in either language, have no marks`() throws {
    let notice = Letter.ThresholdNotice.test(.notMet, pack: Self.pack)
    #expect(try Self.english(notice.html(in: .english)).isEmpty)
    for language in Language.allCases {
      let text = notice.text(in: language) + ProcedurePage(pack: Self.pack).markdown(in: language)
      #expect(!text.contains(Paper.Foreign.begins) && !text.contains(Paper.Foreign.ends))
      #expect(text.contains("Exmouth procedure, part 3"))
    }
  }

  @Test func `data cannot set the marks itself`() throws {
    let words = "a\(Paper.Foreign.begins)b\(Paper.Foreign.ends)c"
    let notice = Letter.ThresholdNotice.test(
      .notMet, pack: .exmouth(caveats: [Caveat(.caseClosed, on: .mandatory, words: words)]))
    #expect(try Self.english(notice.html(in: .welsh)).contains("abc"))
  }
}
