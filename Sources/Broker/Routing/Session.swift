import Bus

/// A peer that has been welcomed.
struct Session: Sendable {
  let id: UInt64
  let peer: PeerID
  let worker: String
  var principal = ""
  let instance: String
  let processID: UInt32
  let attempt: UInt64
  let isStateless: Bool
  /// Services with their methods, as the peer offered them.
  let services: [ServiceOffer]
  var heardAt: UInt64
  var pingedAt: UInt64
  var isDraining = false
  /// Another instance of this worker owns the slice; this one waits.
  var isStandby = false
  /// By which it is connected; nil where the broker runs without keys.
  var key: PublicKey?
  /// It has named the feature: its calls may wait.
  var mayWait = false
  /// What it may do.
  var rights = SessionRights.none
  /// Where the account of its principal is.
  var account = Accounts.none
  /// It has named the feature: it is told who calls.
  var hearsCaller = false
  /// Calls that this peer made, by its stream.
  var calling: [UInt64: UInt64] = [:]
  /// Calls that this peer answers, by the stream that the broker opened.
  var answering: [UInt64: UInt64] = [:]
  var nextStream: UInt64 = 2
  /// Bytes that were handed to the transport for this peer.
  var sentBytes: UInt64 = 0
  /// Of these, how many were before the last PING, and before the last PONG.
  var markedBytes: UInt64 = 0
  var readBytes: UInt64 = 0
  /// Bytes of this connection's earlier sessions that it may not have read.
  var carriedBytes: UInt64 = 0

  /// Bytes of this session that it may not have read, and those of its connection.
  var unreadBytes: UInt64 { sentBytes &- readBytes }
  var leftBytes: UInt64 { carriedBytes + unreadBytes }
  var serves: Bool { !services.isEmpty }
  /// Calls can be routed here.
  var isReady: Bool { !isDraining && !isStandby }
  /// It may be given one call more.
  var hasRoom: Bool {
    answering.count < WireLimits.openCallsLimit && unreadBytes <= BrokerCore.busyBytesLimit
  }

  /// Calls with a target can be routed here: no name, a worker's, or that and an instance's. A standby answers
  /// only who asks for that very instance.
  func isReady(for names: [Substring]) -> Bool {
    !isDraining && (!isStandby || names.count == 2) && (names.isEmpty || worker == names[0])
      && (names.count < 2 || instance == names[1])
  }

  func offers(_ service: String, _ method: String) -> Bool {
    services.contains { offer in
      offer.name == service && offer.methods.contains { $0.name == method }
    }
  }

  /// - Returns: bytes that it is not known to have read, and bytes since the last PING.
  mutating func noteSent(_ bytes: Int) -> (unread: UInt64, unmarked: UInt64) {
    sentBytes &+= UInt64(bytes)
    return (sentBytes &- readBytes, sentBytes &- markedBytes)
  }

  /// A PONG says that it has read all that was sent before its PING.
  mutating func noteRead(_ bytes: UInt64) {
    guard bytes <= sentBytes else { return }
    readBytes = max(readBytes, bytes)
    carriedBytes = 0
  }
}

extension UInt64 {
  var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { [UInt8]($0) } }

  /// Nil if these are not eight bytes.
  init?(bigEndianBytes bytes: [UInt8]) {
    guard bytes.count == 8 else { return nil }
    self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// A call on its way through the broker.
struct Call: Sendable {
  struct End: Sendable, Hashable {
    let session: UInt64
    let stream: UInt64
  }
  enum Callee: Sendable {
    case peer(End)
    /// The broker answers this one itself.
    case hosted
    /// Nobody can answer yet.
    case waiting
  }

  let id: UInt64
  let caller: End
  var callee: Callee
  /// Nanoseconds of the broker's clock; 0 is never.
  var deadline: UInt64 = 0
  /// When it began, by the same clock, and the place of its method in the tally.
  var began: UInt64 = 0
  var method = 0
  /// Sequence that the caller's next frame must have.
  var callerSequence: UInt32 = 1
  /// Sequence that the callee's next frame must have.
  var calleeSequence: UInt32 = 0
  /// What allows the call: its place in the caller's manifest.
  var grant = SessionRights.denied
  /// Its method, where that place has a name with a star; else empty.
  var wildMethod = ""
  /// Where the account of the caller's principal is, and bytes of messages that it has been charged.
  var account = Accounts.none
  var charged = 0
  /// Messages that each side may still send.
  var callerRoom = WireLimits.initialCredit
  var calleeRoom = WireLimits.initialCredit
}

/// Credit as it passes the broker. A grant passes here before the side hears of it that it is for, so there is
/// never less room here than that side knows of.
extension Credit {
  /// Notes a frame that takes room. False if there is none.
  @inline(__always)
  mutating func take(_ frame: borrowing Frame) -> Bool {
    guard let size = frame.body?.count else { return true }
    guard messages > 0, bytes > 0 else { return false }
    messages -= 1
    bytes -= size
    return true
  }

  /// Adds what CREDIT grants. One that cannot be read is for its receiver to complain of.
  mutating func add(grantIn frame: borrowing Frame) {
    guard let grant = UInt64(bigEndianBytes: [UInt8](frame.fields)) else { return }
    messages = min(messages, Self.most) + Int(grant >> 32)
    bytes = min(bytes, Self.most) + Int(grant & 0xffff_ffff)
  }

  /// More than anybody will ever send.
  private static let most = 1 << 62
}
