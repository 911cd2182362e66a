import Bus
import GRPCCore

extension BrokerCore {
  /// A caller's first frame: finds who answers.
  mutating func open(_ frame: consuming Frame, _ id: UInt64, _ slot: Int) {
    let caller = Call.End(session: id, stream: frame.stream)
    let open = sessions[at: slot].calling.count
    guard sessions[at: slot].calling[frame.stream] == nil else { return }
    guard !frame.stream.isMultiple(of: 2), frame.sequence == 0 else {
      return answer(caller, .internalError, "a call begins on an odd stream with sequence 0")
    }
    guard open < WireLimits.openCallsLimit, !calls.isFull else {
      return answer(
        caller, .resourceExhausted, "\(WireLimits.openCallsLimit) calls are open already")
    }
    let fields: RouteFields
    do {
      fields = try RouteFields(decoding: frame.fields)
    } catch {
      return answer(caller, .internalError, "malformed OPEN: \(error)")
    }
    guard fields.target.isEmpty || Self.isTarget(fields.target) else {
      return answer(
        caller, .internalError, "malformed OPEN: a target is WORKER or WORKER/INSTANCE")
    }
    let grant = sessions[at: slot].rights.grant(of: fields.method)
    guard grant != SessionRights.denied else { return denyCall(fields.method, caller, slot) }
    guard hasRoom(for: frame, stampedAs: fields, slot) else {
      return answer(caller, .resourceExhausted, "the request's metadata is too large")
    }
    guard hasQuota(for: frame, slot) else { return denyQuota(caller, slot) }
    if let callee = fields.target.isEmpty ? anyone(with: fields.method) : nil {
      return forwardOpen(frame, fields, caller, callee)
    }
    if fields.target.isEmpty || fields.target == "broker", isHosted(fields.method) {
      return host(frame, fields, caller)
    }
    switch route(fields) {
    case .success(let callee): forwardOpen(frame, fields, caller, callee)
    case .failure(let refusal)
    where frame.flags.contains(.wait) && refusal.isPassing && sessions[at: slot].mayWait:
      hold(frame, fields, caller)
    case .failure(let refusal): answer(caller, refusal.code, refusal.message)
    }
  }

  private mutating func forwardOpen(
    _ frame: consuming Frame, _ fields: RouteFields, _ caller: Call.End, _ callee: UInt64
  ) {
    guard let slot = sessions.slot(of: callee) else { return }
    let end = Call.End(session: callee, stream: sessions[at: slot].nextStream)
    sessions[at: slot].nextStream += 2
    sessions[at: slot].answering[end.stream] = begin(frame, caller, .peer(end), fields)
    forward(stamped(frame, fields.method, caller.session, hears: slot), to: end)
  }

  /// Gives a call that waited to who answers it.
  mutating func connect(_ call: Call, to callee: UInt64) {
    guard let slot = sessions.slot(of: callee) else { return }
    let end = Call.End(session: callee, stream: sessions[at: slot].nextStream)
    sessions[at: slot].nextStream += 2
    sessions[at: slot].answering[end.stream] = call.id
    calls[call.id]?.callee = .peer(end)
  }

  /// Notes a call that begins; returns its number.
  mutating func begin(
    _ opening: Frame, _ caller: Call.End, _ callee: Call.Callee, _ fields: RouteFields
  ) -> UInt64 {
    var deadline: UInt64 = 0
    if fields.timeoutMilliseconds > 0 {
      deadline = now + UInt64(fields.timeoutMilliseconds) * 1_000_000
      deadlines += 1
    }
    // One that waits may be of a method that nobody has.
    let isWaiting = if case .waiting = callee { true } else { false }
    let method = tally.begin(isWaiting ? CallTally.otherMethods : fields.method)
    let id = calls.insert { [now] id in
      var call = Call(id: id, caller: caller, callee: callee, deadline: deadline)
      (call.began, call.method) = (now, method)
      _ = call.callerRoom.take(opening)
      return call
    }
    if let slot = sessions.slot(of: caller.session) {
      sessions[at: slot].calling[caller.stream] = id
      charge(id, opening, fields.method, slot)
    }
    return id
  }

  mutating func forward(_ frame: consuming Frame, to end: Call.End) {
    frame.session = end.session
    frame.stream = end.stream
    // Between a caller and its broker; the handler need not know of it.
    frame.flags.remove(.wait)
    send(frame, to: end.session)
  }

  // MARK: Frames of an open call

  /// A frame of an open call goes to the other end. One of a call that is over comes too late and is
  /// dropped.
  mutating func pass(_ frame: consuming Frame, _ slot: Int) {
    let isAnswer = frame.stream.isMultiple(of: 2)
    let number =
      isAnswer
      ? sessions[at: slot].answering[frame.stream] : sessions[at: slot].calling[frame.stream]
    guard let number, let call = calls.slot(of: number) else { return }
    if isAnswer { fromCallee(frame, call) } else { fromCaller(frame, call) }
  }

  private mutating func fromCaller(_ frame: consuming Frame, _ slot: Int) {
    let call = calls[at: slot]
    guard frame.sequence == call.callerSequence, frame.kind != .status else {
      return breach(call, Self.violation(frame, expected: call.callerSequence))
    }
    calls[at: slot].callerSequence &+= 1
    guard call.account == Accounts.none || charge(frame, slot) else { return exceed(call) }
    // The broker's own services keep account of credit by themselves.
    if case .hosted = call.callee { return hosted(frame, call) }
    if frame.kind == .credit { calls[at: slot].calleeRoom.add(grantIn: frame) }
    guard calls[at: slot].callerRoom.take(frame) else { return breach(call, .creditOverdrawn) }
    guard case .peer(let end) = call.callee else { return held(frame, call) }
    // Before it is sent, which may end the session that it is sent to.
    if frame.kind == .cancel {
      close(call)
    } else if isBehind(end.session) {
      callerIsGone(call)
      return answerUnread(call)
    }
    forward(frame, to: end)
  }

  private mutating func fromCallee(_ frame: consuming Frame, _ slot: Int) {
    let call = calls[at: slot]
    guard frame.sequence == call.calleeSequence, frame.kind != .cancel, frame.kind != .end else {
      return breach(call, Self.violation(frame, expected: call.calleeSequence))
    }
    calls[at: slot].calleeSequence &+= 1
    if frame.kind == .credit {
      calls[at: slot].callerRoom.add(grantIn: frame)
      if call.account != Accounts.none { giveBack(grantIn: frame, slot) }
    }
    guard calls[at: slot].calleeRoom.take(frame) else { return breach(call, .creditOverdrawn) }
    let isLast = frame.kind == .status
    if isLast {
      tally.end(call.method, code: StatusFields.code(in: frame), after: now &- call.began)
      close(call)
    }
    // A last word alone is small, and there is one of each call.
    if !isLast || frame.body != nil, isBehind(call.caller.session) {
      if !isLast { callerIsGone(call) }
      return answerUnread(call)
    }
    forward(frame, to: call.caller)
  }

  /// One side of a call broke the rules: it ends for both.
  private mutating func breach(_ call: Call, _ violation: StreamViolation) {
    callerIsGone(call)
    answer(
      call.caller, .internalError, "protocol violation: \(violation)",
      sequence: call.calleeSequence)
  }

  private static func violation(_ frame: Frame, expected: UInt32) -> StreamViolation {
    frame.sequence == expected
      ? .unexpected(frame.kind) : .sequence(expected: expected, received: frame.sequence)
  }

  /// True if a peer has left so much unread that its calls are to end instead of sending it more.
  private func isBehind(_ session: UInt64) -> Bool {
    guard let slot = sessions.slot(of: session) else { return false }
    return sessions[at: slot].unreadBytes > Self.behindBytesLimit
  }

  private mutating func answerUnread(_ call: Call) {
    answer(
      call.caller, .resourceExhausted, "the other side of this call does not read what it is sent",
      sequence: call.calleeSequence)
  }

  // MARK: Ends

  mutating func close(_ call: Call) {
    guard let last = calls.remove(call.id) else { return }
    if last.account != Accounts.none {
      accounts[last.account].openCalls -= 1
      accounts[last.account].bytes -= last.charged
    }
    if call.deadline > 0 { deadlines -= 1 }
    if let slot = sessions.slot(of: call.caller.session) {
      sessions[at: slot].calling.removeValue(forKey: call.caller.stream)
    }
    switch call.callee {
    case .peer(let end):
      guard let slot = sessions.slot(of: end.session) else { return }
      let hadRoom = sessions[at: slot].hasRoom
      sessions[at: slot].answering.removeValue(forKey: end.stream)
      if !hadRoom { releaseWaiting(for: end.session) }
    case .hosted:
      log.close(call.id)
      act(.logCallOver(call.id))
      resumeLog()
    case .waiting: _ = waiting.remove(call.id)
    }
  }

  /// Ends a call for who answers it: nobody waits for the answer any more.
  mutating func callerIsGone(_ call: Call) {
    close(call)
    if case .peer(let end) = call.callee {
      send(
        Frame(.cancel, session: end.session, stream: end.stream, sequence: call.callerSequence),
        to: end.session)
    }
  }

  mutating func calleeIsGone(_ call: Call) {
    close(call)
    answer(
      call.caller, .unavailable, "whoever answered this call is gone; it may have been delivered",
      sequence: call.calleeSequence, delivered: nil)
  }

  /// Ends calls whose time is up and whose caller and handler have both not said so.
  mutating func expireCalls() {
    for id in calls.numbers {
      guard let call = calls[id], call.deadline > 0, call.deadline <= now else { continue }
      callerIsGone(call)
      answer(
        call.caller, .deadlineExceeded, "the call's time is up", sequence: call.calleeSequence)
    }
  }

  /// The broker's own last word to a caller.
  /// - Parameter delivered: false if the call cannot have reached anybody, nil if that is unknown.
  mutating func answer(
    _ caller: Call.End, _ code: Status.Code, _ message: String, sequence: UInt32 = 0,
    delivered: Bool? = false
  ) {
    tally.answer(code)
    var metadata: Metadata = [:]
    if code == .unavailable {
      metadata.addString(delivered == false ? "no" : "unknown", forKey: CallMetadata.delivered)
    }
    let fields = StatusFields(
      status: Status(code: code, message: message.fittingStatus), trailingMetadata: metadata)
    send(
      Frame(
        .status, session: caller.session, stream: caller.stream, sequence: sequence,
        fields: fields.encoded()), to: caller.session)
  }
}
