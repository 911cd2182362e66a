import Bus
import GRPCCore
import Logging
import Messages

/// Anchors in the log what the slice's audit has beyond the newest event: to read personal data announces nothing,
/// yet is to be on record for good.
///
/// Rows travel with the events that are announced after them (``OutboxPump``). Those that no event follows within
/// ``Bounds/auditAnchorDelay`` go in an append without events, and so do those that there are when the worker leaves.
struct AuditAnchoring: Sendable {
  let worker: String
  let context: WorkerContext
  let signal: Signal

  func run() async throws {
    while true {
      // At the start too: an earlier process may have ended before it could.
      repeat {
        try await pause(Bounds.auditAnchorDelay)
      } while try await !anchor()
      try await signal.wait()
    }
  }

  /// The last rows, as far as that is possible soon.
  func leave() async {
    _ = try? await within(Bounds.auditAnchorLeaveLimit) { _ = try await anchor() }
  }

  /// True if nothing is left to anchor, or the log will have none of it.
  private func anchor() async throws -> Bool {
    let batch: Recourse_Bus_V1_AppendRequest
    switch try await rest() {
    case .nothing: return true
    case .travels: return false
    case .alone(let alone): batch = alone
    }
    var options = CallOptions.defaults
    options.timeout = Bounds.auditAnchorLimit
    do {
      let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
      let request = StreamingClientRequest(of: Recourse_Bus_V1_AppendRequest.self) { [batch] in
        try await $0.write(batch)
      }
      try await log.append(request: request, options: options) { response in
        for try await _ in response.messages {}
      }
    } catch let error as RPCError {
      try Task.checkCancellation()
      context.logger.warning(
        "the newest rows of the audit are not anchored in the log",
        metadata: ["why": "\(error.code): \(error.message)"])
      // It has looked at it; whoever is no longer the producer hears that with the next event.
      return Self.isRefusal(error)
    }
    context.progress.update { $0.anchored = max($0.anchored, batch.auditSequence) }
    return true
  }

  /// A right that is lacking is no such answer: it may be approved at any time, without another row.
  static func isRefusal(_ error: RPCError) -> Bool {
    [.failedPrecondition, .invalidArgument, .outOfRange].contains(error.code)
  }

  private enum Rest: Sendable {
    case nothing
    /// With events that are not durable yet.
    case travels
    case alone(Recourse_Bus_V1_AppendRequest)
  }

  private func rest() async throws -> Rest {
    let anchored = context.progress.facts.anchored
    let identity = context.slice.identity
    return try await context.slice.readOwned { [worker] reader in
      let batch = try Recourse_Bus_V1_AppendRequest(of: worker, identity, in: reader)
      let counter = try OutboxTable.counter(in: reader)
      guard counter.lastSequence == counter.durableSequence else { return .travels }
      return batch.auditSequence > anchored ? .alone(batch) : .nothing
    }
  }
}
