import CaseModel
import Policy
import Testing

@testable import Letters

/// What holds for the words of every notice.
@Suite struct NoticeWordsTests {
  @Test func `there is a sample of every kind, and every kind has a template of its own`() throws {
    let kinds = try NoticeSample.all.map { try $0.source().kind }
    #expect(Set(kinds) == Set(Letter.Notice.Kind.allCases))
    let templates = Letter.Notice.Kind.allCases.map(\.template)
    #expect(Set(templates).count == templates.count)
    #expect(templates.contains("acknowledgement/1") && templates.contains("consent-request/1"))
    #expect(Set(NoticeSample.all.map(\.name)).count == NoticeSample.all.count)
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `sentences are short`(sample: NoticeSample, language: Language) throws {
    let sentences = ReadabilityTests.sentences(try sample.notice(in: language).paper)
    #expect(sentences.count > 10)
    for sentence in sentences {
      #expect(ReadabilityTests.words(sentence) <= ReadabilityTests.wordsLimit, "\(sentence)")
    }
    let words = sentences.map(ReadabilityTests.words).reduce(0, +)
    #expect(Double(words) / Double(sentences.count) <= ReadabilityTests.meanLimit)
  }

  @Test(arguments: NoticeSample.all)
  func `a Welsh notice says as much as the English one, in Welsh`(sample: NoticeSample) throws {
    let (english, welsh) = (try sample.notice(in: .english), try sample.notice(in: .welsh))
    #expect(english.paper.blocks.map(\.kind) == welsh.paper.blocks.map(\.kind))
    #expect(english.paper.title != welsh.paper.title)
    let same = zip(english.paper.blocks, welsh.paper.blocks).filter { $0 == $1 }.map(\.0)
    // What is the same in both is somebody's own words, or how somebody is called and reached.
    for block in same { #expect(block.isSomebodysOwn, "\(block)") }
    let words = Set(welsh.text().split { !$0.isLetter }.map(String.init))
    #expect(words.isDisjoint(with: WelshTests.months + ["you", "your", "please", "Please", "You"]))
    for (one, other) in zip(OutsideTests.outside(english), OutsideTests.outside(welsh)) {
      #expect(one != other)
    }
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `a notice is a page, in print and in large print too`(
    sample: NoticeSample, language: Language
  ) throws {
    let notice = try sample.notice(in: language)
    let printed = try Letter.PrintedLetter(notice, name: "A. Person", lines: ["1 Street <b>"])
    for html in [notice.html(), notice.html(isLarge: true), printed.html] {
      let page = try #require(Page(html), "not well-formed: \(html)")
      #expect(page.elements.first?.attributes["lang"] == language.rawValue)
      #expect(page.all("h1").map(\.text) == [notice.paper.title])
      let identifiers = page.elements.compactMap { $0.attributes["id"] }
      #expect(Set(identifiers).count == identifiers.count)
      #expect(page.all("script", "img", "b").isEmpty)
    }
  }

  @Test(arguments: NoticeSample.all, Language.allCases)
  func `a notice is addressed to nobody until a salutation is passed in`(
    sample: NoticeSample, language: Language
  ) throws {
    let notice = try sample.notice(in: language)
    for text in [notice.text(), notice.html(), notice.markdown] {
      #expect(!text.contains("Dear ") && !text.contains("Annwyl "))
    }
    let greeting = Letter.Notice.greeting("A <b> Person", in: language)
    let text = notice.text(salutation: greeting)
    #expect(text.replacing("\n\n\(greeting)", with: "", maxReplacements: 1) == notice.text())
    let page = try #require(Page(notice.html(salutation: greeting)))
    #expect(page.all("p").first?.text == greeting && page.all("b").isEmpty)
  }

  @Test func `hostile data is only ever text`() throws {
    let evil = PageTests.hostile
    let pack = PolicyPack.exmouth(
      bodies: [RelevantBody(key: "council", name: evil, kind: .council)],
      agencies: [SupportAgency(key: "a", name: evil, selfReferral: "javascript:alert(1)")])
    let sender = Letter.Sender(name: evil, followAt: "evil.test/\"><b>")
    let sources: [any NoticeSource] = [
      NoticeSample.outcome(pack, [.init(to: "council", evil)], reason: evil),
      NoticeSample.invitation(pack, of: "council"), NoticeSample.invitation(pack),
      NoticeSample.information(pack, to: "council", on: "2026-03-18"),
      Letter.ConsentRequest(
        .referral(to: evil), caseReference: evil, pack: pack, on: day("2026-03-18")),
    ]
    for source in sources {
      let notice = source.envelope(in: .english, from: sender)
      let page = try #require(Page(notice.html(salutation: evil, isLarge: true)))
      #expect(page.all("script", "b", "i").isEmpty)
      #expect(!notice.text().contains("\nEnd"))
      #expect(!notice.subject.contains { $0.isNewline } && !notice.sms.contains { $0.isNewline })
    }
  }
}

extension Paper.Block {
  /// What stays as it is in another language: what somebody worded, names, and numbers.
  fileprivate var isSomebodysOwn: Bool {
    switch self {
    case .paragraph(let line): line.text.hasPrefix("“") || !line.quoted.isEmpty
    case .list(let lines): lines.allSatisfy { !$0.address.isEmpty }
    case .heading, .table: false
    }
  }
}
