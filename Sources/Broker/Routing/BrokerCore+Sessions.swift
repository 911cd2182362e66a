import Bus
import Messages
import SwiftProtobuf

extension BrokerCore {
  /// Answers HELLO. The same HELLO sent again keeps its session.
  /// - Parameter key: that of the connection; nil if it showed none.
  mutating func greet(_ frame: Frame, from peer: PeerID, by key: PublicKey?) {
    guard let body = frame.body,
      let hello = try? Recourse_Bus_V1_Hello(serializedBytes: body)
    else { return refuse(peer, 0, .malformed, "HELLO's body is no recourse.bus.v1.Hello") }
    let version = UInt32(WireLimits.version)
    guard hello.wireVersionMin <= version, version <= hello.wireVersionMax else {
      return refuse(
        peer, 0, .wireVersion,
        "wire version \(version) is spoken here, not "
          + "\(hello.wireVersionMin) to \(hello.wireVersionMax)")
    }
    guard Self.isWorker(hello.worker), hello.worker != "broker" else {
      return refuse(peer, 0, .malformed, "a worker's name is 1 to 64 of a-z 0-9 - and not broker")
    }
    guard Self.isInstance(hello.instance) else {
      return refuse(peer, 0, .malformed, "an instance is 1 to 64 of A-Z a-z 0-9 - . _")
    }
    let principal: String
    switch self.principal(of: hello, by: key) {
    case .success(let name): principal = name
    case .failure(let denial):
      deny(peer, 0, denial)
      return
    }
    if let id = sessionOfPeer[peer] {
      if sessions[id]?.attempt == hello.attempt { return welcome(id) }
      end(id)
    }
    // It came back by another connection before the broker has noticed that the first is gone.
    let ghost = sessions.oldest {
      $0.worker == hello.worker && $0.instance == hello.instance && $0.principal == principal
    }
    guard ghost != nil || !sessions.isFull else {
      return refuse(peer, 0, .tooManySessions, "\(Self.sessionsLimit) sessions are open already")
    }
    let services = hello.services.map { ServiceOffer($0) }
    // A service without methods takes as much room as one with one.
    guard services.reduce(0, { $0 + max($1.methods.count, 1) }) <= Self.offeredMethodsLimit else {
      return refuse(
        peer, 0, .malformed, "HELLO offers more than \(Self.offeredMethodsLimit) methods")
    }
    let rights: SessionRights
    switch admit(hello, principal) {
    case .success(let granted): rights = granted
    case .failure(let denial):
      let isToWait = denial.code == .notApproved
      if isToWait { waitingPrincipals.note(principal, denial.message, now: now) }
      return deny(peer, 0, denial, asked: isToWait ? hello.manifest : nil)
    }
    guard
      !rights.isChecked || ghost != nil
        || accounts.sessions(of: principal) < Self.principalSessionsLimit
    else {
      let why = "\(principal) has \(Self.principalSessionsLimit) sessions already"
      deny(
        peer, 0,
        Denial(
          code: .tooManySessions, message: why,
          refused: Refused(principal: principal, kind: .quota, detail: why)))
      return
    }
    // Who has left so much unread would not read WELCOME either.
    guard let carried = strangers.join(peer) else { return }
    if let ghost { end(ghost) }
    let isStandby =
      !services.isEmpty && !hello.stateless && activeSession(of: hello.worker) != nil
    let id = sessions.insert { id in
      var session = Session(
        id: id, peer: peer, worker: hello.worker, instance: hello.instance,
        processID: hello.processID, attempt: hello.attempt, isStateless: hello.stateless,
        services: services, heardAt: now, pingedAt: now)
      session.principal = principal
      session.key = key
      session.isStandby = isStandby
      session.carriedBytes = carried
      session.mayWait = hello.features.contains(WireFeature.waitForReady)
      session.hearsCaller = hello.features.contains(WireFeature.callerPrincipal)
      session.rights = rights
      return session
    }
    sessionOfPeer[peer] = id
    waitingPrincipals.settle(principal)
    if rights.isChecked { sessions[id]?.account = accounts.join(principal, rights.quota) }
    methods.add(id, services)
    welcome(id)
    releaseWaiting(for: id)
  }

  /// Names stand in targets (`worker/instance`), in lists and in logs.
  static func isWorker(_ name: some StringProtocol) -> Bool { isName(name, alsoOf: "-") }

  static func isInstance(_ name: some StringProtocol) -> Bool {
    isName(name, alsoOf: "-._ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  }

  private static func isName(_ name: some StringProtocol, alsoOf others: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
          || others.utf8.contains(byte)
      }
  }

  private mutating func welcome(_ id: UInt64) {
    var welcome = Recourse_Bus_V1_Welcome()
    welcome.wireVersion = UInt32(WireLimits.version)
    welcome.heartbeatMilliseconds = UInt32(settings.heartbeat / 1_000_000)
    welcome.features = WireFeature.all
    welcome.logHead = log.head
    welcome.attempt = sessions[id]?.attempt ?? 0
    guard let body: WireBytes = try? welcome.serializedBytes() else { return }
    send(Frame(.welcome, flags: .message, session: id, body: body), to: id)
  }

  /// Tells a peer why not. It counts as unread like all that a peer is sent, and there is an end to it.
  mutating func refuse(
    _ peer: PeerID, _ session: UInt64, _ code: Recourse_Bus_V1_Refuse.Code, _ message: String
  ) {
    _ = tells(peer, session, code, message)
  }

  /// The same; false if the peer is not told any more.
  mutating func tells(
    _ peer: PeerID, _ session: UInt64, _ code: Recourse_Bus_V1_Refuse.Code, _ message: String
  ) -> Bool {
    tally.refusals &+= 1
    let frame = Self.refusal(session, code, message)
    if let own = sessionOfPeer[peer] {
      send(frame, to: own)
      return true
    }
    switch strangers.takeRefusal(of: frame.bytes, to: peer) {
    case .told:
      act(.send(frame, to: peer))
      return true
    case .unheard: return false
    case .crowdedOut:
      tally.unheard &+= 1
      act(.refused(Refused(principal: "", kind: .quota, detail: Self.crowdedWords)))
      return false
    }
  }

  private static let crowdedWords =
    "\(Strangers.limit) connections without a session are remembered: others are not told why they get none"

  /// Asks connections without a session whether they are there, where they are many.
  private mutating func askStrangers() {
    let frame = Self.refusal(0, .unknownSession, "there is no session here")
    for peer in strangers.toAsk(bytes: frame.bytes) { act(.send(frame, to: peer)) }
  }

  private static func refusal(
    _ session: UInt64, _ code: Recourse_Bus_V1_Refuse.Code, _ message: String
  ) -> Frame {
    var refuse = Recourse_Bus_V1_Refuse()
    refuse.code = code
    refuse.message = message
    return Frame(
      .refuse, flags: .message, session: session,
      body: (try? refuse.serializedBytes()) ?? WireBytes())
  }

  /// What a peer hears that has set a routing id of its own.
  static var refusalOfName: Frame { refusal(0, .malformed, "a peer must not set a routing id") }

  /// The session that owns a worker's slice.
  private func activeSession(of worker: String) -> UInt64? {
    sessions.oldest { $0.worker == worker && $0.serves && !$0.isStateless && !$0.isStandby }
  }

  /// Forgets a session: its calls end, and an instance that waited takes its place.
  mutating func end(_ id: UInt64) {
    guard let session = sessions.remove(id) else { return }
    sessionOfPeer[session.peer] = nil
    strangers.leave(session.peer, unread: session.leftBytes)
    methods.remove(id, session.services)
    for stream in session.calling.keys.sorted() {
      if let call = session.calling[stream].flatMap({ calls[$0] }) { callerIsGone(call) }
    }
    for stream in session.answering.keys.sorted() {
      if let call = session.answering[stream].flatMap({ calls[$0] }) { calleeIsGone(call) }
    }
    accounts.leave(session.account)
    guard session.serves, !session.isStandby, !session.isStateless else { return }
    if let next = sessions.oldest(where: { $0.worker == session.worker && $0.isStandby }) {
      sessions[next]?.isStandby = false
      releaseWaiting(for: next)
    }
  }

  // MARK: Heartbeats

  mutating func tick() {
    for id in sessions.numbers {
      guard let session = sessions[id] else { continue }
      if now >= session.heardAt + 2 * settings.heartbeat {
        end(id)
      } else if now >= session.pingedAt + settings.heartbeat / 2 {
        // Even a peer that is heard all the time has to hear the broker.
        ping(id)
      }
    }
    if deadlines > 0 { expireCalls() }
    if !waiting.isEmpty { expireWaiting() }
    askStrangers()
    perform(log.tick(now: now))
    resumeLog()
  }

  /// Nanoseconds after a broken connection in which it is looked for. The transport tells of a break some
  /// milliseconds before it refuses messages to the peer, so one question is not enough.
  static let probeWindow: UInt64 = 100_000_000

  mutating func beginProbe() {
    probing = (from: now, to: now + Self.probeWindow)
    probe()
  }

  /// Asks everybody who has not been heard since the connection broke.
  mutating func probe() {
    guard let probing else { return }
    for id in sessions.numbers where (sessions[id]?.heardAt ?? 0) <= probing.from { ping(id) }
    if now >= probing.to { self.probing = nil }
  }

  /// Asks whether a peer is there; handing the message over fails at once if its connection is gone.
  /// The answer says how much of what it was sent it has read.
  mutating func ping(_ id: UInt64) {
    guard let sent = sessions[id]?.sentBytes else { return }
    sessions[id]?.pingedAt = now
    sessions[id]?.markedBytes = sent
    send(Frame(.ping, session: id, fields: readMark.fields(id, sent: sent)), to: id)
  }

  // MARK: Peers that do not read

  /// Bytes that may wait for a peer that does not read them. Beyond, its session ends.
  static let unreadBytesLimit: UInt64 = 256 * 1024 * 1024
  /// Bytes unread after which a call ends that sends a peer more, so that it is not its session that does.
  static let behindBytesLimit = unreadBytesLimit - 16 * 1024 * 1024
  /// Bytes unread after which a peer gets no new calls.
  static let busyBytesLimit: UInt64 = 128 * 1024 * 1024
  /// Bytes after which a peer is asked how far it has read.
  static let markBytes: UInt64 = 16 * 1024 * 1024
  /// Methods that one peer may offer.
  static let offeredMethodsLimit = 4096

  /// A peer has been sent much since it was asked last, or has not read much of it.
  mutating func lookAfter(_ id: UInt64, unread: UInt64) {
    if unread > Self.unreadBytesLimit { end(id) } else { ping(id) }
  }

  mutating func takePong(_ frame: Frame, _ id: UInt64) {
    guard let read = readMark.read(frame.fields, id), let slot = sessions.slot(of: id) else {
      return
    }
    let hadRoom = sessions[at: slot].hasRoom
    sessions[at: slot].noteRead(read)
    if !hadRoom { releaseWaiting(for: id) }
  }
}
