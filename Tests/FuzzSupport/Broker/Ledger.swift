import Messages
import SwiftProtobuf

@testable import Broker
@testable import Bus

/// What peers have said to the broker and heard from it. It knows the rules of `proto/README.md` and
/// nothing of how the broker keeps them.
struct Ledger {
  /// A peer's session, as the peer knows it.
  struct Seat {
    let session: UInt64
    var heardAt: UInt64
    /// Bytes that it was sent, and that it has said to have read.
    var sent: UInt64 = 0
    var read: UInt64 = 0
    /// The fields of the last PING that it was sent, and of all of them.
    var asked = WireBytes()
    var pings: Set<WireBytes> = []
    /// Bytes that it had not read when this session began; the first PONG says that it has.
    var carried: UInt64 = 0
    var lastStream: UInt64 = 0
    /// Something has happened after which the session may be over.
    var mayEnd = false
    /// Its connection is gone, and with it what it has not read.
    var isGone = false
    var drains = false

    var unread: UInt64 { sent &- read }
  }

  let heartbeat: UInt64
  var seats: [PeerID: Seat] = [:]
  /// Calls whose caller has not heard their last word, and calls that handlers have to answer.
  var calling: [Call.End: Talk] = [:]
  var answering: [Call.End: Talk] = [:]
  private var newestSession: UInt64 = 0
  private var callerStreams: [UInt64: UInt64] = [:]
  /// What has to be over when the broker has done what there was to do.
  var overForCaller: [Talk] = []
  var overForHandler: [Call.End] = []
  /// Who has to hear WELCOME or REFUSE.
  var waitsForAnswer: Set<PeerID> = []
  /// Bytes that peers without a session have not read, and bytes of refusals since the last one.
  var left: [PeerID: UInt64] = [:]
  var refused: [PeerID: UInt64] = [:]
  private var openingNow: Talk?
  private var now: UInt64 = 0
  var isTick = false

  init(heartbeat: UInt64) { self.heartbeat = heartbeat }

  /// An odd stream that this session has not used.
  mutating func nextCallerStream(_ session: UInt64) -> UInt64 {
    let stream = callerStreams[session, default: 17]
    callerStreams[session] = stream + 2
    return stream
  }

  /// Sequence of the next frame on a stream of a session.
  func nextSequence(_ session: UInt64, _ stream: UInt64) -> UInt32 {
    let end = Call.End(session: session, stream: stream)
    return stream.isMultiple(of: 2)
      ? answering[end]?.handlerSays ?? 0 : calling[end]?.callerSays ?? 0
  }

  // MARK: What is said

  mutating func note(_ event: BrokerCore.Event, now: UInt64) {
    openingNow = nil
    self.now = now
    switch event {
    case .frame(let frame, let peer), .hello(let frame, let peer, _): says(frame, peer)
    case .malformed(_, let peer):
      mayEnd(peer)
      waitsForAnswer.insert(peer)
    case .unreachable(let peer): gone(peer)
    case .tick: isTick = true
    case .connectionBroke, .probe, .log, .keys, .approvals: break
    }
  }

  private mutating func mayEnd(_ peer: PeerID) { seats[peer]?.mayEnd = true }

  /// Who greets may be an instance that has another connection: that one's session ends.
  mutating func mayReturn(_ hello: Recourse_Bus_V1_Hello, _ core: BrokerCore) {
    for (peer, seat) in seats {
      let session = core.sessions[seat.session]
      if session?.worker == hello.worker, session?.instance == hello.instance { mayEnd(peer) }
    }
  }

  mutating func gone(_ peer: PeerID) {
    mayEnd(peer)
    seats[peer]?.isGone = true
    (left[peer], refused[peer]) = (nil, nil)
  }

  private mutating func says(_ frame: Frame, _ peer: PeerID) {
    guard frame.kind != .hello, let seat = seats[peer], seat.session == frame.session else {
      if frame.kind == .hello { mayEnd(peer) }
      // Stray frames are refused, but for those that need no answer.
      if frame.kind != .bye, frame.kind != .refuse { waitsForAnswer.insert(peer) }
      return
    }
    seats[peer]?.heardAt = now
    switch frame.kind {
    case .open: opens(frame)
    case .data, .end, .status, .cancel, .credit: speaks(frame)
    case .bye: mayEnd(peer)
    case .drain: seats[peer]?.drains = true
    case .pong:
      if seat.pings.contains(frame.fields),
        let read = UInt64(bigEndianBytes: [UInt8]([UInt8](frame.fields).prefix(8)))
      {
        seats[peer]?.read = max(seat.read, read)
        seats[peer]?.carried = 0
      }
    case .hello, .welcome, .refuse, .ping: break
    }
  }

  private mutating func opens(_ frame: Frame) {
    let end = Call.End(session: frame.session, stream: frame.stream)
    guard calling[end] == nil else { return }
    let talk = Talk(frame)
    calling[end] = talk
    openingNow = talk
    if frame.stream.isMultiple(of: 2) || frame.sequence != 0 || talk.target.hasPrefix("/")
      || talk.target.hasSuffix("/")
    {
      overForCaller.append(talk)
    }
  }

  private mutating func speaks(_ frame: Frame) {
    let end = Call.End(session: frame.session, stream: frame.stream)
    guard frame.stream.isMultiple(of: 2) else { return callerSpeaks(frame, end) }
    guard let talk = answering[end] else { return }
    let isLast = frame.kind == .status
    guard frame.sequence == talk.handlerSays, frame.kind != .end, frame.kind != .cancel,
      talk.handlerMaySay(frame)
    else {
      overForHandler.append(end)
      return overForCaller.append(talk)
    }
    if isLast { answering[end] = nil }
    if !isLast || frame.body != nil, isBehind(talk.caller.session) {
      if !isLast { overForHandler.append(end) }
      return overForCaller.append(talk)
    }
    talk.handlerSaid(frame)
  }

  private mutating func callerSpeaks(_ frame: Frame, _ end: Call.End) {
    guard let talk = calling[end] else { return }
    guard frame.sequence == talk.callerSays, frame.kind != .status, talk.callerMaySay(frame) else {
      return overForCaller.append(talk)
    }
    if frame.kind != .cancel, let handler = talk.handler, isBehind(handler.session) {
      overForHandler.append(handler)
      return overForCaller.append(talk)
    }
    talk.callerSaid(frame)
    if frame.kind == .cancel { calling[end] = nil }
  }

  /// So much is unread that calls end which send more.
  private func isBehind(_ session: UInt64) -> Bool {
    seats.values.contains { $0.session == session && $0.unread > BrokerCore.behindBytesLimit }
  }

  // MARK: What is heard

  mutating func deliver(_ frame: Frame, to peer: PeerID, _ core: BrokerCore) throws(Breach) {
    try Self.checkForm(frame)
    switch frame.kind {
    case .refuse:
      return try hearsRefusal(frame, peer)
    case .welcome:
      try BrokerInvariants.checkBeginning(of: core.sessions[frame.session])
      try welcome(frame, peer)
    default:
      guard let seat = seats[peer], seat.session == frame.session else {
        throw Breach("\(frame.kind) of a session that its peer does not have")
      }
    }
    seats[peer]?.sent += UInt64(Self.size(frame))
    switch frame.kind {
    case .ping:
      guard frame.fields.count <= 32 else { throw Breach("PING has more than 32 bytes of fields") }
      seats[peer]?.asked = frame.fields
      seats[peer]?.pings.insert(frame.fields)
    case .pong, .welcome: break
    case .status: try callerHears(frame)
    case .data, .credit, .end, .cancel:
      if frame.stream.isMultiple(of: 2) {
        try handlerHears(frame)
      } else {
        try callerHears(frame)
      }
    case .open: try handlerHearsOpen(frame, peer, core)
    case .hello, .refuse, .drain, .bye: throw Breach("the broker says \(frame.kind)")
    }
  }

  private mutating func hearsRefusal(_ frame: Frame, _ peer: PeerID) throws(Breach) {
    waitsForAnswer.remove(peer)
    guard let seat = seats[peer] else {
      refused[peer, default: 0] += UInt64(Self.size(frame))
      return try hold(
        refused[peer, default: 0] <= Strangers.refusedBytesLimit + Self.refusalBytes,
        "a peer is refused again and again")
    }
    seats[peer]?.sent += UInt64(Self.size(frame))
    let isUnread = seats[peer]?.unread ?? 0 > BrokerCore.unreadBytesLimit
    if isUnread || seat.session == frame.session { forget(peer) }
  }

  private mutating func welcome(_ frame: Frame, _ peer: PeerID) throws(Breach) {
    waitsForAnswer.remove(peer)
    if seats[peer]?.session == frame.session { return }
    try hold(frame.session > newestSession, "a session has the number of an older one")
    newestSession = frame.session
    forget(peer)
    let carried = left.removeValue(forKey: peer) ?? 0
    seats[peer] = Seat(
      session: frame.session, heardAt: now,
      carried: carried + (refused.removeValue(forKey: peer) ?? 0))
  }

  private mutating func callerHears(_ frame: Frame) throws(Breach) {
    let end = Call.End(session: frame.session, stream: frame.stream)
    guard let talk = calling[end] else {
      throw Breach("a caller hears \(frame.kind) of a call that it does not have")
    }
    try hold(
      frame.sequence == talk.callerHears,
      "a caller hears \(frame.kind) \(frame.sequence), \(talk.callerHears) is next")
    talk.callerHears &+= 1
    if frame.kind == .status { calling[end] = nil }
    try talk.callerHears(frame)
  }

  private mutating func handlerHears(_ frame: Frame) throws(Breach) {
    let end = Call.End(session: frame.session, stream: frame.stream)
    guard let talk = answering[end] else {
      throw Breach("a handler hears \(frame.kind) of a call that it does not have")
    }
    try hold(
      frame.sequence == talk.handlerHears,
      "a handler hears \(frame.kind) \(frame.sequence), \(talk.handlerHears) is next")
    talk.handlerHears &+= 1
    if frame.kind == .cancel { answering[end] = nil }
    try talk.handlerHears(frame)
  }

  private mutating func handlerHearsOpen(
    _ frame: Frame, _ peer: PeerID, _ core: BrokerCore
  ) throws(Breach) {
    guard let seat = seats[peer], frame.stream.isMultiple(of: 2), frame.stream > seat.lastStream
    else { throw Breach("OPEN on stream \(frame.stream), which is not new") }
    seats[peer]?.lastStream = frame.stream
    let end = Call.End(session: frame.session, stream: frame.stream)
    let call = core.sessions[end.session]?.answering[end.stream].flatMap { core.calls[$0] }
    // Nobody knows whose it was if the call is over already.
    let talk = call.flatMap { calling[$0.caller] } ?? openingNow ?? Talk(ofNobody: frame)
    openingNow = nil
    try hold(!talk.isHosted, "\(talk.method) is the broker's to answer")
    try hold(!seat.drains, "a call goes to who drains")
    try hold(
      seat.unread - UInt64(Self.size(frame)) <= BrokerCore.busyBytesLimit,
      "a call goes to who does not read")
    try hold(talk.handler == nil, "two handlers hear of a call")
    (talk.handler, talk.wasHeard, talk.handlerHears) = (end, true, 1)
    answering[end] = talk
    try talk.handlerHears(frame)
  }
}
