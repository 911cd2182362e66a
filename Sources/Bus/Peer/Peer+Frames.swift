import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization

/// What a peer makes of what its link tells.
extension Peer {
  /// Takes what the link tells.
  func take(_ event: LinkEvent) {
    switch event {
    case .frame(let frame): handle(frame)
    case .malformed: advance(.lost)
    case .lost: advance(.lost)
    case .refused(let why):
      // Whoever had a session has lost it before.
      advance(.lost)
      advance(.refused(message: why))
    case .tick(let now): tick(now)
    }
  }

  private func handle(_ frame: Frame) {
    switch frame.kind {
    case .welcome:
      guard let welcome = try? Recourse_Bus_V1_Welcome(serializedBytes: frame.body ?? WireBytes())
      else {
        return
      }
      // One of another attempt says nothing about this one.
      let isAwaited = state.withLock { state in
        guard state.session.awaits(welcome.attempt) else { return false }
        state.features = Set(welcome.features).intersection(WireFeature.all)
        state.brokerSaysCaller = state.features.contains(WireFeature.callerPrincipal)
        return true
      }
      guard isAwaited else { return }
      guard welcome.wireVersion == UInt32(WireLimits.version) else {
        let spoken = "the broker wants to speak wire version \(welcome.wireVersion)"
        return advance(.refused(message: "\(spoken), \(WireLimits.version) is spoken here"))
      }
      advance(
        .welcome(
          session: frame.session, attempt: welcome.attempt,
          heartbeat: UInt64(welcome.heartbeatMilliseconds) * 1_000_000))
    case .refuse:
      let refuse =
        (try? Recourse_Bus_V1_Refuse(serializedBytes: frame.body ?? WireBytes())) ?? .init()
      if refuse.code == .unknownSession || frame.session != 0 {
        advance(.sessionRefused(frame.session, message: refuse.message))
      } else if refuse.code == .notApproved {
        state.withLock { $0.waitsFor = refuse.message }
        advance(.denied)
      } else if refuse.code != .tooManySessions {
        // (With too many sessions the next heartbeat greets again: those of the dead are leaving.)
        advance(.refused(message: refuse.message))
      }
    case .ping:
      advance(.heard)
      link.send(Frame(.pong, session: frame.session, fields: frame.fields))
    case .open:
      accept(frame)
    case .data, .end, .status, .cancel, .credit:
      let call = state.withLock { state -> CallStream? in
        guard frame.session == state.session.session else { return nil }
        state.session.hear()
        if frame.stream.isMultiple(of: 2) { return state.handlers[frame.stream] }
        // A caller's call is over with its STATUS.
        return frame.kind == .status
          ? state.callers.removeValue(forKey: frame.stream) : state.callers[frame.stream]
      }
      call?.receive(frame)
    case .hello, .pong, .drain, .bye:
      break
    }
  }

  private func accept(_ frame: Frame) {
    let fields = try? RouteFields(decoding: frame.fields)
    switch state.withLock({ Self.admit(frame, fields, link, &$0) }) {
    case .otherSession:
      break
    case .refused(let status):
      var machine = StreamMachine(role: .handler, session: frame.session, stream: frame.stream)
      link.send(machine.status(Self.refusal(status)))
    case .admitted(let call, let unary, let isNext):
      if isNext, let deadline = call.deadline { link.wake(at: deadline) }
      call.receive(frame)
      if let unary { return answer(call, by: unary) }
      var status = Status(code: .resourceExhausted, message: "too many calls wait here")
      switch acceptedContinuation.yield(call) {
      case .enqueued: return
      case .terminated: status = Self.leaving
      default: break
      }
      forget(call)
      try? call.send { $0.status(Self.refusal(status)) }
    }
  }

  private static let leaving = Status(code: .unavailable, message: "this worker is leaving")

  /// What answers a call that no handler gets.
  private static func refusal(_ status: Status) -> StatusFields {
    var fields = StatusFields(status: status)
    if status.code == .unavailable {
      fields.trailingMetadata.addString("no", forKey: CallMetadata.delivered)
    }
    return fields
  }

  private enum Admission {
    /// With who answers by the short way, and whether a tick must be asked for when the call's time is up.
    case admitted(CallStream, UnaryTable.Handler?, isNext: Bool)
    case refused(Status)
    case otherSession
  }

  private static func admit(
    _ frame: Frame, _ fields: RouteFields?, _ link: any Link, _ state: inout State
  ) -> Admission {
    guard frame.session == state.session.session else { return .otherSession }
    let name = fields?.method ?? ""
    guard !state.isDraining else { return .refused(Self.leaving) }
    guard state.handlers.count < WireLimits.openCallsLimit else {
      return .refused(Status(code: .resourceExhausted, message: "too many calls are open here"))
    }
    guard let method = state.methods[name] else {
      return .refused(Status(code: .unimplemented, message: "no method \(name) here"))
    }
    // A request that comes whole needs no streams.
    let isWhole = frame.flags.isSuperset(of: [.message, .end])
    let unary = isWhole ? method.unary : nil
    let milliseconds = UInt64(fields?.timeoutMilliseconds ?? 0)
    let machine = StreamMachine(role: .handler, session: frame.session, stream: frame.stream)
    let call = CallStream(
      machine: machine, descriptor: method.descriptor, link: link,
      deadline: milliseconds > 0 ? link.now &+ milliseconds * 1_000_000 : nil,
      isShort: unary != nil,
      caller: state.brokerSaysCaller ? BusCaller(stamp: fields?.target ?? "") : .unknown)
    state.handlers[frame.stream] = call
    if unary != nil { state.answering += 1 }
    return .admitted(call, unary, isNext: state.watch(call.deadline))
  }

  private func tick(_ now: UInt64) {
    let (waiters, calls, denial) = state.withLock { state in
      let waiters = state.readyWaiters.filter { $0.deadline <= now }
      state.readyWaiters.removeAll { $0.deadline <= now }
      return (waiters, Self.overdue(now, &state), state.waitsFor)
    }
    for waiter in waiters {
      let denial = waiter.late.code == .unavailable ? denial : nil
      waiter.continuation.resume(throwing: denial.map { Self.unavailable($0) } ?? waiter.late)
    }
    for call in calls { call.expire() }
    // A tick answers all wishes for one, so those that are still open are wished for again.
    let next = state.withLock { state in
      state.readyWaiters.reduce(state.nextDeadline) { min($0, $1.deadline) }
    }
    if next < .max { link.wake(at: next) }
    advance(.tick)
    if let again = state.withLock({ $0.session.greetsAgainAt }) { link.wake(at: again) }
  }

  /// Calls whose time is up. Looks at all that are open, but no more often than the next one is due.
  private static func overdue(_ now: UInt64, _ state: inout State) -> [CallStream] {
    guard state.nextDeadline <= now else { return [] }
    var overdue: [CallStream] = []
    state.nextDeadline = .max
    for call in [state.callers.values, state.handlers.values].joined() {
      guard let deadline = call.deadline else { continue }
      if deadline <= now {
        overdue.append(call)
      } else {
        state.nextDeadline = min(state.nextDeadline, deadline)
      }
    }
    return overdue
  }

  /// Moves the session on and does what follows from it.
  func advance(_ event: SessionMachine.Event) {
    var after: [() -> Void] = []
    state.withLock { state in
      for action in state.session.handle(event, now: link.now) {
        after.append(contentsOf: perform(action, &state))
      }
    }
    for step in after { step() }
  }

  private func perform(_ action: SessionMachine.Action, _ state: inout State) -> [() -> Void] {
    switch action {
    case .wake(let time):
      return [{ [link] in link.wake(at: time) }]
    case .greet(let attempt):
      link.send(hello(attempt, state))
      return []
    case .established(let session):
      state.waitsFor = nil
      let waiters = state.readyWaiters
      state.readyWaiters = []
      if state.isDraining { link.send(Frame(.drain, session: session)) }
      return [
        { [onSession] in onSession(true) },
        { for waiter in waiters { waiter.continuation.resume() } },
      ]
    case .ended(let reason):
      let calls = Array(state.callers.values) + Array(state.handlers.values)
      var waiters: [ReadyWaiter] = []
      if case .closed = state.session.state { swap(&waiters, &state.readyWaiters) }
      state.outliving += state.handlers.values.filter(\.isShort)
      state.callers = [:]
      state.handlers = [:]
      let error = Self.unavailable(
        "\(reason); the call may have been delivered", delivered: "unknown")
      return [
        { for call in calls { call.abandon(error) } },
        { [waiters] in for waiter in waiters { waiter.continuation.resume(throwing: error) } },
        { [onSession] in onSession(false) },
      ]
    case .refused(let message):
      state.refusal = message
      let waiters = state.readyWaiters
      state.readyWaiters = []
      return [
        {
          for waiter in waiters { waiter.continuation.resume(throwing: Self.unavailable(message)) }
        },
        { [onRefused] in onRefused() },
      ]
    case .leave(let session):
      link.send(Frame(.bye, session: session))
      return []
    }
  }

  private func hello(_ attempt: UInt64, _ state: State) -> Frame {
    var hello = Recourse_Bus_V1_Hello()
    hello.wireVersionMin = UInt32(WireLimits.version)
    hello.wireVersionMax = UInt32(WireLimits.version)
    hello.features = WireFeature.all
    hello.worker = identity.worker
    hello.instance = identity.instance
    hello.processID = identity.processID
    hello.stateless = identity.isStateless
    hello.attempt = attempt
    hello.services = state.offers.map(\.message)
    if state.manifest != Recourse_Bus_V1_Manifest() { hello.manifest = state.manifest }
    let body: WireBytes = (try? hello.serializedBytes()) ?? WireBytes()
    return Frame(.hello, flags: .message, body: body)
  }
}
