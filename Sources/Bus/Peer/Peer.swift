public import GRPCCore
public import Messages
import SwiftProtobuf
import Synchronization

/// A process's end of the bus: its session with the broker and all of its calls, over one link.
///
/// ``BusClientTransport`` and ``BusServerTransport`` share it. Whoever makes it starts it once and
/// closes it once.
public final class Peer: Sendable {
  struct State {
    var session: SessionMachine
    var callers: [UInt64: CallStream] = [:]
    var handlers: [UInt64: CallStream] = [:]
    var nextStream: UInt64 = 1
    var offers: [ServiceOffer] = []
    /// What this peer asks for.
    var manifest: Recourse_Bus_V1_Manifest
    var methods: [String: Method] = [:]
    /// Calls that are being answered by the short way; they outlive their session until they end.
    var answering = 0
    /// Those of them whose session is over.
    var outliving: [CallStream] = []
    /// Nobody waits for them any more.
    var answeringIsCancelled = false
    var answeringWaiters: [CheckedContinuation<Void, Never>] = []
    /// No call's time is up before this time of the link's clock.
    var nextDeadline = UInt64.max
    var readyWaiters: [ReadyWaiter] = []
    var lastWaiter: UInt64 = 0
    var cancelledWaiters: Set<UInt64> = []
    var isDraining = false
    /// What the broker of this session can, besides version 1 of the wire.
    var features: Set<String> = []
    /// What it hands over says who calls.
    var brokerSaysCaller = false
    var refusal: String?
    /// What is not approved yet, in the broker's words.
    var waitsFor: String?
    var isStarted = false
  }

  /// A method that this peer answers.
  struct Method {
    let descriptor: MethodDescriptor
    /// Nil if it is answered by streams alone.
    let unary: UnaryTable.Handler?
  }

  /// Somebody who waits for a session.
  struct ReadyWaiter {
    let id: UInt64
    /// Nanoseconds of the link's clock.
    let deadline: UInt64
    /// What to say then.
    let late: RPCError
    let continuation: CheckedContinuation<Void, any Error>
  }

  public let identity: PeerIdentity
  let link: any Link
  let state: Mutex<State>
  let accepted: AsyncStream<CallStream>
  let acceptedContinuation: AsyncStream<CallStream>.Continuation
  let onSession: @Sendable (Bool) -> Void
  let onRefused: @Sendable () -> Void

  /// How long a call waits for a session before it is UNAVAILABLE, in nanoseconds.
  static let readyWaitLimit: UInt64 = 5_000_000_000

  /// - Parameters:
  ///   - onSession: told when a session is established (true) and when it is lost (false);
  ///     called on the link's thread, must not wait.
  ///   - onRefused: told once if ``refusal`` is said, in the same way.
  public init(
    _ identity: PeerIdentity, over link: any Link,
    onSession: @escaping @Sendable (Bool) -> Void = { _ in },
    onRefused: @escaping @Sendable () -> Void = {}
  ) {
    self.identity = identity
    self.link = link
    self.onSession = onSession
    self.onRefused = onRefused
    self.state = Mutex(
      State(
        session: SessionMachine(firstAttempt: .random(in: 1...(.max / 2))),
        manifest: identity.manifest))
    (accepted, acceptedContinuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(WireLimits.openCallsLimit))
  }

  /// Why the broker does not want this peer, or nil. It will not change its mind.
  public var refusal: String? { state.withLock { $0.refusal } }

  /// What the broker misses before it lets this peer in, in its words; nil if it does not say so. The peer goes on
  /// greeting, and is let in once an operator has approved it.
  public var denial: String? { state.withLock { $0.waitsFor } }

  /// True while there is a session with the broker.
  public var hasSession: Bool { state.withLock { $0.session.session != nil } }

  /// Names the methods that this peer answers. Call before ``start()``, or between ``leave()`` and that.
  /// - Parameter unary: those that are answered by the short way. They must be among the methods, whose
  ///   streams still answer callers that send their request in another way than in OPEN.
  public func offer(_ methods: [MethodDescriptor], unary: UnaryTable = UnaryTable()) {
    state.withLock { state in
      state.methods = [:]
      state.offers = []
      for method in methods.sorted(by: { $0.fullyQualifiedMethod < $1.fullyQualifiedMethod }) {
        let name = method.fullyQualifiedMethod
        state.methods[name] = Method(descriptor: method, unary: unary.handlers[name])
        let service = method.service.fullyQualifiedService
        let offered = ServiceOffer.Method(name: method.method, kind: method.type)
        if let index = state.offers.firstIndex(where: { $0.name == service }) {
          state.offers[index].methods.append(offered)
        } else {
          state.offers.append(ServiceOffer(name: service, methods: [offered]))
        }
      }
    }
  }

  /// Names what this peer asks for, instead of what its identity says. Call before ``start()``, or between
  /// ``leave()`` and that.
  public func ask(for manifest: Recourse_Bus_V1_Manifest) {
    state.withLock { $0.manifest = manifest }
  }

  /// Connects and greets the broker; a peer that has left greets anew, with what it offers and asks for by then.
  /// Returns before the session stands.
  public func start() async throws {
    let isFirst = state.withLock { state in
      defer { state.isStarted = true }
      return !state.isStarted
    }
    if isFirst { try await link.start { [weak self] event in self?.take(event) } }
    advance(.start)
  }

  /// Ends the session and its calls, and stays connected: what it offers and asks for may be named anew before
  /// ``start()`` is called again.
  public func leave() { advance(.leave) }

  /// Returns when there is a session; throws UNAVAILABLE after five seconds without one, or when the
  /// broker refuses this peer, and CANCELLED when the task is cancelled.
  public func waitUntilReady() async throws { try await waitUntilReady(deadline: nil) }

  /// - Parameters:
  ///   - deadline: of the call that waits, in the link's time: DEADLINE_EXCEEDED then.
  ///   - patiently: wait for as long as it takes.
  ///   - began: when the wait began, in the link's time, if it is not the first for this call.
  func waitUntilReady(
    deadline: UInt64?, patiently: Bool = false, since began: UInt64? = nil
  ) async throws {
    var limit = patiently ? .max : (began ?? link.now) &+ Self.readyWaitLimit
    var late = Self.unavailable("no session with the broker within five seconds")
    if let deadline, deadline < limit { (limit, late) = (deadline, Self.late) }
    let waiterDeadline = limit
    let waiterLate = late
    let id = state.withLock { state in
      state.lastWaiter += 1
      return state.lastWaiter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.session.session != nil { return .success(()) }
          if let refusal = state.refusal { return .failure(Self.unavailable(refusal)) }
          if case .closed = state.session.state { return .failure(Self.unavailable("closed")) }
          if state.cancelledWaiters.remove(id) != nil { return .failure(Self.cancelled) }
          state.readyWaiters.append(
            ReadyWaiter(
              id: id, deadline: waiterDeadline, late: waiterLate, continuation: continuation))
          return nil
        }
        if let outcome {
          continuation.resume(with: outcome)
        } else if waiterDeadline < .max {
          // Not before the tick can find who waits.
          link.wake(at: waiterDeadline)
        }
      }
    } onCancel: {
      let waiter = state.withLock { state -> ReadyWaiter? in
        guard let index = state.readyWaiters.firstIndex(where: { $0.id == id }) else {
          state.cancelledWaiters.insert(id)
          return nil
        }
        return state.readyWaiters.remove(at: index)
      }
      waiter?.continuation.resume(throwing: Self.cancelled)
    }
    _ = state.withLock { $0.cancelledWaiters.remove(id) }
  }

  private static var cancelled: RPCError {
    RPCError(code: .cancelled, message: "the call was cancelled before it began")
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

  /// Opens a call as soon as there is a session. One that goes before the call can use it is no session.
  /// - Parameters:
  ///   - deadline: when the call's time is up, in the link's time.
  ///   - patiently: wait for as long as it takes.
  ///   - isWatched: end the call at its deadline; else somebody else does.
  func openCall(
    _ descriptor: MethodDescriptor, deadline: UInt64?, patiently: Bool, isWatched: Bool
  ) async throws -> CallStream {
    let began = link.now
    while true {
      try await waitUntilReady(deadline: deadline, patiently: patiently, since: began)
      let watched = isWatched ? deadline : nil
      if let call = try openCallIfReady(descriptor, deadline: watched) { return call }
    }
  }

  /// - Parameter deadline: when the call's time is up, in the link's time.
  /// - Returns: nil if there is no session.
  func openCallIfReady(
    _ descriptor: MethodDescriptor, deadline: UInt64? = nil
  ) throws -> CallStream? {
    let (call, isNext) = try state.withLock { state -> (CallStream?, Bool) in
      guard let session = state.session.session else { return (nil, false) }
      guard state.callers.count < WireLimits.openCallsLimit else {
        throw RPCError(
          code: .resourceExhausted, message: "\(WireLimits.openCallsLimit) calls are open already")
      }
      let machine = StreamMachine(
        role: .caller, session: session, stream: state.nextStream,
        mayWait: state.features.contains(WireFeature.waitForReady))
      state.nextStream += 2
      let call = CallStream(
        machine: machine, descriptor: descriptor, link: link, deadline: deadline)
      state.callers[machine.stream] = call
      return (call, state.watch(deadline))
    }
    if isNext, let deadline { link.wake(at: deadline) }
    return call
  }

  func forget(_ call: CallStream) {
    state.withLock { state in
      if state.callers[call.stream] === call { state.callers[call.stream] = nil }
      if state.handlers[call.stream] === call { state.handlers[call.stream] = nil }
    }
  }

  static var late: RPCError {
    RPCError(code: .deadlineExceeded, message: "the call's time is up")
  }

  /// - Parameter delivered: `no` if the call cannot have left, else `unknown`.
  static func unavailable(_ why: String, delivered: String = "no") -> RPCError {
    RPCError(
      code: .unavailable, message: why, metadata: [CallMetadata.delivered: .string(delivered)])
  }
}

extension Peer.State {
  /// Notes when the time of a call is up that has just been put on its list: before, a tick between could
  /// forget it. True if that is the next time for which a tick must be asked.
  mutating func watch(_ deadline: UInt64?) -> Bool {
    guard let deadline, deadline < nextDeadline else { return false }
    nextDeadline = deadline
    return true
  }
}

/// Metadata keys that the bus itself gives a meaning.
public enum CallMetadata {
  /// In a request: the worker, or `worker/instance`, that must get the call. It becomes OPEN's target.
  public static let target = "recourse-target"
  /// In a status of a lost peer: `no` if the call cannot have been delivered, else `unknown`.
  public static let delivered = "recourse-delivered"
  /// In a request: what it belongs to, for logs (``CallID``).
  public static let callID = "recourse-call-id"
  static let timeout = "grpc-timeout"
}
