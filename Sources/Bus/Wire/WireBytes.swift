public import GRPCCore
public import SwiftProtobuf
import ZeroMQ

/// Bytes of a frame: its fields or its body. They lie in libzmq's memory, so that they leave and come
/// without a copy, from the serializer to the socket and from the socket to the deserializer.
public struct WireBytes: Sendable {
  /// Nil where there are no bytes and no room for a header.
  private(set) var part: Part?
  /// Where they begin in the part.
  private(set) var offset: Int
  public private(set) var count: Int

  /// No bytes.
  public init() {
    part = nil
    offset = 0
    count = 0
  }

  init(_ part: Part, from offset: Int = 0) {
    self.part = part
    self.offset = offset
    self.count = part.count - offset
  }

  /// So many bytes after room for a frame's header, not yet written.
  init(uninitialized count: Int, headroom: Int) {
    part = Part(uninitialized: headroom + count)
    offset = headroom
    self.count = count
  }

  /// A copy.
  public init(_ bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { WireBytes(Part(copying: $0)) }
  }

  /// True if there are none.
  public var isEmpty: Bool { count == 0 }

  /// Lends the bytes for reading.
  @inline(__always)
  public func withUnsafeBytes<R>(
    _ body: (UnsafeRawBufferPointer) throws -> R
  ) rethrows -> R {
    guard let part else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    return try part.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[offset...])) }
  }

  /// Lends the bytes for writing. Those that somebody else holds too are copied first.
  public mutating func withUnsafeMutableBytes<R>(
    _ body: (UnsafeMutableRawBufferPointer) throws -> R
  ) rethrows -> R {
    guard part != nil else { return try body(UnsafeMutableRawBufferPointer(start: nil, count: 0)) }
    if !isKnownUniquelyReferenced(&part) { self = copied(headroom: offset) }
    return try part.unsafelyUnwrapped.withUnsafeMutableBytes {
      try body(UnsafeMutableRawBufferPointer(rebasing: $0[offset...]))
    }
  }

  private func copied(headroom: Int) -> WireBytes {
    let copy = WireBytes(uninitialized: count, headroom: headroom)
    withUnsafeBytes { bytes in
      copy.part?.withUnsafeMutableBytes {
        UnsafeMutableRawBufferPointer(rebasing: $0[headroom...]).copyMemory(from: bytes)
      }
    }
    return copy
  }

  /// The part to send as a frame of its own.
  consuming func wholePart() -> Part {
    if offset != 0 { self = copied(headroom: 0) }
    return part ?? Part(uninitialized: 0)
  }

  /// The part to send as a head, with these bytes after a header that `write` fills in.
  consuming func part(
    headroom: Int, writing write: (UnsafeMutableRawBufferPointer) -> Void
  ) -> Part {
    if offset != headroom || !isKnownUniquelyReferenced(&part) { self = copied(headroom: headroom) }
    let part = part.unsafelyUnwrapped
    part.withUnsafeMutableBytes { write(UnsafeMutableRawBufferPointer(rebasing: $0[..<headroom])) }
    return part
  }
}

extension WireBytes: GRPCContiguousBytes, SwiftProtobufContiguousBytes {
  public init(repeating: UInt8, count: Int) {
    self.init(Part(uninitialized: count))
    part?.withUnsafeMutableBytes { bytes in
      for index in bytes.indices { bytes[index] = repeating }
    }
  }

  public init(_ sequence: some Sequence<UInt8>) {
    let copy: WireBytes? = sequence.withContiguousStorageIfAvailable { bytes in
      WireBytes(Part(copying: UnsafeRawBufferPointer(bytes)))
    }
    self = copy ?? WireBytes([UInt8](sequence))
  }
}

extension WireBytes: Hashable, ExpressibleByArrayLiteral {
  public init(arrayLiteral elements: UInt8...) { self.init(elements) }

  public static func == (one: WireBytes, other: WireBytes) -> Bool {
    one.count == other.count
      && one.withUnsafeBytes { bytes in other.withUnsafeBytes { bytes.elementsEqual($0) } }
  }

  public func hash(into hasher: inout Hasher) { withUnsafeBytes { hasher.combine(bytes: $0) } }
}

extension [UInt8] {
  /// A copy of a frame's bytes.
  public init(_ bytes: WireBytes) { self = bytes.withUnsafeBytes { [UInt8]($0) } }
}
