import Foundation
import IntakeRules
import Testing

/// What is planted in a letter is found wherever it stands; a letter in which nothing is planted is clear.
@Suite struct LeakGuardPlantedTests {
  /// Letters as they are sent, of the tests of the letters, in both languages, as text and HTML.
  static let letters: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "LettersTests/Expected")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap {
      try? String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
  }()

  static let people = [
    "John Smith", "Mary Jones", "Michael Brown", "Robert Evans", "Sarah Wilson", "William Roberts",
    "Mark Wright", "Ann Robinson", "Jacqueline White", "Will Young", "Grace Green", "Ian May",
    "April Hill", "Rhys ap Dafydd", "Siân ferch Huw", "Mohammed Khan", "Li Na Ng", "Ahmed Ali",
    "Piotr Nowak", "Anne-Marie Smith-Jones", "Siobhán O'Brien", "Owain Price", "Joy Case",
    "Dawn Law", "Peter Parish", "Ruth Long", "Tom Court", "Neighbour A", "The man upstairs",
    "Unknown youths",
  ]

  @Test func `a letter without anybody's values is clear`() {
    #expect(Self.letters.count > 10)
    for name in Self.people {
      let leakGuard = LeakGuard(
        protecting: [
          PersonalDetails(
            names: [name], addresses: ["Flat 3, 27 Acacia Avenue, Plymouth, PL4 8QQ"],
            phones: ["01632 960123"], emails: ["somebody@mail.example"])
        ])
      for letter in Self.letters { #expect(!leakGuard.finds(in: letter), "\(name)") }
    }
  }

  static let planted = [
    "Xanthe Quillfeather", "QUILLFEATHER Xanthe", "X. Quillfeather", "Quillfeather, X",
    "quillfeather’s",
    "Xan\u{200B}the", "Quíllfeather", "27 Acacia Ave", "27, acacia avenue", "pl48qq", "PL4 8QQ",
    "+44 1632 960123", "01632-960 123", "xq@mail.example",
  ]

  @Test(arguments: planted)
  func `a form is found between any two words of a letter`(form: String) throws {
    let leakGuard = LeakGuard(
      protecting: [
        PersonalDetails(
          names: ["Xanthe Quillfeather"], addresses: ["27 Acacia Avenue, Plymouth, PL4 8QQ"],
          phones: ["01632 960123"], emails: ["xq@mail.example"])
      ])
    let letter = try #require(Self.letters.first)
    let words = letter.prefix(1_000).split(separator: " ", omittingEmptySubsequences: false)
    #expect(!leakGuard.finds(in: words.joined(separator: " ")))
    for place in 0...words.count {
      var with = words
      with.insert(Substring(form), at: place)
      #expect(leakGuard.finds(in: with.joined(separator: " ")), "before word \(place)")
    }
  }

  @Test(arguments: ["<a", "&a", "%C3", "éñ ", "john ", "s ", "1 ", "j\u{301}", "\\n", "=\n", "<p>"])
  func `a text that is made to be slow is read as far as any other`(unit: String) {
    let leakGuard = LeakGuard(
      protecting: [PersonalDetails(names: ["John Smith"], phones: ["01632 960123"])])
    let text = String(repeating: unit, count: 262_144 / unit.utf8.count - 8)
    #expect(leakGuard.finds(in: text + ". Smith"))
  }
}
