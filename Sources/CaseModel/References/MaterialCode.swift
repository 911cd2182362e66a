/// The code of a poster, post or letter, by which an applicant can say what told them of their right.
///
/// Five random characters of D. Crockford's base 32 and a check character, shown like `4F7-K20`. It names a material and
/// nobody who reads it.
public struct MaterialCode: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let characters: String

  /// A new code.
  public init(using generator: inout some RandomNumberGenerator) {
    characters = CheckedCharacters.drawn(Self.length - 1, using: &generator)
  }

  /// Reads a code as people write or say it: lower case, without the hyphen, with spaces, O for 0 and I or L for 1. Nil
  /// for anything else; a single wrong character, or two that are exchanged, are noticed.
  public init?(_ text: String) {
    // Longer than anybody writes one: not looked through.
    guard text.utf8.count <= 64 else { return nil }
    do throws(CheckedCharacters.Flaw) {
      characters = try CheckedCharacters.read(text, count: Self.length)
    } catch { return nil }
  }

  /// Such as `4F7-K20`.
  public var description: String { characters.prefix(3) + "-" + characters.suffix(3) }

  public static func < (left: MaterialCode, right: MaterialCode) -> Bool {
    left.characters < right.characters
  }

  private static let length = 6
}
