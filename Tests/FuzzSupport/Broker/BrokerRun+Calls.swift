import GRPCCore

@testable import Broker
@testable import Bus

extension BrokerRun {
  // MARK: OPEN

  /// 2: the method and the body; 3: the target; 4: flags and timeout; 5: an oddity; 6: the body; 7: how
  /// often.
  mutating func open(_ step: Step) throws(Breach) {
    let peer = peer(step)
    var session = session(of: peer)
    let odd = step.oddity(5)
    var method = step.pick(2, Names.methods)
    if odd == 8 { method = String(repeating: "m", count: WireLimits.fieldBytesLimit - 10) }
    if odd == 9 {
      // Cut where the text of an answer ends, a letter of two bytes would be halved.
      method = String(repeating: "é", count: (WireLimits.fieldBytesLimit - 12) / 2)
    }
    if odd == 10 {
      method = "recourse.bus.v1.EventLog/" + String(repeating: "m", count: 65_500)
    }
    let timeouts: [UInt32] = [0, 0, 1, 1000, 30_000, .max, 0, 500]
    var fields = OpenFields(
      timeoutMilliseconds: timeouts[Int(step[4] >> 4) & 7], method: method,
      target: step.pick(3, Names.targets), metadata: step[3] & 0x80 == 0 ? [:] : ["x-a": "1"]
    ).encoded()
    if odd == 6 { fields = [1] }
    if odd == 7 { fields = Self.malformedMetadata(method) }
    var flags = FrameFlags(rawValue: step[4] & 0b1111)
    let body = Bodies.request(of: method, step[6])
    if odd == 4 { session += 1 }
    for _ in 0..<step.times(7) {
      flags.remove(.message)
      if step[4] & 2 != 0 { flags.insert(.message) }
      let frame = Frame(
        .open, flags: flags, session: session, stream: nextStream(session, odd, step[2]),
        sequence: odd == 5 ? 1 : 0, fields: fields, body: flags.contains(.message) ? body : nil)
      try say(frame, from: peer)
    }
  }

  /// The next stream of a caller; or one that has been used, that is open, or that is the broker's.
  private mutating func nextStream(_ session: UInt64, _ odd: Int?, _ number: UInt8) -> UInt64 {
    switch odd {
    case 1: return 2 * UInt64(number % 8) + 1
    case 2: return 2 * UInt64(number % 8) + 2
    case 3: return core.sessions[session]?.calling.keys.min() ?? 1
    default: return ledger.nextCallerStream(session)
    }
  }

  /// Enough for the broker to route it, and too little for who gets it.
  private static func malformedMetadata(_ method: String) -> WireBytes {
    var bytes = [UInt8](OpenFields(method: method).encoded())
    bytes[bytes.count - 1] = 1
    return WireBytes(bytes)
  }

  // MARK: Frames of a call

  /// 2: which call; 3: the kind; 4: flags; 5: fields; 6: an oddity; 7: the body, or how often.
  mutating func speak(_ step: Step) throws(Breach) {
    let peer = peer(step)
    let session = session(of: peer)
    let odd = step.oddity(6)
    let open = core.sessions[session]
    var streams = (open?.calling.keys.sorted() ?? []) + (open?.answering.keys.sorted() ?? [])
    if streams.isEmpty || odd == 1 { streams = (1...8).map { $0 } }
    let stream = step.pick(2, streams)
    let isAnswer = stream.isMultiple(of: 2)
    let said: [FrameKind] =
      isAnswer
      ? [.data, .status, .data, .credit, .status, .data]
      : [.data, .end, .data, .credit, .cancel, .data]
    let kind = odd == 2 ? step.pick(3, [.status, .end, .cancel, .open]) : step.pick(3, said)
    let count = kind == .data || kind == .credit ? step.times(7) : 1
    for _ in 0..<count {
      var frame = Frame(kind, session: session, stream: stream)
      frame.sequence = ledger.nextSequence(session, stream)
      fill(&frame, step)
      switch odd {
      case 3: frame.sequence &+= 1
      case 4: frame.sequence &-= 1
      case 5: frame.session = self.session(of: step.pick(5, connections))
      case 6: frame.session = 0
      case 7: frame.fields = [1, 2, 3]
      default: break
      }
      try say(frame, from: peer)
    }
  }

  private func fill(_ frame: inout Frame, _ step: Step) {
    let hasMessage = step[4] & 1 != 0
    let metadata: Metadata? = step[4] & 4 != 0 ? ["x-a": "1"] : nil
    switch frame.kind {
    case .data:
      if hasMessage { frame.body = body(frame, step) }
      if step[4] & 2 != 0 { frame.flags.insert(.end) }
      if let metadata {
        frame.flags.insert(.metadata)
        frame.fields = WireBytes(fieldBytes: ByteWriter.metadataBytes(metadata)) {
          $0.put(metadata)
        }
      }
    case .status:
      if hasMessage { frame.body = body(frame, step) }
      if metadata != nil { frame.flags.insert(.metadata) }
      let code = Status.Code(rawValue: Int(step[5] % 17)) ?? .unknown
      frame.fields = StatusFields(
        initialMetadata: metadata, status: Status(code: code, message: "said"),
        trailingMetadata: step[4] & 8 == 0 ? [:] : [CallMetadata.delivered: "unknown"]
      ).encoded()
    case .credit:
      let grants = [
        Credit(messages: 32, bytes: 524_288), Credit(messages: 1, bytes: 1),
        Credit(messages: 0, bytes: 0), Credit(messages: 1000, bytes: 0),
        Credit(messages: Int(UInt32.max), bytes: Int(UInt32.max)),
      ]
      frame.fields = step.pick(5, grants).encoded()
    default: break
    }
    if frame.body != nil { frame.flags.insert(.message) }
  }

  /// What the log reads where the broker answers, else anything.
  private func body(_ frame: Frame, _ step: Step) -> WireBytes {
    let end = Call.End(session: frame.session, stream: frame.stream)
    guard let talk = ledger.calling[end], talk.isHosted else { return Bodies.plain(step[7]) }
    return Bodies.request(of: talk.method, step[5])
  }

  // MARK: Much to read

  /// Lets a peer be sent all that it may leave unread, but for the few bytes that 3 says: in a call that it
  /// has until that would end, then by its own PINGs. 2: which call.
  mutating func fillToTheBrim(_ step: Step) throws(Breach) {
    let reader = peer(step)
    let session = session(of: reader)
    let senders = senders(to: session)
    guard !senders.isEmpty else { return }
    let (own, sender) = step.pick(2, senders)
    let most = Credit(messages: Int(UInt32.max), bytes: Int(UInt32.max))
    try say(
      Frame(
        .credit, session: own.session, stream: own.stream,
        sequence: ledger.nextSequence(own.session, own.stream), fields: most.encoded()),
      from: reader)
    while let unread = core.sessions[session]?.unreadBytes, unread <= BrokerCore.behindBytesLimit,
      let from = core.sessions[sender.session]?.peer
    {
      let frame = Frame(
        .data, flags: .message, session: sender.session, stream: sender.stream,
        sequence: ledger.nextSequence(sender.session, sender.stream),
        body: Bodies.zeros(WireLimits.bodyBytesLimit))
      try say(frame, from: from)
      if core.sessions[session]?.unreadBytes == unread { return }
    }
    while let unread = core.sessions[session]?.unreadBytes {
      let limit = Int(BrokerCore.unreadBytesLimit)
      let room = limit - Int(unread) - Int(step[3]) - WireLimits.headerBytes
      guard room >= 0 else { return }
      let fields = Bodies.zeros(min(room, WireLimits.fieldBytesLimit))
      try say(Frame(.ping, session: session, fields: fields), from: reader)
      if room <= WireLimits.fieldBytesLimit { return }
    }
  }

  /// Calls of a session that others take part in: its own end, and theirs.
  private func senders(to session: UInt64) -> [(own: Call.End, other: Call.End)] {
    guard let slot = core.sessions.slot(of: session) else { return [] }
    var senders: [(own: Call.End, other: Call.End)] = []
    for stream in core.sessions[at: slot].calling.keys.sorted() {
      let call = core.sessions[at: slot].calling[stream].flatMap { core.calls[$0] }
      if case .peer(let end) = call?.callee {
        senders.append((Call.End(session: session, stream: stream), end))
      }
    }
    for stream in core.sessions[at: slot].answering.keys.sorted() {
      let call = core.sessions[at: slot].answering[stream].flatMap { core.calls[$0] }
      if let call { senders.append((Call.End(session: session, stream: stream), call.caller)) }
    }
    return senders
  }
}
