import GRPCCore

@testable import Bus

extension Frame {
  /// Reads a frame with the fields of its kind, as whoever takes it in the end does.
  init(reading frames: [[UInt8]]) throws(WireError) {
    try self.init(decoding: frames[...])
    switch kind {
    case .open: _ = try OpenFields(decoding: fields)
    case .status: _ = try StatusFields(decoding: self)
    case .credit: _ = try Credit(decoding: fields)
    case .data where flags.contains(.metadata):
      var reader = ByteReader(fields[...])
      _ = try reader.metadata()
      try reader.finish()
    default: break
    }
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
