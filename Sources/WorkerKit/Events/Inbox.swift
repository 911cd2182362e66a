import Bus
import CaseModel
import GRPCCore
import Logging

/// Takes events into account, each exactly once: the mark moves in the transaction of the effects.
///
/// An event that cannot be handled is tried again with growing waits; after
/// ``Bounds/attemptsLimit`` attempts, crashes included, it is parked with its key, and the events of
/// other keys flow on. An attempt that failed because the slice could not be written to does not count; one at
/// which another worker or the log was away counts apart, up to ``Bounds/awayAttemptsLimit``.
struct Inbox: Sendable {
  let routes: [String: Route]
  let context: WorkerContext

  /// Takes a page of the log.
  /// - Parameter scanned: nothing up to here concerns this worker beyond `events`.
  func take(_ events: [LoggedEvent], scanned: UInt64) async throws {
    let taken = try await context.slice.read { try InboxTable.taken(in: $0) }
    var rest = events.filter { $0.position > taken }[...]
    while let first = rest.first {
      let batch = rest.prefix { routes[$0.type]?.gathers == false }.prefix(Bounds.inboxBatchLimit)
      if batch.count > 1, try await takeTogether(Array(batch)) {
        rest = rest.dropFirst(batch.count)
      } else {
        // What it calls, and what is logged there, bears the event's position.
        try await CallID.$current.withValue("event-\(first.position)") {
          try await takeAlone(first)
        }
        rest = rest.dropFirst()
      }
    }
    if scanned > (events.last?.position ?? 0) {
      try await context.slice.write { try InboxTable.advance(to: scanned, in: $0) }
    }
    context.progress.update { $0.taken = max($0.taken, scanned) }
  }

  /// Tries several events in one transaction; false if that failed and they must go one by one.
  private func takeTogether(_ events: [LoggedEvent]) async throws -> Bool {
    if try await context.slice.read({ try InboxTable.goesAlone(in: $0) }) { return false }
    do {
      var applies: [(LoggedEvent, Route.Apply)] = []
      for event in events {
        guard let route = routes[event.type] else { continue }
        applies.append((event, try await route.prepare(event, context)))
      }
      try await context.slice.write { [last = events[events.count - 1].position] in
        try InboxTable.holdBatch(upTo: last, in: $0)
      }
      try await context.slice.write { [applies] transaction in
        for (event, apply) in applies {
          guard try !InboxTable.isParked(event.key, in: transaction) else {
            try InboxTable.park(event, attempts: 0, error: Self.waiting, in: transaction)
            continue
          }
          try apply(transaction)
          try InboxTable.take(event, in: transaction)
        }
        try InboxTable.releaseBatch(in: transaction)
      }
      return true
    } catch {
      if case SliceError.fenced = error { throw error }
      try await context.slice.writePatiently { try InboxTable.releaseBatch(in: $0) }
      try Task.checkCancellation()
      if error is StorageFailure { throw error }
      return false
    }
  }

  private func takeAlone(_ event: LoggedEvent) async throws {
    guard let route = routes[event.type] else { return }
    let backOff = BackOff()
    while true {
      let isWaiting = try await context.slice.write { transaction in
        guard try InboxTable.isParked(event.key, in: transaction) else { return false }
        try InboxTable.park(event, attempts: 0, error: Self.waiting, in: transaction)
        return true
      }
      if isWaiting { return }
      let (attempt, away, error) = try await context.slice.write {
        try InboxTable.hold(event.position, in: $0)
      }
      guard attempt <= Bounds.attemptsLimit else {
        return try await park(event, attempt - 1 + away, error)
      }
      guard away < Bounds.awayAttemptsLimit else {
        return try await park(event, attempt - 1 + away, Self.away)
      }
      if try await attemptOnce(event, route) { return }
      try await backOff.pause()
    }
  }

  /// True if the event is taken into account.
  private func attemptOnce(_ event: LoggedEvent, _ route: Route) async throws -> Bool {
    do {
      let apply = try await route.prepare(event, context)
      try await context.slice.write { transaction in
        try apply(transaction)
        try InboxTable.take(event, in: transaction)
        try InboxTable.release(in: transaction)
      }
      return true
    } catch {
      if case SliceError.fenced = error { throw error }
      // Leaving is no crash, and storage that fails is not the event's fault.
      if Task.isCancelled || error is StorageFailure {
        try await context.slice.writePatiently { try InboxTable.undoHold(in: $0) }
        try Task.checkCancellation()
        throw error
      }
      context.logger.warning(
        "an event could not be handled and is tried again",
        metadata: event.metadata.merging(["error": "\(Self.kind(of: error))"]) { $1 })
      if let error = error as? RPCError, [.unavailable, .deadlineExceeded].contains(error.code) {
        try await context.slice.write { try InboxTable.countAway(in: $0) }
      } else {
        // The kind of error only: its text may hold what must not leave the handler.
        let kind = String(describing: type(of: error))
        try await context.slice.write { try InboxTable.keepError(kind, in: $0) }
      }
      return false
    }
  }

  private func park(_ event: LoggedEvent, _ attempts: Int, _ error: String) async throws {
    let error = error.isEmpty ? Self.ended : error
    try await context.slice.write { transaction in
      try InboxTable.park(event, attempts: attempts, error: error, in: transaction)
      try InboxTable.release(in: transaction)
    }
    context.logger.error(
      "an event is parked with its key",
      metadata: event.metadata.merging(["error": "\(error)"]) { $1 })
  }

  /// The code that another worker answered, or the kind of error; never its text.
  private static func kind(of error: any Error) -> String {
    (error as? RPCError).map { "\($0.code)" } ?? String(describing: type(of: error))
  }

  private static let waiting = "waits for an earlier event of its key"
  private static let away = "another worker was away, or ended, whenever this event was tried"
  /// The error of an attempt that nobody has told the end of.
  static let ended = "the worker ended while it held this event"
}
