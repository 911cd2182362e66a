import ZeroMQ

/// Takes values off the front of bytes, in network byte order. Lives no longer than the bytes are lent.
struct ByteReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var rest: Int { bytes.count - position }

  mutating func integer<I: FixedWidthInteger>(_: I.Type, _ field: String) throws(WireError) -> I {
    let taken = try take(MemoryLayout<I>.size, field)
    return I(bigEndian: taken.loadUnaligned(as: I.self))
  }

  mutating func take(_ count: Int, _ field: String) throws(WireError) -> UnsafeRawBufferPointer {
    guard count <= rest else { throw .truncated(field: field) }
    defer { position += count }
    return UnsafeRawBufferPointer(rebasing: bytes[position..<position + count])
  }

  /// A text with its length in two bytes.
  mutating func string(_ field: String) throws(WireError) -> String {
    let count = try integer(UInt16.self, field)
    return try text(Int(count), field)
  }

  mutating func text(_ count: Int, _ field: String) throws(WireError) -> String {
    let taken = try take(count, field)
    guard count > 0 else { return "" }
    guard let text = String(validating: taken, as: UTF8.self) else {
      throw .notUTF8(field: field)
    }
    return text
  }

  func finish() throws(WireError) {
    guard rest == 0 else { throw .trailingBytes(count: rest) }
  }
}

extension WireBytes {
  /// Reads all of the bytes with a reader.
  func read<R>(_ body: (inout ByteReader) throws(WireError) -> R) throws(WireError) -> R {
    guard let part else {
      var reader = ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
      return try body(&reader)
    }
    return try part.withUnsafeBytes { bytes throws(WireError) in
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
      return try body(&reader)
    }
  }

  /// Fields of so many bytes as `write` puts them, with room for a header before them.
  init(fieldBytes count: Int, _ write: (inout ByteWriter) -> Void) {
    self.init(uninitialized: count, headroom: WireLimits.headerBytes)
    withUnsafeMutableBytes { bytes in
      var writer = ByteWriter(bytes)
      write(&writer)
      assert(writer.position == bytes.count)
    }
  }
}

/// Puts values one after the other, in network byte order. Who makes it knows how many bytes that takes.
struct ByteWriter {
  private let bytes: UnsafeMutableRawBufferPointer
  private(set) var position = 0

  init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

  mutating func put(_ value: some FixedWidthInteger & BitwiseCopyable) {
    bytes.storeBytes(of: value.bigEndian, toByteOffset: position, as: type(of: value))
    position += value.bitWidth / 8
  }

  mutating func put(bytes source: UnsafeRawBufferPointer) {
    UnsafeMutableRawBufferPointer(rebasing: bytes[position..<position + source.count])
      .copyMemory(from: source)
    position += source.count
  }

  /// A text with its length in two bytes.
  mutating func put(text: String) {
    let count = Self.textBytes(text) - 2
    put(UInt16(count))
    var text = text
    text.withUTF8 {
      put(bytes: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: $0[..<count])))
    }
  }

  /// Bytes that ``put(text:)`` takes; what is longer than 65,535 bytes is cut.
  static func textBytes(_ text: String) -> Int { 2 + min(text.utf8.count, Int(UInt16.max)) }
}
