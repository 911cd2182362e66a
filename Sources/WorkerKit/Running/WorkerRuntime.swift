import Bus
import Foundation
import GRPCCore
import Logging
import Messages

/// A worker at work: its slice, its end of the bus, and the loops between them.
struct WorkerRuntime: Sendable {
  let worker: Worker
  let slice: Slice
  /// Not started, or left: it greets when the services are there to be offered.
  let peer: Peer
  /// Told of by the peer too.
  let signals: Signals
  let clock: any WorkerClock
  let logger: Logger
  let outputDirectory: URL?

  /// Works until the task is cancelled, then takes no new calls, lets the open ones finish within
  /// ``Bounds/drainLimit``, and leaves. Throws if it cannot go on: the slice was taken over, or the
  /// broker refuses it (``BrokerRefusal``), now or later, when its key is revoked.
  /// - Parameters:
  ///   - onConnected: called once, when the worker answers calls.
  ///   - onReady: called once, when the worker has caught up and can do its work.
  func run(
    onConnected: @escaping @Sendable (WorkerContext) -> Void,
    onReady: @escaping @Sendable (WorkerContext) -> Void
  ) async throws {
    let client = BusClient(peer: peer)
    let progress = Progress()
    let context = WorkerContext(
      slice: slice, client: client, clock: clock, logger: logger,
      outputDirectory: outputDirectory, progress: progress)
    try await restore(progress)
    slice.observe { signals.tell($0, progress) }
    slice.fate.observe {
      signals.lost.raise()
    } onFailure: {
      progress.fail($0)
    }

    let services =
      worker.services(context)
      + [
        WorkerService(worker: worker, identity: peer.identity, context: context),
        CaseReadsService(context: context, readsEvents: !worker.routes.isEmpty),
      ]
    let health = HealthService(
      worker: worker, context: context, services: Worker.names(of: services))
    peer.ask(for: worker.manifest(serving: Worker.names(of: services)))
    let server = peer.makeServer(of: services + [health]) { [logger] method, error in
      // The kind of error only: its text may hold what must not leave the handler.
      logger.error(
        "a call failed for a reason that nobody expected",
        metadata: ["method": "\(method)", "error": "\(type(of: error))"])
    }
    let serving = Task { try await server.serve() }
    let (ended, end) = AsyncStream<Void>.makeStream()
    let working = Task {
      defer { end.finish() }
      try await work(context, onConnected, onReady)
    }
    let anchoring = AuditAnchoring(
      worker: worker.name, context: context, signal: signals.audit)
    // Ends when the work has ended by itself, or when this task is cancelled.
    for await _ in ended {}
    let wasAsked = Task.isCancelled
    // Leaving takes its time, so it must not be cancelled like the task that it belongs to.
    let outcome = await Task {
      server.beginGracefulShutdown()
      // Open calls may finish; those that do not are abandoned with the session.
      let watchdog = after(Bounds.drainLimit) {
        serving.cancel()
        await peer.close()
      }
      _ = await serving.result
      watchdog.cancel()
      if wasAsked, peer.hasSession { await anchoring.leave() }
      working.cancel()
      let outcome = await working.result
      await peer.close()
      return outcome
    }.value
    if !wasAsked, case .failure(let error) = outcome {
      if let failure = error as? StorageFailure {
        logger.critical("the worker cannot go on", metadata: failure.metadata)
      }
      try? slice.close()
      throw error
    }
    try slice.close()
  }

  /// What earlier runs left, before anything else is looked at.
  private func restore(_ progress: Progress) async throws {
    let (taken, counter) = try await slice.read { reader in
      (try InboxTable.taken(in: reader), try OutboxTable.counter(in: reader))
    }
    progress.update { facts in
      facts.taken = taken
      facts.durable = counter.durableSequence
      facts.durablePosition = counter.durablePosition
    }
  }

  private func work(
    _ context: WorkerContext,
    _ onConnected: @escaping @Sendable (WorkerContext) -> Void,
    _ onReady: @escaping @Sendable (WorkerContext) -> Void
  ) async throws {
    try await peer.start()
    let inbox = Inbox(
      routes: Dictionary(uniqueKeysWithValues: worker.routes.map { ($0.type, $0) }),
      context: context)
    let timers = Dictionary(uniqueKeysWithValues: worker.timers.map { ($0.kind, $0) })
    let effects = Dictionary(uniqueKeysWithValues: worker.effects.map { ($0.kind, $0) })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await signals.lost.wait()
        throw slice.fate.lost ?? SliceError.takenOver
      }
      group.addTask {
        try await signals.refused.wait()
        throw BrokerRefusal(message: peer.refusal ?? "")
      }
      group.addTask { try await StorageTrial(context: context).run() }
      let pump = OutboxPump(worker: worker.name, context: context, signal: signals.outbox)
      group.addTask { try await context.persevere { try await pump.run() } }
      let anchoring = AuditAnchoring(
        worker: worker.name, context: context, signal: signals.audit)
      group.addTask { try await context.persevere { try await anchoring.run() } }
      try await peer.connect(logger)
      onConnected(context)
      try await context.persevere { try await worker.onStart(context) }
      let reader = InboxReader(context: context, inbox: inbox)
      group.addTask { try await context.persevere { try await reader.run() } }
      let timerLoop = TimerLoop(routes: timers, context: context, signal: signals.timers)
      group.addTask { try await context.persevere { try await timerLoop.run() } }
      let effectLoop = EffectLoop(routes: effects, context: context, signal: signals.effects)
      group.addTask { try await context.persevere { try await effectLoop.run() } }
      for round in worker.rounds {
        group.addTask { try await context.persevere { try await round.run(context) } }
      }
      group.addTask {
        try await context.persevere { try await becomeReady(context) }
        onReady(context)
        // The group ends when a loop throws, not when the worker is ready.
        try await context.progress.wait { _ in false }
      }
      // The first that cannot go on ends the others; `waitForAll` would wait for them.
      for try await _ in group {}
    }
  }

  /// Returns when everything that was in the log is taken into account and the worker says it is ready.
  private func becomeReady(_ context: WorkerContext) async throws {
    let head = try await logHead(context)
    if !worker.routes.isEmpty { try await context.progress.wait { $0.taken >= head } }
    while try await slice.read({ [worker] in try worker.unready($0) }) != nil {
      try await signals.readiness.wait()
    }
  }

  private func logHead(_ context: WorkerContext) async throws -> UInt64 {
    let directory = Recourse_Bus_V1_Directory.Stub(wrapping: context.client)
    let backOff = BackOff()
    while true {
      do {
        return try await directory.list(Recourse_Bus_V1_DirectoryRequest()).logHead
      } catch {
        try Task.checkCancellation()
        try await backOff.pause()
      }
    }
  }
}
