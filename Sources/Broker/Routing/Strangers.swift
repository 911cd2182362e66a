/// Connections that have no session: what they were sent and are not known to have read.
///
/// Only in a session can a peer say how far it has read. So that nothing queues without end for one that
/// never reads, refusals are counted here, and what a session leaves unread is kept for the next one. Every connection
/// that has had a session is one of them, until it is known to be gone.
struct Strangers: Sendable {
  private struct Entry: Sendable {
    /// Goes up: of two connections the lower has been looked at longer ago.
    var number: UInt64
    /// Bytes that sessions have left unread.
    var left: UInt64 = 0
    /// Bytes of refusals since the last session.
    var refused: UInt64 = 0
  }

  /// Connections that are remembered. None is forgotten that may be there, or whoever has many could be refused, and
  /// leave bytes unread, without end: to those beyond nothing is said, and what they leave is counted together.
  static let limit = 4096
  /// When more are remembered than this, those that have been longest are asked whether they are still there: nobody
  /// says which connection has broken.
  static let crowdedLimit = 3072
  /// How many of them in one turn.
  static let askedLimit = 64
  /// Bytes of refusals after which a connection hears no more of them. Silence costs a peer that keeps to
  /// the rules nothing but time: it says HELLO again, and a session that it has lost ends by its heartbeat.
  static let refusedBytesLimit: UInt64 = 64 * 1024
  /// Bytes left unread after which a connection gets no session any more. A new connection helps.
  static let leftBytesLimit: UInt64 = 2 * BrokerCore.unreadBytesLimit

  private var entries: [PeerID: Entry] = [:]
  private var last: UInt64 = 0
  /// Bytes that those have left unread whom there was no room to remember, until there is room again.
  private var leftByOthers: UInt64 = 0

  var count: Int { entries.count }

  /// What becomes of a refusal.
  enum Answer: Sendable {
    case told
    /// This connection has been refused too much.
    case unheard
    /// So many are remembered that no more are.
    case crowdedOut
  }

  /// Counts a refusal, and says whether it is to be sent.
  mutating func takeRefusal(of bytes: Int, to peer: PeerID) -> Answer {
    guard entries[peer]?.refused ?? 0 < Self.refusedBytesLimit else { return .unheard }
    return change(peer) { $0.refused += UInt64(bytes) } ? .told : .crowdedOut
  }

  /// A session is over, and so many bytes of its connection are unread.
  mutating func leave(_ peer: PeerID, unread bytes: UInt64) {
    if !change(peer, { $0.left += bytes }) { leftByOthers += bytes }
  }

  /// A session begins; returns the bytes that its connection has not read, or nil if these are too many.
  mutating func join(_ peer: PeerID) -> UInt64? {
    guard let entry = entries[peer] else {
      return leftByOthers <= Self.leftBytesLimit ? 0 : nil
    }
    guard entry.left + entry.refused <= Self.leftBytesLimit else { return nil }
    entries[peer] = nil
    return entry.left + entry.refused
  }

  /// The connection is gone, with all that waited for it.
  mutating func forget(_ peer: PeerID) { entries[peer] = nil }

  /// Where there are too many: those that have not been looked at for longest, each to be sent a refusal of so many
  /// bytes. Of one that is gone the transport says so (``forget(_:)``).
  mutating func toAsk(bytes: Int) -> [PeerID] {
    guard entries.count > Self.crowdedLimit else {
      leftByOthers = 0
      return []
    }
    let oldest = entries.sorted { $0.value.number < $1.value.number }.prefix(Self.askedLimit)
      .map(\.key)
    for peer in oldest {
      last += 1
      entries[peer]?.number = last
      entries[peer]?.refused += UInt64(bytes)
    }
    return oldest
  }

  /// False if there is no room to remember the connection.
  private mutating func change(_ peer: PeerID, _ body: (inout Entry) -> Void) -> Bool {
    guard entries[peer] != nil || entries.count < Self.limit else { return false }
    last += 1
    body(&entries[peer, default: Entry(number: last)])
    return true
  }
}
