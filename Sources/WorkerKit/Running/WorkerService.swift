import Bus
import Calls
import GRPCCore
import Messages

/// What every worker answers about itself.
struct WorkerService: Recourse_Worker_V1_Worker.SimpleServiceProtocol, UnaryService {
  let worker: Worker
  let identity: PeerIdentity
  let context: WorkerContext

  func status(
    request: Recourse_Worker_V1_StatusRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_StatusResponse {
    var status = Recourse_Worker_V1_StatusResponse()
    status.worker = worker.name
    status.instance = identity.instance
    status.processID = identity.processID
    status.version = ProgramVersion.current
    let disk = context.slice.disk
    (status.diskFreeBytes, status.diskBytes) = (disk?.free ?? 0, disk?.total ?? 0)
    do {
      try await describe(&status)
    } catch let failure as StorageFailure {
      status.health = .notServing
      status.detail = "\(failure)"
      (status.storageFailure, status.wayOut) = (failure.code, failure.wayOut)
    }
    return status
  }

  private func describe(_ status: inout Recourse_Worker_V1_StatusResponse) async throws {
    let facts = context.progress.facts
    status.logPosition = facts.taken
    let numbers = try await WorkerNumbers(of: worker, in: context.slice)
    let unserved = facts.storage.map { "\($0)" } ?? numbers.unready ?? facts.readingRefused
    status.health = unserved == nil ? .serving : .notServing
    status.storageFailure = facts.storage?.code ?? ""
    status.wayOut = facts.storage?.wayOut ?? ""
    let jump = facts.clockJump?.note(at: context.clock.monotonic)
    // What an operator should look at although the worker serves.
    let notes = [
      numbers.failingTimers == 0
        ? nil : "\(numbers.failingTimers) timers were due and could not be handled so far",
      numbers.failingEffects == 0
        ? nil : "\(numbers.failingEffects) effects failed so far and are tried again",
      jump,
    ]
    status.detail = unserved ?? notes.compactMap(\.self).joined(separator: "; ")
    status.outboxLength = UInt32(clamping: numbers.outbox)
    status.parkedEvents = UInt32(clamping: numbers.parked)
    status.uncertainEffects = UInt32(clamping: numbers.uncertainEffects)
    status.waitingEffects = UInt32(clamping: numbers.waitingEffects)
    status.failingEffects = UInt32(clamping: numbers.failingEffects)
    status.failingTimers = UInt32(clamping: numbers.failingTimers)
  }

  func await(
    request: Recourse_Worker_V1_AwaitRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_AwaitResponse {
    if !worker.routes.isEmpty { try await context.waitUntil(request.position) }
    let isQuiet = try await within(Bounds.announceWaitLimit) { try await waitUntilQuiet() }
    guard isQuiet else {
      throw Refusal(
        .tryAgain, code: "busy",
        message: "The worker \(worker.name) has not announced everything yet; try again.")
    }
    var response = Recourse_Worker_V1_AwaitResponse()
    response.ownPosition = context.progress.facts.durablePosition
    return response
  }

  /// Returns when nothing is due, nothing is intended, and everything announced is durable.
  private func waitUntilQuiet() async throws {
    while true {
      let seen = context.progress.facts.changes
      let isBusy = try await context.slice.read { [worker, now = context.clock.now] reader in
        let timers = try TimerTable.due(at: now, of: worker.timers.map(\.kind), in: reader)
        let effects = try EffectTable.open(of: EffectTable.Kinds(worker.effects), in: reader)
        return try !timers.isEmpty || effects > 0 || OutboxTable.length(in: reader) > 0
      }
      if !isBusy { return }
      try await context.progress.wait { $0.changes > seen }
    }
  }
}
