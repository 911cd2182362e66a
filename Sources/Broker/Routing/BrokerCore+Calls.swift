import Bus
import GRPCCore

extension BrokerCore {
  /// A caller's first frame: finds who answers.
  mutating func open(_ frame: Frame, _ id: UInt64) {
    guard let session = sessions[id], session.calling[frame.stream] == nil else { return }
    let caller = Call.End(session: id, stream: frame.stream)
    guard !frame.stream.isMultiple(of: 2), frame.sequence == 0 else {
      return answer(caller, .internalError, "a call begins on an odd stream with sequence 0")
    }
    guard session.calling.count < WireLimits.openCallsLimit else {
      return answer(
        caller, .resourceExhausted, "\(WireLimits.openCallsLimit) calls are open already")
    }
    let fields: OpenFields
    do {
      fields = try OpenFields(decoding: frame.fields)
    } catch {
      return answer(caller, .internalError, "malformed OPEN: \(error)")
    }
    let parts = fields.method.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      return answer(caller, .unimplemented, "\(fields.method) is no package.Service/Method")
    }
    let (service, method) = (String(parts[0]), String(parts[1]))
    if fields.target.isEmpty || fields.target == "broker", isHosted(service) {
      return host(frame, fields, caller)
    }
    switch route(service, method, fields.target) {
    case .success(let callee): forwardOpen(frame, caller, callee)
    case .failure(let refusal): answer(caller, refusal.code, refusal.message, delivered: false)
    }
  }

  private struct Unroutable: Error {
    let code: Status.Code
    let message: String
  }

  /// The least busy instance that is ready; the lowest session number among equals.
  private func route(
    _ service: String, _ method: String, _ target: String
  ) -> Result<UInt64, Unroutable> {
    let named = target.split(separator: "/", maxSplits: 1).map(String.init)
    let matching = sessions.keys.sorted().compactMap { sessions[$0] }.filter { session in
      session.services[service] != nil
        && (named.isEmpty || session.worker == named[0])
        && (named.count < 2 || session.instance == named[1])
    }
    // A standby answers only who asks for that very instance.
    let ready = matching.filter { !$0.isDraining && (!$0.isStandby || named.count == 2) }
    guard !ready.isEmpty else {
      guard servicesSeen.contains(service) else {
        return .failure(Unroutable(code: .unimplemented, message: "no service \(service)"))
      }
      let who = target.isEmpty ? service : "\(service) at \(target)"
      return .failure(Unroutable(code: .unavailable, message: "nobody serves \(who) just now"))
    }
    let able = ready.filter { $0.services[service]?.contains(method) == true }
    guard let best = able.min(by: { ($0.answering.count, $0.id) < ($1.answering.count, $1.id) })
    else {
      return .failure(
        Unroutable(code: .unimplemented, message: "\(service) has no method \(method)"))
    }
    guard best.answering.count < WireLimits.openCallsLimit else {
      return .failure(
        Unroutable(code: .resourceExhausted, message: "too many calls are open at \(service)"))
    }
    return .success(best.id)
  }

  private mutating func forwardOpen(_ frame: Frame, _ caller: Call.End, _ callee: UInt64) {
    guard let stream = sessions[callee]?.nextStream else { return }
    sessions[callee]?.nextStream += 2
    lastCall += 1
    let end = Call.End(session: callee, stream: stream)
    calls[lastCall] = Call(
      id: lastCall, caller: caller, callee: .peer(end), callerSequence: 1)
    sessions[caller.session]?.calling[caller.stream] = lastCall
    sessions[callee]?.answering[stream] = lastCall
    forward(frame, to: end)
  }

  private mutating func forward(_ frame: Frame, to end: Call.End) {
    var frame = frame
    frame.session = end.session
    frame.stream = end.stream
    send(frame, to: end.session)
  }

  /// A frame of an open call goes to the other end. One of a call that is over comes too late and is
  /// dropped.
  mutating func pass(_ frame: Frame, _ id: UInt64) {
    guard let session = sessions[id] else { return }
    if let call = session.calling[frame.stream].flatMap({ calls[$0] }) {
      fromCaller(frame, call)
    } else if let call = session.answering[frame.stream].flatMap({ calls[$0] }) {
      fromCallee(frame, call)
    }
  }

  private mutating func fromCaller(_ frame: Frame, _ call: Call) {
    guard frame.sequence == call.callerSequence, frame.kind != .status else {
      callerIsGone(call)
      let why = Self.violation(frame, expected: call.callerSequence)
      return answer(call.caller, .internalError, why, sequence: call.calleeSequence)
    }
    calls[call.id]?.callerSequence &+= 1
    switch call.callee {
    case .hosted:
      hosted(frame, call)
    case .peer(let end):
      forward(frame, to: end)
      if frame.kind == .cancel { close(call) }
    }
  }

  private mutating func fromCallee(_ frame: Frame, _ call: Call) {
    guard frame.sequence == call.calleeSequence, frame.kind != .cancel, frame.kind != .end else {
      if case .peer(let end) = call.callee { sendCancel(call, end) }
      let why = Self.violation(frame, expected: call.calleeSequence)
      close(call)
      return answer(call.caller, .internalError, why, sequence: call.calleeSequence)
    }
    calls[call.id]?.calleeSequence &+= 1
    forward(frame, to: call.caller)
    if frame.kind == .status { close(call) }
  }

  private static func violation(_ frame: Frame, expected: UInt32) -> String {
    let what: StreamViolation =
      frame.sequence == expected
      ? .unexpected(frame.kind) : .sequence(expected: expected, received: frame.sequence)
    return "protocol violation: \(what)"
  }

  // MARK: Ends

  mutating func close(_ call: Call) {
    calls[call.id] = nil
    sessions[call.caller.session]?.calling[call.caller.stream] = nil
    switch call.callee {
    case .peer(let end): sessions[end.session]?.answering[end.stream] = nil
    case .hosted: log.close(call.id)
    }
  }

  mutating func callerIsGone(_ call: Call) {
    if case .peer(let end) = call.callee { sendCancel(call, end) }
    close(call)
  }

  private mutating func sendCancel(_ call: Call, _ end: Call.End) {
    send(
      Frame(.cancel, session: end.session, stream: end.stream, sequence: call.callerSequence),
      to: end.session)
  }

  mutating func calleeIsGone(_ call: Call) {
    close(call)
    answer(
      call.caller, .unavailable, "whoever answered this call is gone; it may have been delivered",
      sequence: call.calleeSequence, delivered: nil)
  }

  /// The broker's own last word to a caller.
  /// - Parameter delivered: false if the call cannot have reached anybody, nil if that is unknown.
  mutating func answer(
    _ caller: Call.End, _ code: Status.Code, _ message: String, sequence: UInt32 = 0,
    delivered: Bool? = false
  ) {
    var metadata: Metadata = [:]
    if code == .unavailable {
      metadata.addString(delivered == false ? "no" : "unknown", forKey: CallMetadata.delivered)
    }
    let fields = StatusFields(
      status: Status(code: code, message: message), trailingMetadata: metadata)
    send(
      Frame(
        .status, session: caller.session, stream: caller.stream, sequence: sequence,
        fields: fields.encoded()), to: caller.session)
  }
}
