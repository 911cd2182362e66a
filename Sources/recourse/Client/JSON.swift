/// A JSON value whose objects keep the order in which they were written, so that the same result is
/// the same text, byte by byte.
enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(Int)
  case text(String)
  case list([JSON])
  case object([(String, JSON)])

  /// A position in the log.
  static func position(_ value: UInt64) -> JSON { .number(Int(clamping: value)) }
  /// A list of texts.
  static func texts(_ values: [String]) -> JSON { .list(values.map(JSON.text)) }
  /// Null where there is no text.
  static func optional(_ value: String) -> JSON { value.isEmpty ? .null : .text(value) }

  /// Bytes of a line that hardly any passes.
  private static let usualBytes = 8 * 1024

  /// The value on one line.
  var line: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.usualBytes)
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .number(let value): bytes += String(value).utf8
    case .text(let value): Self.quote(value, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let fields):
      bytes.append(UInt8(ascii: "{"))
      for (index, field) in fields.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.quote(field.0, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        field.1.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// What is escaped is ASCII, so that the bytes of all other characters stay as they are.
  private static func quote(_ value: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    let start = bytes.count
    bytes += value.utf8
    if bytes[start...].contains(where: needsEscape) {
      bytes.removeSubrange(start...)
      for byte in value.utf8 { escape(byte, to: &bytes) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""): bytes += "\\\"".utf8
    case UInt8(ascii: "\\"): bytes += "\\\\".utf8
    case UInt8(ascii: "\n"): bytes += "\\n".utf8
    case UInt8(ascii: "\r"): bytes += "\\r".utf8
    case UInt8(ascii: "\t"): bytes += "\\t".utf8
    case _ where needsEscape(byte):
      let digits = String(byte, radix: 16)
      bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
    default: bytes.append(byte)
    }
  }
}
