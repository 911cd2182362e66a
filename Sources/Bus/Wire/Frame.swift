/// One message on the wire: a fixed header, the fields of its kind, and at most one body.
///
/// The layout, byte by byte, is in `proto/README.md`.
public struct Frame: Sendable, Hashable {
  public var kind: FrameKind
  public var flags: FrameFlags
  /// The session that the frame belongs to; 0 before there is one.
  public var session: UInt64
  /// The call that the frame belongs to; 0 for session frames.
  public var stream: UInt64
  /// Place among the frames of this call in this direction, from 0.
  public var sequence: UInt32
  /// What the kind adds to the header, still encoded.
  public var fields: WireBytes
  /// The second frame, if there is one.
  public var body: WireBytes?

  public init(
    _ kind: FrameKind, flags: FrameFlags = [], session: UInt64 = 0, stream: UInt64 = 0,
    sequence: UInt32 = 0, fields: WireBytes = WireBytes(), body: WireBytes? = nil
  ) {
    self.kind = kind
    self.flags = flags
    self.session = session
    self.stream = stream
    self.sequence = sequence
    self.fields = fields
    self.body = body
  }
}

/// What a frame says.
public enum FrameKind: UInt8, Sendable, CaseIterable {
  case hello = 1
  case welcome = 2
  case refuse = 3
  case ping = 4
  case pong = 5
  case drain = 6
  case bye = 7

  case open = 16
  case data = 17
  case end = 18
  case status = 19
  case cancel = 20
  case credit = 21

  /// Frames of a call have a stream and a sequence; session frames have neither.
  public var isCall: Bool { rawValue >= FrameKind.open.rawValue }
}

/// Bits that say how a frame is to be read.
public struct FrameFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The sender says nothing more on this call (OPEN, DATA).
  public static let end = FrameFlags(rawValue: 1)
  /// The body is a message of the call, or the protobuf of a session frame.
  public static let message = FrameFlags(rawValue: 2)
  /// The fields begin with the call's initial metadata (DATA, STATUS).
  public static let metadata = FrameFlags(rawValue: 4)
  /// The call waits at the broker while nobody can answer it (OPEN). Only to a broker with the feature.
  public static let wait = FrameFlags(rawValue: 8)

  static let known: FrameFlags = [.end, .message, .metadata, .wait]
}

/// What HELLO and WELCOME announce, by name. A side uses a feature only if both have named it.
public enum WireFeature {
  /// OPEN may have ``FrameFlags/wait``.
  public static let waitForReady = "wait-for-ready"
  /// OPEN says to its handler who calls, in place of the target.
  public static let callerPrincipal = "caller-principal"
  /// All that this code knows.
  public static let all = [waitForReady, callerPrincipal]
}

/// Limits of the wire, by name. A frame beyond one of them is refused.
public enum WireLimits {
  /// The version that this code speaks.
  public static let version: UInt8 = 1
  /// First byte of every frame: "R".
  public static let magic: UInt8 = 0x52
  /// Bytes of the fixed header.
  public static let headerBytes = 24
  /// Bytes of a kind's fields at most: method, target and metadata.
  public static let fieldBytesLimit = 64 * 1024
  /// Bytes of one message at most.
  public static let bodyBytesLimit = 4 * 1024 * 1024
  /// Entries of one metadata block at most.
  public static let metadataEntriesLimit = 128
  /// Calls open at once in one session and direction.
  public static let openCallsLimit = 1024
  /// Credit that each side of a call has at the start.
  public static let initialCredit = Credit(messages: 64, bytes: 1024 * 1024)
}
