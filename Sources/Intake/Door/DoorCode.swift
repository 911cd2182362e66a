import Crypto
import Foundation

/// The secret that a person has for their draft and then for their case: 80 random bits, as 16 of D. Crockford's letters
/// and digits, shown in groups of four. It is kept nowhere: of it are kept a place to find its draft by, and what proves
/// it, neither of which leads back.
struct DoorCode: Sendable, Hashable {
  /// Without I, L, O and U, which are taken for others or make words.
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
  private static let length = 16
  /// Longer than anybody writes one: not looked through.
  private static let writtenLimit = 64

  private let characters: String

  /// A new code.
  init(using generator: inout some RandomNumberGenerator) {
    let bits = [generator.next(), generator.next()]
    characters = String(
      (0..<Self.length).map { place in
        Self.alphabet[Int(truncatingIfNeeded: bits[place / 8] >> (5 * (place % 8))) & 0x1F]
      })
  }

  /// Reads a code as people write or say it: lower case, with or without hyphens and spaces, O for 0 and I or L for 1.
  /// Nil for anything else.
  init?(_ text: String) {
    guard text.utf8.count <= Self.writtenLimit else { return nil }
    var read = ""
    for character in text.uppercased() where character != "-" && !character.isWhitespace {
      let meant: Character =
        switch character {
        case "O": "0"
        case "I", "L": "1"
        default: character
        }
      guard Self.alphabet.contains(meant) else { return nil }
      read.append(meant)
    }
    guard read.count == Self.length else { return nil }
    characters = read
  }

  /// Such as `4F7K-2M98-0QRS-TVWX`: to be told to the person, and to nobody else.
  var shown: String {
    var groups: [Substring] = []
    var rest = Substring(characters)
    while !rest.isEmpty {
      groups.append(rest.prefix(4))
      rest = rest.dropFirst(4)
    }
    return groups.joined(separator: "-")
  }

  var secret: DoorSecret { DoorSecret(Data(characters.utf8)) }
}

/// What a code or the token of a session is to the slice: the bytes themselves are never kept.
struct DoorSecret: Sendable {
  private let key: SymmetricKey

  init(_ bytes: Data) { key = SymmetricKey(data: bytes) }

  /// As it is kept. Who reads it learns nothing of the secret but by trying all that there are.
  struct Kept: Sendable, Hashable {
    /// To find its row by.
    let locator: Data
    /// To compare with, in a time that does not depend on where they differ.
    let verifier: Data

    /// Of a case that there is not: compared with all the same, so that the time says nothing.
    static let none = Kept(locator: Data(count: 16), verifier: Data(count: 32))
  }

  var kept: Kept {
    Kept(
      locator: derived("locator", bytes: 16).withUnsafeBytes { Data($0) },
      verifier: Data(HMAC<SHA256>.authenticationCode(for: Self.proven, using: verifierKey)))
  }

  /// Compares in constant time.
  func matches(_ kept: Kept) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      kept.verifier, authenticating: Self.proven, using: verifierKey)
  }

  private static let proven = Data("recourse.intake.door".utf8)

  private var verifierKey: SymmetricKey { derived("verifier", bytes: 32) }

  /// What a draft's own key is wrapped under.
  var wrappingKey: SymmetricKey { derived("draft-key", bytes: 32) }

  private func derived(_ purpose: String, bytes: Int) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, salt: Self.proven, info: Data(purpose.utf8), outputByteCount: bytes)
  }
}
