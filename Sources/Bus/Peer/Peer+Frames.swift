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
    case .tick(let now): tick(now)
    }
  }

  private func handle(_ frame: Frame) {
    switch frame.kind {
    case .welcome:
      guard let welcome = try? Recourse_Bus_V1_Welcome(serializedBytes: frame.body ?? []) else {
        return
      }
      advance(
        .welcome(
          session: frame.session, attempt: welcome.attempt,
          heartbeat: UInt64(welcome.heartbeatMilliseconds) * 1_000_000))
    case .refuse:
      let refuse = (try? Recourse_Bus_V1_Refuse(serializedBytes: frame.body ?? [])) ?? .init()
      if refuse.code == .unknownSession || frame.session != 0 {
        advance(.sessionRefused(frame.session, message: refuse.message))
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
        _ = state.session.handle(.heard, now: state.now)
        return frame.stream.isMultiple(of: 2)
          ? state.handlers[frame.stream] : state.callers[frame.stream]
      }
      call?.receive(frame)
    case .hello, .pong, .drain, .bye:
      break
    }
  }

  private func accept(_ frame: Frame) {
    let method = (try? OpenFields(decoding: frame.fields))?.method ?? ""
    switch state.withLock({ Self.admit(frame, method, link, &$0) }) {
    case .otherSession:
      break
    case .refused(let status):
      var machine = StreamMachine(role: .handler, session: frame.session, stream: frame.stream)
      var answer = StatusFields(status: status)
      if status.code == .unavailable {
        answer.trailingMetadata.addString("no", forKey: CallMetadata.delivered)
      }
      link.send(machine.status(answer))
    case .admitted(let call):
      call.receive(frame)
      if case .enqueued = acceptedContinuation.yield(call) { return }
      forget(call)
      let status = Status(code: .resourceExhausted, message: "too many calls wait here")
      try? call.send { $0.status(StatusFields(status: status)) }
    }
  }

  private enum Admission {
    case admitted(CallStream)
    case refused(Status)
    case otherSession
  }

  private static func admit(
    _ frame: Frame, _ method: String, _ link: any Link, _ state: inout State
  ) -> Admission {
    guard frame.session == state.session.session else { return .otherSession }
    guard !state.isDraining else {
      return .refused(Status(code: .unavailable, message: "this worker is leaving"))
    }
    guard state.handlers.count < WireLimits.openCallsLimit else {
      return .refused(Status(code: .resourceExhausted, message: "too many calls are open here"))
    }
    guard let descriptor = state.methods[method] else {
      return .refused(Status(code: .unimplemented, message: "no method \(method) here"))
    }
    let machine = StreamMachine(role: .handler, session: frame.session, stream: frame.stream)
    let call = CallStream(machine: machine, descriptor: descriptor, link: link)
    state.handlers[frame.stream] = call
    return .admitted(call)
  }

  private func tick(_ now: UInt64) {
    let overdue = state.withLock { state in
      let late = state.readyWaiters.filter { waiter in
        // A waiter that came before the first tick has no time base yet; it gets one now.
        state.now != 0 && waiter.deadline <= now
      }
      state.readyWaiters.removeAll { waiter in state.now != 0 && waiter.deadline <= now }
      if state.now == 0 {
        for index in state.readyWaiters.indices {
          state.readyWaiters[index].deadline = now &+ Self.readyWaitLimit
        }
      }
      state.now = now
      return late
    }
    for waiter in overdue {
      waiter.continuation.resume(
        throwing: Self.unavailable("no session with the broker within five seconds"))
    }
    advance(.tick)
  }

  /// Moves the session on and does what follows from it.
  func advance(_ event: SessionMachine.Event) {
    var after: [() -> Void] = []
    state.withLock { state in
      for action in state.session.handle(event, now: state.now) {
        after.append(contentsOf: perform(action, &state))
      }
    }
    for step in after { step() }
  }

  private func perform(_ action: SessionMachine.Action, _ state: inout State) -> [() -> Void] {
    switch action {
    case .greet(let attempt):
      link.send(hello(attempt, state))
      return []
    case .established(let session):
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
        }
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
    hello.worker = identity.worker
    hello.instance = identity.instance
    hello.processID = identity.processID
    hello.stateless = identity.isStateless
    hello.attempt = attempt
    hello.services = state.offers.map { offer in
      var service = Recourse_Bus_V1_ServiceOffer()
      service.name = offer.name
      service.methods = offer.methods
      return service
    }
    let body = (try? hello.serializedBytes() as [UInt8]) ?? []
    return Frame(.hello, flags: .message, body: body)
  }
}
