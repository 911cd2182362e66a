/// What a plugin is called: its principal, its process, its slice.
public struct PluginName: Sendable, Hashable, CustomStringConvertible {
  /// At most this many characters.
  public static let lengthLimit = 32

  public let text: String

  /// Nil if it is not lower-case letters, digits and single hyphens inside, beginning with a letter.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    let hyphen = UInt8(ascii: "-")
    guard let first = bytes.first, let last = bytes.last, bytes.count <= Self.lengthLimit,
      Self.letters.contains(first), last != hyphen, !text.contains("--"),
      bytes.allSatisfy({ Self.letters.contains($0) || Self.digits.contains($0) || $0 == hyphen })
    else { return nil }
    self.text = text
  }

  public var description: String { text }

  private static let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
}
