/// The supervisor's decisions as a value: told what happened and when, it answers what to do.
///
/// It starts nothing, reads no clock and draws no random number. Times are durations since one
/// fixed moment of the caller's choice and never decrease. The caller carries out the actions in
/// their order, and sends ``Event/tick`` when ``nextDeadline`` has come.
public struct SupervisorCore: Sendable {
  /// What happened.
  public enum Event: Sendable, Hashable {
    /// Supervision begins; has an effect once.
    case begin
    /// The process of the last launch exists.
    case started(name: String, pid: Int32)
    /// The last launch made no process; nothing else follows from it.
    case startFailed(name: String, description: String)
    /// The child wrote the line that says it is ready.
    case ready(name: String)
    /// The process of the last launch is gone.
    case exited(name: String, description: String)
    /// The child is to leave in order and to be launched again; that is no failure of its.
    case restart(name: String)
    /// There is another child from now on, after those that are there; it starts after the ones that are named. One
    /// of that name that is there has changed, and is restarted.
    case add(name: String, startAfter: [String])
    /// The child is to leave for good.
    case remove(name: String)
    /// Time has passed.
    case tick
    /// All children are to leave; has an effect once.
    case stop
  }

  /// What the caller has to do. An order to a process that does not exist yet waits for it; one
  /// to a process that is gone is dropped.
  public enum Action: Sendable, Hashable {
    /// Start the child's process.
    case launch(name: String)
    /// End its standard input.
    case closeInput(name: String)
    /// Send SIGTERM to the process.
    case terminate(name: String)
    /// Send SIGKILL to the process and all others in its group.
    case kill(name: String)
    /// Tell whoever listens.
    case announce(SupervisorEvent)
  }

  private enum Phase: Sendable { case idle, running, stopping, stopped }

  private let policy: RestartPolicy
  private let grace: StopGrace
  private var phase = Phase.idle
  private var children: [SupervisedChild]
  private var wereAllReady = false
  private var actions: [Action] = []

  /// Takes the children in starting order.
  ///
  /// - Throws: ``SupervisorError`` if a name comes twice or a predecessor does not come earlier.
  public init(
    children specifications: [ChildSpecification], policy: RestartPolicy, grace: StopGrace
  ) throws(SupervisorError) {
    self.policy = policy
    self.grace = grace
    children = []
    for child in specifications {
      let earlier = children.map(\.name)
      guard !earlier.contains(child.name) else { throw .nameTaken(child.name) }
      var predecessors: [Int] = []
      for predecessor in child.startAfter {
        guard let place = earlier.firstIndex(of: predecessor) else {
          throw .unknownPredecessor(child: child.name, predecessor: predecessor)
        }
        predecessors.append(place)
      }
      children.append(SupervisedChild(name: child.name, predecessors: predecessors))
    }
  }

  /// When ``Event/tick`` is next of use, or nil if only an event can move anything.
  public var nextDeadline: Duration? { children.compactMap(\.deadline).min() }

  /// Whether all is over: no child is left, and none will be launched.
  public var isStopped: Bool { phase == .stopped }

  /// Takes one event into account, and says what follows from it, in order.
  public mutating func handle(_ event: Event, now: Duration) -> [Action] {
    switch event {
    case .begin: if phase == .idle { phase = .running }
    case .started(let name, let pid): childStarted(name, pid: pid)
    case .startFailed(let name, let reason):
      childIsGone(name, .startFailed(name: name, description: reason), now: now)
    case .ready(let name): childIsReady(name, now: now)
    case .exited(let name, let reason):
      let pid = children.first { $0.name == name }?.pid ?? 0
      childIsGone(name, .exited(name: name, pid: pid, description: reason), now: now)
    case .restart(let name): restartWasAsked(name, now: now)
    case .add(let name, let startAfter): childCame(name, startAfter, now: now)
    case .remove(let name): removalWasAsked(name, now: now)
    case .tick: for place in children.indices { deadlineCame(at: place, now: now) }
    case .stop: stopWasAsked()
    }
    switch phase {
    case .running: launchWhatMayStart(now: now)
    case .stopping: dismissWhatMayLeave(now: now)
    case .idle, .stopped: break
    }
    defer { actions = [] }
    return actions
  }
}

// MARK: - What happened to a child

extension SupervisorCore {
  private mutating func childStarted(_ name: String, pid: Int32) {
    guard let place = place(of: name), children[place].isAlive else { return }
    children[place].pid = pid
    announce(.started(name: name, pid: pid, attempt: children[place].attempts))
  }

  private mutating func childIsReady(_ name: String, now: Duration) {
    guard let place = place(of: name), case .starting = children[place].state,
      let pid = children[place].pid
    else { return }
    children[place].state = .ready(since: now)
    announce(.ready(name: name, pid: pid))
  }

  private mutating func childIsGone(_ name: String, _ fact: SupervisorEvent, now: Duration) {
    guard let place = place(of: name), children[place].isAlive else { return }
    announce(fact)
    children[place].pid = nil
    guard phase == .running else {
      children[place].state = .stopped
      return
    }
    if children[place].isDismissed { return forget(at: place) }
    if children[place].isAskedToLeave {
      forgetFailures(at: place)
      announce(.restarting(name: name, after: .zero))
      return
    }
    var ready: Duration?
    if case .ready(let since) = children[place].state { ready = now - since }
    switch children[place].failures.failed(at: now, readyFor: ready, policy: policy) {
    case .restart(let pause):
      children[place].state = .resting(until: now + pause)
      announce(.restarting(name: name, after: pause))
    case .giveUp(let pause):
      children[place].state = .givenUp(until: now + pause)
      announce(.gaveUp(name: name, triesAgainAfter: pause))
    }
  }

  /// Who is alive leaves first, in order; who is not is launched as soon as may be. One that is being killed is
  /// launched again anyhow.
  private mutating func restartWasAsked(_ name: String, now: Duration) {
    guard phase == .running, let place = place(of: name) else { return }
    switch children[place].state {
    case .starting, .ready:
      children[place].state = .leaving(until: now + grace.drain)
      children[place].isAskedToLeave = true
      announce(.restartAsked(name: name))
      actions.append(.closeInput(name: name))
    case .resting, .givenUp:
      announce(.restartAsked(name: name))
      forgetFailures(at: place)
    case .waiting, .leaving, .terminating, .killed, .stopped: break
    }
  }

  /// Somebody has looked after it: it is launched like one that never failed.
  private mutating func forgetFailures(at place: Int) {
    children[place].failures = FailureHistory()
    children[place].isAskedToLeave = false
    children[place].state = .waiting
  }

  private mutating func childCame(_ name: String, _ startAfter: [String], now: Duration) {
    guard phase == .idle || phase == .running else { return }
    if let place = place(of: name) {
      // Who came back before it had gone is launched again when it has.
      if children[place].isDismissed {
        children[place].isDismissed = false
        children[place].isAskedToLeave = true
      }
      return restartWasAsked(name, now: now)
    }
    let predecessors = startAfter.compactMap { place(of: $0) }
    guard predecessors.count == startAfter.count else { return }
    children.append(SupervisedChild(name: name, predecessors: predecessors))
    announce(.added(name: name))
  }

  /// Nobody may start after who is removed. Who is alive leaves first, in order.
  private mutating func removalWasAsked(_ name: String, now: Duration) {
    guard let place = place(of: name),
      !children.contains(where: { $0.predecessors.contains(place) })
    else { return }
    guard children[place].isAlive, phase == .running else {
      if phase == .running || phase == .idle { forget(at: place) }
      return
    }
    children[place].isDismissed = true
    switch children[place].state {
    case .starting, .ready:
      children[place].state = .leaving(until: now + grace.drain)
      actions.append(.closeInput(name: name))
    default: break
    }
  }

  /// It is as if it had never been there.
  private mutating func forget(at place: Int) {
    let child = children.remove(at: place)
    for other in children.indices {
      children[other].predecessors = children[other].predecessors.map { $0 > place ? $0 - 1 : $0 }
    }
    announce(.removed(name: child.name))
  }

  private mutating func deadlineCame(at place: Int, now: Duration) {
    guard let deadline = children[place].deadline, deadline <= now else { return }
    let name = children[place].name
    switch children[place].state {
    case .starting, .terminating:
      children[place].state = .killed
      actions.append(.kill(name: name))
    case .resting, .givenUp:
      children[place].state = .waiting
    case .leaving:
      children[place].state = .terminating(until: now + grace.terminate)
      actions.append(.terminate(name: name))
    case .waiting, .ready, .killed, .stopped: break
    }
  }
}

// MARK: - What follows for the whole

extension SupervisorCore {
  private mutating func stopWasAsked() {
    guard phase == .idle || phase == .running else { return }
    phase = .stopping
    announce(.stopping)
    for place in children.indices where !children[place].isAlive {
      children[place].state = .stopped
    }
  }

  /// Starting order: a child is launched when all that it starts after are ready.
  private mutating func launchWhatMayStart(now: Duration) {
    for place in children.indices where children[place].state == .waiting {
      guard children[place].predecessors.allSatisfy({ children[$0].isReady }) else { continue }
      children[place].attempts += 1
      children[place].state = .starting(readyBy: now + policy.readyLimit)
      actions.append(.launch(name: children[place].name))
    }
    let areAllReady = children.allSatisfy(\.isReady)
    if areAllReady && !wereAllReady { announce(.allReady) }
    wereAllReady = areAllReady
  }

  /// The reverse: a child is told to leave when all that start after it have gone.
  private mutating func dismissWhatMayLeave(now: Duration) {
    for place in children.indices.reversed() {
      switch children[place].state {
      case .starting, .ready: break
      default: continue
      }
      let successors = children.filter { $0.predecessors.contains(place) }
      guard !successors.contains(where: \.isAlive) else { continue }
      children[place].state = .leaving(until: now + grace.drain)
      actions.append(.closeInput(name: children[place].name))
    }
    guard !children.contains(where: \.isAlive) else { return }
    phase = .stopped
    announce(.stopped)
  }

  private mutating func announce(_ event: SupervisorEvent) { actions.append(.announce(event)) }

  private func place(of name: String) -> Int? { children.firstIndex { $0.name == name } }
}
