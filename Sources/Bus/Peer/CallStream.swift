import DequeModule
import GRPCCore
import Synchronization

/// One side of one call in a running process: a ``StreamMachine`` with those who wait for it.
///
/// Frames are handed to the link while the state is locked, so that they leave in order. Who waits is
/// woken when it is not: a task that is being cancelled holds a lock of its own, which waking it needs,
/// while its cancellation handler waits for the state.
final class CallStream: Sendable {
  struct State {
    var machine: StreamMachine
    var inbound: Deque<StreamMachine.Event> = []
    var inboundIsOver = false
    var failure: RPCError?
    var reader: CheckedContinuation<StreamMachine.Event?, any Error>?
    /// Those who wait for room, each with a number of its own.
    var writers: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
    var lastWriter: UInt64 = 0
    var cancellation: ServerContext.RPCCancellationHandle?
    /// Who answers by the short way.
    var task: Task<Void, Never>?
    var taskIsCancelled = false

    /// The last word has been said and heard; nothing can fail any more.
    var isOver: Bool { inboundIsOver && machine.isFinished }

    /// Those who wait for room, to be told that they need not any more.
    mutating func takeWriters() -> [CheckedContinuation<Void, any Error>] {
      guard !writers.isEmpty else { return [] }
      defer { writers = [] }
      return writers.map(\.continuation)
    }
  }

  /// Whom to wake, and how, once the state is not locked any more.
  private struct Wakes {
    var reader:
      (
        CheckedContinuation<StreamMachine.Event?, any Error>,
        Result<StreamMachine.Event?, any Error>
      )?
    /// They look again whether they may write.
    var writers: [CheckedContinuation<Void, any Error>] = []
    var cancellation: ServerContext.RPCCancellationHandle?

    func wake() {
      if let reader { reader.0.resume(with: reader.1) }
      for writer in writers { writer.resume() }
      cancellation?.cancel()
    }
  }

  let descriptor: MethodDescriptor
  /// Who calls, of a call that is answered here.
  let caller: BusCaller
  let stream: UInt64
  /// When the call's time is up, in the link's time; nil where somebody else watches it, or nobody.
  let deadline: UInt64?
  /// It is answered by the short way, in a task that no other waits for.
  let isShort: Bool
  let link: any Link
  let state: Mutex<State>

  init(
    machine: StreamMachine, descriptor: MethodDescriptor, link: any Link, deadline: UInt64? = nil,
    isShort: Bool = false, caller: BusCaller = .unknown
  ) {
    self.caller = caller
    self.isShort = isShort
    self.deadline = deadline
    self.descriptor = descriptor
    self.stream = machine.stream
    self.link = link
    self.state = Mutex(State(machine: machine))
  }

  var isFinished: Bool { state.withLock { $0.machine.isFinished } }
  /// Its time is up.
  var isLate: Bool { deadline.map { $0 <= link.now } ?? false }

  /// Ties the handler's cancellation to this call; cancels at once if the caller has given up.
  func bind(_ handle: ServerContext.RPCCancellationHandle) {
    let isOver = state.withLock { state in
      state.cancellation = handle
      return state.failure != nil
    }
    if isOver { handle.cancel() }
  }

  // MARK: What comes

  /// Takes a frame of this call.
  func receive(_ frame: Frame) {
    let wakes = state.withLock { state in
      do {
        return take(try state.machine.receive(frame), &state)
      } catch {
        guard state.failure == nil else { return Wakes() }
        let failure = RPCError(code: .internalError, message: "protocol violation: \(error)")
        link.send(lastWord(failure, &state.machine))
        return fail(failure, &state)
      }
    }
    wakes.wake()
  }

  /// What ends the call for the other side: a caller cancels, a handler answers.
  private func lastWord(_ error: RPCError, _ machine: inout StreamMachine) -> Frame {
    switch machine.role {
    case .caller: machine.cancel()
    case .handler:
      machine.status(
        StatusFields(status: Status(code: Status.Code(error.code), message: error.message)))
    }
  }

  /// The call's time is up: both sides are told.
  func expire() {
    let wakes = state.withLock { state in
      guard !state.isOver, !state.machine.isFinished else { return Wakes() }
      let late = Peer.late
      link.send(
        state.machine.role == .caller ? state.machine.cancel() : lastWord(late, &state.machine))
      return fail(late, &state)
    }
    wakes.wake()
  }

  /// Ends the call from outside: the session or the process is going.
  func abandon(_ error: RPCError) {
    let wakes = state.withLock { $0.isOver ? Wakes() : fail(error, &$0) }
    wakes.wake()
  }

  private func take(
    _ events: [StreamMachine.Event], _ state: inout State
  ) -> Wakes {
    for event in events {
      switch event {
      case .creditGranted:
        break
      case .cancelled:
        return fail(RPCError(code: .cancelled, message: "the caller gave up"), &state)
      case .end:
        state.inboundIsOver = true
      case .status:
        state.inbound.append(event)
        state.inboundIsOver = true
      case .metadata, .message:
        state.inbound.append(event)
      }
    }
    var wakes = Wakes()
    if state.machine.canSendMessage || state.machine.hasEndedSending {
      wakes.writers = state.takeWriters()
    }
    serveReader(&state, &wakes)
    return wakes
  }

  private func fail(
    _ error: RPCError, _ state: inout State
  ) -> Wakes {
    var wakes = Wakes()
    guard state.failure == nil else { return wakes }
    state.failure = error
    state.inboundIsOver = true
    // Untaken messages go too: to take one could grant room over a session that is over.
    state.inbound.removeAll()
    if state.machine.role == .caller {
      state.inbound.append(
        .status(Status(code: Status.Code(error.code), message: error.message), error.metadata))
      if let reader = state.reader.take(), let event = state.inbound.popFirst() {
        wakes.reader = (reader, .success(event))
      }
    } else {
      wakes.reader = state.reader.take().map { ($0, .failure(error)) }
    }
    wakes.writers = state.takeWriters()
    wakes.cancellation = state.cancellation
    return wakes
  }

  private func serveReader(_ state: inout State, _ wakes: inout Wakes) {
    guard let reader = state.reader else { return }
    if let event = pop(&state) {
      state.reader = nil
      wakes.reader = (reader, .success(event))
    } else if state.inboundIsOver {
      state.reader = nil
      wakes.reader = (reader, .success(nil))
    }
  }

  private func pop(_ state: inout State) -> StreamMachine.Event? {
    guard let event = state.inbound.popFirst() else { return nil }
    if case .message(let bytes) = event, let grant = state.machine.consume(bytes: bytes.count) {
      link.send(grant)
    }
    return event
  }

  /// The next event, or nil after the last. One reader at a time.
  func next() async throws -> StreamMachine.Event? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<StreamMachine.Event?, any Error>? = state.withLock { state in
          if let event = pop(&state) { return .success(event) }
          if state.inboundIsOver {
            if let failure = state.failure, state.machine.role == .handler {
              return .failure(failure)
            }
            return .success(nil)
          }
          // Set before the cancellation is told below: who is cancelled sees it here or is found there.
          if Task.isCancelled { return .failure(Self.cancelled) }
          state.reader = continuation
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let reader = state.withLock { $0.reader.take() }
      reader?.resume(throwing: Self.cancelled)
    }
  }

  /// Metadata of a call that nobody has read from yet; empty if it has come to an end before.
  var openingMetadata: Metadata {
    state.withLock { state in
      if case .metadata(let metadata)? = state.inbound.first { metadata } else { [:] }
    }
  }

  /// What has come and waits, without waiting for more.
  func popWaiting() -> StreamMachine.Event? { state.withLock { pop(&$0) } }

  static var cancelled: RPCError {
    RPCError(code: .cancelled, message: "the call was cancelled")
  }
}
