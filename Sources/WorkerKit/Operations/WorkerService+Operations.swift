import Bus
import GRPCCore
import Messages
import SwiftProtobuf

// What an operator asks a worker for, from message to message.
extension WorkerService {
  func listParked(
    request: Recourse_Worker_V1_ListParkedRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_ListParkedResponse {
    let (rows, total) = try await context.slice.read { reader in
      (
        try ParkedTable.rows(
          after: request.afterPosition, limit: Self.pageLimit(request.limit), in: reader),
        try InboxTable.parkedCount(in: reader)
      )
    }
    return .with {
      $0.events = rows.map(Recourse_Worker_V1_ParkedEvent.init)
      $0.total = UInt32(clamping: total)
    }
  }

  func retryParked(
    request: Recourse_Worker_V1_RetryParkedRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_RetryParkedResponse {
    let outcome = try await parkedEvents.retry(
      Operator.key(request.key), Operator(request.grounds))
    return .init(outcome)
  }

  func skipParked(
    request: Recourse_Worker_V1_SkipParkedRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_SkipParkedResponse {
    let outcome = try await parkedEvents.skip(request.position, Operator(request.grounds))
    return .with { $0.rest = .init(outcome) }
  }

  func replay(
    request: Recourse_Worker_V1_ReplayRequest,
    response writer: RPCWriter<Recourse_Worker_V1_ReplayResponse>, context call: ServerContext
  ) async throws {
    let start: Replaying.Start
    switch request.start {
    case .fromPosition(let position): start = .position(position)
    case .fromTime(let time): start = .time(time.date)
    case .key(let key): start = .key(try Operator.key(key))
    case nil:
      throw Refusal(
        .input, code: "missing", path: "start",
        message: "Say from which position or time on, or which key.")
    }
    try await Replaying(routes: worker.routes, context: context)
      .replay(start, Operator(request.grounds)) { progress in
        try await writer.write(
          .with {
            $0.position = progress.position
            $0.handled = UInt32(clamping: progress.handled)
            $0.refused = UInt32(clamping: progress.refused)
          })
      }
  }

  func listEffects(
    request: Recourse_Worker_V1_ListEffectsRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_ListEffectsResponse {
    let states = try EffectSettling.states(named: request.state)
    let (rows, total) = try await context.slice.read { reader in
      (
        try EffectTable.all(in: states, limit: Self.pageLimit(request.limit), in: reader),
        try states.map { try EffectTable.count($0, in: reader) }.reduce(0, +)
      )
    }
    return .with {
      $0.effects = rows.map(Recourse_Worker_V1_OutsideEffect.init)
      $0.total = UInt32(clamping: total)
    }
  }

  func settleEffect(
    request: Recourse_Worker_V1_SettleEffectRequest, context call: ServerContext
  ) async throws -> Recourse_Worker_V1_SettleEffectResponse {
    let outcome: EffectSettling.Outcome
    switch request.outcome {
    case .happened: outcome = .happened
    case .repeat: outcome = .repeat
    case .abandon: outcome = .abandon
    case .unspecified, .UNRECOGNIZED:
      throw Refusal(
        .input, code: "missing", path: "outcome",
        message: "Say whether it happened, is to be repeated or is to be abandoned.")
    }
    let state = try await EffectSettling(routes: worker.effects, context: context)
      .settle(kind: request.kind, key: request.key, outcome, Operator(request.grounds))
    return .with { $0.state = state.rawValue }
  }

  private var parkedEvents: ParkedEvents {
    ParkedEvents(routes: worker.routes, context: context)
  }

  private static func pageLimit(_ asked: UInt32) -> Int {
    asked == 0 ? Bounds.operatorPageLimit : min(Int(asked), Bounds.operatorPageLimit)
  }
}

extension Recourse_Worker_V1_ParkedEvent {
  fileprivate init(_ row: ParkedTable.Row) {
    self.init()
    position = row.position
    key = row.key
    type = row.type
    attempts = UInt32(clamping: row.attempts)
    error = row.error
    workerVersion = row.workerVersion
    parkedAt = Google_Protobuf_Timestamp(date: row.parkedAt)
  }
}

extension Recourse_Worker_V1_RetryParkedResponse {
  fileprivate init(_ outcome: ParkedEvents.Outcome) {
    self.init()
    handled = UInt32(clamping: outcome.handled)
    left = UInt32(clamping: outcome.left)
    error = outcome.error
  }
}

extension Recourse_Worker_V1_OutsideEffect {
  fileprivate init(_ row: EffectTable.Row) {
    self.init()
    kind = row.effect.kind
    key = row.effect.key
    idempotencyKey = row.effect.idempotencyKey
    state = row.state.rawValue
    attempts = UInt32(clamping: row.attempts)
    changedAt = Google_Protobuf_Timestamp(date: row.changedAt)
  }
}
