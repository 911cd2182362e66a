/// A case's reference: short, fit to be read out over the phone, with a check character. It says nothing
/// of how many cases there are or whose this is.
///
/// Seven random characters of D. Crockford's base 32 and a check character, shown as `XXXX-XXXX`: every single wrong
/// character and every exchange of two neighbours is noticed.
public struct CaseReference: Sendable, Hashable, Comparable, CustomStringConvertible {
  private let characters: String

  /// A new reference.
  public init(using generator: inout some RandomNumberGenerator) {
    characters = CheckedCharacters.drawn(7, using: &generator)
  }

  /// Reads a reference as people write or say it: lower case, without the hyphen, with spaces, O for 0 and
  /// I or L for 1.
  public init(parsing text: String) throws(InvalidReference) {
    do throws(CheckedCharacters.Flaw) {
      characters = try CheckedCharacters.read(text, count: 8)
    } catch {
      switch error {
      case .length(let count): throw .length(count)
      case .character: throw .character
      case .check: throw .check
      }
    }
  }

  /// `XXXX-XXXX`.
  public var description: String { characters.prefix(4) + "-" + characters.suffix(4) }

  /// The key of the case's events.
  public var key: EventKey { EventKey(.case, description) }

  public static func < (left: CaseReference, right: CaseReference) -> Bool {
    left.characters < right.characters
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
