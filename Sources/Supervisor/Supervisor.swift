public import Logging

/// Starts child processes in order, restarts those that fail, and stops them in reverse order.
///
/// It owns its children: when ``run(onEvent:)`` has returned none is left, not even one that
/// ignores the end of its input and SIGTERM. Should the supervisor itself die, its children see
/// the end of their input and leave by themselves.
///
/// The decisions are ``SupervisorCore``'s; this actor carries them out, one event at a time.
public actor Supervisor {
  private var specifications: [String: ChildSpecification]
  private let mayStart: @Sendable (ChildSpecification) -> String?
  private let logger: Logger
  private let clock = ContinuousClock()
  private let origin: ContinuousClock.Instant

  private var core: SupervisorCore
  private var onEvent: (@Sendable (SupervisorEvent) -> Void)?
  /// At most one per child is under way, because the core launches none that is alive.
  private let launches = AsyncStream<ChildProcess>.makeStream()
  /// To the current run of each child; the core gives at most three orders in a run.
  private var orders: [String: AsyncStream<ChildProcess.Order>.Continuation] = [:]
  private var alarm: (deadline: Duration, task: Task<Void, Never>)?

  /// Makes a supervisor that has not started anything.
  ///
  /// - Parameters:
  ///   - children: What to run, in starting order.
  ///   - policy: When a child is restarted, and when it is given up.
  ///   - grace: How long a child may take to leave.
  ///   - mayStart: Asked before each start of each child, in the child's own task: nil lets it start, else why not, in
  ///     words. That counts as a start that failed.
  ///   - logger: Told every event, lines of output at debug level.
  /// - Throws: ``SupervisorError`` if a name comes twice or a predecessor does not come earlier.
  public init(
    children: [ChildSpecification],
    policy: RestartPolicy = .default,
    grace: StopGrace = .default,
    mayStart: @escaping @Sendable (ChildSpecification) -> String? = { _ in nil },
    logger: Logger
  ) throws(SupervisorError) {
    core = try SupervisorCore(children: children, policy: policy, grace: grace)
    specifications = Dictionary(children.map { ($0.name, $0) }, uniquingKeysWith: { one, _ in one })
    self.mayStart = mayStart
    self.logger = logger
    origin = clock.now
  }

  /// Runs the children until ``stop()`` is called or the calling task is cancelled, and returns
  /// when all have gone. Cancellation is an ordinary way to stop, so it throws nothing.
  ///
  /// - Parameter onEvent: Called for every event, one at a time and in order. It should return
  ///   soon: nothing is decided meanwhile, and children that write wait.
  /// - Throws: ``SupervisorError/alreadyRun`` when called a second time.
  public func run(
    onEvent: @escaping @Sendable (SupervisorEvent) -> Void
  ) async throws(SupervisorError) {
    guard self.onEvent == nil else { throw .alreadyRun }
    self.onEvent = onEvent
    // A task of its own, awaited here: cancelling the caller must not cut the children off.
    let supervision = Task { await self.supervise() }
    await withTaskCancellationHandler {
      await supervision.value
    } onCancel: {
      Task { await self.stop() }
    }
  }

  /// Asks the children to leave, last started first; ``run(onEvent:)`` returns when they have.
  /// Asked again it changes nothing; asked before the run, it makes the run return at once.
  public func stop() {
    handle(.stop)
  }

  /// Ends a child in order and starts it again, which counts as no failure; one that failed too often is tried at
  /// once. It returns before that is done: the events tell. Nothing happens if there is no such child, or if all stop.
  public func restart(_ name: String) {
    handle(.restart(name: name))
  }

  /// Takes another child in, after those that there are. One of its name that is there has changed: it is restarted
  /// as it is described now. It returns before that is done: the events tell.
  /// - Throws: ``SupervisorError/unknownPredecessor(child:predecessor:)``.
  public func add(_ child: ChildSpecification) throws(SupervisorError) {
    for predecessor in child.startAfter where specifications[predecessor] == nil {
      throw .unknownPredecessor(child: child.name, predecessor: predecessor)
    }
    specifications[child.name] = child
    handle(.add(name: child.name, startAfter: child.startAfter))
  }

  /// Ends a child in order, for good. Nothing happens if there is no such child, or another starts after it.
  public func remove(_ name: String) {
    handle(.remove(name: name))
  }

  private func supervise() async {
    await withDiscardingTaskGroup { group in
      handle(.begin)
      for await child in launches.stream {
        group.addTask { await self.attend(child) }
      }
    }
  }

  /// One run of a child, from its launch to its end.
  private nonisolated func attend(_ child: ChildProcess) async {
    let name = child.specification.name
    if let objection = mayStart(child.specification) {
      return await handle(.startFailed(name: name, description: objection))
    }
    switch await child.run() {
    case .gone(let reason): await handle(.exited(name: name, description: reason))
    case .neverStarted(let reason): await handle(.startFailed(name: name, description: reason))
    }
  }

  private func hear(_ report: ChildProcess.Report, from name: String) {
    switch report {
    case .started(let pid): handle(.started(name: name, pid: pid))
    case .line(ChildSpecification.readyLine): handle(.ready(name: name))
    case .line(let line): announce(.output(name: name, line: line))
    case .logLost: announce(.logLost(name: name))
    }
  }
}

// MARK: - Carrying out what the core decides

extension Supervisor {
  private func handle(_ event: SupervisorCore.Event) {
    for action in core.handle(event, now: clock.now - origin) { perform(action) }
    setAlarm()
    if core.isStopped { launches.continuation.finish() }
  }

  private func perform(_ action: SupervisorCore.Action) {
    switch action {
    case .launch(let name): launch(name)
    case .closeInput(let name): orders[name]?.yield(.closeInput)
    case .terminate(let name):
      logger.warning("\(name) did not leave when its input ended; SIGTERM")
      orders[name]?.yield(.terminate)
    case .kill(let name):
      logger.warning("\(name) overstayed its time; SIGKILL")
      orders[name]?.yield(.kill)
    case .announce(let event): announce(event)
    }
  }

  private func launch(_ name: String) {
    guard let specification = specifications[name] else { return }
    let (stream, continuation) = AsyncStream<ChildProcess.Order>.makeStream()
    orders[name] = continuation
    launches.continuation.yield(
      ChildProcess(specification: specification, orders: stream) { report in
        await self.hear(report, from: name)
      })
  }

  private func announce(_ event: SupervisorEvent) {
    switch event {
    case .output: logger.debug("\(event)")
    case .startFailed, .restarting, .logLost: logger.warning("\(event)")
    case .gaveUp: logger.error("\(event)")
    case .removed(let name):
      specifications[name] = nil
      orders[name] = nil
      logger.info("\(event)")
    case .started, .ready, .exited, .restartAsked, .added, .allReady, .stopping, .stopped:
      logger.info("\(event)")
    }
    onEvent?(event)
  }

  /// Keeps one sleeping task for the next moment at which the clock alone decides something.
  private func setAlarm() {
    let deadline = core.nextDeadline
    guard deadline != alarm?.deadline else { return }
    alarm?.task.cancel()
    alarm = deadline.map { deadline in
      let moment = origin + deadline
      let task = Task { [clock] in
        guard (try? await clock.sleep(until: moment)) != nil, !Task.isCancelled else { return }
        self.alarm = nil
        self.handle(.tick)
      }
      return (deadline, task)
    }
  }
}
