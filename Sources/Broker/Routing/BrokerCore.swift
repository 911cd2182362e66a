import Bus
import DequeModule
import Messages

/// Names a connection, as the transport knows it, never to be trusted as an identity.
struct PeerID: Hashable, Sendable {
  let number: UInt64

  init(_ number: UInt64) { self.number = number }
}

/// The broker's decisions, as a value: who is connected, which call goes where, what the log is asked.
///
/// It is told what happened and the time, and answers with what is to be done. It knows no sockets,
/// threads or clocks. Where order shows it follows session and call numbers, never a dictionary.
struct BrokerCore: Sendable {
  enum Event: Sendable {
    case frame(Frame, from: PeerID)
    /// A HELLO of a connection that showed a key; nil if it showed none.
    case hello(Frame, from: PeerID, key: PublicKey?)
    case malformed(WireError, from: PeerID)
    /// A message could not be handed to the peer: it is gone.
    case unreachable(PeerID)
    /// Some connection broke; nobody says which.
    case connectionBroke
    /// A few milliseconds of a probe have passed (``isProbing``).
    case probe
    case tick
    case log(LogResult)
    /// What the keys mean has changed.
    case keys(KeyRing.Standing)
    /// What is approved has changed: manifests by principal.
    case approvals([String: Recourse_Bus_V1_Manifest])
  }

  enum Action: Sendable {
    case send(Frame, to: PeerID)
    case log(LogRequest)
    /// A call of the log is over: a read of it that has not begun need not be done.
    case logCallOver(UInt64)
    /// Somebody was refused something: it is to be recorded.
    case refused(Refused)
    /// A principal has asked for more than is approved: an operator is to be able to see for what.
    case askedForMore(String, Recourse_Bus_V1_Manifest)
  }

  /// What the core is told about its surroundings, once.
  struct Settings: Sendable {
    var heartbeat: UInt64 = 2_000_000_000
    var processID: UInt32 = 0
    /// Distinguishes this start of the broker from all others; its lower 22 bits begin all session ids.
    var start: UInt32
    /// By which PONGs are believed, not to be guessed by peers; empty takes `start` for it, which is for tests alone.
    var pingSecret: [UInt8] = []
    /// Position of the newest event in the log.
    var logHead: UInt64 = 0
    /// The log's generations, oldest first.
    var logGenerations = [LogGeneration.first]
    /// What keys mean; nil lets anybody in who reaches the broker, as what it says that it is.
    var keys: KeyRing.Standing?
    /// The key by which the broker tries at its start whether strangers are refused.
    var trialKey: PublicKey?
    /// What is approved, by principal; nil lets everybody do everything.
    var approvals: [String: Recourse_Bus_V1_Manifest]?
  }

  /// Sessions at once; one more is refused.
  static let sessionsLimit = 1 << sessionBits
  static let sessionBits = 10
  /// Of these, sessions of one principal whose rights are checked, so that no principal alone takes all.
  static let principalSessionsLimit = 64
  /// Calls at once in all sessions: as many as all sessions may have.
  static let callBits = 20

  let settings: Settings
  var sessions: SlotTable<Session>
  var sessionOfPeer: [PeerID: UInt64] = [:]
  var keys: KeyRing.Standing?
  var rights: Rights
  var accounts = Accounts()
  /// Who waits for an operator's approval.
  var waitingPrincipals = WaitingPrincipals()
  /// When what a principal asks for in vain was last handed on to be kept.
  var askedAt: [String: UInt64] = [:]
  var strangers = Strangers()
  let readMark: ReadMark
  var calls = SlotTable<Call>(slotBits: Self.callBits)
  var methods = MethodIndex(hosted: [LogCore.service, LogCore.backupService, Self.directoryService])
  var waiting = WaitingCalls()
  var log: LogCore
  var logLoad = LogLoad()
  var tally = CallTally()
  var now: UInt64 = 0
  /// What is to be done, oldest first; ``nextAction()`` takes it.
  private var actions = Deque<Action>()
  /// A connection broke at `from`; until `to` those who have not been heard since are asked again and again.
  var probing: (from: UInt64, to: UInt64)?
  /// Open calls that have a deadline.
  var deadlines = 0

  /// True while the driver is to send ``Event/probe`` every few milliseconds.
  var isProbing: Bool { probing != nil }

  static let directoryService = "recourse.bus.v1.Directory"

  init(_ settings: Settings) {
    self.settings = settings
    let start = UInt64(settings.start & 0x3f_ffff)
    sessions = SlotTable(slotBits: Self.sessionBits, prefix: start << 42)
    log = LogCore(head: settings.logHead, generations: settings.logGenerations)
    keys = settings.keys
    rights = Rights(settings.approvals)
    readMark = ReadMark(
      secret: settings.pingSecret.isEmpty
        ? UInt64(settings.start).bigEndianBytes : settings.pingSecret)
  }

  /// Takes what happened; what follows is for ``nextAction()``.
  mutating func handle(_ event: consuming Event, now: UInt64) {
    self.now = now
    switch event {
    case .frame(let frame, let peer): take(frame, from: peer)
    case .hello(let frame, let peer, let key): greet(frame, from: peer, by: key)
    case .malformed(let error, let peer): takeMalformed(error, from: peer)
    case .unreachable(let peer):
      if let id = sessionOfPeer[peer] { end(id) }
      strangers.forget(peer)
    case .connectionBroke: beginProbe()
    case .probe: probe()
    case .tick: tick()
    case .log(let result): finishLog(result)
    case .keys(let keys): takeKeys(keys)
    case .approvals(let manifests): takeApprovals(manifests)
    }
  }

  /// The oldest thing that is still to be done.
  mutating func nextAction() -> Action? { actions.popFirst() }

  mutating func take(_ frame: consuming Frame, from peer: PeerID) {
    let id = frame.session
    guard frame.kind != .hello, let slot = sessions.slot(of: id), sessions[at: slot].peer == peer
    else { return takeStray(frame, from: peer) }
    sessions[at: slot].heardAt = now
    switch frame.kind {
    case .data, .end, .status, .cancel, .credit: pass(frame, slot)
    case .open: open(frame, id, slot)
    case .ping: send(Frame(.pong, session: id, fields: frame.fields), to: id)
    case .pong: takePong(frame, id)
    case .hello, .welcome, .refuse: break
    case .drain: sessions[id]?.isDraining = true
    case .bye: end(id)
    }
  }

  /// A greeting, or a frame of a session that its sender does not have.
  private mutating func takeStray(_ frame: Frame, from peer: PeerID) {
    switch frame.kind {
    case .hello: greet(frame, from: peer, by: nil)
    // A BYE or a refusal of an unknown session needs no answer.
    case .bye, .refuse: break
    default:
      refuse(peer, frame.session, .unknownSession, "this session does not exist (any more)")
    }
  }

  /// What is no frame cannot be told apart by call: its sender loses the session with all its calls.
  private mutating func takeMalformed(_ error: WireError, from peer: PeerID) {
    let code: Recourse_Bus_V1_Refuse.Code =
      switch error {
      case .version: .wireVersion
      case .tooLarge: .tooLarge
      default: .malformed
      }
    let id = sessionOfPeer[peer]
    if let id { end(id) }
    refuse(peer, id ?? 0, code, "\(error)")
  }

  mutating func act(_ action: consuming Action) { actions.append(action) }

  mutating func send(_ frame: consuming Frame, to session: UInt64) {
    guard let slot = sessions.slot(of: session) else { return }
    let bytes = frame.bytes
    actions.append(.send(consume frame, to: sessions[at: slot].peer))
    let sent = sessions[at: slot].noteSent(bytes)
    if sent.unmarked > Self.markBytes || sent.unread > Self.unreadBytesLimit {
      lookAfter(session, unread: sent.unread)
    }
  }
}

extension Frame {
  /// Bytes of its head and its body.
  @inline(__always)
  var bytes: Int { WireLimits.headerBytes + fields.count + (body?.count ?? 0) }
}
