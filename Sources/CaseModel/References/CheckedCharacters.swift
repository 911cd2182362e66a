/// D. Crockford's base 32 with a check character: what references and codes are made of that people read out and type.
///
/// The check is a weighted sum over the field of 32 elements (x⁵ + x² + 1) with distinct weights, so that every single
/// wrong character and every exchange of two neighbours is noticed. For texts of up to 31 characters.
enum CheckedCharacters {
  /// Without I, L, O and U, which are taken for others or make words.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  /// So many random characters, and their check.
  static func drawn(_ count: Int, using generator: inout some RandomNumberGenerator) -> String {
    let bits = generator.next()
    let values = (1...count).map { UInt8(truncatingIfNeeded: bits >> (64 - 5 * $0)) & 0x1F }
    return text(values + [check(values)])
  }

  /// Reads what somebody wrote or said: lower case, with or without hyphens and spaces, O for 0 and I or L for 1.
  /// - Parameter count: of characters, the check included.
  static func read(_ text: String, count: Int) throws(Flaw) -> String {
    var values: [UInt8] = []
    for character in text.uppercased() where character != "-" && character != " " {
      let meant: Character =
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      guard let value = alphabet.firstIndex(of: meant) else { throw .character }
      values.append(UInt8(value))
    }
    guard values.count == count else { throw .length(values.count) }
    guard check(Array(values.dropLast())) == values[count - 1] else { throw .check }
    return Self.text(values)
  }

  /// Why a text is none of them.
  enum Flaw: Error {
    case length(Int)
    case character
    case check
  }

  private static func text(_ values: [UInt8]) -> String {
    String(values.map { alphabet[Int($0)] })
  }

  /// The value that makes the weighted sum of all nought; the check itself weighs one.
  private static func check(_ values: [UInt8]) -> UInt8 {
    var sum: UInt8 = 0
    var weight: UInt8 = 1
    for value in values.reversed() {
      weight = double(weight)
      sum ^= multiply(value, weight)
    }
    return sum
  }

  private static func double(_ value: UInt8) -> UInt8 {
    let shifted = value << 1
    return shifted & 0x20 == 0 ? shifted : (shifted ^ 0x25) & 0x1F
  }

  private static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
    var (left, right, product) = (left, right, UInt8(0))
    while right > 0 {
      if right & 1 == 1 { product ^= left }
      left = double(left)
      right >>= 1
    }
    return product
  }
}
