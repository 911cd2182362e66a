import CZeroMQ
import Foundation
import Synchronization

/// The one thread of a process that owns ZeroMQ sockets, and the executor of the actor that uses
/// them: isolation to that actor is the promise that a socket is touched by this thread alone.
///
/// Each turn runs the jobs that are due, then the owner's turn, then waits in `zmq_poll` for a socket,
/// a signal, or the tick interval.
public final class BusThread: SerialExecutor, Sendable {
  private struct State: ~Copyable {
    var jobs: [UnownedJob] = []
    var isWaiting = false
    var isStopping = false
    /// True before the thread starts and after it has closed its sockets.
    var hasEnded = true
    var whenEnded: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  private let wakeUp: WakeUp
  private let tickMilliseconds: Int

  /// Makes the thread; ``start(name:_:)`` lets it run.
  /// - Parameter tickMilliseconds: longest wait between two turns.
  public init(tickMilliseconds: Int) throws {
    self.wakeUp = try WakeUp()
    self.tickMilliseconds = tickMilliseconds
  }

  /// Starts the thread. All closures run on it alone.
  ///
  /// - Parameters:
  ///   - open: makes the sockets and says which to wait for; if it throws, so does `start`.
  ///   - turn: reads what has come, sends what is queued; returns the milliseconds that the next turn may
  ///     wait for, 0 if there is more to do at once.
  ///   - close: closes the sockets; called once, last.
  public func start(
    name: String,
    open: @escaping @Sendable () throws -> [PollTarget],
    turn: @escaping @Sendable () -> Int,
    close: @escaping @Sendable () -> Void
  ) async throws {
    state.withLock { $0.hasEnded = false }
    try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
      let thread = Thread { [self] in
        current.withLock { $0 = pthread_self() }
        do {
          let targets = try open()
          started.resume()
          loop(targets, turn)
          close()
        } catch {
          started.resume(throwing: error)
        }
        end()
      }
      thread.name = name
      thread.start()
    }
  }

  /// Ends the wait, so that a turn runs soon.
  public func wake() {
    if state.withLock({ $0.isWaiting }) { wakeUp.signal() }
  }

  /// Ends the loop after one more turn and returns when the thread has closed its sockets.
  public func stop() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        state.isStopping = true
        if !state.hasEnded { state.whenEnded.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() } else { wakeUp.signal() }
    }
  }

  private func loop(_ targets: [PollTarget], _ turn: () -> Int) {
    var items = targets.map(\.item)
    items.append(
      zmq_pollitem_t(socket: nil, fd: wakeUp.descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
    var isStopping = false
    while !isStopping {
      runJobs()
      let patience = turn()
      let wait = state.withLock { state in
        isStopping = state.isStopping
        state.isWaiting = state.jobs.isEmpty && patience > 0 && !isStopping
        return state.isWaiting
      }
      // What was queued between the turn and here has seen `isWaiting` false; look once more.
      let late = wait ? turn() : 0
      zmq_poll(&items, Int32(items.count), wait ? min(late, tickMilliseconds) : 0)
      state.withLock { $0.isWaiting = false }
      wakeUp.clear()
    }
    _ = turn()
  }

  private func end() {
    runJobs()
    let waiting = state.withLock { state in
      state.hasEnded = true
      defer { state.whenEnded = [] }
      return state.whenEnded
    }
    for continuation in waiting { continuation.resume() }
    runJobs()
  }

  // MARK: Executor

  private let current = Mutex<pthread_t>(0)

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let (hasEnded, isWaiting) = state.withLock { state in
      if !state.hasEnded { state.jobs.append(job) }
      return (state.hasEnded, state.isWaiting)
    }
    // After the thread has ended its actor has no sockets left: a late job finds it closed.
    if hasEnded { job.runSynchronously(on: asUnownedSerialExecutor()) }
    if isWaiting { wakeUp.signal() }
  }

  public func checkIsolated() {
    precondition(
      current.withLock { $0 } == pthread_self(), "a socket was touched off its thread")
  }

  private func runJobs() {
    let jobs = state.withLock { state in
      let jobs = state.jobs
      state.jobs.removeAll(keepingCapacity: true)
      return jobs
    }
    for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
  }
}
