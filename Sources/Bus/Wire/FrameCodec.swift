public import ZeroMQ

/// Why bytes are not a frame.
public enum WireError: Error, Sendable, Hashable, CustomStringConvertible {
  case notAFrame
  case version(UInt8)
  case unknownKind(UInt8)
  case unknownFlags(UInt8)
  case truncated(field: String)
  case trailingBytes(count: Int)
  case tooLarge(part: String, bytes: Int, limit: Int)
  case notUTF8(field: String)
  case wrongFrameCount(Int)
  case bodyExpected
  case bodyUnexpected
  case streamExpected
  case streamUnexpected

  public var description: String {
    switch self {
    case .notAFrame: "not a frame: the first byte is not 0x52"
    case .version(let version): "wire version \(version) is not spoken here, 1 is"
    case .unknownKind(let kind): "unknown frame kind \(kind)"
    case .unknownFlags(let flags): "unknown flags \(flags)"
    case .truncated(let field): "the frame ends within \(field)"
    case .trailingBytes(let count): "\(count) bytes too many"
    case .tooLarge(let part, let bytes, let limit): "\(part) of \(bytes) bytes, at most \(limit)"
    case .notUTF8(let field): "\(field) is not UTF-8"
    case .wrongFrameCount(let count): "\(count) frames, 1 or 2 expected"
    case .bodyExpected: "the flags announce a body, none came"
    case .bodyUnexpected: "a body came that the flags do not announce"
    case .streamExpected: "a call frame needs a stream"
    case .streamUnexpected: "a session frame has no stream"
    }
  }
}

extension Frame {
  /// The parts to hand to a socket: header with fields, then the body if there is one. Uses the frame up.
  public consuming func encoded() -> (head: Part, body: Part?) {
    let (kind, flags, session, stream, sequence) = (kind, flags, session, stream, sequence)
    var (bodyBytes, fieldBytes) = (WireBytes?.none, WireBytes())
    swap(&bodyBytes, &self.body)
    swap(&fieldBytes, &fields)
    let body = bodyBytes.map { $0.wholePart() }
    let head = fieldBytes.part(headroom: WireLimits.headerBytes) { bytes in
      var writer = ByteWriter(bytes)
      writer.put(WireLimits.magic)
      writer.put(WireLimits.version)
      writer.put(kind.rawValue)
      writer.put(flags.rawValue)
      writer.put(session)
      writer.put(stream)
      writer.put(sequence)
    }
    return (head, body)
  }

  /// Reads a frame as it came from a socket.
  public init(decoding message: consuming Message) throws(WireError) {
    let (head, body, parts) = (message.head, message.body, message.parts)
    let frame = try head.withUnsafeBytes { bytes throws(WireError) in
      try Frame(header: bytes, parts: parts)
    }
    self = frame
    fields = WireBytes(head, from: WireLimits.headerBytes)
    self.body = body.map { WireBytes($0) }
    try checkParts()
  }

  private init(header bytes: UnsafeRawBufferPointer, parts: Int) throws(WireError) {
    guard (1...2).contains(parts) else { throw .wrongFrameCount(parts) }
    guard bytes.first == WireLimits.magic else { throw .notAFrame }
    guard bytes.count >= WireLimits.headerBytes else { throw .truncated(field: "header") }
    guard bytes[1] == WireLimits.version else { throw .version(bytes[1]) }
    guard let kind = FrameKind(rawValue: bytes[2]) else { throw .unknownKind(bytes[2]) }
    let flags = FrameFlags(rawValue: bytes[3])
    guard flags.isSubset(of: .known) else { throw .unknownFlags(bytes[3]) }
    self.init(
      kind, flags: flags,
      session: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt64.self)),
      stream: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 12, as: UInt64.self)),
      sequence: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 20, as: UInt32.self)))
    if kind.isCall, stream == 0 { throw .streamExpected }
    if !kind.isCall, stream != 0 { throw .streamUnexpected }
  }

  private func checkParts() throws(WireError) {
    guard fields.count <= WireLimits.fieldBytesLimit else {
      throw .tooLarge(part: "fields", bytes: fields.count, limit: WireLimits.fieldBytesLimit)
    }
    if flags.contains(.message), body == nil { throw .bodyExpected }
    if !flags.contains(.message), body != nil { throw .bodyUnexpected }
    if let body, body.count > WireLimits.bodyBytesLimit {
      throw .tooLarge(part: "body", bytes: body.count, limit: WireLimits.bodyBytesLimit)
    }
  }
}
