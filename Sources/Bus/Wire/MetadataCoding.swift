import GRPCCore

extension ByteWriter {
  /// A metadata block: the number of entries, then for each its key and its value.
  mutating func put(_ metadata: Metadata) {
    put(UInt16(clamping: metadata.count))
    for (key, value) in metadata.prefix(Int(UInt16.max)) {
      put(text: key)
      switch value {
      case .string(var text):
        text.withUTF8 { utf8 in
          put(UInt32(utf8.count))
          put(bytes: UnsafeRawBufferPointer(utf8))
        }
      case .binary(let bytes):
        put(UInt32(bytes.count))
        bytes.withUnsafeBytes { put(bytes: $0) }
      }
    }
  }

  /// Bytes that a metadata block takes.
  static func metadataBytes(_ metadata: Metadata) -> Int {
    metadata.prefix(Int(UInt16.max)).reduce(2) { sum, entry in
      let value =
        switch entry.value {
        case .string(let text): text.utf8.count
        case .binary(let bytes): bytes.count
        }
      return sum + textBytes(entry.key) + 4 + value
    }
  }
}

extension ByteReader {
  /// Reads a metadata block. Keys that end in `-bin` have binary values, as in gRPC.
  mutating func metadata() throws(WireError) -> Metadata {
    let count = Int(try integer(UInt16.self, "metadata count"))
    guard count <= WireLimits.metadataEntriesLimit else {
      throw .tooLarge(
        part: "metadata entries", bytes: count, limit: WireLimits.metadataEntriesLimit)
    }
    var metadata = Metadata()
    for _ in 0..<count {
      let key = try string("metadata key")
      let length = Int(try integer(UInt32.self, "metadata value"))
      if key.hasSuffix("-bin") {
        metadata.addBinary([UInt8](try take(length, "metadata value")), forKey: key)
      } else {
        metadata.addString(try text(length, "metadata value"), forKey: key)
      }
    }
    return metadata
  }
}
