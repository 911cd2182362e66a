import GRPCCore

extension [UInt8] {
  /// Appends a metadata block: the number of entries, then for each its key and its value.
  mutating func appendMetadata(_ metadata: Metadata) {
    appendInteger(UInt16(clamping: metadata.count))
    for (key, value) in metadata {
      appendString(key)
      switch value {
      case .string(let text):
        appendInteger(UInt32(clamping: text.utf8.count))
        append(contentsOf: text.utf8)
      case .binary(let bytes):
        appendInteger(UInt32(clamping: bytes.count))
        append(contentsOf: bytes)
      }
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
      let length = try integer(UInt32.self, "metadata value")
      let value = try bytes(Int(length), "metadata value")
      if key.hasSuffix("-bin") {
        metadata.addBinary([UInt8](value), forKey: key)
      } else {
        metadata.addString(try text(value, "metadata value"), forKey: key)
      }
    }
    return metadata
  }
}
