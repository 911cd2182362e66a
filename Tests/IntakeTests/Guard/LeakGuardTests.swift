import IntakeRules
import Testing

/// What the leak guard finds, by the form in which it is written.
@Suite struct LeakGuardTests {
  /// A text with, or without, a form of what is protected.
  struct Row: Sendable, CustomTestStringConvertible {
    let protected: String
    let text: String

    var testDescription: String { "\(protected) in “\(text)”" }
  }

  static func rows(_ protected: String, _ texts: [String]) -> [Row] {
    texts.map { Row(protected: protected, text: $0) }
  }

  private static func finds(name: String, in text: String) -> Bool {
    LeakGuard(protecting: [PersonalDetails(names: [name])]).finds(in: text)
  }

  // MARK: Names

  static let named =
    rows(
      "John Smith",
      [
        "Mr John Smith", "J. Smith", "J Smith", "Smith, John", "Smith J.", "SMITH John",
        "john smith", "John Q. Smith", "Dear Smith,", "Smith's", "Smith’s", "the Smiths’ flat",
        "Smith-Jones", "John alone",
      ])
    + rows("Siobhán O'Brien", ["O’Brien's", "OBrien", "O Brien", "Siobhan", "SIOBHÁN"])
    + rows("Rhys ap Dafydd", ["Rhys ap Dafydd", "ap Dafydd", "Dafydd ap Rhys"])
    + rows("Siân ferch Huw", ["Siân ferch Huw", "Sian Huw", "Mrs Huw", "S. Huw"])
    + rows("Owain ab Ifor", ["ab Ifor", "IFOR"])
    + rows("Anne-Marie Smith-Jones", ["Anne Marie", "smithjones", "Ms Jones", "Smith Jones"])
    + rows("Will Long", ["Will Long", "Long, Will", "W. Long", "we saw Will there", "Mr Long"])
    + rows("Ng Lee", ["Mr Ng", "N Lee", "Lee Ng"])
    + rows("Ian May", ["Ian May", "Mr May", "I. May"])
    + rows("Fergus MacLeod", ["McLeod", "Mac Leod"]) + rows("McDonald", ["Mc Donald", "MacDonald"])
    + rows("Zoë Łukaszewicz", ["Lukaszewicz", "Zoe Łukaszewicz"]) + rows("Anna Weiß", ["WEISS"])
    + rows("Иван Николаев", ["ИВАН НИКОЛАЕВ"]) + rows("محمد علي", ["السيد محمد علي"])
    + rows("John & Jane Smith", ["Jane"]) + rows("Dave 07700 900123", ["+44 7700 900 123"])
    + rows("Lord", ["a Mr Lord"]) + rows("Ben Lee", ["Ben Lee"])

  @Test(arguments: named)
  func `a name is found in each form that it has`(row: Row) {
    #expect(Self.finds(name: row.protected, in: row.text))
  }

  static let unnamed =
    rows(
      "John Smith",
      ["a blacksmith", "Smithson lives here", "Johnson", "the goldsmiths' work", ""])
    + rows("Will Long", ["It will long be so. Will it?", "a long way", "Will you come?"])
    + rows("Ian May", ["I may come in May 2026", "You may say"])
    + rows("Ng Lee", ["being in the lee"]) + rows("Siân ferch Huw", ["mab a ferch"])
    + rows("Tobe Said", ["to be said", "it is to be done"])
    + [
      "Neighbour A", "unknown", "The man upstairs", "Not known", "Youths", "A group of teenagers",
      "Neighbour 2", "?", "",
    ].flatMap {
      rows(
        $0,
        ["Your neighbour, a man upstairs, not known; the youths; Neighbour 2; a group of boys."])
    }

  @Test(arguments: unnamed)
  func `what is no name, or another's, is not found`(row: Row) {
    #expect(!Self.finds(name: row.protected, in: row.text))
  }

  // MARK: How it is written

  @Test(arguments: [
    "John\nSmith", "John\r\n Smith", "Smi-\nth", "Smi\r\n th", "Smi=\r\nth", "S m i t h",
    "S.M.I.T.H.",
    "Jo\u{200B}hn Smi\u{200D}th", "Smi\u{AD}th", "S\u{301}mith", "Šmïth", "Ｓｍｉｔｈ", "Ⓢⓜⓘⓣⓗ",
    "Smіth", "Ѕmith", "𝐒𝐦𝐢𝐭𝐡", "\u{202E}Smith", "J&#111;hn Sm&iacute;th", "&#x53;mith",
    "<b>Smi</b>th",
    "Smi<wbr>th", "Smi&shy;th", "John<br>Smith", "<td>John</td><td>Smith</td>",
    "<a href=\"/people/smith\">x</a>", "<!-- Smith -->", "j_smith.pdf", "john_smith-letter.pdf",
    "JohnSmithLetter.pdf", "letter_SMITH_2026.docx", "mailto:john%20smith", "/p?q=%53mith",
    "SUMMARY:Visit by Smith\\, John", "DESCRIPTION:With\\nSmith", "“Smith”", "(Smith)", "x/Smith/y",
  ])
  func `a name is found however it is written`(text: String) {
    #expect(Self.finds(name: "John Smith", in: text))
  }

  // MARK: Addresses and numbers

  static let address = "Flat 2/2, 14 High Street, Plymouth PL1 1AA"

  private static func finds(address: String, in text: String) -> Bool {
    LeakGuard(protecting: [PersonalDetails(addresses: [address])]).finds(in: text)
  }

  static let addressed =
    rows(
      address,
      [
        "14 High St", "14, high street", "No. 14 High Street", "High Street 14", "PL1 1AA",
        "pl11aa", "PL1&nbsp;1AA", "PL1\n1AA", "14 High\nStreet", "14_high_street.pdf",
        "14 High St., Plymouth",
      ])
    + rows("12 Heol Fawr", ["12 heol fawr"]) + rows("14 St John's Rd", ["14 Saint Johns Road"])
    + rows("Rose Cottage, Mill Lane", ["Rose Cottage", "rose cottage, mill ln"])
    + rows("14A Oak Ave", ["14a Oak Avenue"]) + rows("14, Acacia Avenue", ["14 Acacia Ave"])
    + rows("12-14 The Parade", ["12-14 the Parade"])

  @Test(arguments: addressed)
  func `an address is found in full, short and by its postcode`(row: Row) {
    #expect(Self.finds(address: row.protected, in: row.text))
  }

  static let unaddressed =
    rows(
      address,
      [
        "114 High Street", "14 Low Street", "PL1 1AB", "High Street", "Flat 2", "1 4 High Street",
        "14 High Streets Ahead", "XPL1 1AAB", "2/2/2026", "Plymouth",
      ])
    + rows("next door", ["next door"]) + rows("Flat above", ["the flat above"])
    + rows("not known", ["not known"]) + rows("", [""])

  @Test(arguments: unaddressed)
  func `another address, or half of one, is not found`(row: Row) {
    #expect(!Self.finds(address: row.protected, in: row.text))
  }

  @Test(arguments: [
    "01632 960001", "+441632960001", "+44 (0) 1632 960 001", "0044 1632 960001", "(01632) 960-001",
    "tel:+441632960001", "01632\n960001", "０１６３２ 960001", "01632.960.001",
    "on 2026-03-01 01632 960001 2",
  ])
  func `a telephone number is found however it is dialled and spaced`(text: String) {
    for number in ["+44 1632 960001", "01632 960001", "(01632) 960001"] {
      let leakGuard = LeakGuard(protecting: [PersonalDetails(phones: [number])])
      #expect(leakGuard.finds(in: text))
      for other in ["9016329600012", "01632 960002", "1632960", "2026"] {
        #expect(!leakGuard.finds(in: other))
      }
    }
  }

  @Test func `e-mail addresses and references are found, and what is like them is not`() {
    let leakGuard = LeakGuard(
      protecting: [
        PersonalDetails(
          emails: ["applicant.one@mail.example"],
          references: ["PCH-88213", "ASB/26/0312", "50180010126", "noise-1"])
      ])
    for text in [
      "applicant.one@mail.example", "APPLICANT.ONE@MAIL.EXAMPLE",
      "mailto:applicant.one%40mail.example",
      "applicant.one&commat;mail.example", "PCH 88213", "pch88213", "ASB/26/0312", "(50180010126)",
    ] {
      #expect(leakGuard.finds(in: text), "\(text)")
    }
    for text in ["noise-1", "PCH-882134", "150180010126", "one@mail.example"] {
      #expect(!leakGuard.finds(in: text), "\(text)")
    }
  }

  // MARK: Bounds

  @Test func `what stands too far apart is no name, and no address`() {
    for (between, isOne) in [
      (String(repeating: ".", count: 8), true), (String(repeating: ".", count: 9), false),
      ("\n", true), ("\n\n", false), (String(repeating: " ", count: 200), true),
    ] {
      #expect(Self.finds(name: "Ng Lee", in: "Ng\(between)Lee") == isOne, "\(between.count)")
    }
    for (lines, isOne) in [("\n\n\n", true), ("\n\n\n\n", false)] {
      #expect(Self.finds(address: "27 Acacia Avenue", in: "27\(lines)Acacia Avenue") == isOne)
    }
  }

  @Test func `of a text in a name's or an address's place so much is looked at`() {
    let words = String(repeating: "and ", count: 399)
    #expect(Self.finds(name: words + "Quillfeather", in: "Quillfeather"))
    #expect(!Self.finds(name: words + "and Quillfeather", in: "Quillfeather"))
    let lines = String(repeating: "the,", count: 99)
    #expect(Self.finds(address: lines + "27 Acacia Avenue", in: "27 Acacia Avenue"))
    #expect(!Self.finds(address: lines + "the,27 Acacia Avenue", in: "27 Acacia Avenue"))
  }
}
