import IntakeRules
import Testing

/// Initials alone tell who is meant, and two letters are in many words.
@Suite struct LeakGuardInitialsTests {
  private static func finds(_ row: LeakGuardTests.Row) -> Bool {
    LeakGuard(protecting: [PersonalDetails(names: [row.protected])]).finds(in: row.text)
  }

  static let initials =
    LeakGuardTests.rows(
      "Jane Smith",
      [
        "J. Smith", "J.S.", "J.S", "J. S.", "J S", "JS", "JS's", "JS’s flat", "Ms S", "Ms. S",
        "Mrs S.", "MRS S", "Ms S's", "Mrs Smith-Jones", "Smith, J", "Jane S.", "Jane S",
        "Mr J.", "S.J.", "SJ", "said J.S. The", "told JS. The", "J.A.S.", "J. A. Smith",
        "(JS)", "“JS”", "JS_letter.pdf", "letter_js.pdf", "J\u{200B}.S.", "J.\u{200B}S.",
        "Ｊ.Ｓ.", "Ѕmith", "Ms Ѕ", "J.Ѕ.", "j.s.", "JS CAME TO THE DOOR", "Ms\nS", "<b>J</b>.S.",
        "Ms <i>S</i>", "Ms&nbsp;S", "J.&nbsp;S.", "Dr J.S.", "JS/police", "Mr S said",
        "seen by JS, who", "JS: no", "J.B.S", "Perpetrator: JS\nAddress withheld",
        "Perpetrator: J.S.\nAddress withheld", "Perpetrator: J S\nAddress withheld",
        "It was J S. Address withheld", "It was Mr S\nAddress withheld",
      ])
    + LeakGuardTests.rows(
      "Una King",
      [
        "Mr K", "U. King",
      ])
    + LeakGuardTests.rows(
      "Peter Cole",
      [
        "P. Cole", "Mr P.C.", "Mr C",
      ])
    + LeakGuardTests.rows(
      "Ian Stone",
      [
        "I.S.", "I. S.", "Mr I",
      ])
    + LeakGuardTests.rows(
      "Alan Shaw",
      [
        "A.S."
      ])
    + LeakGuardTests.rows(
      "Bob Ash",
      [
        "B.A.", "BA",
      ])
    + LeakGuardTests.rows(
      "Anna Smith-Brown",
      [
        "Mrs Brown"
      ])
    + LeakGuardTests.rows(
      "Rhys ap Dafydd",
      [
        "R.D.", "R. ap D.", "Mr D", "R.ap D.",
      ])
    + LeakGuardTests.rows(
      "Siân ferch Huw",
      [
        "S.H.", "SH", "S. ferch H.", "Ms H", "Siân H",
      ])
    + LeakGuardTests.rows(
      "Siân Gŵyr",
      [
        "S. Gwyr", "SIAN", "gwyr", "Gẃyr", "S.G.", "Ms G", "Siân\nGŵyr",
      ])
    + LeakGuardTests.rows(
      "Siobhán O'Brien",
      [
        "S.O'B.", "S.O.", "Ms O'B", "Ms O", "O’Brien", "O'Brien", "OʼBrien", "S. O`Brien",
      ])
    + LeakGuardTests.rows(
      "Jane Smith-Jones",
      [
        "J.S-J.", "J.S.J.", "JSJ", "J.J.", "JS", "Mrs Smith-Jones", "smith–jones", "Mrs J",
      ])
    + LeakGuardTests.rows(
      "John & Jane Smith",
      [
        "J.S.", "J & J Smith", "JS",
      ])
    + LeakGuardTests.rows(
      "Dave",
      [
        "Mr D", "D. Dave",
      ])
    + LeakGuardTests.rows(
      "Adam Oliver",
      [
        "A.O."
      ])
    + LeakGuardTests.rows(
      "john smith",
      [
        "J.S.", "JS", "Mr S",
      ])
    + LeakGuardTests.rows(
      "Иван Николаев",
      [
        "И.Н.", "ИН",
      ])
    + LeakGuardTests.rows(
      "Ivor Vale",
      [
        "I.V. said"
      ])

  @Test(arguments: initials)
  func `initials are found as letters have them`(row: LeakGuardTests.Row) {
    #expect(Self.finds(row))
  }

  static let others =
    LeakGuardTests.rows(
      "Jane Smith",
      [
        "J.S. Brown", "JS Brown", "Mr S. Brown", "Mr S Brown", "Dr J. S. Patel", "JSON", "AJS",
        "Js", "js", "app.js", "JS1 2AB", "PJS", "T J S M", "A.J.S.", "Mr O'Brien", "Ms", "Mrs",
        "Mr Saunders", "J-S", "<p>Ms</p><p>S</p>", "J\n\nS", "J</td><td>S", "Mr.\n\nS", "1.J",
        "sj", "e.g. s.", "Miss Jones", "J, S", "SJ12",
      ])
    + LeakGuardTests.rows(
      "Una King",
      [
        "U.K.", "UK", "the UK, they",
      ])
    + LeakGuardTests.rows(
      "Peter Cole",
      [
        "P.C. 1234", "PC", "pc",
      ])
    + LeakGuardTests.rows(
      "Ian Stone",
      [
        "IT IS", "I S", "in block I. So", "Is", "I. saw",
      ])
    + LeakGuardTests.rows(
      "Alan Shaw",
      [
        "AS WE SAID", "as", "AS",
      ])
    + LeakGuardTests.rows(
      "Bob Ash",
      [
        "in flat B. A man", "in flat B A man",
      ])
    + LeakGuardTests.rows(
      "Anna Smith-Brown",
      [
        "A.S.B.", "A.S.B.", "ASB", "The ASB team",
      ])
    + LeakGuardTests.rows(
      "Rhys ap Dafydd",
      [
        "RD", "Rd.", "12 High Rd",
      ])
    + LeakGuardTests.rows(
      "Siobhán O'Brien",
      [
        "SO"
      ])
    + LeakGuardTests.rows(
      "Neighbour A",
      [
        "Neighbour A", "Mr A", "A",
      ])
    + LeakGuardTests.rows(
      "Dave",
      [
        "D"
      ])
    + LeakGuardTests.rows(
      "Adam Oliver",
      [
        "A. Officer", "Mr A. Officer",
      ])
    + LeakGuardTests.rows(
      "Ivor Vale",
      [
        "Part IV of the Act"
      ])

  @Test(arguments: others)
  func `what is a word, an abbreviation or somebody else's is no initial`(row: LeakGuardTests.Row) {
    #expect(!Self.finds(row))
  }

  /// Somebody for every two letters.
  static let everybody: [PersonalDetails] = {
    let letters = (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { Character(Unicode.Scalar($0)) }
    return letters.flatMap { first in
      letters.map { PersonalDetails(names: ["\(first)xqqvz \($0)yqqkz"]) }
    }
  }()

  @Test func `no letter that is sent has anybody's initials by chance`() {
    let leakGuard = LeakGuard(protecting: Self.everybody)
    #expect(LeakGuardPlantedTests.letters.count > 50)
    for letter in LeakGuardPlantedTests.letters {
      #expect(!leakGuard.finds(in: letter), "\(letter.prefix(40))")
    }
  }

  /// How many of 225 are not found in a form: whose initials are a word or an abbreviation, and with spaces, who has a
  /// letter that is one.
  @Test(
    arguments: [
      ("%1.%2.", 12), ("%1. %2.", 12), ("%1 %2", 85), ("%1%2", 65), ("Ms %2", 0), ("Mr. %1", 0),
      ("%1.Q.%2.", 12), ("%2%1", 65),
    ])
  func `of most people they are found in each form, and their own letter has them`(
    form: String, missedLimit: Int
  ) {
    var missed = 0
    for place in stride(from: 0, to: Self.everybody.count, by: 3) {
      let person = Self.everybody[place]
      guard let name = person.names.first?.split(separator: " "), name.count == 2 else { continue }
      let text = form.replacing("%1", with: name[0].prefix(1)).replacing(
        "%2", with: name[1].prefix(1))
      let sentence = "We were told that \(text) was there."
      if !LeakGuard(protecting: [person]).finds(in: sentence) { missed += 1 }
      #expect(!LeakGuard(protecting: [person], reader: [person]).finds(in: sentence), "\(sentence)")
    }
    #expect(missed <= missedLimit)
  }

  @Test func `whoever has the reader's initials is not told apart by them`() {
    let leakGuard = LeakGuard(
      protecting: [PersonalDetails(names: ["Jane Smith"])],
      reader: [PersonalDetails(names: ["Jack Stone"])])
    for text in ["J.S.", "JS", "Mr S", "J. Stone"] {
      #expect(!leakGuard.finds(in: text), "\(text)")
    }
    for text in ["Jane S.", "J. Smith"] { #expect(leakGuard.finds(in: text), "\(text)") }
  }

  @Test func `a body's short name is nobody's initials`() {
    let leakGuard = LeakGuard(
      protecting: [PersonalDetails(names: ["Louise Quill"])], publicNames: ["LQ Homes"])
    #expect(!leakGuard.finds(in: "We asked LQ Homes."))
    #expect(!leakGuard.finds(in: "We asked LQ."))
    #expect(leakGuard.finds(in: "We asked L.Q."))
  }

  @Test(arguments: ["J.", "J. ", "J ", "JS.", "J.X.", "Ms J. ", "J ap ", "S J "])
  func `many initials in a row are read as any other text`(unit: String) {
    let leakGuard = LeakGuard(protecting: [PersonalDetails(names: ["Jane Xu"])])
    let text = String(repeating: unit, count: 200_000 / unit.utf8.count)
    #expect(leakGuard.finds(in: text + "\n\nJane"))
  }
}
