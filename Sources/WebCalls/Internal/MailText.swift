/// How text becomes ASCII on its way: words of a header (RFC 2047), lines of a body (RFC 2045, section 6.7).
enum MailText {
  /// No line that has one is longer than 76 (RFC 2047, section 2): the name of its header stands before the first.
  private static let encodedWordLimit = 64
  private static let lineLimit = 76

  /// A header's text: as it is if it can be, else in encoded words, each of whole characters, a line for each.
  static func header(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    if isPlain, text.utf8.count <= 60, !text.contains("=?"), text.first != " ", text.last != " " {
      return text
    }
    return words(text)
  }

  /// The name before an address, with the space that follows it.
  static func name(_ name: String) -> String {
    if name.isEmpty { return "" }
    let isPlain = name.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    guard isPlain, name.utf8.count <= 60 else { return words(name) + "\r\n " }
    let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
    return "\"\(escaped)\" "
  }

  private static func words(_ text: String) -> String {
    let (start, end) = ("=?UTF-8?Q?", "?=")
    let room = encodedWordLimit - start.count - end.count
    var words: [String] = []
    var word = ""
    for scalar in text.unicodeScalars {
      let encoded = String(scalar).utf8.map { byte in
        isOfWord(byte) ? String(UnicodeScalar(byte)) : byte == 0x20 ? "_" : escaped(byte)
      }.joined()
      if word.utf8.count + encoded.utf8.count > room {
        words.append(word)
        word = ""
      }
      word += encoded
    }
    words.append(word)
    return words.map { start + $0 + end }.joined(separator: "\r\n ")
  }

  /// A character that stands for itself in every place of a header (RFC 2047, section 5, rule 3).
  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!*+-/".utf8.contains(byte)
    }
  }

  /// A body in lines of 76 characters at most, each ended by CR LF, however the text ends its own.
  static func quotedPrintable(_ text: String) -> String {
    var bytes: [UInt8] = []
    for line in lines(of: text) {
      var length = 0
      for (place, byte) in line.enumerated() {
        let isLast = place == line.count - 1
        let isPlain =
          (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
          || (byte == 0x20 || byte == 0x09) && !isLast
        let encoded = isPlain ? [byte] : Array(escaped(byte).utf8)
        // The last place is for the sign that the line goes on.
        if length + encoded.count > lineLimit - (isLast ? 0 : 1) {
          bytes += Array("=\r\n".utf8)
          length = 0
        }
        bytes += encoded
        length += encoded.count
      }
      bytes += [0x0D, 0x0A]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func lines(of text: String) -> [[UInt8]] {
    var lines: [[UInt8]] = [[]]
    var last: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x0A where last == 0x0D: break
      case 0x0A, 0x0D: lines.append([])
      default: lines[lines.count - 1].append(byte)
      }
      last = byte
    }
    if lines.last?.isEmpty == true, lines.count > 1 { lines.removeLast() }
    return lines
  }

  private static func escaped(_ byte: UInt8) -> String {
    "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
