import Bus
import CHermetic
import CSimulatedDisk
import Foundation
import Intake
import Panel
import PolicyDocuments
import Reporting
import Support
import Threshold
import WorkerKit

/// One seed: five workers, a broker, the people and what goes wrong.
final class Run: @unchecked Sendable {
  let seed: UInt64
  let network = Network()
  let broker: BrokerNode
  private(set) var workers: [WorkerNode] = []
  let people: People
  /// Processes that were taken for dead while they were paused.
  var replaced: [Owner] = []
  let output: URL
  private let scheduler = Scheduler.shared
  private var faults: Faults?
  private var failures: [String] = []
  private var phase = Phase.working
  private var peer: Peer?

  private enum Phase { case working, settling, settled }

  /// The wall clocks' start: 16 March 2026, 09:00 UTC, in nanoseconds since 1970.
  private static let start: Int64 = 1_773_651_600_000_000_000
  /// Virtual time that the work may take with faults; then everything works again.
  private static let faultyTime = UInt64.seconds(60)
  /// Virtual time that everything may take.
  private static let timeLimit = UInt64.seconds(400)
  private static let stepsLimit = 30_000_000

  init(seed: UInt64, applications: Int, mutant: Mutant?, output: URL) {
    self.seed = seed
    self.output = output
    hermetic_begin(seed)
    scheduler.reset(wall: Self.start)
    Disk.prepare()
    broker = BrokerNode(network: network, mutant: mutant)
    let owner = scheduler.begin("people")
    self.owner = owner
    let peer = Peer(
      PeerIdentity(worker: PeerIdentity.clientName, instance: "people", processID: 1),
      over: network.makeLink(for: owner))
    self.peer = peer
    people = People(applications, client: BusClient(peer: peer))
    let makers: [(String, @Sendable () -> Worker)] = [
      ("intake", { IntakeWorker.worker() }),
      (
        "threshold",
        {
          ThresholdWorker.worker(documents: [
            BuiltInPolicyDocuments.recourseDefault, BuiltInPolicyDocuments.plymouth,
          ])
        }
      ),
      ("panel", { PanelWorker.worker() }), ("support", { SupportWorker.worker() }),
      ("reporting", { ReportingWorker.worker() }),
    ]
    workers = makers.map { [network] name, make in
      WorkerNode(
        name, network: network, output: output.appending(path: name), mutant: mutant, make: make)
    }
    mutant?.prepareDisk(nodeNames)
  }

  private let owner: Owner

  var nodeNames: [String] { [BrokerNode.name] + workers.map(\.name) }

  func owner(of node: String) -> Owner? {
    node == BrokerNode.name ? broker.owner : workers.first { $0.name == node }?.owner
  }

  func kill(_ node: String) {
    if node == BrokerNode.name { broker.kill() } else { workers.first { $0.name == node }?.kill() }
  }

  func cutPower() {
    Disk.powerCut()
    for owner in replaced { scheduler.end(owner) }
    for node in nodeNames { kill(node) }
  }

  // MARK: - The course of it

  func perform() -> Report {
    broker.start()
    for worker in workers { worker.start() }
    scheduler.act(as: owner) {
      Task { [self] in
        try? await peer?.start()
        for index in people.applications.indices { Task { await people.follow(index) } }
      }
    }
    let faults = Faults(self)
    self.faults = faults
    faults.begin()
    scheduler.after(Self.faultyTime, for: .world) { [self] in settle() }
    let isDone = scheduler.run(
      until: { [self] in
        if phase == .working, people.allFinished { settle() }
        return phase == .settled || people.wrongAnswer != nil
      }, time: Self.timeLimit, steps: Self.stepsLimit)
    if let wrong = people.wrongAnswer { failures.append("a person was told wrong: \(wrong)") }
    if !isDone { failures.append("not settled: \(standing)") }
    for name in (faults.wroteUnfenced).sorted() {
      failures.append("\(name): a process that had been replaced wrote to the slice")
    }
    if failures.isEmpty { failures = Checks(self).failures() }
    return report()
  }

  /// Ends the faults, waits until everybody is at the end of their way and nothing moves any more.
  private func settle() {
    guard phase == .working else { return }
    phase = .settling
    faults?.end()
    scheduler.act(as: owner) {
      Task { [self] in
        while !people.allFinished { await scheduler.pause(100) }
        people.letDaysPass()
        var head: UInt64 = 0
        while true {
          var newest: UInt64 = 0
          for worker in workers {
            newest = max(newest, try await people.awaitWorker(worker.name, position: head))
          }
          if newest <= head { break }
          head = newest
        }
        await people.readFigures(atLeast: head)
        phase = .settled
      }
    }
  }

  private var standing: String {
    let workers = workers.map { worker in
      "\(worker.name) \(worker.isReady ? "ready" : "not ready") \(worker.endings)"
    }
    return "\(people.finished) of \(people.applications.count) applications at their end after "
      + "\(scheduler.now / 1_000_000) ms and \(scheduler.steps) steps, broker \(broker.endings), told last: \(people.lastRefusal); \(workers.joined(separator: ", "))"
  }

  private func report() -> Report {
    let disk = Disk.counters
    var counts = (faults?.counts ?? [:]).reduce(into: [String: Int]()) {
      $0[$1.key.rawValue] = $1.value
    }
    let consequences = [
      network.counters.dropped, network.counters.late, network.counters.reordered,
      Int(disk.torn_writes), Int(disk.lost_writes),
    ]
    counts.merge(zip(Report.consequences, consequences)) { $1 }
    return Report(
      seed: seed, failures: failures, faults: counts, events: Checks.lastCount,
      applications: people.applications.count, attempts: people.attempts,
      frames: network.counters.frames, steps: scheduler.steps, trace: scheduler.trace,
      commits: broker.totals.commits, virtualMilliseconds: scheduler.now / 1_000_000,
      endings: workers.reduce(into: [:]) { all, worker in
        for (why, count) in worker.endings { all["\(worker.name): \(why)", default: 0] += count }
      })
  }
}

/// What a run gave.
struct Report {
  /// What faults lead to, and is counted beside them.
  static let consequences = [
    "dropped frame", "late frame", "reordered frame", "torn write", "lost write",
  ]

  let seed: UInt64
  let failures: [String]
  let faults: [String: Int]
  let events: Int
  let applications: Int
  let attempts: Int
  let frames: Int
  let steps: Int
  let trace: UInt64
  let commits: Int
  let virtualMilliseconds: UInt64
  let endings: [String: Int]
}
