import Bus
import GRPCCore
import Messages

/// Who may do what: at HELLO, at each OPEN, and when an operator has changed it.
extension BrokerCore {
  // MARK: Sessions

  /// What a greeting's sender may do; one that asks for more than is approved waits for an operator.
  func admit(
    _ hello: Recourse_Bus_V1_Hello, _ principal: String
  ) -> Result<SessionRights, Denial> {
    guard rights.isChecked else { return .success(SessionRights(unchecked: principal)) }
    if let problem = Grants.problem(in: hello.manifest).map({ Refused.fitting($0) }) {
      return .failure(
        Denial(
          code: .malformed, message: problem,
          refused: Refused(principal: principal, kind: .notApproved, detail: problem)))
    }
    switch rights.admit(principal, hello.manifest, serving: hello.services.map(\.name)) {
    case .granted(let rights): return .success(rights)
    case .denied(let why):
      return .failure(
        Denial(
          code: .notApproved, message: why,
          refused: Refused(principal: principal, kind: .notApproved, detail: why)))
    }
  }

  /// Nanoseconds in which of what one principal asks for in vain is kept once: each time a file is written.
  static let askedInterval: UInt64 = 1_000_000_000
  /// Principals that this is remembered of; what others ask for is not kept meanwhile.
  static let askedLimit = KeyRing.entriesLimit

  /// Hands on what a principal asks for in vain, for an operator to see.
  mutating func keepAsked(_ manifest: Recourse_Bus_V1_Manifest, _ principal: String) {
    if let last = askedAt[principal], now < last + Self.askedInterval { return }
    if askedAt.count >= Self.askedLimit {
      askedAt = askedAt.filter { now < $0.value + Self.askedInterval }
      guard askedAt.count < Self.askedLimit else { return }
    }
    askedAt[principal] = now
    act(.askedForMore(principal, manifest))
  }

  /// What is approved has changed: everybody's rights are at once what they are now.
  mutating func takeApprovals(_ manifests: [String: Recourse_Bus_V1_Manifest]) {
    rights = Rights(manifests)
    for id in sessions.numbers {
      guard let session = sessions[id] else { continue }
      let old = session.rights
      guard let new = rights.renewed(old),
        session.services.allSatisfy({ new.granted.serves.contains($0.name) })
      else {
        let why =
          "what was approved for \(old.principal) is not any more; recourse rights approve \(old.principal)"
        deny(
          session.peer, id,
          Denial(
            code: .notApproved, message: why,
            refused: Refused(principal: old.principal, kind: .notApproved, detail: why)))
        end(id)
        continue
      }
      guard new.granted != old.granted || new.quota != old.quota else { continue }
      sessions[id]?.rights = new
      if session.account != Accounts.none { accounts[session.account].quota = new.quota }
      if new.granted != old.granted { endForbidden(session, new) }
    }
  }

  /// Ends the open calls of a session that it may not make any more.
  private mutating func endForbidden(_ session: Session, _ rights: SessionRights) {
    for stream in session.calling.keys.sorted() {
      guard let call = session.calling[stream].flatMap({ calls[$0] }) else { continue }
      let denial =
        if case .hosted = call.callee { log.renew(rights, for: call.id) } else { nil as String? }
      if denial == nil, rights.holds(call.grant, call.wildMethod) { continue }
      let why = denial ?? "\(rights.principal) may not make this call any more: not approved"
      callerIsGone(call)
      record(.call, why, session.id)
      answer(call.caller, .permissionDenied, why, sequence: call.calleeSequence)
    }
  }

  // MARK: Calls

  /// Answers a call that its caller may not make.
  mutating func denyCall(_ method: String, _ caller: Call.End, _ slot: Int) {
    let why = sessions[at: slot].rights.denial(ofCalling: method.fittingStatus)
    record(.call, why, caller.session)
    answer(caller, .permissionDenied, why)
  }

  /// True if the caller's principal may have one more call open, with the message that opens it.
  @inline(__always)
  func hasQuota(for opening: borrowing Frame, _ slot: Int) -> Bool {
    let place = sessions[at: slot].account
    if place == Accounts.none { return true }
    let quota = accounts[place].quota
    return accounts[place].openCalls < quota.openCalls
      && accounts[place].bytes + (opening.body?.count ?? 0) <= quota.bytesInFlight
  }

  mutating func denyQuota(_ caller: Call.End, _ slot: Int) {
    let place = sessions[at: slot].account
    let quota = accounts[place].quota
    let why =
      accounts[place].openCalls < quota.openCalls
      ? "\(accounts[place].principal) has \(quota.bytesInFlight) bytes under way already"
      : "\(accounts[place].principal) has \(quota.openCalls) calls open already"
    record(.quota, why, caller.session)
    answer(caller, .resourceExhausted, why)
  }

  /// Notes what allows a call that begins, and whom it is charged to.
  mutating func charge(_ id: UInt64, _ opening: Frame, _ method: String, _ slot: Int) {
    let place = sessions[at: slot].account
    guard place != Accounts.none, let call = calls.slot(of: id) else { return }
    let bytes = opening.body?.count ?? 0
    let grant = sessions[at: slot].rights.grant(of: method)
    calls[at: call].grant = grant
    if sessions[at: slot].rights.isWild(grant) { calls[at: call].wildMethod = method }
    calls[at: call].account = place
    calls[at: call].charged = bytes
    accounts[place].openCalls += 1
    accounts[place].bytes += bytes
  }

  /// Charges a further message of a call. False if that is more than its caller may have under way.
  mutating func charge(_ frame: borrowing Frame, _ slot: Int) -> Bool {
    guard let bytes = frame.body?.count else { return true }
    let place = calls[at: slot].account
    calls[at: slot].charged += bytes
    accounts[place].bytes += bytes
    return accounts[place].bytes <= accounts[place].quota.bytesInFlight
  }

  /// The other side has taken so many bytes.
  mutating func giveBack(grantIn frame: borrowing Frame, _ slot: Int) {
    guard let grant = UInt64(bigEndianBytes: [UInt8](frame.fields)) else { return }
    let bytes = min(Int(grant & 0xffff_ffff), calls[at: slot].charged)
    calls[at: slot].charged -= bytes
    accounts[calls[at: slot].account].bytes -= bytes
  }

  /// A call's caller has more under way than it may.
  mutating func exceed(_ call: Call) {
    let account = accounts[call.account]
    let why = "\(account.principal) has \(account.quota.bytesInFlight) bytes under way already"
    record(.quota, why, call.caller.session)
    callerIsGone(call)
    answer(call.caller, .resourceExhausted, why, sequence: call.calleeSequence)
  }

  /// OPEN as its handler gets it: with who calls in the place of the target, where that handler knows of it.
  /// - Parameter slot: of the handler's session.
  func stamped(
    _ frame: consuming Frame, _ method: String, _ caller: UInt64, hears slot: Int
  ) -> Frame {
    guard sessions[at: slot].hearsCaller, let from = sessions.slot(of: caller) else { return frame }
    let fields = frame.fields.withTarget(sessions[at: from].rights.stamp(for: method))
    // Of a call that waited while more was approved there might be no room any more: nobody says who calls then.
    let fits = fields.count <= WireLimits.fieldBytesLimit
    frame.fields = fits ? fields : frame.fields.withTarget("")
    return frame
  }

  /// True if the handler can be told who calls: the caller must not have filled OPEN to the brim.
  @inline(__always)
  func hasRoom(
    for opening: borrowing Frame, stampedAs fields: borrowing RouteFields, _ slot: Int
  ) -> Bool {
    let bytes = opening.fields.count
    if bytes <= WireLimits.fieldBytesLimit - SessionRights.stampBytesLimit { return true }
    let stamp = sessions[at: slot].rights.stamp(for: fields.method)
    return bytes - fields.target.utf8.count + stamp.utf8.count <= WireLimits.fieldBytesLimit
  }

  // MARK: What is recorded

  mutating func record(_ kind: Refused.Kind, _ detail: String, _ session: UInt64) {
    let principal = sessions[session]?.principal ?? ""
    act(.refused(Refused(principal: principal, kind: kind, detail: detail)))
  }

  /// The storage found that a slice is somebody else's.
  mutating func noteForeign(_ result: LogResult) {
    guard case .appended(let id, .failure(.foreign(let owner))) = result,
      let session = calls[id]?.caller.session
    else { return }
    record(.producer, "appended for a slice of \(owner)", session)
  }
}
