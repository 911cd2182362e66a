public import GRPCCore

/// One side of one call: sequence, ends and credit, as a value. It makes the frames to send and
/// reads those that come; it knows no sockets, tasks or clocks.
public struct StreamMachine: Sendable {
  /// Which side this is.
  public enum Role: Sendable {
    case caller
    case handler
  }

  /// What a frame that came means.
  public enum Event: Sendable, Hashable {
    case metadata(Metadata)
    case message(WireBytes)
    /// The caller says nothing more.
    case end
    /// The last thing that a caller hears.
    case status(Status, Metadata)
    /// The caller has given up.
    case cancelled
    /// There is room to send again.
    case creditGranted
  }

  public let role: Role
  /// The session that the call belongs to.
  public let session: UInt64
  /// The number of the call in its session.
  public let stream: UInt64
  private var sendSequence: UInt32 = 0
  private var receiveSequence: UInt32 = 0
  private var sendCredit = WireLimits.initialCredit
  private var consumed = Credit(messages: 0, bytes: 0)
  private var outstanding = WireLimits.initialCredit
  private var hasReceivedMetadata = false
  /// This side says nothing more.
  public private(set) var hasEndedSending = false
  /// The other side says nothing more.
  public private(set) var hasEndedReceiving = false

  /// The broker lets calls wait (``WireFeature/waitForReady``).
  private let mayWait: Bool

  public init(role: Role, session: UInt64, stream: UInt64, mayWait: Bool = false) {
    self.mayWait = mayWait
    self.role = role
    self.session = session
    self.stream = stream
  }

  /// True when both sides are done and the call can be forgotten.
  public var isFinished: Bool { hasEndedSending && hasEndedReceiving }
  /// True while the other side has room for a message. The last message may overdraw the bytes.
  public var canSendMessage: Bool { sendCredit.messages > 0 && sendCredit.bytes > 0 }

  // MARK: Sending

  private mutating func frame(
    _ kind: FrameKind, _ flags: FrameFlags, fields: WireBytes = WireBytes(),
    body: WireBytes? = nil
  ) -> Frame {
    defer { sendSequence &+= 1 }
    if let body {
      sendCredit.messages -= 1
      sendCredit.bytes -= body.count
    }
    return Frame(
      kind, flags: body == nil ? flags : flags.union(.message), session: session, stream: stream,
      sequence: sendSequence, fields: fields, body: body)
  }

  /// The call's first frame, with its only message if `ends`.
  /// - Parameter waits: the call waits at the broker while nobody can answer it. The broker must have the
  ///   feature; where it has not, it is left out.
  public mutating func open(
    _ fields: OpenFields, message: WireBytes?, ends: Bool, waits: Bool = false
  ) -> Frame {
    hasEndedSending = ends
    var flags: FrameFlags = ends ? .end : []
    if waits, mayWait { flags.insert(.wait) }
    return frame(.open, flags, fields: fields.encoded(), body: message)
  }

  /// A message, the initial metadata, or both.
  public mutating func data(metadata: Metadata?, message: WireBytes?, ends: Bool = false) -> Frame {
    var flags: FrameFlags = ends ? .end : []
    var fields = WireBytes()
    if let metadata {
      flags.insert(.metadata)
      fields = WireBytes(fieldBytes: ByteWriter.metadataBytes(metadata)) { $0.put(metadata) }
    }
    hasEndedSending = ends
    return frame(.data, flags, fields: fields, body: message)
  }

  /// The caller says nothing more.
  public mutating func end() -> Frame {
    hasEndedSending = true
    return frame(.end, [])
  }

  /// The handler's last word; both directions are done.
  public mutating func status(_ fields: StatusFields, message: WireBytes? = nil) -> Frame {
    hasEndedSending = true
    hasEndedReceiving = true
    let flags: FrameFlags = fields.initialMetadata == nil ? [] : .metadata
    return frame(.status, flags, fields: fields.encoded(), body: message)
  }

  /// The caller gives up; both directions are done.
  public mutating func cancel() -> Frame {
    hasEndedSending = true
    hasEndedReceiving = true
    return frame(.cancel, [])
  }

  /// Notes that the application took a message; returns the grant to send, if it is time for one.
  public mutating func consume(bytes: Int) -> Frame? {
    consumed.messages += 1
    consumed.bytes += bytes
    guard !hasEndedReceiving else { return nil }
    let initial = WireLimits.initialCredit
    guard consumed.messages * 2 >= initial.messages || consumed.bytes * 2 >= initial.bytes else {
      return nil
    }
    outstanding.messages += consumed.messages
    outstanding.bytes += consumed.bytes
    let fields = consumed.encoded()
    consumed = Credit(messages: 0, bytes: 0)
    return frame(.credit, [], fields: fields)
  }

  // MARK: Receiving

  /// Reads a frame of this call. Once both sides are done, what was still on its way is dropped.
  /// - Throws: ``StreamViolation`` if the other side broke the rules; the call cannot go on.
  public mutating func receive(_ frame: Frame) throws(StreamViolation) -> [Event] {
    guard !isFinished else { return [] }
    guard frame.sequence == receiveSequence else {
      throw .sequence(expected: receiveSequence, received: frame.sequence)
    }
    receiveSequence &+= 1
    do {
      return try events(of: frame)
    } catch let error as WireError {
      throw .malformed(error)
    } catch let violation as StreamViolation {
      throw violation
    } catch {
      throw .unexpected(frame.kind)
    }
  }

  private mutating func events(of frame: Frame) throws -> [Event] {
    if frame.kind == .credit {
      let grant = try Credit(decoding: frame.fields)
      sendCredit.messages += grant.messages
      sendCredit.bytes += grant.bytes
      return [.creditGranted]
    }
    if frame.kind == .cancel, role == .handler {
      hasEndedReceiving = true
      hasEndedSending = true
      return [.cancelled]
    }
    guard !hasEndedReceiving else { throw StreamViolation.afterEnd(frame.kind) }
    var events: [Event] = []
    switch (frame.kind, role) {
    case (.open, .handler) where !hasReceivedMetadata:
      let fields = try OpenFields(decoding: frame.fields)
      events.append(.metadata(fields.handlerMetadata))
      hasReceivedMetadata = true
    case (.data, _):
      try takeMetadata(of: frame, into: &events)
    case (.end, .handler):
      hasEndedReceiving = true
      return [.end]
    case (.status, .caller):
      let fields = try StatusFields(decoding: frame)
      if let metadata = fields.initialMetadata, !hasReceivedMetadata {
        events.append(.metadata(metadata))
        hasReceivedMetadata = true
      }
      // A message beside another status is ignored.
      if fields.status.code == .ok { try takeMessage(of: frame, into: &events) }
      hasEndedReceiving = true
      hasEndedSending = true
      events.append(.status(fields.status, fields.trailingMetadata))
      return events
    default:
      throw StreamViolation.unexpected(frame.kind)
    }
    try takeMessage(of: frame, into: &events)
    if frame.flags.contains(.end), role == .handler {
      hasEndedReceiving = true
      events.append(.end)
    }
    return events
  }

  private mutating func takeMetadata(of frame: Frame, into events: inout [Event]) throws {
    guard frame.flags.contains(.metadata) else { return }
    guard role == .caller, !hasReceivedMetadata else {
      throw StreamViolation.unexpected(frame.kind)
    }
    let metadata = try frame.fields.read { reader throws(WireError) in
      let metadata = try reader.metadata()
      try reader.finish()
      return metadata
    }
    events.append(.metadata(metadata))
    hasReceivedMetadata = true
  }

  private mutating func takeMessage(of frame: Frame, into events: inout [Event]) throws {
    guard let body = frame.body else { return }
    guard outstanding.messages > 0, outstanding.bytes > 0 else {
      throw StreamViolation.creditOverdrawn
    }
    outstanding.messages -= 1
    outstanding.bytes -= body.count
    if role == .caller, !hasReceivedMetadata {
      events.append(.metadata([:]))
      hasReceivedMetadata = true
    }
    events.append(.message(body))
  }
}

/// How the other side of a call broke its rules.
public enum StreamViolation: Error, Sendable, Hashable, CustomStringConvertible {
  case sequence(expected: UInt32, received: UInt32)
  case afterEnd(FrameKind)
  case unexpected(FrameKind)
  case creditOverdrawn
  case malformed(WireError)

  public var description: String {
    switch self {
    case .sequence(let expected, let received): "frame \(received) came, \(expected) expected"
    case .afterEnd(let kind): "\(kind) after the end"
    case .unexpected(let kind): "\(kind) may not come here"
    case .creditOverdrawn: "a message came without credit"
    case .malformed(let error): "malformed: \(error)"
    }
  }
}
