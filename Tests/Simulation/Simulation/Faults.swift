import CHermetic
import CSimulatedDisk

/// What goes wrong in a run, when, and how often it did.
final class Faults {
  enum Kind: String, CaseIterable {
    case kill
    case killBeforeCommit = "kill before a commit"
    case killAfterCommit = "kill after a commit"
    case powerCut = "power cut"
    case connectionBreak = "broken connection"
    case slowNetwork = "slow network"
    case pause
    case replaced = "replaced while paused"
    case diskFull = "disk full"
    case stalledDisk = "stalled disk"
    case inputOutputError = "I/O error"
    case clockJump = "clock jump"
  }

  private(set) var counts: [Kind: Int] = [:]
  /// Nobody causes faults any more.
  private var isOver = false
  private let run: Run
  private let scheduler = Scheduler.shared
  /// A node that is to go down at one of its next syncs, with the power if that is the kind.
  private var doomed: (node: String, event: simulated_disk_event, countdown: Int, kind: Kind)?

  init(_ run: Run) {
    self.run = run
    Disk.crashes = { [unowned self] path, event in
      if event == SIMULATED_DISK_BEFORE_WRITE { notice(path) }
      return strikes(Disk.node(of: path), event)
    }
  }

  func begin() { next() }

  private func next() {
    scheduler.after(.milliseconds(Chance.number(100..<2500)), for: .world) { [self] in
      guard !isOver else { return }
      cause(Chance.one(of: Kind.allCases))
      next()
    }
  }

  private func count(_ kind: Kind) { counts[kind, default: 0] += 1 }

  private func cause(_ kind: Kind) {
    let node = Chance.one(of: run.nodeNames)
    switch kind {
    case .kill:
      count(kind)
      run.kill(node)
    case .killBeforeCommit:
      doomed = (node, SIMULATED_DISK_BEFORE_SYNC, Chance.number(0..<4), kind)
    case .killAfterCommit:
      doomed = (node, SIMULATED_DISK_AFTER_SYNC, Chance.number(0..<4), kind)
    case .powerCut:
      guard Chance.oneIn(2) else { return }
      // Between two commits nothing is pending that could be lost or torn, before a sync it is.
      guard Chance.oneIn(2) else {
        doomed = (node, SIMULATED_DISK_BEFORE_SYNC, Chance.number(0..<4), kind)
        return
      }
      count(kind)
      run.cutPower()
    case .connectionBreak:
      // While nothing is on its way, nothing can come late.
      guard Chance.oneIn(2) else {
        run.network.whenBroken = { [unowned self] in count(kind) }
        return
      }
      if run.network.breakOne() { count(kind) }
    case .slowNetwork:
      count(kind)
      run.network.slowness = Chance.number(10..<200)
      later(200..<3000) { [self] in run.network.slowness = 1 }
    case .pause:
      pause(node, Chance.number(100..<8000), kind)
    case .stalledDisk:
      stall(node)
    case .replaced:
      replace(node)
    case .diskFull:
      count(kind)
      Disk.fill(node)
      later(200..<6000) { Disk.change(node) { $0.capacity_bytes = -1 } }
    case .inputOutputError:
      count(kind)
      let errors = UInt32(Chance.number(1..<4))
      let isSync = Chance.oneIn(2)
      Disk.change(node) { if isSync { $0.sync_errors = errors } else { $0.write_errors = errors } }
    case .clockJump:
      count(kind)
      let seconds = Int64(Chance.number(0..<7200)) - 3600
      scheduler.jump(node, by: seconds * 1_000_000_000)
    }
  }

  private func later(_ milliseconds: Range<UInt64>, _ body: @escaping () -> Void) {
    scheduler.after(.milliseconds(Chance.number(milliseconds)), for: .world, body)
  }

  private func pause(_ node: String, _ milliseconds: UInt64, _ kind: Kind) {
    guard let owner = run.owner(of: node) else { return }
    count(kind)
    scheduler.pause(owner)
    scheduler.after(.milliseconds(milliseconds), for: .world) { [self] in scheduler.resume(owner) }
  }

  /// The log's storage waits for its disk; a worker waits as a whole.
  private func stall(_ node: String) {
    guard node == BrokerNode.name else {
      return pause(node, Chance.number(500..<6000), .stalledDisk)
    }
    count(.stalledDisk)
    Disk.stall(node, .milliseconds(Chance.number(500..<6000)))
    later(500..<6000) { Disk.stall(node, 0) }
  }

  private func replace(_ node: String) {
    guard let worker = run.workers.first(where: { $0.name == node }), worker.isReady,
      let old = worker.replacePaused()
    else { return }
    count(.replaced)
    run.replaced.append(old)
    later(500..<9000) { [self] in scheduler.resume(old) }
  }

  /// A process that was replaced writes to its slice no more.
  private func notice(_ path: String) {
    let owner = scheduler.current
    guard path.hasSuffix("-wal"), run.replaced.contains(owner),
      let worker = run.workers.first(where: { $0.name == owner.node }), worker.hasSlice
    else { return }
    wroteUnfenced.insert(owner.node)
  }

  /// Workers whose slice was written to by a process that had been replaced.
  private(set) var wroteUnfenced: Set<String> = []

  /// True if the process that does this goes down here.
  private func strikes(_ node: String, _ event: simulated_disk_event) -> Bool {
    guard let doomed, doomed.node == node, doomed.event == event else { return false }
    guard doomed.countdown == 0 else {
      self.doomed?.countdown -= 1
      return false
    }
    guard scheduler.current == run.owner(of: node) else { return false }
    self.doomed = nil
    count(doomed.kind)
    if doomed.kind == .powerCut { run.cutPower() } else { run.kill(node) }
    return true
  }

  /// From now on everything works.
  func end() {
    isOver = true
    doomed = nil
    run.network.slowness = 1
    run.network.whenBroken = nil
    for node in run.nodeNames {
      Disk.heal(node)
      scheduler.straighten(node)
      if let owner = run.owner(of: node) { scheduler.resume(owner) }
    }
    for owner in run.replaced { scheduler.resume(owner) }
  }
}
