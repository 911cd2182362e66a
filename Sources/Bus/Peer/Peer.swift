public import GRPCCore
import Messages
import SwiftProtobuf
import Synchronization

/// A process's end of the bus: its session with the broker and all of its calls, over one link.
///
/// ``BusClientTransport`` and ``BusServerTransport`` share it. Whoever makes it starts it once and
/// closes it once.
public final class Peer: Sendable {
  struct State {
    var session: SessionMachine
    var now: UInt64 = 0
    var callers: [UInt64: CallStream] = [:]
    var handlers: [UInt64: CallStream] = [:]
    var nextStream: UInt64 = 1
    var offers: [ServiceOffer] = []
    var methods: [String: MethodDescriptor] = [:]
    var readyWaiters: [ReadyWaiter] = []
    var lastWaiter: UInt64 = 0
    var cancelledWaiters: Set<UInt64> = []
    var isDraining = false
    var refusal: String?
    var isStarted = false
  }

  /// Somebody who waits for a session.
  struct ReadyWaiter {
    let id: UInt64
    /// Nanoseconds of the link's clock.
    var deadline: UInt64
    let continuation: CheckedContinuation<Void, any Error>
  }

  public let identity: PeerIdentity
  let link: any Link
  let state: Mutex<State>
  let accepted: AsyncStream<CallStream>
  let acceptedContinuation: AsyncStream<CallStream>.Continuation
  let onSession: @Sendable (Bool) -> Void

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

  /// Why the broker does not want this peer, or nil. It will not change its mind.
  public var refusal: String? { state.withLock { $0.refusal } }

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
    try await link.start { [weak self] event in self?.take(event) }
    advance(.start)
  }

  /// Returns when there is a session; throws UNAVAILABLE after five seconds without one, or when the
  /// broker refuses this peer, and CANCELLED when the task is cancelled.
  public func waitUntilReady() async throws {
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
              id: id, deadline: state.now &+ Self.readyWaitLimit, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
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

  /// - Parameter delivered: `no` if the call cannot have left, else `unknown`.
  static func unavailable(_ why: String, delivered: String = "no") -> RPCError {
    RPCError(
      code: .unavailable, message: why, metadata: [CallMetadata.delivered: .string(delivered)])
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
