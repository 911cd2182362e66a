/// Connections that have no session: what they were sent and are not known to have read.
///
/// Only in a session can a peer say how far it has read. So that nothing queues without end for one that
/// never reads, refusals are counted here, and what a session leaves unread is kept for the next one.
struct Strangers: Sendable {
  private struct Entry: Sendable {
    /// Goes up: of two connections the lower was here first.
    let number: UInt64
    /// Bytes that sessions have left unread.
    var left: UInt64 = 0
    /// Bytes of refusals since the last session.
    var refused: UInt64 = 0
  }

  /// Connections that are remembered; beyond, the oldest is forgotten.
  static let limit = 4096
  /// Bytes of refusals after which a connection hears no more of them. Silence costs a peer that keeps to
  /// the rules nothing but time: it says HELLO again, and a session that it has lost ends by its heartbeat.
  static let refusedBytesLimit: UInt64 = 64 * 1024
  /// Bytes left unread after which a connection gets no session any more. A new connection helps.
  static let leftBytesLimit: UInt64 = 2 * BrokerCore.unreadBytesLimit

  private var entries: [PeerID: Entry] = [:]
  private var last: UInt64 = 0

  var count: Int { entries.count }

  /// Counts a refusal. False if it is not to be sent.
  mutating func takeRefusal(of bytes: Int, to peer: PeerID) -> Bool {
    guard entries[peer]?.refused ?? 0 < Self.refusedBytesLimit else { return false }
    change(peer) { $0.refused += UInt64(bytes) }
    return true
  }

  /// A session is over, and so many bytes of its connection are unread.
  mutating func leave(_ peer: PeerID, unread bytes: UInt64) {
    change(peer) { $0.left += bytes }
  }

  /// A session begins; returns the bytes that its connection has not read, or nil if these are too many.
  mutating func join(_ peer: PeerID) -> UInt64? {
    guard let entry = entries[peer] else { return 0 }
    guard entry.left + entry.refused <= Self.leftBytesLimit else { return nil }
    entries[peer] = nil
    return entry.left + entry.refused
  }

  /// The connection is gone, with all that waited for it.
  mutating func forget(_ peer: PeerID) { entries[peer] = nil }

  private mutating func change(_ peer: PeerID, _ body: (inout Entry) -> Void) {
    if entries[peer] == nil, entries.count == Self.limit {
      let oldest = entries.min { $0.value.number < $1.value.number }
      if let oldest { entries[oldest.key] = nil }
    }
    last += 1
    body(&entries[peer, default: Entry(number: last)])
  }
}
