public import Foundation
import Synchronization
public import WorkerKit

/// A clock that a test moves by hand. Whoever sleeps wakes when it is moved past their time.
public final class ManualClock: WorkerClock {
  private struct Sleeper {
    let id: UInt64
    var until: Date
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Date
    /// How far it was moved in all, without jumps.
    var moved: TimeInterval = 0
    var sleepers: [Sleeper] = []
    var last: UInt64 = 0
    var cancelled: Set<UInt64> = []
  }

  private let state: Mutex<State>

  public init(_ now: Date) {
    state = Mutex(State(now: now))
  }

  public var now: Date { state.withLock { $0.now } }
  public var monotonic: Duration { .seconds(state.withLock { $0.moved }) }

  /// Moves the clock on by seconds.
  public func advance(by seconds: TimeInterval) {
    let awake = state.withLock { state in
      state.now += seconds
      state.moved += seconds
      let awake = state.sleepers.filter { $0.until <= state.now }
      state.sleepers.removeAll { $0.until <= state.now }
      return awake
    }
    for sleeper in awake { sleeper.continuation.resume() }
  }

  /// Sets the clock, as a machine's clock is set: no time passes, and whoever sleeps sleeps as long as before.
  public func jump(by seconds: TimeInterval) {
    state.withLock { state in
      state.now += seconds
      for index in state.sleepers.indices { state.sleepers[index].until += seconds }
    }
  }

  public func sleep(until date: Date) async throws {
    let id = state.withLock { state in
      state.last += 1
      return state.last
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if date <= state.now { return .success(()) }
          if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
          let until = min(date, state.now + Bounds.timerSleepLimit / .seconds(1))
          state.sleepers.append(Sleeper(id: id, until: until, continuation: continuation))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let sleeper = state.withLock { state -> Sleeper? in
        guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.sleepers.remove(at: index)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
    _ = state.withLock { $0.cancelled.remove(id) }
  }
}
