import GRPCCore
import ZeroMQ

@testable import Bus

extension Frame {
  /// Reads a frame with the fields of its kind, as whoever takes it in the end does.
  init(reading frames: [[UInt8]]) throws(WireError) {
    try self.init(decoding: Message(frames))
    switch kind {
    case .open: _ = try OpenFields(decoding: fields)
    case .status: _ = try StatusFields(decoding: self)
    case .credit: _ = try Credit(decoding: fields)
    case .data where flags.contains(.metadata):
      try fields.read { reader throws(WireError) in
        _ = try reader.metadata()
        try reader.finish()
      }
    default: break
    }
  }
}

extension Message {
  /// A message of these parts, as a socket would give it.
  init(_ parts: [[UInt8]]) {
    let kept = parts.prefix(2).map { bytes in bytes.withUnsafeBytes { Part(copying: $0) } }
    self.init(
      head: kept.first ?? Part(uninitialized: 0), body: kept.dropFirst().first, parts: parts.count)
  }
}

extension Frame {
  /// The bytes of its parts.
  func parts() -> [[UInt8]] {
    let (head, body) = encoded()
    return [head, body].compactMap { part in part?.withUnsafeBytes { [UInt8]($0) } }
  }
}

extension WireBytes {
  /// A metadata block as the fields of a frame.
  init(_ metadata: Metadata) {
    self.init(fieldBytes: ByteWriter.metadataBytes(metadata)) { $0.put(metadata) }
  }
}

extension WireError {
  /// The error as `proto/README.md` names it.
  var name: String {
    switch self {
    case .notAFrame: "not-a-frame"
    case .version: "version"
    case .unknownKind: "unknown-kind"
    case .unknownFlags: "unknown-flags"
    case .truncated: "truncated"
    case .trailingBytes: "trailing-bytes"
    case .tooLarge: "too-large"
    case .notUTF8: "not-utf8"
    case .wrongFrameCount: "wrong-frame-count"
    case .bodyExpected: "body-expected"
    case .bodyUnexpected: "body-unexpected"
    case .streamExpected: "stream-expected"
    case .streamUnexpected: "stream-unexpected"
    }
  }

  static let names = [
    "not-a-frame", "version", "unknown-kind", "unknown-flags", "truncated", "trailing-bytes",
    "too-large", "not-utf8", "wrong-frame-count", "body-expected", "body-unexpected",
    "stream-expected", "stream-unexpected",
  ]
}
