import Bus
import Foundation
import GRPCCore
import Glibc
import Messages
import Synchronization

/// How a worker is at one moment, in numbers: what metrics and readiness are made of.
package struct WorkerFigures: Sendable {
  /// Where its process is on its way.
  package enum Phase: String, Sendable {
    /// It has no session with the broker yet, or waits to catch up with the log.
    case starting
    /// Another instance is active, and this one waits for its place.
    case standby
    /// It has caught up once; whether it serves is told by ``WorkerFigures/unserved``.
    case ready
  }

  /// Where its process is on its way.
  package internal(set) var phase = Phase.starting
  /// Why it does not serve, in words; nil if it does.
  package internal(set) var unserved: String?
  /// Everything in the log up to here is taken into account.
  package internal(set) var taken: UInt64 = 0
  /// Events of the log that are not taken into account yet; nil if the broker did not say where the log stands.
  package internal(set) var lag: UInt64?
  /// Events that are announced and not durable in the log yet.
  package internal(set) var outbox = 0
  /// Events that are set aside with their keys.
  package internal(set) var parked = 0
  /// Outside effects that are to happen; of these, those that failed so far.
  package internal(set) var waitingEffects = 0
  package internal(set) var failingEffects = 0
  /// Outside effects of which nobody knows whether they happened.
  package internal(set) var uncertainEffects = 0
  /// Timers that were due and could not be handled so far.
  package internal(set) var failingTimers = 0
  /// True while nothing can be kept.
  package internal(set) var hasStorageFailed = false
  /// Bytes where the slice is; nil if that is unknown.
  package internal(set) var diskFreeBytes: UInt64?
}

/// Through which a worker that runs can be looked at.
package final class WorkerWindow: Sendable {
  private struct State {
    var phase = WorkerFigures.Phase.starting
    var running: (worker: Worker, context: WorkerContext)?
  }

  private let state = Mutex(State())

  /// Of a worker that does not run yet.
  package init() {}

  /// How the worker is. It asks the broker where the log stands, for a second at most.
  package func figures() async -> WorkerFigures {
    let (phase, running) = state.withLock { ($0.phase, $0.running) }
    var figures = WorkerFigures()
    figures.phase = phase
    guard let (worker, context) = running else {
      figures.unserved = phase == .standby ? "it stands by" : "it has no session with the broker"
      return figures
    }
    let facts = context.progress.facts
    figures.taken = facts.taken
    figures.hasStorageFailed = facts.storage != nil
    figures.diskFreeBytes = context.slice.disk?.free
    figures.unserved = facts.storage.map { "\($0)" } ?? facts.readingRefused
    do {
      let numbers = try await WorkerNumbers(of: worker, in: context.slice)
      figures.outbox = numbers.outbox
      figures.parked = numbers.parked
      figures.waitingEffects = numbers.waitingEffects
      figures.failingEffects = numbers.failingEffects
      figures.uncertainEffects = numbers.uncertainEffects
      figures.failingTimers = numbers.failingTimers
      figures.unserved = figures.unserved ?? numbers.unready
    } catch {
      figures.hasStorageFailed = true
      figures.unserved = figures.unserved ?? "its slice cannot be read"
    }
    if let head = await Self.head(context) {
      figures.lag = worker.routes.isEmpty ? 0 : head - min(head, facts.taken)
    } else {
      figures.unserved = figures.unserved ?? "the broker does not answer it"
    }
    if phase == .starting { figures.unserved = figures.unserved ?? "it has not caught up yet" }
    return figures
  }

  private static func head(_ context: WorkerContext) async -> UInt64? {
    var options = CallOptions.defaults
    options.timeout = Bounds.headAnswerLimit
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: context.client)
    return try? await directory.list(.init(), options: options).logHead
  }

  func show(_ worker: Worker, _ context: WorkerContext) {
    state.withLock { state in
      state.phase = .starting
      state.running = (worker, context)
    }
  }

  func showStandby() { state.withLock { $0.phase = .standby } }
  func showReady() { state.withLock { $0.phase = .ready } }
  func close() { state.withLock { $0 = State() } }
}

/// What stands in a slice and concerns an operator.
struct WorkerNumbers: Sendable {
  let unready: String?
  let outbox: Int
  let parked: Int
  let waitingEffects: Int
  let failingEffects: Int
  let uncertainEffects: Int
  let failingTimers: Int

  init(of worker: Worker, in slice: Slice) async throws {
    self = try await slice.read { [worker] reader in try WorkerNumbers(of: worker, reader) }
  }

  private init(of worker: Worker, _ reader: SliceReader) throws {
    unready = try worker.unready(reader)
    outbox = try OutboxTable.length(in: reader)
    parked = try InboxTable.parkedCount(in: reader)
    waitingEffects =
      try EffectTable.count(.intended, in: reader)
      + EffectTable.count(.sending, in: reader)
    failingEffects = try EffectTable.failingCount(in: reader)
    uncertainEffects = try EffectTable.count(.uncertain, in: reader)
    failingTimers = try TimerTable.failingCount(in: reader)
  }
}

extension Slice {
  /// Bytes that are free for this process where the slice is, and all that there are; nil if that is unknown, as of one
  /// in memory.
  var disk: (free: UInt64, total: UInt64)? {
    var found = statvfs()
    guard !isInline, path.hasPrefix("/"), statvfs(path, &found) == 0 else { return nil }
    let unit = UInt64(found.f_frsize)
    return (UInt64(found.f_bavail) * unit, UInt64(found.f_blocks) * unit)
  }
}
