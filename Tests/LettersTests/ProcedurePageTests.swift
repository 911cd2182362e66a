import CaseModel
import Foundation
import Policy
import PolicyDocuments
import Testing

@testable import Letters

@Suite struct ProcedurePageTests {
  static func text(
    _ pack: PolicyPack, lender: PolicyPack? = nil, in language: Language = .english
  ) -> String {
    ProcedurePage(pack: pack, lender: lender).paper(in: language).text
  }

  @Test(arguments: [
    "Where the area publishes its own procedure: not known.", "Point of contact: not known.",
    "Who decides is not known.", "In what role: not known.",
    "We do not know what the published procedure says about this.",
    "For which period and where they are published: not known.",
    "We do not know which service helps victims in this area.",
  ])
  func `what is not known is said to be not known`(sentence: String) {
    #expect(Self.text(.blank).contains(sentence))
  }

  @Test func `every stage without a clock is not known`() {
    let text = Self.text(.blank)
    let rows = text.split(separator: "\n").filter { $0.hasSuffix("Not known") }
    #expect(rows.count == Clock.Stage.allCases.count)
  }

  @Test func `a clock that is lent is marked as lent, the area's own is not`() throws {
    let lender = PolicyPack.blankLending([
      Clock(.decide, Period(15, .workingDays), from: .receipt, isPausable: true)
    ])
    let lines = Self.text(.exmouth(), lender: lender).split(separator: "\n")
    let decide = try #require(lines.first { $0.hasPrefix("We decide about the threshold") })
    #expect(decide.contains("15 working days") && decide.contains("Lent:"))
    let panel = try #require(lines.first { $0.hasPrefix("The panel meets") })
    #expect(panel.contains("20 working days") && panel.contains("This procedure's"))
  }

  @Test func `a condition on s.104(4) is said to be not applied`() throws {
    let pack = PolicyPack.exmouth(caveats: [
      Caveat(.caseClosed, on: .mandatory), Caveat(.singleAgency, on: .local),
    ])
    let lines = Self.text(pack).split(separator: "\n")
    let closed = try #require(lines.first { $0.hasPrefix("the case must be closed") })
    #expect(closed.hasSuffix("No, the law does not allow it"))
    let single = try #require(lines.first { $0.hasPrefix("reports to more than one agency") })
    #expect(single.hasSuffix("Yes, on this way only"))
  }

  @Test func `quotations are said to be the procedure's, with what of them is not applied`() throws
  {
    let pack = PolicyPack.exmouth { procedure in
      procedure.wordings = [
        Wording(.threshold, in: .english, text: "Three reports, once the case is closed.")
      ]
    }
    let paragraphs = Self.text(pack).components(separatedBy: "\n\n")
    let quoted = try #require(paragraphs.firstIndex { $0.contains("“Three reports, once") })
    #expect(paragraphs[quoted].hasPrefix("The published procedure says: “"))
    #expect(paragraphs[quoted + 1].hasSuffix("for section 104(4), so they are not applied:"))
    #expect(paragraphs[quoted + 2] == "- the case must be closed.")
    let lawful = Self.text(.exmouth(caveats: []) { $0.wordings = pack.procedure.wordings })
    #expect(!lawful.contains("so they are not applied"))
  }

  @Test func `the example's days are those that the Act's periods come to`() {
    let text = Self.text(.exmouth())
    #expect(text.contains("10 March 2026  9 April 2026"))
    #expect(text.contains("12 March 2026  11 September 2026"))
  }

  @Test func `more complaints than the Act allows are held to three, and it says so`() {
    let pack = PolicyPack(
      name: "many", version: "1", digest: "abc", area: "many", nation: .england,
      from: day("2026-01-01"), mandatory: MandatoryRule(required: 5))
    let text = Self.text(pack)
    #expect(text.contains("about the behaviour: 3."))
    #expect(text.contains("asks for 5. The law allows three at most"))
  }

  @Test func `both appeals, the four figures and who decides are on it`() {
    let pack = PolicyPack.exmouth {
      $0.decision = DecisionPolicy(
        body: "council", capacity: "Community safety manager", needsSecondSignatureOnNotMet: true)
      $0.contact = PointOfContact(name: "Safer Team", ways: [.init(.phone, at: "01234 567890")])
    }
    let text = Self.text(pack)
    #expect(text.contains("how your application was handled"))
    #expect(text.contains("how the review was carried out"))
    #expect(text.contains("- Reviews that led to recommendations."))
    #expect(text.contains("This body decides: Exmouth Council."))
    #expect(text.contains("“Not met” must be signed by two people."))
    #expect(text.contains("- By phone: 01234 567890"))
  }

  @Test func `of other ways it says that there are none only where nothing about them is unknown`()
  {
    func ways(_ alternatives: [LocalAlternative], unknown: String...) -> String {
      let pack = PolicyPack.exmouth(
        alternatives: alternatives, provenance: Provenance(unknown: unknown))
      let text = Self.text(pack).components(separatedBy: "Other ways in this area\n").dropFirst()
      return text.first?.components(separatedBy: "What a person looks at").first ?? ""
    }
    let (none, more) = ("This area has no other ways.", "could not be read, so there may be more.")
    #expect(ways([]).contains(none) && !ways([]).contains(more))
    for path in ["alternatives", "alternatives.further"] {
      #expect(ways([], unknown: path).contains("Not known."))
      #expect(!ways([], unknown: path).contains(none))
      #expect(ways([], unknown: path).contains(more))
      #expect(ways([.twoWithHate], unknown: path).contains("Exmouth procedure, part 3.\n"))
      #expect(ways([.twoWithHate], unknown: path).contains(more))
    }
    #expect(!ways([.twoWithHate], unknown: "clocks").contains(more))
    #expect(!ways([], unknown: "alternatives.two-with-hate").contains(none))
  }

  @Test(arguments: Language.allCases)
  func `no key of a pack is in what was assumed or is not known`(language: Language) throws {
    let say = Speech(language: language)
    for pack in try BuiltInPolicyDocuments.all.map(PolicyDocument.parse) {
      let text = Self.text(pack, in: language)
      let assumed = pack.provenance.rests.filter { !$0.assumption.isEmpty }.map(\.path)
      for path in assumed + pack.provenance.unknown {
        let words = ProcedurePage.Subject(pack: pack).words(path, say)
          .filter { $0 != Paper.Foreign.begins && $0 != Paper.Foreign.ends }
        #expect(text.contains("- \(words)"), "\(pack.name): \(words)")
        #expect(words.first?.isUppercase == true, "\(pack.name): \(words)")
        #expect(!words.contains("(") && !words.contains("."), "\(pack.name): \(words)")
        // What looks like a key and not like a word.
        for key in path.split(separator: ".") where key.contains(/[a-z][A-Z-]/) {
          #expect(!words.contains(key), "\(pack.name): \(words)")
        }
        // A path of two steps says more than its section does.
        let section = ProcedurePage.Subject(pack: pack)
          .words(String(path.prefix { $0 != "." }), say)
        #expect(path.contains(".") == (words != section), "\(pack.name): \(words)")
      }
    }
  }

  @Test(arguments: [
    ("clocks.information", "Time limits, “The bodies send what they know”"),
    (
      "clocks.decide.onBreach",
      "Time limits, “We decide about the threshold”, what happens if it is late"
    ),
    ("appeals.review.window", "Appeals, how the review was carried out, time to ask for it"),
    ("contact.ways.post", "Point of contact, by post"),
    ("caveats.further", "Conditions, the rest"),
    (
      "alternatives.two-with-hate.band",
      "Other ways in this area, Exmouth procedure, part 3, band of the risk"
    ),
    ("bodies.council.since", "Bodies that take part, Exmouth Council, first day"),
    ("bodies.nobody", "Bodies that take part"),
    ("retention.review.period", "How long records are kept, Reviews"),
    ("calendar.closures", "Working days, days on which the offices are closed"),
    ("decision.secondSignatureOnNotMet", "Who decides, second signature on “not met”"),
    ("commencements.data-return", "When parts of the law begin, data for the government"),
    ("wordings.pledge.text", "The procedure's own words, the pledge, words"),
    ("other.thing", "other.thing"),
  ])
  func `what a path is about is said in words, in each language`(path: String, words: String) {
    let subject = ProcedurePage.Subject(pack: .exmouth(alternatives: [.twoWithHate]))
    #expect(subject.words(path, Speech(language: .english)) == words)
    if path != "other.thing" {
      #expect(subject.words(path, Speech(language: .welsh)) != words)
    }
  }

  @Test func `bodies have the days of their beginning and end`() throws {
    let pack = PolicyPack.exmouth(bodies: [
      RelevantBody(
        key: "ccg", name: "Clinical Commissioning Group", kind: .health, until: day("2022-06-30"))
    ])
    let line = try #require(
      Self.text(pack).split(separator: "\n").first { $0.hasPrefix("Clinical") })
    #expect(line.contains("30 June 2022"))
  }

  @Test func `sources are links, and what is not known is listed`() throws {
    let pack = PolicyPack.exmouth(
      provenance: Provenance(
        sources: [.init(key: "S1", title: "A page", address: "example.org/page", isInPart: true)],
        unknown: ["retention", "decision.secondSignatureOnNotMet", "other.thing"]))
    let page = try #require(Page(ProcedurePage(pack: pack).html(in: .english)))
    #expect(page.all("a").contains { $0.attributes["href"] == "https://example.org/page" })
    let text = Self.text(pack)
    #expect(text.contains("S1 (read in part): A page example.org/page"))
    for line in [
      "How long records are kept.", "Who decides, second signature on “not met”.", "other.thing.",
    ] {
      #expect(text.contains("- \(line)"))
    }
  }
}
