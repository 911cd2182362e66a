@testable import Broker
@testable import Bus

/// What holds of the broker's tables whenever it has done all that there was to do, whatever was said to
/// it: they are bounded by their named limits, and they agree with one another.
enum BrokerInvariants {
  /// What holds after every event.
  static func check(_ core: BrokerCore) throws(Breach) {
    let sessions = core.sessionOfPeer.values.compactMap { core.sessions[$0] }
    try checkSessions(sessions, core)
    try checkCalls(sessions, core)
    try checkWaiting(core)
    try checkWorkers(sessions)
  }

  private static func checkSessions(_ sessions: [Session], _ core: BrokerCore) throws(Breach) {
    try hold(core.sessions.count <= BrokerCore.sessionsLimit, "more sessions than the limit")
    try hold(
      core.sessions.count == core.sessionOfPeer.count && core.sessions.count == sessions.count,
      "sessions and connections differ in number")
    try hold(
      core.methods.servicesSeen.count <= MethodIndex.servicesSeenLimit,
      "more services are remembered than the limit")
    try hold(
      core.strangers.count <= Strangers.limit,
      "more connections without a session are remembered than the limit")
    for session in sessions {
      try hold(
        core.sessionOfPeer[session.peer] == session.id,
        "a connection has no session, or that of another")
      try hold(
        session.calling.count <= WireLimits.openCallsLimit
          && session.answering.count <= WireLimits.openCallsLimit,
        "a session has more calls than the limit")
      try hold(
        session.sentBytes &- session.readBytes <= BrokerCore.unreadBytesLimit,
        "a session has more unread bytes than the limit")
    }
  }

  /// What holds of a session when it begins, and does not change.
  static func checkBeginning(of session: Session?) throws(Breach) {
    guard let session else { return }
    try hold(
      isName(session.worker, "-") && session.worker != "broker"
        && isName(session.instance, "-._ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
      "a session has names that are none")
    try hold(
      session.services.reduce(0) { $0 + max($1.methods.count, 1) }
        <= BrokerCore.offeredMethodsLimit,
      "a session offers more services and methods than the limit")
  }

  private static func isName(_ name: String, _ others: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy {
        ("abcdefghijklmnopqrstuvwxyz0123456789" + others).utf8.contains($0)
      }
  }

  private static func checkCalls(_ sessions: [Session], _ core: BrokerCore) throws(Breach) {
    var (calling, answering, waiting, deadlines) = (0, 0, 0, 0)
    for session in sessions {
      calling += session.calling.count
      answering += session.answering.count
      for (stream, number) in session.calling {
        guard let call = core.calls[number], call.id == number,
          call.caller == Call.End(session: session.id, stream: stream), !stream.isMultiple(of: 2)
        else { throw Breach("a session calls what is no call, or that of another") }
        switch call.callee {
        case .peer(let end):
          try hold(
            core.sessions[end.session]?.answering[end.stream] == number,
            "a call's handler does not know it")
        case .waiting:
          waiting += 1
          try hold(core.waiting.entries[number] != nil, "a call waits that is not kept")
        case .hosted: break
        }
        if call.deadline > 0 { deadlines += 1 }
      }
      for (stream, number) in session.answering {
        guard
          case .peer(Call.End(session: session.id, stream: stream))? = core.calls[number]?.callee,
          stream < session.nextStream, stream.isMultiple(of: 2)
        else { throw Breach("a session answers what is no call, or that of another") }
      }
    }
    try hold(calling == core.calls.count, "a call has no caller")
    try hold(answering <= calling, "more calls are answered than there are")
    try hold(waiting == core.waiting.entries.count, "a call is kept that does not wait")
    try hold(deadlines == core.deadlines, "deadlines are counted wrongly")
  }

  private static func checkWaiting(_ core: BrokerCore) throws(Breach) {
    try hold(core.waiting.entries.count <= WaitingCalls.limit, "more calls wait than the limit")
    var bytes = 0
    for (number, entry) in core.waiting.entries {
      try hold(
        (1...WaitingCalls.framesLimit).contains(entry.frames.count),
        "a call waits with no frame, or with more than the limit")
      bytes += entry.frames.reduce(0) { $0 + Ledger.size($1) }
      guard core.waiting.entries.count <= routedLimit else { continue }
      if case .success = core.route(entry.fields) {
        throw Breach("call \(number) waits, and somebody is there who can answer it")
      }
    }
    try hold(bytes <= WaitingCalls.bytesLimit, "more bytes wait than the limit")
  }

  /// To look for who could answer takes its time: not for so many.
  private static let routedLimit = 4

  /// A worker has one active instance, and has one as long as it has any.
  private static func checkWorkers(_ sessions: [Session]) throws(Breach) {
    var (active, standby): (Set<String>, Set<String>) = ([], [])
    var names: Set<String> = []
    for session in sessions {
      try hold(
        names.insert("\(session.worker)/\(session.instance)").inserted,
        "an instance has two sessions")
    }
    for session in sessions where session.serves && !session.isStateless {
      if session.isStandby {
        standby.insert(session.worker)
      } else {
        try hold(active.insert(session.worker).inserted, "a worker has two active instances")
      }
    }
    try hold(standby.isSubset(of: active), "everybody of a worker stands by")
  }

  // MARK: Time

  /// What holds after a tick: nobody is overdue.
  static func checkTimes(_ core: BrokerCore, now: UInt64) throws(Breach) {
    for (_, id) in core.sessionOfPeer {
      guard let session = core.sessions[id] else { continue }
      let heartbeat = core.settings.heartbeat
      try hold(now < session.heardAt + 2 * heartbeat, "a silent session goes on")
      try hold(now < session.pingedAt + heartbeat / 2, "a peer is not asked")
      for number in session.calling.values {
        let deadline = core.calls[number]?.deadline ?? 0
        try hold(deadline == 0 || now < deadline, "a call goes on whose time is up")
      }
    }
    for entry in core.waiting.entries.values {
      try hold(now < entry.since + WaitingCalls.timeLimit, "a call waits for too long")
    }
  }

  // MARK: The end

  /// What holds when everybody is gone: nothing is left, not even in what is private.
  static func checkEmpty(_ core: BrokerCore) throws(Breach) {
    try hold(core.sessions.isEmpty && core.sessionOfPeer.isEmpty, "a session is left")
    try hold(core.calls.isEmpty && core.deadlines == 0, "a call is left")
    try hold(core.waiting.isEmpty, "a call still waits")
    try hold(!core.isProbing, "the broker still looks for who is gone")
    try hold(core.accounts.isEmpty, "an account of nobody is left")
    try hold(core.logLoad.isEmpty, "the log has answered all, and something is counted")
    try hold(try count("calls", in: core.log) == 0, "the log has a call that is over")
    try hold(try count("sessions", in: core.methods) == 0, "a method of nobody is left")
    try hold(try count("services", in: core.methods) == 0, "a service of nobody is left")
    try hold(try count("places", in: core.waiting) == 0, "somebody waits for something")
    try hold(try count("bytes", in: core.waiting) == 0, "bytes are counted that wait no more")
  }

  /// A private number, or how many elements a private collection has.
  private static func count(_ name: String, in value: Any) throws(Breach) -> Int {
    guard let field = Mirror(reflecting: value).descendant(name) else {
      throw Breach("\(type(of: value)) has no \(name) any more: BrokerInvariants looks for it")
    }
    return field as? Int ?? Mirror(reflecting: field).children.count
  }
}
