public import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization

/// A process's end of the bus: its session with the broker and all of its calls, over one link.
///
/// ``BusClientTransport`` and ``BusServerTransport`` share it. Whoever makes it starts it once and
/// closes it once.
public final class Peer: Sendable {
  private struct State {
    var session: SessionMachine
    var now: UInt64 = 0
    var callers: [UInt64: CallStream] = [:]
    var handlers: [UInt64: CallStream] = [:]
    var nextStream: UInt64 = 1
    var offers: [ServiceOffer] = []
    var methods: [String: MethodDescriptor] = [:]
    var readyWaiters: [(deadline: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
    var isDraining = false
    var refusal: String?
    var isStarted = false
  }

  public let identity: PeerIdentity
  let link: any Link
  private let state: Mutex<State>
  let accepted: AsyncStream<CallStream>
  private let acceptedContinuation: AsyncStream<CallStream>.Continuation
  private let onSession: @Sendable (Bool) -> Void

  /// How long a call waits for a session before it is UNAVAILABLE, in nanoseconds.
  static let readyWaitLimit: UInt64 = 5_000_000_000

  /// - Parameter onSession: told when a session is established (true) and when it is lost (false);
  ///   called on the link's thread, must not wait.
  public init(
    _ identity: PeerIdentity, over link: any Link,
    onSession: @escaping @Sendable (Bool) -> Void = { _ in }
  ) {
    self.identity = identity
    self.link = link
    self.onSession = onSession
    self.state = Mutex(State(session: SessionMachine(firstAttempt: .random(in: 1...(.max / 2)))))
    (accepted, acceptedContinuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(WireLimits.openCallsLimit))
  }

  /// Names the methods that this peer answers. Call before ``start()``.
  public func offer(_ methods: [MethodDescriptor]) {
    state.withLock { state in
      state.methods = [:]
      state.offers = []
      for method in methods.sorted(by: { $0.fullyQualifiedMethod < $1.fullyQualifiedMethod }) {
        state.methods[method.fullyQualifiedMethod] = method
        let service = method.service.fullyQualifiedService
        if let index = state.offers.firstIndex(where: { $0.name == service }) {
          state.offers[index].methods.append(method.method)
        } else {
          state.offers.append(ServiceOffer(name: service, methods: [method.method]))
        }
      }
    }
  }

  /// Connects and greets the broker. Returns before the session stands.
  public func start() async throws {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted
    }
    guard isFirst else { return }
    try await link.start { [weak self] event in self?.handle(event) }
    advance(.start)
  }

  /// Returns when there is a session; throws UNAVAILABLE after five seconds without one, or when the
  /// broker refuses this peer.
  public func waitUntilReady() async throws {
    try await withCheckedThrowingContinuation { continuation in
      let outcome: Result<Void, any Error>? = state.withLock { state in
        if state.session.session != nil { return .success(()) }
        if let refusal = state.refusal { return .failure(Self.unavailable(refusal)) }
        if case .closed = state.session.state { return .failure(Self.unavailable("closed")) }
        state.readyWaiters.append((state.now &+ Self.readyWaitLimit, continuation))
        return nil
      }
      if let outcome { continuation.resume(with: outcome) }
    }
  }

  /// Tells the broker that no new calls may come; those that are open go on.
  public func drain() {
    let session = state.withLock { state in
      state.isDraining = true
      return state.session.session
    }
    if let session { link.send(Frame(.drain, session: session)) }
    acceptedContinuation.finish()
  }

  /// Ends all calls and the session, and closes the link.
  public func close() async {
    advance(.close)
    acceptedContinuation.finish()
    await link.close()
  }

  // MARK: Calls

  func openCall(_ descriptor: MethodDescriptor) throws -> CallStream {
    try state.withLock { state in
      guard let session = state.session.session else {
        throw Self.unavailable(state.refusal ?? "no session with the broker")
      }
      guard state.callers.count < WireLimits.openCallsLimit else {
        throw RPCError(
          code: .resourceExhausted, message: "\(WireLimits.openCallsLimit) calls are open already")
      }
      let machine = StreamMachine(role: .caller, session: session, stream: state.nextStream)
      state.nextStream += 2
      let call = CallStream(machine: machine, descriptor: descriptor, link: link)
      state.callers[machine.stream] = call
      return call
    }
  }

  func forget(_ call: CallStream) {
    state.withLock { state in
      if state.callers[call.stream] === call { state.callers[call.stream] = nil }
      if state.handlers[call.stream] === call { state.handlers[call.stream] = nil }
    }
  }

  static func unavailable(_ why: String) -> RPCError {
    RPCError(code: .unavailable, message: why)
  }

  // MARK: What the link tells

  private func handle(_ event: LinkEvent) {
    switch event {
    case .frame(let frame): handle(frame)
    case .malformed: break
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
      if refuse.code == .unknownSession {
        advance(.unknownSession(frame.session))
      } else {
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
    let call = state.withLock { state -> CallStream? in
      guard frame.session == state.session.session else { return nil }
      let machine = StreamMachine(role: .handler, session: frame.session, stream: frame.stream)
      let method = (try? OpenFields(decoding: frame.fields))?.method ?? ""
      guard let descriptor = state.methods[method], !state.isDraining else {
        var machine = machine
        let known = state.isDraining ? "this worker is leaving" : "no method \(method) here"
        let code: Status.Code = state.isDraining ? .unavailable : .unimplemented
        link.send(machine.status(StatusFields(status: Status(code: code, message: known))))
        return nil
      }
      let call = CallStream(machine: machine, descriptor: descriptor, link: link)
      state.handlers[frame.stream] = call
      return call
    }
    guard let call else { return }
    call.receive(frame)
    if case .enqueued = acceptedContinuation.yield(call) { return }
    forget(call)
    let status = Status(code: .resourceExhausted, message: "too many calls wait here")
    try? call.send { $0.status(StatusFields(status: status)) }
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
  private func advance(_ event: SessionMachine.Event) {
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
      let waiters = if case .closed = state.session.state { state.readyWaiters } else { [] as [(deadline: UInt64, continuation: CheckedContinuation<Void, any Error>)] }
      if !waiters.isEmpty { state.readyWaiters = [] }
      state.callers = [:]
      state.handlers = [:]
      var error = Self.unavailable("\(reason); the call may have been delivered")
      error.metadata.addString("unknown", forKey: CallMetadata.delivered)
      return [
        { for call in calls { call.abandon(error) } },
        { for waiter in waiters { waiter.continuation.resume(throwing: error) } },
        { [onSession] in onSession(false) },
      ]
    case .refused(let message):
      state.refusal = message
      let waiters = state.readyWaiters
      state.readyWaiters = []
      return [
        { for waiter in waiters { waiter.continuation.resume(throwing: Self.unavailable(message)) } }
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

/// Metadata keys that the bus itself gives a meaning.
public enum CallMetadata {
  /// In a request: the worker, or `worker/instance`, that must get the call. It becomes OPEN's target.
  public static let target = "recourse-target"
  /// In a status of a lost peer: `no` if the call cannot have been delivered, else `unknown`.
  public static let delivered = "recourse-delivered"
  static let timeout = "grpc-timeout"
}
