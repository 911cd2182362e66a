import CaseModel
import Policy
import Testing
import ThresholdRules

@testable import Letters

@Suite struct PageTests {
  static let hostile =
    "<script>alert(1)</script> & \"x\" ' {{title}} | # *a* [b](c) \u{202E}\u{7}\nEnd"

  /// Letters and pages, each in both languages.
  static func pages() -> [(Language, String)] {
    Language.allCases.flatMap { language in
      Sample.all.compactMap { sample in
        (try? sample.notice()).map { (language, $0.html(in: language)) }
      }
        + [PolicyPack.exmouth(), .blank].map {
          (language, ProcedurePage(pack: $0).html(in: language))
        }
    }
  }

  @Test func `every page is well-formed, in its language, with headings in order`() throws {
    let pages = Self.pages()
    #expect(pages.count == 2 * (Sample.all.count + 2))
    for (language, html) in pages {
      let page = try #require(Page(html), "not well-formed: \(html)")
      let root = try #require(page.elements.first)
      #expect(root.attributes["lang"] == language.rawValue)
      #expect(root.attributes["xml:lang"] == language.rawValue)
      let levels = page.all("h1", "h2", "h3").compactMap { $0.name.last?.wholeNumberValue }
      #expect(levels.filter { $0 == 1 }.count == 1 && levels.first == 1)
      for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
      #expect(page.all("a").first?.attributes["href"] == "#main")
      #expect(page.all("main").first?.attributes["id"] == "main")
      #expect(page.all("title").first?.text.isEmpty == false)
      let identifiers = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(identifiers).count == identifiers.count)
      #expect(page.all("img", "font", "script").isEmpty)
    }
  }

  @Test func `every table has a caption, and its headers say what they head`() throws {
    let html = ProcedurePage(pack: .exmouth()).html(in: .english)
    let page = try #require(Page(html))
    #expect(page.all("table").count == 4)
    #expect(page.all("caption").count == 4 && page.all("caption").allSatisfy { !$0.text.isEmpty })
    for header in page.all("th") {
      #expect(["col", "row"].contains(header.attributes["scope"] ?? ""))
    }
  }

  @Test func `hostile data is only ever text`() throws {
    let evil = Self.hostile
    let pack = PolicyPack.exmouth(
      caveats: [
        Caveat(.vexatious, on: .local, words: evil),
        Caveat(.caseClosed, on: .mandatory, words: evil),
      ],
      bodies: [RelevantBody(key: "police", name: evil, kind: .police)],
      agencies: [SupportAgency(key: "a", name: evil, selfReferral: "javascript:alert(1)")],
      provenance: Provenance(
        sources: [Provenance.Source(key: evil, title: evil, address: "evil.test/\"><b>")],
        unknown: [evil])
    ) {
      $0.title = evil
      $0.publishedAt = "example.org/a?b=1&c=<i>"
      $0.wordings = [Wording(.definition, in: .english, text: evil)]
    }
    let notice = Letter.ThresholdNotice.test(
      .notMet, pack: pack, reason: evil)
    for html in [notice.html(in: .english), ProcedurePage(pack: pack).html(in: .welsh)] {
      let page = try #require(Page(html))
      #expect(page.all("script", "b", "i").isEmpty)
      #expect(page.all("a").allSatisfy { !($0.attributes["href"] ?? "").contains("script") })
      #expect(page.all("main").first?.text.contains("<script>alert(1)</script>") == true)
      #expect(!html.contains("\u{202E}") && !html.contains("\u{7}"))
      #expect(html.contains("{{title}}"))
    }
    // A line of the data cannot begin a line of the letter.
    #expect(!notice.text(in: .english).contains("\nEnd"))
  }

  @Test func `hostile data makes no markup in Markdown`() {
    let pack = PolicyPack.exmouth(
      bodies: [RelevantBody(key: "b", name: Self.hostile, kind: .police)]) { $0.title = "# 1. *x*" }
    let markdown = ProcedurePage(pack: pack).markdown(in: .english)
    #expect(markdown.hasPrefix("# ASB case reviews: \\# 1. \\*x\\*\n"))
    #expect(markdown.contains("\\<script\\>") && !markdown.contains(" <script"))
    #expect(markdown.contains("\\[b\\](c)") && !markdown.contains("| # "))
    #expect(!markdown.contains("\nEnd"))
  }

  @Test func `another language than the page's is marked`() throws {
    let pack = PolicyPack.exmouth {
      $0.wordings = [Wording(.definition, in: .english, text: "Own.")]
    }
    let page = try #require(Page(ProcedurePage(pack: pack).html(in: .welsh)))
    let quoted = try #require(page.all("span").first { $0.text == "“Own.”" })
    #expect(quoted.attributes["lang"] == "en")
  }
}
