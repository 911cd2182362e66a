import CaseModel
import Testing

@Suite struct MaterialCodeTests {
  static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func drawn(_ count: Int) -> [MaterialCode] {
    var generator = Seeded(1)
    return (0..<count).map { _ in MaterialCode(using: &generator) }
  }

  @Test func `a new code can be read back, as it is shown and as people write it`() {
    for code in Self.drawn(500) {
      let text = code.description
      #expect(text.count == 7)
      #expect(MaterialCode(text) == code)
      #expect(MaterialCode(text.lowercased()) == code)
      #expect(MaterialCode(text.filter { $0 != "-" }) == code)
      #expect(MaterialCode(" \(text.prefix(3)) \(text.suffix(3)) ") == code)
      #expect(MaterialCode(String(text.map { $0 == "0" ? "o" : $0 == "1" ? "l" : $0 })) == code)
    }
  }

  @Test func `the code that stands in messages and documents is one`() {
    #expect(MaterialCode("4F7-K20")?.description == "4F7-K20")
  }

  @Test func `every single wrong character and every exchange of neighbours is noticed`() {
    for code in Self.drawn(20) {
      let right = Array(code.description.filter { $0 != "-" })
      for place in right.indices {
        for other in Self.alphabet where other != right[place] {
          var wrong = right
          wrong[place] = other
          #expect(MaterialCode(String(wrong)) == nil, "\(String(wrong))")
        }
      }
      for place in 0..<5 where right[place] != right[place + 1] {
        var wrong = right
        wrong.swapAt(place, place + 1)
        #expect(MaterialCode(String(wrong)) == nil, "\(String(wrong))")
      }
    }
  }

  @Test(
    arguments: [
      "", "poster-stairwell", "07700 900123", "jo@mail.example", "Jo Smith", "4F7K-2M98", "UUU-UUU",
    ])
  func `what is no code is none`(text: String) {
    #expect(MaterialCode(text) == nil)
    #expect(MaterialCode(String(repeating: "0 ", count: 40) + text) == nil)
  }

  @Test func `codes are ordered as they are written`() {
    let codes = Self.drawn(50)
    #expect(codes.sorted().map(\.description) == codes.map(\.description).sorted())
  }
}
