import CHermetic
import HeapModule
@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) import _Concurrency

/// Who does something: a process in one of its lives, or the world around the processes.
struct Owner: Hashable {
  let node: String
  /// Counts the process's starts.
  let life: Int

  static let world = Owner(node: "world", life: 0)
}

/// All that runs, on one thread, in virtual time: the jobs of Swift's tasks and whatever the world does. What is
/// ready runs in an order that the seed decides; when nothing is, time moves on to what comes next.
///
/// It is the process's default executor, so a task that any code starts runs here. What a job starts or wakes
/// belongs to the job's owner: a process that is killed runs nothing any more, one that is paused later.
final class Scheduler: TaskExecutor, SchedulingExecutor, @unchecked Sendable {
  // Everything happens on the one thread that `run` was called on.
  private enum Work {
    case job(UnownedJob)
    case call(() -> Void)
  }

  private struct Item {
    let owner: Owner
    let work: Work
  }

  private struct Timed: Comparable {
    let at: UInt64
    /// Decides between things of the same time.
    let order: UInt64
    let item: Item

    static func == (a: Timed, b: Timed) -> Bool { (a.at, a.order) == (b.at, b.order) }
    static func < (a: Timed, b: Timed) -> Bool { (a.at, a.order) < (b.at, b.order) }
  }

  static let shared = Scheduler()

  private var ready: [Item] = []
  private var timed = Heap<Timed>()
  private var parked: [Owner: [Item]] = [:]
  private var lives: [String: Int] = [:]
  private var alive: Set<Owner> = [.world]
  private var walls: [String: Int64] = [:]
  private(set) var current = Owner.world
  /// Things that were run since the beginning.
  private(set) var steps = 0
  /// Folds what ran when: two runs that do the same have the same.
  private(set) var trace: UInt64 = 0

  /// Nanoseconds of virtual time.
  var now: UInt64 { hermetic_now() }

  /// Forgets everything; what was begun is never finished.
  func reset(wall: Int64) {
    ready = []
    timed = []
    parked = [:]
    lives = [:]
    alive = [.world]
    walls = [:]
    globalWall = wall
    current = .world
    hermetic_set_wall(wall)
    steps = 0
    trace = 0
  }

  // MARK: - What there is to do

  func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    let wait = (delay as? Duration) ?? .zero
    let (seconds, attoseconds) = wait.components
    let nanoseconds = max(0, seconds) * 1_000_000_000 + max(0, attoseconds) / 1_000_000_000
    add(.job(UnownedJob(job)), at: now &+ UInt64(nanoseconds))
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C
  ) {
    enqueue(job, after: clock.now.duration(to: instant), tolerance: tolerance, clock: clock)
  }

  private func add(_ work: Work) { ready.append(Item(owner: current, work: work)) }

  private func add(_ work: Work, at time: UInt64) {
    timed.insert(
      Timed(at: time, order: hermetic_random(), item: Item(owner: current, work: work)))
  }

  /// Does something for an owner after so many nanoseconds.
  func after(_ nanoseconds: UInt64, for owner: Owner, _ body: @escaping () -> Void) {
    let item = Item(owner: owner, work: .call(body))
    timed.insert(Timed(at: now &+ nanoseconds, order: hermetic_random(), item: item))
  }

  /// Returns after so many milliseconds of virtual time.
  func pause(_ milliseconds: UInt64) async {
    await withUnsafeContinuation { continuation in
      after(.milliseconds(milliseconds), for: current) { continuation.resume() }
    }
  }

  /// Does something now, as an owner.
  func act(as owner: Owner, _ body: () -> Void) {
    let before = current
    become(owner)
    body()
    become(before)
  }

  // MARK: - Lives

  /// A process begins. Returns who it is in this life.
  func begin(_ node: String) -> Owner {
    lives[node, default: 0] += 1
    let owner = Owner(node: node, life: lives[node] ?? 0)
    alive.insert(owner)
    return owner
  }

  /// What the process had to do is never done.
  func end(_ owner: Owner) {
    alive.remove(owner)
    parked[owner] = nil
  }

  func isAlive(_ owner: Owner) -> Bool { alive.contains(owner) }

  /// A stopped process, as by SIGSTOP: what it has to do waits.
  func pause(_ owner: Owner) { if parked[owner] == nil { parked[owner] = [] } }

  func resume(_ owner: Owner) { ready += parked.removeValue(forKey: owner) ?? [] }

  /// Nanoseconds since 1970 at virtual time nought, of all clocks.
  private(set) var globalWall: Int64 = 0

  /// Moves every wall clock.
  func jumpAll(by nanoseconds: Int64) {
    globalWall += nanoseconds
    hermetic_set_wall(globalWall + (walls[current.node] ?? 0))
  }

  /// Moves one process's wall clock.
  func jump(_ node: String, by nanoseconds: Int64) {
    walls[node, default: 0] += nanoseconds
  }

  func straighten(_ node: String) { walls[node] = nil }

  private func become(_ owner: Owner) {
    guard owner != current else { return }
    current = owner
    Disk.runs(as: owner)
    hermetic_set_wall(globalWall + (walls[owner.node] ?? 0))
  }

  // MARK: - Running

  /// Runs until the condition holds; false if there is nothing more to do, or a limit is reached.
  func run(until isDone: () -> Bool, time limit: UInt64, steps stepsLimit: Int) -> Bool {
    while !isDone() {
      guard steps < stepsLimit, now < limit else { return false }
      guard let item = next() else { return false }
      guard isAlive(item.owner) else { continue }
      if parked[item.owner] != nil {
        parked[item.owner]?.append(item)
        continue
      }
      steps += 1
      trace = (trace ^ UInt64(item.owner.node.utf8.first ?? 0) ^ now) &* 0x100_0000_01b3
      become(item.owner)
      switch item.work {
      case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
      case .call(let body): body()
      }
      become(.world)
    }
    return true
  }

  private func next() -> Item? {
    if ready.isEmpty {
      guard let first = timed.popMin() else { return nil }
      if first.at > now { hermetic_set_now(first.at) }
      return first.item
    }
    ready.swapAt(Int(hermetic_random() % UInt64(ready.count)), ready.count - 1)
    return ready.removeLast()
  }
}

/// Makes ``Scheduler`` the executor of all tasks that have no other.
enum SimulatedExecutors: ExecutorFactory {
  static var mainExecutor: any MainExecutor { PlatformExecutorFactory.mainExecutor }
  static var defaultExecutor: any TaskExecutor { Scheduler.shared }
}
