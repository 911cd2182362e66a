import Bus
import Foundation
import Synchronization

/// The thread on which snapshots of the log are opened and copied, one backup after the other.
final class BackupThread: Sendable {
  private struct State: ~Copyable {
    var requests: [LogRequest] = []
    /// The newest call whose backup nobody wants any more.
    var discarded: UInt64?
    var isStopping = false
    var isRunning = false
  }

  private let store: LogStore
  private let report: @Sendable ([LogResult]) -> Void
  private let state = Mutex(State())
  private let requestsWait = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  init(store: LogStore, report: @escaping @Sendable ([LogResult]) -> Void) {
    self.store = store
    self.report = report
  }

  func start() {
    state.withLock { $0.isRunning = true }
    let thread = Thread { [self] in
      work()
      ended.signal()
    }
    thread.name = "log-backup"
    thread.start()
  }

  func ask(_ request: LogRequest) {
    state.withLock { state in
      if case .discard(let call) = request { state.discarded = call }
      state.requests.append(request)
    }
    requestsWait.signal()
  }

  /// Abandons what is under way. Blocks.
  func stop() {
    let isRunning = state.withLock { state in
      state.isStopping = true
      return state.isRunning
    }
    requestsWait.signal()
    if isRunning { ended.wait() }
  }

  private func work() {
    var snapshot: LogSnapshot?
    while true {
      requestsWait.wait()
      let (request, isStopping) = state.withLock { state in
        (state.requests.isEmpty ? nil : state.requests.removeFirst(), state.isStopping)
      }
      if isStopping { return }
      switch request {
      case .snapshot(let call):
        let result = Self.result {
          let opened = try store.snapshot()
          snapshot = opened
          return try opened.head()
        }
        report([.opened(call: call, result)])
      case .copy(let call, let name):
        let result = Self.result {
          guard let snapshot else { throw LogRefusal.backup("there is no snapshot") }
          return try snapshot.copy(to: name) { [self] in isAbandoned(call) }
        }
        snapshot = nil
        report([.copied(call: call, result)])
      case .discard:
        snapshot = nil
      case .append, .read, nil: break
      }
    }
  }

  private func isAbandoned(_ call: UInt64) -> Bool {
    state.withLock { $0.isStopping || $0.discarded == call }
  }

  private static func result<T: Sendable>(_ body: () throws -> T) -> Result<T, LogRefusal> {
    do {
      return .success(try body())
    } catch let refusal as LogRefusal {
      return .failure(refusal)
    } catch let error as BackupFileError {
      return .failure(.backup("\(error)"))
    } catch {
      return .failure(.storage(LogError.reason(error)))
    }
  }
}
