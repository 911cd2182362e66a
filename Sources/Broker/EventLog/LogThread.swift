import Foundation
import Synchronization

/// Does what the log is asked for, and reports it.
protocol LogWorker: Sendable {
  /// Queues a request; does not wait for it.
  func ask(_ request: LogRequest)
  /// A call is over: what it asked to read need not be read.
  func leaveOut(_ call: UInt64)
  /// Finishes what is queued and closes the storage. Blocks.
  func stop()
}

/// The threads on which the log's storage works: one writes, and takes into one commit whatever queued
/// while the last one ran; one reads, so that readers never wait for the disk; one makes backups and another
/// archives, and neither of the first two waits for these.
final class LogThread: LogWorker {
  private struct Queues: ~Copyable {
    var appends: [LogRequest] = []
    var reads: [LogRequest] = []
    var isStopping = false
    var running = 0
  }

  private let store: LogStore
  private let backups: BackupThread
  private let archiver: LogArchiver?
  private let queues = Mutex(Queues())
  private let appendsWait = DispatchSemaphore(value: 0)
  private let readsWait = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let report: @Sendable ([LogResult]) -> Void
  private let clock: @Sendable () -> Date

  /// Batches in one commit at most. What can queue is bounded by ``LogLoad``.
  static let groupLimit = 512

  /// - Parameters:
  ///   - clock: the time that events are recorded at.
  ///   - report: gets what came of requests, on one of the threads; must not wait.
  init(
    store: LogStore, clock: @escaping @Sendable () -> Date,
    report: @escaping @Sendable ([LogResult]) -> Void
  ) {
    self.store = store
    archiver = LogArchiver(store)
    self.clock = clock
    self.report = report
    backups = BackupThread(store: store, report: report)
  }

  func start() {
    queues.withLock { $0.running = 2 }
    for (name, work) in [("log-write", write), ("log-read", read)] {
      let thread = Thread { [self] in
        work()
        queues.withLock { $0.running -= 1 }
        ended.signal()
      }
      thread.name = name
      thread.start()
    }
    backups.start()
    archiver?.start()
  }

  func ask(_ request: LogRequest) {
    switch request {
    case .append:
      queues.withLock { $0.appends.append(request) }
      appendsWait.signal()
    case .read:
      queues.withLock { $0.reads.append(request) }
      readsWait.signal()
    case .snapshot, .copy, .discard:
      backups.ask(request)
    }
  }

  /// A call is over: its read, if it still waits, is left out and answered with an empty page.
  func leaveOut(_ call: UInt64) {
    let isLeftOut = queues.withLock { queues in
      let place = queues.reads.firstIndex {
        if case .read(call, _) = $0 { true } else { false }
      }
      if let place { queues.reads.remove(at: place) }
      return place != nil
    }
    if isLeftOut { report([.read(call: call, .success(LogPage(events: [], scanned: 0)))]) }
  }

  /// Finishes what is queued, a backup excepted, then ends all threads and closes the storage. Blocks.
  func stop() {
    let running = queues.withLock { queues in
      queues.isStopping = true
      return queues.running
    }
    appendsWait.signal()
    readsWait.signal()
    backups.stop()
    for _ in 0..<running { ended.wait() }
    if running > 0 { archiver?.stop() }
    try? store.close()
  }

  private func write() {
    while true {
      appendsWait.wait()
      let (group, isStopping) = queues.withLock { queues in
        let group = Array(queues.appends.prefix(Self.groupLimit))
        queues.appends.removeFirst(group.count)
        return (group, queues.isStopping && queues.appends.isEmpty)
      }
      if !group.isEmpty { report(commit(group)) }
      if isStopping { return }
    }
  }

  private func commit(_ group: [LogRequest]) -> [LogResult] {
    var calls: [UInt64] = []
    var batches: [AppendBatch] = []
    for case .append(let call, let batch) in group {
      calls.append(call)
      batches.append(batch)
    }
    let results = store.append(batches, recordedAt: clock())
    if let newest = results.compactMap({ try? $0.get() }).last { archiver?.note(head: newest.head) }
    return zip(calls, results).map { .appended(call: $0, $1) }
  }

  private func read() {
    while true {
      readsWait.wait()
      let (request, isStopping) = queues.withLock { queues in
        let request = queues.reads.isEmpty ? nil : queues.reads.removeFirst()
        return (request, queues.isStopping && queues.reads.isEmpty)
      }
      if case .read(let call, let query) = request {
        report([.read(call: call, store.read(query))])
      }
      if isStopping { return }
    }
  }
}
