/// Turns what somebody reads as one letter into that letter, however it is written: without accents and case, from
/// other alphabets' letters that look the same, from full-width, circled and mathematical forms.
struct LetterFolding {
  /// What a character stands for.
  enum Meaning: Hashable {
    /// Letters in lower case, or a digit.
    case letters([UInt32])
    /// It is not to be seen: a zero-width character, a soft hyphen, an accent that follows its letter.
    case nothing
    /// It stands between words.
    case gap
  }

  /// What has been looked up; a text has few different ones.
  private var known: [UInt32: Meaning] = [:]

  mutating func meaning(of value: UInt32) -> Meaning {
    if let meaning = known[value] { return meaning }
    let meaning = Unicode.Scalar(value).map(Self.lookUp) ?? .gap
    known[value] = meaning
    return meaning
  }

  private static func lookUp(_ scalar: Unicode.Scalar) -> Meaning {
    if let like = lookAlikes[scalar] { return .letters([like.value]) }
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint { return .nothing }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return .nothing
    case .control: return .gap
    default: break
    }
    if let letters = latinLetters(named: properties.name) { return .letters(letters) }
    if let number = properties.numericValue, properties.numericType != .numeric, number >= 0,
      number < 10
    {
      return .letters([48 + UInt32(number)])
    }
    guard properties.isAlphabetic else { return .gap }
    return .letters(properties.lowercaseMapping.unicodeScalars.map(\.value))
  }

  /// The letters that a character's name tells, such as LATIN SMALL LETTER E WITH ACUTE; nil for another alphabet's.
  private static func latinLetters(named name: String?) -> [UInt32]? {
    guard let name else { return nil }
    let words = name.split(separator: " ")
    let isMathematical = words.first == "MATHEMATICAL"
    guard isMathematical || words.contains("LATIN") else { return nil }
    var rest = words.prefix { $0 != "WITH" }
    if let place = rest.lastIndex(where: { $0 == "LETTER" || $0 == "LIGATURE" }) {
      rest = rest[(place + 1)...]
    } else if !isMathematical {
      return nil
    }
    if let letters = namedLetters[rest.joined(separator: " ")] {
      return letters.unicodeScalars.map(\.value)
    }
    guard let last = rest.last, last.count <= 2, last.allSatisfy({ $0 >= "A" && $0 <= "Z" })
    else { return nil }
    return last.lowercased().unicodeScalars.map(\.value)
  }

  private static let namedLetters = [
    "SHARP S": "ss", "DOTLESS I": "i", "ETH": "d", "THORN": "th", "LONG S": "s",
    "DOTLESS J": "j", "FFI": "ffi", "FFL": "ffl",
  ]

  /// Letters of other alphabets that are taken for a Latin one, by the form that looks like it.
  private static let lookAlikes: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    // Both cases of a letter stand for one, so that a name in that alphabet is the same in either case.
    for (others, latin) in [
      ("аАαΑ", "a"), ("вВβΒ", "b"), ("сСϲϹ", "c"), ("ԁԀ", "d"), ("еЕёЁεΕ", "e"), ("ɡ", "g"),
      ("һҺнНηΗ", "h"), ("іІїЇιΙ", "i"), ("јЈ", "j"), ("кКκΚ", "k"), ("ӏӀ", "l"), ("мМμΜ", "m"),
      ("νΝŋŊ", "n"), ("оОοΟօՕ", "o"), ("рРρΡ", "p"), ("ԛԚ", "q"), ("ѕЅ", "s"), ("тТτΤ", "t"),
      ("սՍ", "u"), ("ѵѴ", "v"), ("ԝԜ", "w"), ("хХχΧ", "x"), ("уУүҮυΥ", "y"), ("ζΖ", "z"),
    ] {
      guard let letter = latin.unicodeScalars.first else { continue }
      for scalar in others.unicodeScalars { table[scalar] = letter }
    }
    return table
  }()
}
