import IntakeRules
import Testing

/// A name is one where its words stand in one paragraph, cell or line of a list, however that is written.
@Suite struct LeakGuardBorderTests {
  private static func finds(_ name: String, _ text: String) -> Bool {
    LeakGuard(protecting: [PersonalDetails(names: [name])]).finds(in: text)
  }

  static let within =
    LeakGuardTests.rows(
      "Victim Three",
      [
        "Victim Three", "Victim\nThree", "<b>Victim</b> Three", "Three, Victim",
      ])
    + LeakGuardTests.rows(
      "Ng Lee",
      [
        "Ng\nLee", "Ng Lee", "<span>Ng</span> <em>Lee</em>", "Ng <br>Lee", "Ng\r\n Lee",
        "Ng&nbsp;Lee", "Mr.\nNg",
      ])
    + LeakGuardTests.rows(
      "Will Young",
      [
        "Will Young", "we saw Will",
      ])

  @Test(arguments: within)
  func `a name is found over the end of a line and over tags inside a line`(
    row: LeakGuardTests.Row
  ) {
    #expect(Self.finds(row.protected, row.text))
  }

  static let across =
    LeakGuardTests.rows(
      "Victim Three",
      [
        "Victim</h2><p>Three complaints", "<td>Victim</td><td>Three</td>",
        "Victim\n\nThree complaints", "the Victim\n- Three complaints",
        "the Victim. Three complaints", "Victim<p>Three", "<li>Victim</li>\n<li>Three</li>",
        "Victim | Three", "- Victim\n- Three", "• Victim\n• Three", "1. Victim\n2. Three",
        "<h1>The victim</h1>\n  <p>Three", "Victim\n* Three", "Victim\u{2029}Three",
      ])
    + LeakGuardTests.rows(
      "Ng Lee",
      [
        "Ng\n\nLee", "Ng</td><td>Lee", "Ng</p>\n<p>Lee",
      ])
    + LeakGuardTests.rows(
      "Will Young",
      [
        "<p>Will you", "<td>Will it</td>", "Will you", "\n\nWill you",
      ])

  @Test(arguments: across)
  func `words on both sides of a border are no name`(row: LeakGuardTests.Row) {
    #expect(!Self.finds(row.protected, row.text))
  }

  static let inline = ["b", "i", "em", "strong", "span", "a", "mark", "u", "small", "abbr", "time"]
  static let blocks = [
    "p", "div", "td", "th", "li", "h1", "h6", "tr", "dt", "dd", "section", "blockquote", "caption",
    "figcaption", "summary", "title", "label", "legend", "option",
  ]

  @Test func `whichever tag is inline does not part a name`() {
    for name in ["Ng Lee", "Siân Gŵyr", "Ann O’Dea", "Al Ap-Huw"] {
      let words = name.split(separator: " ")
      for tag in Self.inline {
        for text in [
          "<\(tag)>\(words[0])</\(tag)> \(words[1])",
          "\(words[0])\n<\(tag) x='y'>\(words[1])</\(tag)>",
        ] {
          #expect(Self.finds(name, text), "\(text)")
        }
      }
    }
  }

  @Test func `whichever tag is a block parts a name`() {
    for tag in Self.blocks {
      for text in [
        "<\(tag)>Ng</\(tag)><\(tag)>Lee</\(tag)>", "Ng <\(tag) class=\"x\">Lee",
        "Ng</\(tag.uppercased())>\nLee",
      ] {
        #expect(!Self.finds("Ng Lee", text), "\(text)")
      }
    }
  }

  @Test func `an address and a number go on over borders, as tables have them`() {
    let leakGuard = LeakGuard(
      protecting: [
        PersonalDetails(
          addresses: ["27 Acacia Avenue, Plymouth PL4 8QQ"], phones: ["01632 960123"],
          references: ["PCH-88213"])
      ])
    for text in [
      "<td>27</td><td>Acacia Avenue</td>", "27\n\nAcacia Avenue", "<td>PL4</td> <td>8QQ</td>",
      "| 27 | Acacia Avenue |", "01632\n\n960123", "PCH<br>88213",
    ] {
      #expect(leakGuard.finds(in: text), "\(text)")
    }
  }

  @Test func `an organisation's name does not go on over borders`() {
    let leakGuard = LeakGuard(protecting: [PersonalDetails(organisations: ["Corner Shop"])])
    #expect(leakGuard.finds(in: "the corner\nshop"))
    #expect(!leakGuard.finds(in: "<td>round the corner</td><td>Shop was closed</td>"))
    #expect(!leakGuard.finds(in: "at the corner\n\n- Shop"))
  }
}
