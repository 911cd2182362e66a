import Bus
import GRPCCore
import Messages

/// What every worker answers about itself.
struct WorkerService: Recourse_Worker_V1_Worker.SimpleServiceProtocol {
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
    status.logPosition = context.progress.facts.taken
    let numbers = try await context.slice.read { [worker] reader in
      (
        unready: try worker.unready(reader), outbox: try OutboxTable.length(in: reader),
        parked: try InboxTable.parkedCount(in: reader),
        uncertain: try EffectTable.count(.uncertain, in: reader)
      )
    }
    status.health = numbers.unready == nil ? .serving : .notServing
    status.detail = numbers.unready ?? ""
    status.outboxLength = UInt32(clamping: numbers.outbox)
    status.parkedEvents = UInt32(clamping: numbers.parked)
    status.uncertainEffects = UInt32(clamping: numbers.uncertain)
    return status
  }

  func await(
    request: Recourse_Worker_V1_AwaitRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_AwaitResponse {
    if !worker.routes.isEmpty { try await context.waitUntil(request.position) }
    let isQuiet = try await within(Bounds.announceWaitLimit) { [progress = context.progress] in
      try await progress.wait { facts in
        facts.durable >= facts.emitted && facts.effectsOpen == 0 && !facts.timersOpen
      }
    }
    guard isQuiet else {
      throw Refusal(
        .tryAgain, code: "busy",
        message: "\(worker.name) has not announced everything yet; try again")
    }
    var response = Recourse_Worker_V1_AwaitResponse()
    response.ownPosition = context.progress.facts.durablePosition
    return response
  }
}
