import LogLines

/// Cuts a stream of bytes into lines, in bounded memory.
///
/// A line ends with a line feed, or with the end of the stream; a carriage return before it
/// belongs to the end. Bytes that are not UTF-8 become U+FFFD.
struct LineSplitter: Sendable {
  /// What is longer than this many bytes is cut, and the rest of the line is dropped. A line of a log stays whole.
  static let lineBytesLimit = LogLine.lineBytesLimit

  private var line: [UInt8] = []

  /// Takes the next bytes and gives the lines that they complete.
  mutating func take(_ bytes: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        lines.append(finishLine())
      } else if line.count < Self.lineBytesLimit {
        line.append(byte)
      }
    }
    return lines
  }

  /// The stream has ended: gives the last line if it lacks its end.
  mutating func finish() -> String? { line.isEmpty ? nil : finishLine() }

  private mutating func finishLine() -> String {
    defer { line.removeAll(keepingCapacity: true) }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }
}
