/// Writes protobuf's encoding, field by field, for messages whose types are known by descriptor alone.
struct ProtoWriter: Sendable {
  private(set) var bytes: [UInt8] = []

  /// A field that no schema has, as a later version of a message may have one.
  static let unknownField: [UInt8] = {
    var writer = ProtoWriter()
    writer.varint(7, field: 2_047)
    writer.bytes(Array("tomorrow".utf8), field: 2_046)
    return writer.bytes
  }()

  mutating func varint(_ value: UInt64, field: Int32) {
    tag(field, wire: 0)
    append(value)
  }

  mutating func fixed64(_ value: UInt64, field: Int32) {
    tag(field, wire: 1)
    bytes += withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  mutating func fixed32(_ value: UInt32, field: Int32) {
    tag(field, wire: 5)
    bytes += withUnsafeBytes(of: value.littleEndian, Array.init)
  }

  mutating func bytes(_ value: [UInt8], field: Int32) {
    tag(field, wire: 2)
    append(UInt64(value.count))
    bytes += value
  }

  private mutating func tag(_ field: Int32, wire: UInt64) { append(UInt64(field) << 3 | wire) }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
