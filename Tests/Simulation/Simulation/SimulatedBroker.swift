import CHermetic
import Foundation
import GRDB
import Messages

@testable import Broker
@testable import Bus

/// One life of the broker: the real cores and the real log's storage, on the simulated network and disk.
final class SimulatedBroker: @unchecked Sendable {
  let owner: Owner
  let store: LogStore
  private let scheduler = Scheduler.shared
  private let network: Network
  private let log: SimulatedLog
  private let engine: BrokerEngine
  private static let tick = UInt64.milliseconds(250)
  private static let probe = UInt64.milliseconds(5)

  /// - Throws: what opening the log throws.
  init(owner: Owner, logPath: String, network: Network, mutant: Mutant?) throws {
    self.owner = owner
    self.network = network
    store = try LogStore(unarchived: logPath, force: Disk.force)
    let log = SimulatedLog(store: store, owner: owner, mutant: mutant)
    self.log = log
    let holder = Holder()
    let settings = BrokerCore.Settings(
      processID: UInt32(owner.life), start: UInt32(truncatingIfNeeded: hermetic_random()),
      logHead: try store.head(), logGenerations: try store.generations())
    let engine = BrokerEngine(
      settings: settings, send: { frame, peer in network.send(frame, to: peer.number) },
      wake: { holder.engine?.takeLogResults(now: hermetic_now()) },
      makeLog: { report in
        log.report = report
        return log
      })
    holder.engine = engine
    self.engine = engine
    network.setHub(
      Network.Hub(
        owner: owner,
        take: { frame, id in engine.take(frame, from: PeerID(id), now: hermetic_now()) },
        gone: { id in engine.handle(.unreachable(PeerID(id)), now: hermetic_now()) }))
    tickOn()
    probeOn()
  }

  private func tickOn() {
    scheduler.after(Self.tick, for: owner) { [self] in
      engine.handle(.tick, now: hermetic_now())
      tickOn()
    }
  }

  private func probeOn() {
    scheduler.after(Self.probe, for: owner) { [self] in
      if engine.isProbing { engine.handle(.probe, now: hermetic_now()) }
      probeOn()
    }
  }

  /// Batches in commits, and commits.
  var batches: Int { log.batches }
  var commits: Int { log.commits }

  private final class Holder: @unchecked Sendable { var engine: BrokerEngine? }
}

/// Does the log's work on the scheduler: one commit after the other, each with what queued during the last.
final class SimulatedLog: LogWorker, @unchecked Sendable {
  var report: (@Sendable ([LogResult]) -> Void)?
  private let store: LogStore
  private let owner: Owner
  private let mutant: Mutant?
  private let scheduler = Scheduler.shared
  private var appends: [(call: UInt64, batch: AppendBatch)] = []
  private var isCommitting = false
  private(set) var batches = 0
  private(set) var commits = 0

  init(store: LogStore, owner: Owner, mutant: Mutant?) {
    self.store = store
    self.owner = owner
    self.mutant = mutant
  }

  func ask(_ request: LogRequest) {
    switch request {
    case .append(let call, let batch):
      appends.append((call, batch))
      if mutant == .acknowledgesBeforeTheDisk { acknowledgeEarly(call, batch) }
      commitSoon()
    case .read(let call, let query):
      scheduler.after(.microseconds(Chance.number(20..<400)), for: owner) { [self] in
        var result = store.read(query)
        if mutant == .deliversPagesOutOfOrder, case .success(var page) = result {
          page.events.reverse()
          result = .success(page)
        }
        report?([.read(call: call, result)])
      }
    // Nobody makes a backup here.
    case .snapshot, .copy, .discard: break
    }
  }

  private func commitSoon() {
    guard !isCommitting, !appends.isEmpty else { return }
    isCommitting = true
    scheduler.after(
      .microseconds(Chance.number(100..<3000)) + Disk.stall(of: owner.node), for: owner
    ) { [self] in
      let group = Array(appends.prefix(LogThread.groupLimit))
      appends.removeFirst(group.count)
      if mutant == .dedupesByTime { for (_, batch) in group { forget(batch) } }
      let results = store.append(group.map(\.batch), recordedAt: Date())
      isCommitting = false
      // A process that went down while it wrote says nothing any more.
      guard scheduler.isAlive(owner) else { return }
      batches += group.count
      commits += 1
      if mutant != .acknowledgesBeforeTheDisk {
        report?(zip(group, results).map { .appended(call: $0.call, $1) })
      }
      commitSoon()
    }
  }

  /// What a log does that tells repetitions by their age: an old one is new.
  private func forget(_ batch: AppendBatch) {
    guard let first = batch.events.first else { return }
    try? store.database.write { database in
      try database.execute(
        sql: """
          UPDATE producer SET sequence = MIN(sequence, ?) WHERE slice_id = ? AND incarnation = ?
          """,
        arguments: [
          Int64(first.sequence) - 1, batch.producer.sliceID, batch.producer.incarnation,
        ])
    }
  }

  /// What a log does that answers when a batch has come, not when it is on the disk.
  private func acknowledgeEarly(_ call: UInt64, _ batch: AppendBatch) {
    guard let last = batch.events.last, let head = try? store.head() else { return }
    let position = head + UInt64(batch.events.count)
    report?([
      .appended(
        call: call,
        .success(LogResult.Appended(sequence: last.sequence, position: position, head: head)))
    ])
  }

  func leaveOut(_ call: UInt64) {}

  func stop() { try? store.close() }
}
