import Bus

/// A peer that has been welcomed.
struct Session: Sendable {
  let id: UInt64
  let peer: PeerID
  let worker: String
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

  var unreadBytes: UInt64 { carriedBytes + (sentBytes &- readBytes) }
  var serves: Bool { !services.isEmpty }
  /// Calls can be routed here.
  var isReady: Bool { !isDraining && !isStandby }

  func offers(_ service: String, _ method: String? = nil) -> Bool {
    services.contains { offer in
      offer.name == service
        && (method.map { name in offer.methods.contains { $0.name == name } } ?? true)
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
  /// Sequence that the caller's next frame must have.
  var callerSequence: UInt32 = 1
  /// Sequence that the callee's next frame must have.
  var calleeSequence: UInt32 = 0
}
