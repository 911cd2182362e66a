import Bus
import Messages

/// Names a connection, as the transport knows it: a routing id, never to be trusted as an identity.
struct PeerID: Hashable, Sendable {
  let bytes: [UInt8]
}

/// The broker's decisions, as a value: who is connected, which call goes where, what the log is asked.
///
/// It is told what happened and the time, and answers with what is to be done. It knows no sockets,
/// threads or clocks. Where order shows it follows session and call numbers, never a dictionary.
struct BrokerCore: Sendable {
  enum Event: Sendable {
    case frame(Frame, from: PeerID)
    case malformed(WireError, from: PeerID)
    /// A message could not be handed to the peer: it is gone.
    case unreachable(PeerID)
    /// Some connection broke; nobody says which.
    case connectionBroke
    /// A few milliseconds of a probe have passed (``isProbing``).
    case probe
    case tick
    case log(LogResult)
  }

  enum Action: Sendable {
    case send(Frame, to: PeerID)
    case log(LogRequest)
  }

  /// What the core is told about its surroundings, once.
  struct Settings: Sendable {
    var heartbeat: UInt64 = 2_000_000_000
    var processID: UInt32 = 0
    /// Distinguishes this start of the broker from all others; becomes the upper half of session ids.
    var start: UInt32
    /// Position of the newest event in the log.
    var logHead: UInt64 = 0
  }

  /// Sessions at once; one more is refused.
  static let sessionsLimit = 1024
  /// Names of services that are remembered after those who offered them have gone.
  static let servicesSeenLimit = 4096

  let settings: Settings
  var sessions: [UInt64: Session] = [:]
  var sessionOfPeer: [PeerID: UInt64] = [:]
  var calls: [UInt64: Call] = [:]
  var log: LogCore
  /// Services that have been offered since the start: unknown ones are UNIMPLEMENTED, known ones
  /// that nobody serves just now are UNAVAILABLE.
  var servicesSeen: Set<String> = [LogCore.service, Self.directoryService]
  private var lastSession: UInt32 = 0
  var lastCall: UInt64 = 0
  var now: UInt64 = 0
  var actions: [Action] = []
  /// A connection broke at `from`; until `to` those who have not been heard since are asked again and again.
  var probing: (from: UInt64, to: UInt64)?

  /// True while the driver is to send ``Event/probe`` every few milliseconds.
  var isProbing: Bool { probing != nil }

  static let directoryService = "recourse.bus.v1.Directory"

  init(_ settings: Settings) {
    self.settings = settings
    self.log = LogCore(head: settings.logHead)
  }

  /// Takes what happened and says what is to be done, in order.
  mutating func handle(_ event: Event, now: UInt64) -> [Action] {
    self.now = now
    actions = []
    switch event {
    case .frame(let frame, let peer): take(frame, from: peer)
    case .malformed(let error, let peer): takeMalformed(error, from: peer)
    case .unreachable(let peer): if let id = sessionOfPeer[peer] { end(id) }
    case .connectionBroke: beginProbe()
    case .probe: probe()
    case .tick: tick()
    case .log(let result): finishLog(result)
    }
    return actions
  }

  mutating func nextSessionID() -> UInt64 {
    lastSession += 1
    return UInt64(settings.start) << 32 | UInt64(lastSession)
  }

  private mutating func take(_ frame: Frame, from peer: PeerID) {
    if frame.kind == .hello { return greet(frame, from: peer) }
    guard let id = sessionOfPeer[peer], id == frame.session else {
      // A BYE or a refusal of an unknown session needs no answer.
      if frame.kind == .bye || frame.kind == .refuse { return }
      return refuse(peer, frame.session, .unknownSession, "this session does not exist (any more)")
    }
    sessions[id]?.heardAt = now
    switch frame.kind {
    case .ping: send(Frame(.pong, session: id, fields: frame.fields), to: id)
    case .pong, .hello, .welcome, .refuse: break
    case .drain: sessions[id]?.isDraining = true
    case .bye: end(id)
    case .open: open(frame, id)
    case .data, .end, .status, .cancel, .credit: pass(frame, id)
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
    refuse(peer, id ?? 0, code, "\(error)")
    if let id { end(id) }
  }

  mutating func send(_ frame: Frame, to session: UInt64) {
    guard let peer = sessions[session]?.peer else { return }
    actions.append(.send(frame, to: peer))
  }
}
