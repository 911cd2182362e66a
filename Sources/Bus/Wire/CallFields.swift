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
  public init(decoding fields: WireBytes) throws(WireError) {
    self = try fields.read { reader throws(WireError) in
      let fields = OpenFields(
        timeoutMilliseconds: try reader.integer(UInt32.self, "timeout"),
        method: try reader.string("method"), target: try reader.string("target"),
        metadata: try reader.metadata())
      try reader.finish()
      return fields
    }
  }

  /// As they stand in a frame.
  public func encoded() -> WireBytes {
    let count =
      4 + ByteWriter.textBytes(method) + ByteWriter.textBytes(target)
      + ByteWriter.metadataBytes(metadata)
    return WireBytes(fieldBytes: count) { writer in
      writer.put(timeoutMilliseconds)
      writer.put(text: method)
      writer.put(text: target)
      writer.put(metadata)
    }
  }
}

/// What OPEN says to whoever passes it on: where it is to go and how long that may take.
public struct RouteFields: Sendable, Hashable {
  /// Milliseconds that the caller gives the call; 0 is no limit.
  public var timeoutMilliseconds: UInt32
  public var method: String
  public var target: String

  /// Reads them off the front of OPEN's fields. The metadata behind them is the handler's to read.
  public init(decoding fields: WireBytes) throws(WireError) {
    (timeoutMilliseconds, method, target) = try fields.read { reader throws(WireError) in
      (
        try reader.integer(UInt32.self, "timeout"), try reader.string("method"),
        try reader.string("target")
      )
    }
  }
}

extension WireBytes {
  /// OPEN's fields with another text in the place of their target; everything else is copied as it is.
  /// - Precondition: they can be read (``RouteFields``), and are no longer than their limit then.
  public func withTarget(_ target: String) -> WireBytes {
    withUnsafeBytes { bytes in
      let begin =
        6 + Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self)))
      let old = bytes.loadUnaligned(fromByteOffset: begin, as: UInt16.self)
      let end = begin + 2 + Int(UInt16(bigEndian: old))
      let count = begin + ByteWriter.textBytes(target) + bytes.count - end
      return WireBytes(fieldBytes: count) { writer in
        writer.put(bytes: UnsafeRawBufferPointer(rebasing: bytes[..<begin]))
        writer.put(text: target)
        writer.put(bytes: UnsafeRawBufferPointer(rebasing: bytes[end...]))
      }
    }
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

  /// Entries of the longer metadata block.
  var entries: Int { max(initialMetadata?.count ?? 0, trailingMetadata.count) }

  /// Reads them as they stand in a frame.
  public init(decoding frame: Frame) throws(WireError) {
    let hasMetadata = frame.flags.contains(.metadata)
    self = try frame.fields.read { reader throws(WireError) in
      let initial = hasMetadata ? try reader.metadata() : nil
      let code = try reader.integer(UInt8.self, "status code")
      let message = try reader.string("status message")
      let fields = StatusFields(
        initialMetadata: initial,
        status: Status(code: Status.Code(rawValue: Int(code)) ?? .unknown, message: message),
        trailingMetadata: try reader.metadata())
      try reader.finish()
      return fields
    }
  }

  /// The code alone, read off the front of the fields; nil if it cannot be read.
  public static func code(in frame: borrowing Frame) -> UInt8? {
    let hasMetadata = frame.flags.contains(.metadata)
    return try? frame.fields.read { reader throws(WireError) in
      if hasMetadata { _ = try reader.metadata() }
      return try reader.integer(UInt8.self, "status code")
    }
  }

  /// As they stand in a frame.
  public func encoded() -> WireBytes {
    let count =
      (initialMetadata.map(ByteWriter.metadataBytes) ?? 0) + 1
      + ByteWriter.textBytes(status.message) + ByteWriter.metadataBytes(trailingMetadata)
    return WireBytes(fieldBytes: count) { writer in
      if let initialMetadata { writer.put(initialMetadata) }
      writer.put(UInt8(clamping: status.code.rawValue))
      writer.put(text: status.message)
      writer.put(trailingMetadata)
    }
  }
}

extension StatusFields {
  /// Unicode scalars that are left of the text of a status that would be beyond the limits.
  static let shortTextLimit = 256

  /// What a handler's error says.
  init(_ error: RPCError) {
    self.init(
      status: Status(code: Status.Code(error.code), message: error.message),
      trailingMetadata: error.metadata.ofApplication)
  }

  /// What is said instead of a status beyond the limits: one that is not OK keeps its code, and its metadata
  /// if that is not what is too large.
  func shortened(_ error: RPCError) -> StatusFields {
    guard status.code != .ok else {
      return StatusFields(status: Status(code: .resourceExhausted, message: error.message))
    }
    let text = status.message.unicodeScalars.prefix(Self.shortTextLimit)
    var short = self
    short.initialMetadata = nil
    short.status.message = String(String.UnicodeScalarView(text))
    if short.entries > WireLimits.metadataEntriesLimit
      || short.encoded().count > WireLimits.fieldBytesLimit
    {
      short.trailingMetadata = [:]
    }
    return short
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

  init(decoding fields: WireBytes) throws(WireError) {
    self = try fields.read { reader throws(WireError) in
      let credit = Credit(
        messages: Int(try reader.integer(UInt32.self, "credit messages")),
        bytes: Int(try reader.integer(UInt32.self, "credit bytes")))
      try reader.finish()
      return credit
    }
  }

  func encoded() -> WireBytes {
    WireBytes(fieldBytes: 8) { writer in
      writer.put(UInt32(clamping: messages))
      writer.put(UInt32(clamping: bytes))
    }
  }
}
