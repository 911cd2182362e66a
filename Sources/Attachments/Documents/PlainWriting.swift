/// Plain text in UTF-8, as people write it: nothing that a program would take for its own.
enum PlainWriting {
  /// How text begins that is something else to a browser, a shell or a printer.
  private static let marks = [
    "<!", "<?", "<html", "<head", "<body", "<svg", "<script", "<iframe", "<math", "#!", "{\\rtf",
    "%!ps",
  ]
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func isText(_ bytes: [UInt8]) -> Bool {
    let bytes = cleaned(bytes)
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0C, 0x0D].contains($0) }),
      String(validating: bytes, as: UTF8.self) != nil
    else { return false }
    let start = String(
      decoding: bytes.drop { $0 <= 0x20 }.prefix(16), as: UTF8.self
    ).lowercased()
    return !marks.contains { start.hasPrefix($0) }
  }

  /// Without the mark of the byte order.
  static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
    bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
  }
}
