/// A case's reference: short, fit to be read out over the phone, with a check character. It says nothing
/// of how many cases there are or whose this is.
///
/// Seven random characters of D. Crockford's base 32 and a check character, shown as `XXXX-XXXX`. The
/// check is a weighted sum over the field of 32 elements (x⁵ + x² + 1) with distinct weights, so that
/// every single wrong character and every exchange of two neighbours is noticed.
public struct CaseReference: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let characters: String

  /// A new reference.
  public init(using generator: inout some RandomNumberGenerator) {
    let bits = generator.next()
    let values = (1...7).map { UInt8(truncatingIfNeeded: bits >> (64 - 5 * $0)) & 0x1F }
    characters = Self.text(values + [Self.check(values)])
  }

  /// Reads a reference as people write or say it: lower case, without the hyphen, with spaces, O for 0 and
  /// I or L for 1.
  public init(parsing text: String) throws(InvalidReference) {
    var values: [UInt8] = []
    for character in text.uppercased() where character != "-" && character != " " {
      let meant: Character =
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      guard let value = Self.alphabet.firstIndex(of: meant) else { throw .character }
      values.append(UInt8(value))
    }
    guard values.count == 8 else { throw .length(values.count) }
    guard Self.check(Array(values.prefix(7))) == values[7] else { throw .check }
    characters = Self.text(values)
  }

  /// `XXXX-XXXX`.
  public var description: String { characters.prefix(4) + "-" + characters.suffix(4) }

  /// The key of the case's events.
  public var key: EventKey { EventKey(.case, description) }

  public static func < (left: CaseReference, right: CaseReference) -> Bool {
    left.characters < right.characters
  }

  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

  private static func text(_ values: [UInt8]) -> String {
    String(values.map { alphabet[Int($0)] })
  }

  /// The value that makes the weighted sum of all eight nought; the check itself weighs one.
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

/// Why a text is no case reference. It never repeats the text.
public enum InvalidReference: Error, Sendable, Hashable, CustomStringConvertible {
  case length(Int)
  case character
  case check

  /// Stable code.
  public var code: String { "invalid-reference" }

  public var description: String {
    switch self {
    case .length(let count):
      "a case reference has eight characters, such as 4F7K-2M98; this one has \(count)"
    case .character:
      "a case reference has digits and letters other than U only; check the one you have"
    case .check:
      "this is no case reference: a character is wrong, or two are exchanged; read it again"
    }
  }
}
