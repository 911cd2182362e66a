import Crypto
import Foundation
import IntakeRules

/// Makes the opaque keys by which other workers tell complainants, households and incidents of one
/// case apart. Under another salt the same person has another key, so that keys of two cases cannot
/// be compared; and without the salt, which stays in Intake, a key cannot be guessed back.
public struct CaseKeys: Sendable, Hashable {
  /// Hexadecimal digits, kept with the case.
  let salt: String

  /// For a check that keeps and announces nothing.
  public static let withoutCase = CaseKeys(salt: "")

  init(salt: String) { self.salt = salt }

  /// Draws the salt of a new case.
  init(using generator: inout some RandomNumberGenerator) {
    salt = Self.randomDigits(words: 2, using: &generator)
  }

  func complainant(_ complainant: Complainant) -> String {
    switch complainant {
    case .applicant: key("complainant", "applicant")
    case .victim: key("complainant", "victim")
    case .other(let id): key("complainant", "other", id)
    }
  }

  /// Whose consent it is.
  func person(_ person: ConsentingPerson) -> String {
    switch person {
    case .applicant: key("person", "applicant")
    case .victim(let place): key("person", "victim", String(place))
    }
  }

  /// Empty for an empty word: two households that nobody named are not the same one.
  func household(_ word: String) -> String {
    let word = Self.folded(word)
    return word.isEmpty ? "" : key("household", word)
  }

  /// A complaint that names no incident is about one of its own.
  func incident(_ word: String, complaint index: Int) -> String {
    let word = Self.folded(word)
    return word.isEmpty ? key("incident", "unnamed", String(index)) : key("incident", "named", word)
  }

  /// Sixteen hexadecimal digits for each word drawn.
  static func randomDigits(words: Int, using generator: inout some RandomNumberGenerator) -> String
  {
    (0..<words).map { _ in hexadecimal(generator.next() as UInt64) }.joined()
  }

  /// Sixteen hexadecimal digits: enough that no two of a case's few hundred words meet.
  private func key(_ parts: String...) -> String {
    // A byte that no text of a form can have stands between the parts.
    let text = Data(parts.joined(separator: "\u{0}").utf8)
    let code = HMAC<SHA256>.authenticationCode(
      for: text, using: SymmetricKey(data: Data(salt.utf8)))
    return Self.hexadecimal(code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// Case and surrounding spaces are slips of the pen, not another incident.
  private static func folded(_ word: String) -> String {
    // Plain small letters, as most have them, are folded already.
    PlainWords.isKey(word)
      ? word : word.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
  }

  private static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
