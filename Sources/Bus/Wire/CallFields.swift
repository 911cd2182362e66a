public import GRPCCore

/// What OPEN adds to the header.
public struct OpenFields: Sendable, Hashable {
  /// Milliseconds that the caller gives the call; 0 is no limit.
  public var timeoutMilliseconds: UInt32
  /// Fully qualified service and method, `package.Service/Method`.
  public var method: String
  /// The worker, or `worker/instance`, that must get the call; empty lets the broker choose.
  public var target: String
  public var metadata: Metadata

  public init(
    timeoutMilliseconds: UInt32 = 0, method: String, target: String = "",
    metadata: Metadata = [:]
  ) {
    self.timeoutMilliseconds = timeoutMilliseconds
    self.method = method
    self.target = target
    self.metadata = metadata
  }

  /// Reads them as they stand in a frame.
  public init(decoding fields: [UInt8]) throws(WireError) {
    var reader = ByteReader(fields[...])
    timeoutMilliseconds = try reader.integer(UInt32.self, "timeout")
    method = try reader.string("method")
    target = try reader.string("target")
    metadata = try reader.metadata()
    try reader.finish()
  }

  /// As they stand in a frame.
  public func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendInteger(timeoutMilliseconds)
    bytes.appendString(method)
    bytes.appendString(target)
    bytes.appendMetadata(metadata)
    return bytes
  }
}

/// What STATUS adds to the header.
public struct StatusFields: Sendable, Hashable {
  /// Present if no DATA has carried it.
  public var initialMetadata: Metadata?
  public var status: Status
  public var trailingMetadata: Metadata

  public init(initialMetadata: Metadata? = nil, status: Status, trailingMetadata: Metadata = [:]) {
    self.initialMetadata = initialMetadata
    self.status = status
    self.trailingMetadata = trailingMetadata
  }

  /// Reads them as they stand in a frame.
  public init(decoding frame: Frame) throws(WireError) {
    var reader = ByteReader(frame.fields[...])
    initialMetadata = frame.flags.contains(.metadata) ? try reader.metadata() : nil
    let code = try reader.integer(UInt8.self, "status code")
    let message = try reader.string("status message")
    status = Status(code: Status.Code(rawValue: Int(code)) ?? .unknown, message: message)
    trailingMetadata = try reader.metadata()
    try reader.finish()
  }

  /// As they stand in a frame.
  public func encoded() -> [UInt8] {
    var bytes: [UInt8] = []
    if let initialMetadata { bytes.appendMetadata(initialMetadata) }
    bytes.append(UInt8(clamping: status.code.rawValue))
    bytes.appendString(status.message)
    bytes.appendMetadata(trailingMetadata)
    return bytes
  }
}

/// Room that a receiver has: how many messages, and how many bytes of messages, may be under way.
public struct Credit: Sendable, Hashable {
  /// Messages that may be under way.
  public var messages: Int
  /// Bytes of messages that may be under way; the last message may overdraw them.
  public var bytes: Int

  public init(messages: Int, bytes: Int) {
    self.messages = messages
    self.bytes = bytes
  }

  init(decoding fields: [UInt8]) throws(WireError) {
    var reader = ByteReader(fields[...])
    messages = Int(try reader.integer(UInt32.self, "credit messages"))
    bytes = Int(try reader.integer(UInt32.self, "credit bytes"))
    try reader.finish()
  }

  func encoded() -> [UInt8] {
    var result: [UInt8] = []
    result.appendInteger(UInt32(clamping: messages))
    result.appendInteger(UInt32(clamping: bytes))
    return result
  }
}
