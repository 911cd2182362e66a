import Crypto
import Foundation

/// Agencies whose programs may tell of second reports, with what their tokens hash to. The tokens themselves are kept
/// nowhere.
public struct AgencyTokens: Sendable, Hashable {
  /// Agencies that can be let in.
  public static let agenciesLimit = 100
  /// Characters that a token has at least: 128 bits, in whatever letters.
  public static let tokenCharactersMinimum = 22
  /// Characters that a token has at most.
  public static let tokenCharactersLimit = 512

  private struct Entry: Sendable, Hashable {
    let name: String
    let hash: [UInt8]
  }

  private var entries: [Entry] = []

  /// Nobody.
  public init() {}

  /// Reads lines of an agency's name and the SHA-256 of its token in hexadecimal, with a space between them. Empty lines
  /// and those that begin with # are passed over.
  /// - Throws: ``AgencyTokensError`` with the number of the line.
  public init(text: String) throws(AgencyTokensError) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let parts = line.split(separator: " ", omittingEmptySubsequences: true)
      guard parts.count == 2, Self.isName(parts[0]), let hash = Self.bytes(parts[1]),
        entries.count < Self.agenciesLimit
      else { throw AgencyTokensError(line: number + 1) }
      entries.append(Entry(name: String(parts[0]), hash: hash))
    }
  }

  /// Whose token it is. All are compared, each in constant time.
  func name(of token: String) -> String? {
    guard (Self.tokenCharactersMinimum...Self.tokenCharactersLimit).contains(token.utf8.count)
    else {
      return nil
    }
    let digest = SHA256.hash(data: Array(token.utf8))
    var found: String?
    for entry in entries where digest == Data(entry.hash) { found = entry.name }
    return found
  }

  /// As Intake names a system that reports come from.
  private static func isName(_ text: Substring) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  private static func bytes(_ text: Substring) -> [UInt8]? {
    guard text.utf8.count == 64 else { return nil }
    var (bytes, rest) = ([UInt8](), text)
    while !rest.isEmpty {
      guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}

/// A line of the agencies' file cannot be read. What stands in it is not repeated.
public struct AgencyTokensError: Error, Sendable, Hashable {
  /// From 1.
  public let line: Int
}
