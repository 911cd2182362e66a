/// Quick answers about short texts of plain ASCII, as nearly all are. A regular expression decides about all
/// others; it is built anew each time, which takes longer than everything else that is checked.
enum PlainWords {
  /// True if it has nothing but small letters, digits and hyphens, 64 at most, and begins with no hyphen.
  static func isKey(_ text: String) -> Bool {
    text.utf8.count <= 64 && text.utf8.first != UInt8(ascii: "-")
      && !text.isEmpty && text.utf8.allSatisfy { isSmallOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// True if it has nothing but letters, digits, points and hyphens, 32 at most, and begins with a letter or
  /// a digit.
  static func isVersion(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 32, isLetterOrDigit(first) else {
      return false
    }
    return text.utf8.allSatisfy {
      isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
    }
  }

  /// True if it has one @ with visible characters on both sides, and nothing but visible characters.
  static func isEmail(_ text: String) -> Bool {
    let at = UInt8(ascii: "@")
    return text.utf8.first != at && text.utf8.last != at && text.utf8.count { $0 == at } == 1
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isSmallOrDigit(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isSmallOrDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
