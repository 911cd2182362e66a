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
  /// The frames to hand to a socket: header with fields, then the body if there is one.
  public func encoded() -> Frames {
    var head: [UInt8] = []
    head.reserveCapacity(WireLimits.headerBytes + fields.count)
    head.append(WireLimits.magic)
    head.append(WireLimits.version)
    head.append(kind.rawValue)
    head.append(flags.rawValue)
    head.appendInteger(session)
    head.appendInteger(stream)
    head.appendInteger(sequence)
    head.append(contentsOf: fields)
    if let body { return [head, body] }
    return [head]
  }

  /// Reads a frame as it came from a socket.
  public init(decoding frames: ArraySlice<[UInt8]>) throws(WireError) {
    guard let head = frames.first, frames.count <= 2 else { throw .wrongFrameCount(frames.count) }
    guard head.first == WireLimits.magic else { throw .notAFrame }
    guard head.count >= WireLimits.headerBytes else { throw .truncated(field: "header") }
    guard head[1] == WireLimits.version else { throw .version(head[1]) }
    guard let kind = FrameKind(rawValue: head[2]) else { throw .unknownKind(head[2]) }
    let flags = FrameFlags(rawValue: head[3])
    guard flags.isSubset(of: .known) else { throw .unknownFlags(head[3]) }
    var reader = ByteReader(head[4...])
    let session = try reader.integer(UInt64.self, "session")
    let stream = try reader.integer(UInt64.self, "stream")
    let sequence = try reader.integer(UInt32.self, "sequence")
    if kind.isCall, stream == 0 { throw .streamExpected }
    if !kind.isCall, stream != 0 { throw .streamUnexpected }
    let fields = [UInt8](reader.rest)
    guard fields.count <= WireLimits.fieldBytesLimit else {
      throw .tooLarge(part: "fields", bytes: fields.count, limit: WireLimits.fieldBytesLimit)
    }
    let body = frames.count == 2 ? frames[frames.startIndex + 1] : nil
    if flags.contains(.message), body == nil { throw .bodyExpected }
    if !flags.contains(.message), body != nil { throw .bodyUnexpected }
    if let body, body.count > WireLimits.bodyBytesLimit {
      throw .tooLarge(part: "body", bytes: body.count, limit: WireLimits.bodyBytesLimit)
    }
    self.init(
      kind, flags: flags, session: session, stream: stream, sequence: sequence, fields: fields,
      body: body)
  }
}
