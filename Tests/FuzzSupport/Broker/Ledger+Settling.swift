import GRPCCore

@testable import Broker
@testable import Bus

extension Ledger {
  /// Nothing is left to be done: what peers have heard is what the broker's tables say, and what had to
  /// be over is.
  mutating func settle(_ core: BrokerCore, now: UInt64) throws(Breach) {
    try endSessions(core, now)
    for talk in overForCaller where calling[talk.caller] === talk {
      throw Breach("a caller broke the rules, or its handler did, and has heard no STATUS")
    }
    for end in overForHandler where answering[end] != nil {
      throw Breach("a handler broke the rules and was not cancelled")
    }
    try hold(
      waitsForAnswer.allSatisfy(mayHearNothing),
      "HELLO, or a frame that belongs nowhere, has no answer")
    waitsForAnswer = []
    overForCaller = []
    overForHandler = []
    try compare(core)
  }

  /// Sessions that the broker has ended, each for a reason.
  private mutating func endSessions(_ core: BrokerCore, _ now: UInt64) throws(Breach) {
    for (peer, seat) in seats {
      guard core.sessionOfPeer[peer] != seat.session else {
        if seat.mayEnd { seats[peer]?.mayEnd = false }
        continue
      }
      let isSilent = isTick && now >= seat.heardAt + 2 * heartbeat
      let isUnread = seat.unread > BrokerCore.unreadBytesLimit
      try hold(seat.mayEnd || isSilent || isUnread, "a session ends for no reason")
      forget(peer)
    }
    isTick = false
    try hold(
      core.sessions.count == seats.count, "there is a session that its peer has not heard of")
  }

  /// A refusal has fewer bytes.
  static let refusalBytes: UInt64 = 1024

  /// A peer that has left so much unread is not answered any more.
  private func mayHearNothing(_ peer: PeerID) -> Bool {
    let refused = refused[peer] ?? 0
    return refused + Self.refusalBytes > Strangers.refusedBytesLimit
      || (left[peer] ?? 0) + refused + Self.refusalBytes > Strangers.leftBytesLimit
  }

  mutating func forget(_ peer: PeerID) {
    guard let seat = seats.removeValue(forKey: peer) else { return }
    let session = seat.session
    if !seat.isGone { left[peer, default: 0] += seat.carried + seat.unread }
    for end in calling.keys where end.session == session { calling[end] = nil }
    for end in answering.keys where end.session == session { answering[end] = nil }
  }

  private func compare(_ core: BrokerCore) throws(Breach) {
    var (callers, handlers) = (0, 0)
    for (peer, seat) in seats {
      guard let session = core.sessions[seat.session] else { continue }
      try hold(
        session.sentBytes == seat.sent && session.readBytes == seat.read
          && session.carriedBytes == seat.carried,
        "\(peer) was sent \(seat.sent) bytes and read \(seat.read), "
          + "not \(session.sentBytes) and \(session.readBytes)")
      callers += session.calling.count
      handlers += session.answering.count
      for (stream, number) in session.calling {
        let talk = calling[Call.End(session: seat.session, stream: stream)]
        guard let talk, let call = core.calls[number] else {
          throw Breach("a call is open whose caller has heard its last word")
        }
        try compare(talk, call)
        if case .waiting = call.callee {
          try hold(session.mayWait, "a call waits whose caller has not named the feature")
        }
      }
      for stream in session.answering.keys {
        try hold(
          answering[Call.End(session: seat.session, stream: stream)] != nil,
          "a call is open that its handler has not heard of, or has answered")
      }
    }
    try hold(callers == calling.count, "a call is over and its caller has not heard so")
    try hold(handlers == answering.count, "a call is over and its handler has not heard so")
  }

  private func compare(_ talk: Talk, _ call: Call) throws(Breach) {
    try hold(
      call.callerSequence == talk.callerSays && call.calleeSequence == talk.callerHears,
      "frames of a call are counted wrongly")
    switch call.callee {
    case .hosted: try hold(talk.isHosted, "the broker answers what is not its own")
    case .peer(let end): try hold(talk.handler == end, "a call is answered by somebody else")
    case .waiting:
      try hold(talk.opening.flags.contains(.wait), "a call waits that did not ask to")
      try hold(!talk.wasHeard, "a call waits that has been heard")
    }
  }

  // MARK: Frames

  static func size(_ frame: Frame) -> Int {
    WireLimits.headerBytes + frame.fields.count + (frame.body?.count ?? 0)
  }

  /// Whoever gets a frame can read it.
  static func checkForm(_ frame: Frame) throws(Breach) {
    try hold(
      frame.fields.count <= WireLimits.fieldBytesLimit,
      "\(frame.kind) with \(frame.fields.count) bytes of fields is sent")
    try hold(
      frame.body?.count ?? 0 <= WireLimits.bodyBytesLimit,
      "\(frame.kind) with a body of \(frame.body?.count ?? 0) bytes is sent")
    try hold(frame.flags.contains(.message) == (frame.body != nil), "a body is not announced")
    try hold(!frame.flags.contains(.wait), "WAIT is passed on")
    try hold(frame.kind.isCall == (frame.stream != 0), "\(frame.kind) on stream \(frame.stream)")
  }
}
