import Policy
import PolicyDocuments
import Testing

/// Documents as nobody would write them.
@Suite struct MutatedDocumentTests {
  static let rounds = 300

  @Test func `whatever is done to a document, it is read or refused`() {
    var chance = SplitMix(state: 2014)
    var (read, refused) = (0, 0)
    for _ in 0..<Self.rounds {
      var text = Array(Document.full.utf8)
      for _ in 0...chance.below(3) { Self.mutate(&text, &chance) }
      let document = String(decoding: text, as: UTF8.self)
      do throws(PolicyDocumentError) {
        let pack = try PolicyDocument.parse(document)
        #expect(pack.check().isEmpty)
        #expect(Set(pack.lint().map(\.code)).isSubset(of: PolicyFinding.codes))
        #expect(PolicyDocument.lines(of: document)["name"] != nil)
        read += 1
      } catch {
        #expect(!error.message.isEmpty && (error.line ?? 1) >= 1, "\(document)")
        refused += 1
      }
    }
    // Both happen, or the mutations show nothing.
    #expect(read > 0 && refused > 0)
  }

  /// One change: bytes lost, doubled, swapped with others of the document, or words that mean something in YAML.
  private static func mutate(_ text: inout [UInt8], _ chance: inout SplitMix) {
    guard text.count > 1 else { return }
    let start = chance.below(text.count)
    let range = start..<min(text.count, start + 1 + chance.below(24))
    switch chance.below(5) {
    case 0: text.removeSubrange(range)
    case 1: text.insert(contentsOf: text[range], at: start)
    case 2: text.insert(contentsOf: text[range], at: chance.below(text.count))
    case 3: text[start] = UInt8(chance.below(256))
    default: text.replaceSubrange(range, with: words[chance.below(words.count)].utf8)
    }
  }

  private static let words = [
    "{", "}", "[", "]", ": ", "- ", "\n", "\t", "'", "\"", "&a ", "*a", "!!int ", "|\n", ">-\n",
    "? ",
    "<<: ", "null", "~", "0", "-1", "1e9", "9223372036854775808", "0x7f", "1000 months",
    "2026-02-29",
    "key", "name: a\n", "#", "---\n", "...\n", "%YAML 9.9\n", "\u{FEFF}", "\u{85}", "\u{2028}",
  ]
}

/// S. Vigna's splitmix64: one seed gives one run.
struct SplitMix {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(limit))
  }
}
