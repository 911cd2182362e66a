import CaseModel
import Testing

@Suite struct CaseReferenceTests {
  static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  /// Worked out by hand with tables of the field of 32 elements.
  static let known = ["0000-0000", "4F7K-2M98", "ZZZZ-ZZZC", "0123-4568", "RECA-5E1F"]

  @Test(arguments: known)
  func `a known reference is read as it is shown`(text: String) throws {
    let reference = try CaseReference(parsing: text)
    #expect(reference.description == text)
    #expect(reference.key == EventKey(.case, text))
    #expect(reference.key.description == "case/\(text)")
  }

  @Test func `a new reference can be read back`() throws {
    var generator = Seeded(1)
    for _ in 0..<500 {
      let reference = CaseReference(using: &generator)
      #expect(try CaseReference(parsing: reference.description) == reference)
    }
  }

  @Test(arguments: known)
  func `every single wrong character is noticed`(text: String) {
    let right = Array(text.filter { $0 != "-" })
    for place in right.indices {
      for other in Self.alphabet where other != right[place] {
        var wrong = right
        wrong[place] = other
        #expect(throws: InvalidReference.check, "\(String(wrong))") {
          try CaseReference(parsing: String(wrong))
        }
      }
    }
  }

  @Test func `every exchange of two neighbours is noticed`() throws {
    var generator = Seeded(2)
    let drawn = (0..<300).map { _ in CaseReference(using: &generator).description }
    for text in Self.known + drawn {
      let right = Array(text.filter { $0 != "-" })
      for place in 0..<7 where right[place] != right[place + 1] {
        var wrong = right
        wrong.swapAt(place, place + 1)
        #expect(throws: InvalidReference.check, "\(String(wrong))") {
          try CaseReference(parsing: String(wrong))
        }
      }
    }
  }

  @Test(
    arguments: [
      ("4f7k-2m98", "4F7K-2M98"), ("4F7K2M98", "4F7K-2M98"), (" 4f7k 2m98 ", "4F7K-2M98"),
      ("4 F 7 K - 2 M 9 8", "4F7K-2M98"), ("OOOO-oooo", "0000-0000"), ("O123-4568", "0123-4568"),
      ("recaSeif", nil), ("reca-5eif", "RECA-5E1F"), ("RECA-5ELF", "RECA-5E1F"),
      ("reca5elf", "RECA-5E1F"),
    ] as [(String, String?)])
  func `it is read as people write it`(text: String, reference: String?) {
    #expect((try? CaseReference(parsing: text))?.description == reference)
  }

  @Test(
    arguments: [
      ("", .length(0)), ("4F7K-2M9", .length(7)), ("4F7K-2M98-0", .length(9)),
      ("UUUU-UUUU", .character), ("4F7K-2M9!", .character), ("4F7K_2M98", .character),
      ("4F7K-2M9X", .check), ("4F7K-2M9é", .character), ("４F7K-2M98", .character),
    ] as [(String, InvalidReference)])
  func `anything else is refused`(text: String, error: InvalidReference) {
    #expect(throws: error) { try CaseReference(parsing: text) }
  }

  @Test(arguments: ["Jo Smith", "7 Example Row", "Smith", "JSMITH99", "jo@mail.example"])
  func `an error never repeats what was written`(text: String) throws {
    let error = try #require(throws: InvalidReference.self) { try CaseReference(parsing: text) }
    #expect(error.code == "invalid-reference")
    for word in text.split(separator: " ") where word.count > 2 {
      #expect(!error.description.contains(word))
    }
  }

  @Test func `the example in an error is a reference`() throws {
    let words = InvalidReference.length(3).description.split { $0 == " " || $0 == ";" }
    let example = try #require(words.first { $0.contains("-") })
    #expect(throws: Never.self) { try CaseReference(parsing: String(example)) }
  }

  @Test func `references are spread, so that two are hardly ever the same`() {
    var generator = Seeded(3)
    let references = (0..<20_000).map { _ in CaseReference(using: &generator).description }
    #expect(Set(references).count == references.count)
    for place in [0, 1, 2, 3, 5, 6, 7, 8] {
      let seen = Dictionary(grouping: references) { Array($0)[place] }.mapValues(\.count)
      #expect(Set(seen.keys) == Set(Self.alphabet))
      // 625 are expected of each.
      #expect(seen.values.allSatisfy { (500...750).contains($0) })
    }
  }

  @Test func `references are ordered as they are written`() throws {
    let references = try Self.known.map { try CaseReference(parsing: $0) }
    #expect(references.sorted().map(\.description) == Self.known.sorted())
  }
}
