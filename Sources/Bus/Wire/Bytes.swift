extension [UInt8] {
  /// Appends in network byte order.
  mutating func appendInteger(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }

  /// Appends a string with its length in two bytes.
  mutating func appendString(_ value: String) {
    let utf8 = value.utf8
    appendInteger(UInt16(clamping: utf8.count))
    append(contentsOf: utf8.prefix(Int(UInt16.max)))
  }
}

/// Takes values off the front of bytes, in network byte order.
struct ByteReader {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func integer<I: FixedWidthInteger>(_: I.Type, _ field: String) throws(WireError) -> I {
    var value: I = 0
    for byte in try bytes(I.bitWidth / 8, field) { value = value << 8 | I(byte) }
    return value
  }

  mutating func bytes(_ count: Int, _ field: String) throws(WireError) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw .truncated(field: field) }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  mutating func string(_ field: String) throws(WireError) -> String {
    let count = try integer(UInt16.self, field)
    return try text(bytes(Int(count), field), field)
  }

  func text(_ bytes: ArraySlice<UInt8>, _ field: String) throws(WireError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .notUTF8(field: field)
    }
    return text
  }

  func finish() throws(WireError) {
    guard rest.isEmpty else { throw .trailingBytes(count: rest.count) }
  }
}
