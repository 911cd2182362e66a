import Foundation
import Testing

@testable import recourse

/// The list of everything that is said to the public, read from the sources.
@Suite struct SpokenWordsTests {
  private static func words() throws -> SpokenWords {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try SpokenWords(checkout: root.path)
  }

  /// What is the same word in both languages.
  private static let same: Set = ["Post", "Braille"]

  @Test func `no sentence lacks its Welsh, nor its English`() throws {
    let pairs = try Self.words().pairs
    #expect(pairs.count > 1_000, "the sources are read")
    for pair in pairs {
      let place = "\(pair.file):\(pair.line)"
      #expect(!pair.english.isEmpty && !pair.welsh.isEmpty, "\(place)")
      #expect(pair.english != pair.welsh || Self.same.contains(pair.english), "\(place)")
    }
  }

  @Test func `what is said on pages and in letters stands in the list`() throws {
    let pairs = try Self.words().pairs
    for (english, welsh, file) in [
      ("Add a complaint", "Ychwanegu cwyn", "ComplaintForm.swift"),
      ("Which language?", "Pa iaith?", "ContactSteps.swift"),
      ("Who takes part", "Pwy sy'n cymryd rhan", "ProcedurePage+"),
      ("Your right to a review", "Eich hawl i adolygiad", "Say+Letters.swift"),
    ] {
      #expect(
        pairs.contains {
          $0.english == english && $0.welsh == welsh && $0.file.contains(file)
        }, "\(english)")
    }
  }

  static let rows: [(String, [[String]])] = [
    (#"say("Yes", "Ie")"#, [["Yes", "Ie"]]),
    ("asking.say(\n  \"One \"\n    + \"two\", // \"no\"\n  \"Un dau\")", [["One two", "Un dau"]]),
    (
      #"say("By \(say.day(last)).", "Erbyn \(say.day(last)).")"#,
      [
        ["By {say.day(last)}.", "Erbyn {say.day(last)}."]
      ]
    ),
    (#"Phrase("He said \"no\"", "Nid \u{2014} dim")"#, [["He said \"no\"", "Nid — dim"]]),
    (
      #"say("\(say("in", "mewn")) it", "x")"#,
      [["in", "mewn"], [#"{say("in", "mewn")} it"#, "x"]]
    ),
    (#"say("a" + (b ?? ""), "c")"#, [["a{…}", "c"]]),
    (#"say("English alone", "")"#, [["English alone", ""]]),
    (#"say(words) say(date.inWords, date.inWelsh) Phrase("", "") essay("a", "b")"#, []),
    (#"/* say("a", "b") */ let x = "say(\"a\", \"b\")" // say("a", "b")"#, []),
    (##"let x = #"say("a", "b")"#; say("c", "d")"##, [["c", "d"]]),
    (#") say("after", "wedyn")"#, [["after", "wedyn"]]),
    (#"say("never ends"#, []),
  ]

  @Test(arguments: rows)
  func `pairs are read as Swift has them`(source: String, pairs: [[String]]) {
    let found = SpokenPairReader(source, file: "a.swift").pairs
    #expect(found.map { [$0.english, $0.welsh] } == pairs)
  }

  @Test func `a row says where the sentence stands, as a spreadsheet reads it`() {
    let pairs = SpokenPairReader("\n\nsay(\"a, b\", \"=c\")", file: "a.swift").pairs
    #expect(pairs.map(\.line) == [3])
    #expect(SpokenWords(pairs: pairs).csv == ["place,english,welsh", "a.swift:3,\"a, b\",'=c"])
  }

  @Test func `a folder that is no checkout is refused`() {
    #expect(throws: Failure.self) { try SpokenWords(checkout: "/nowhere") }
  }
}
