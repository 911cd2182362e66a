import CaseModel
import GRPCCore
import Messages
import Policy
import SwiftProtobuf
import WordsGuard
import WorkerKit

/// The calls by which people decide, put off, and appeal.
extension ThresholdService {
  func decide(
    request: Recourse_Threshold_V1_DecideRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_DecideResponse {
    let handler = SignDecision(
      met: request.met, officer: try signature(request.officer),
      reason: try text(request.reason, path: "reason", limit: Limits.reason),
      route: RouteName(request.route), body: request.body,
      capacity: try text(request.capacity, path: "capacity", limit: Limits.officer),
      library: library)
    let words = [
      GuardedWords("reason", handler.reason), GuardedWords("capacity", handler.capacity),
    ]
    return try await carryOut("threshold.decide", request, guarding: words) { reference, tx in
      var generator = makeGenerator()
      let (decision, application) = try handler.apply(reference, in: tx, using: &generator)
      return .with {
        if let decision { $0.decision = .init(decision, of: application) }
        $0.awaitsSecondSignature = decision == nil
      }
    }
  }

  func countersign(
    request: Recourse_Threshold_V1_CountersignRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_CountersignResponse {
    let handler = Countersign(
      officer: try signature(request.officer), token: request.token, library: library)
    guard !request.declined else {
      let reason = try grounds(
        request.reason, "Who does not agree says why; expected a reason.")
      let words = [GuardedWords("reason", reason)]
      return try await carryOut("threshold.countersign", request, guarding: words) {
        reference, tx in
        try handler.decline(reference, reason: reason, in: tx)
        return .init()
      }
    }
    return try await carryOut("threshold.countersign", request) { reference, tx in
      var generator = makeGenerator()
      let (decision, application) = try handler.apply(reference, in: tx, using: &generator)
      return .with { $0.decision = .init(decision, of: application) }
    }
  }

  func deferDecision(
    request: Recourse_Threshold_V1_DeferDecisionRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_DeferDecisionResponse {
    guard let until = try optionalDate(request.until, path: "until") else {
      throw Refusal(
        .input, code: "missing", path: "until",
        message: "A decision is put off to a day; expected one, as YYYY-MM-DD.")
    }
    let handler = DeferDecision(
      until: until, officer: try signature(request.officer),
      reason: try grounds(request.reason, "A decision is put off with a reason; expected one."),
      library: library)
    let words = [GuardedWords("reason", handler.reason)]
    return try await carryOut("threshold.defer", request, guarding: words) { reference, tx in
      var generator = makeGenerator()
      try handler.apply(reference, in: tx, using: &generator)
      return .init()
    }
  }

  /// What whoever appeals says is theirs, and is kept as they say it, whomever it names; no letter has it.
  func makeAppeal(
    request: Recourse_Threshold_V1_MakeAppealRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_MakeAppealResponse {
    let handler = MakeAppeal(
      subject: try AppealPolicy.Subject(request: request.subject),
      ground: try AppealPolicy.Ground(request: request.ground),
      madeOn: try optionalDate(request.madeOn, path: "madeOn"),
      officer: try signature(
        request.officer, "Somebody puts the appeal on record; expected a name."),
      words: try text(request.reason, path: "reason", limit: Limits.reason), library: library)
    return try await carryOut("threshold.make-appeal", request) { reference, tx in
      var generator = makeGenerator()
      let appeal = try handler.apply(reference, in: tx, using: &generator)
      return .with { $0.appeal = .init(appeal) }
    }
  }

  func decideAppeal(
    request: Recourse_Threshold_V1_DecideAppealRequest, context call: ServerContext
  ) async throws -> Recourse_Threshold_V1_DecideAppealResponse {
    let handler = DecideAppeal(
      number: Int(request.number), outcome: try KeptAppeal.Outcome(request: request.outcome),
      officer: try signature(request.officer),
      capacity: try text(request.capacity, path: "capacity", limit: Limits.officer),
      reason: try grounds(request.reason, "An appeal is decided with a reason; expected one."),
      library: library)
    let words = [
      GuardedWords("reason", handler.reason), GuardedWords("capacity", handler.capacity),
    ]
    return try await carryOut("threshold.decide-appeal", request, guarding: words) {
      reference, tx in
      var generator = makeGenerator()
      let appeal = try handler.apply(reference, in: tx, using: &generator)
      return .with { $0.appeal = .init(appeal) }
    }
  }

  /// Waits for what the caller has seen, then carries a command out, once per key.
  func carryOut<Request: CommandRequest, Response: CommandResponse>(
    _ name: String, _ request: Request,
    _ body: @escaping @Sendable (CaseReference, SliceTransaction) throws -> Response
  ) async throws -> Response {
    let reference = try CaseReference(request: request.caseReference)
    try await context.waitUntil(request.atLeastPosition)
    let result = try await context.command(
      name, key: commandKey(request.idempotencyKey), request: request.bare
    ) { try body(reference, $0) }
    var response = result.response
    response.repeated = result.repeated || response.repeated
    response.logPosition = result.logPosition
    return response
  }

  /// The same of a request with words of an officer's, which may stand in a letter: none that names the other party is
  /// kept, but where an officer has looked at it.
  func carryOut<Request: GuardedRequest, Response: CommandResponse>(
    _ name: String, _ request: Request, guarding words: [GuardedWords],
    _ body: @escaping @Sendable (CaseReference, SliceTransaction) throws -> Response
  ) async throws -> Response {
    let reference = try CaseReference(request: request.caseReference)
    let override = try await WordsGuard(context).check(
      words, in: reference, override: request.guardOverride)
    return try await carryOut(name, request) { reference, tx in
      let response = try body(reference, tx)
      try override?.record(by: request.officer, of: reference, in: tx)
      return response
    }
  }
}
