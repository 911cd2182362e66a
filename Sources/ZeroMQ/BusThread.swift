import Foundation
import Synchronization

/// The one thread of a process that owns ZeroMQ sockets, and the executor of the actor that uses
/// them: isolation to that actor is the promise that a socket is touched by this thread alone.
///
/// Each turn runs the jobs that are due, then the owner's turn, then waits for a socket, a signal, or the
/// tick interval.
///
/// It waits in `poll`, not in `zmq_poll`, which asks each socket for its state twice per wait, at two
/// system calls each. The price is libzmq's rule for `ZMQ_FD`: it tells that there is news since the
/// socket was last asked, and sending asks too. So a turn takes from its sockets until there is nothing
/// more, and does so again after it has sent.
public final class BusThread: SerialExecutor, Sendable {
  private struct State: ~Copyable {
    var jobs: [UnownedJob] = []
    var isStopping = false
    /// True before the thread starts and after it has closed its sockets.
    var hasEnded = true
    /// Somebody runs the jobs that came while there was no thread.
    var runsLateJobs = false
    var whenEnded: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())
  /// The thread waits, or is about to: whoever gives it something to do has to wake it.
  private let isWaiting = Atomic(false)
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
  ///   - turn: gets the numbers of the targets that have news; takes what has come, sends what is queued;
  ///     returns the milliseconds that the next turn may wait for, 0 if there is more to do at once.
  ///   - hasWork: says whether something has been queued since the turn; asked after those who queue can
  ///     see that they have to wake the thread.
  ///   - close: closes the sockets; called once, last.
  public func start(
    name: String,
    open: @escaping @Sendable () throws -> [PollTarget],
    turn: @escaping @Sendable (PollSignals) -> Int,
    hasWork: @escaping @Sendable () -> Bool,
    close: @escaping @Sendable () -> Void
  ) async throws {
    state.withLock { $0.hasEnded = false }
    try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
      let thread = Thread { [self] in
        current.withLock { $0 = pthread_self() }
        do {
          let targets = try open()
          started.resume()
          loop(targets, turn, hasWork)
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
    if isWaiting.load(ordering: .sequentiallyConsistent) { wakeUp.signal() }
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

  /// Turns in a row that may go without a look at the targets while there is work anyway.
  private static let busyTurnsLimit = 8

  private func loop(
    _ targets: [PollTarget], _ turn: (PollSignals) -> Int, _ hasWork: () -> Bool
  ) {
    var polled = targets.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    polled.append(pollfd(fd: wakeUp.descriptor, events: Int16(POLLIN), revents: 0))
    let wakeUpIndex = polled.count - 1
    var signals = PollSignals.all
    var isStopping = false
    var busyTurns = 0
    while !isStopping {
      runJobs()
      let patience = turn(signals)
      isWaiting.store(true, ordering: .sequentiallyConsistent)
      let hasJobs = state.withLock { state in
        isStopping = state.isStopping
        return !state.jobs.isEmpty
      }
      let isBusy = hasJobs || isStopping || patience == 0 || hasWork()
      busyTurns = isBusy ? busyTurns + 1 : 0
      guard !isBusy || busyTurns > Self.busyTurnsLimit else {
        isWaiting.store(false, ordering: .sequentiallyConsistent)
        signals = .none
        continue
      }
      busyTurns = 0
      poll(&polled, nfds_t(polled.count), isBusy ? 0 : Int32(min(patience, tickMilliseconds)))
      isWaiting.store(false, ordering: .sequentiallyConsistent)
      if polled[wakeUpIndex].revents != 0 { wakeUp.clear() }
      signals = PollSignals(polled)
    }
    _ = turn(.all)
  }

  private func end() {
    runJobs()
    runLateJobs(after: { $0.hasEnded = true })
    let waiting = state.withLock { state in
      defer { state.whenEnded = [] }
      return state.whenEnded
    }
    for continuation in waiting { continuation.resume() }
  }

  // MARK: Executor

  private let current = Mutex<pthread_t>(0)

  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // The job may be the last that holds the actor and so this thread; it may run before the next line.
    let kept = Unmanaged.passRetained(self)
    defer { kept.release() }
    let hasEnded = state.withLock { state in
      state.jobs.append(job)
      return state.hasEnded
    }
    // After the thread has ended its actor has no sockets left: a late job finds it closed.
    if hasEnded { runLateJobs() } else { wake() }
  }

  /// Runs jobs where there is no thread for them, one after the other: who comes while another runs them
  /// leaves it the job.
  private func runLateJobs(after change: (inout State) -> Void = { _ in }) {
    var isFirst = true
    while true {
      let jobs = state.withLock { state -> [UnownedJob] in
        if isFirst {
          change(&state)
          guard !state.runsLateJobs else { return [] }
          state.runsLateJobs = true
          isFirst = false
        }
        if state.jobs.isEmpty { state.runsLateJobs = false }
        defer { state.jobs = [] }
        return state.jobs
      }
      guard !jobs.isEmpty else { return }
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
    }
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

/// Which of a thread's targets have news.
public struct PollSignals: Sendable {
  private let bits: UInt64
  /// All of them: what came before the first wait.
  static let all = PollSignals(bits: .max)
  /// None: they have not been asked.
  static let none = PollSignals(bits: 0)

  private init(bits: UInt64) { self.bits = bits }

  init(_ polled: [pollfd]) {
    var bits: UInt64 = 0
    for index in polled.indices where polled[index].revents != 0 { bits |= 1 << UInt64(index) }
    self.bits = bits
  }

  /// True if the target of this number, in the order in which they were given, has news.
  public func contains(_ target: Int) -> Bool { bits & 1 << UInt64(target) != 0 }
}
