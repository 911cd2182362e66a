import Bus
import CaseModel
import GRPCCore
import Logging
import Messages
import SwiftProtobuf

/// Deals with events that were set aside, at an operator's word, beside the inbox that goes on.
///
/// Only the inbox sets events aside, and it looks whether a key has any in the transaction in which it does
/// so. Here an event is taken off in the transaction of its effects, which looks again whether it is still
/// the oldest of its key. So the order of a key holds, whoever comes first.
struct ParkedEvents: Sendable {
  /// What came of trying again.
  struct Outcome: Sendable, Hashable {
    var handled = 0
    /// Events of the key that are still set aside.
    var left = 0
    /// Why the first of them is; empty if none is left.
    var error = ""
    /// True if it was not the event's fault: another worker or the log was away.
    var isAway = false
  }

  let routes: [Route]
  let context: WorkerContext

  /// Handles the events of a key, in order, until one fails again.
  /// - Throws: a ``Refusal`` if there are none, or if another worker or the log is away.
  func retry(_ key: EventKey, _ by: Operator) async throws -> Outcome {
    try await context.slice.write { transaction in
      guard try InboxTable.isParked(key, in: transaction) else {
        throw Refusal(
          .notFound, code: "nothing-parked", path: "key",
          message: "No event of \(key) is set aside.")
      }
      try by.audit("events.retry", key.description, in: transaction)
    }
    let outcome = try await advance(key)
    guard !outcome.isAway else {
      throw Refusal(
        .tryAgain, code: "away",
        message: "Another worker or the log is away: \(outcome.handled) events of \(key) were "
          + "handled and \(outcome.left) are still set aside. Try again.")
    }
    return outcome
  }

  /// Gives up an event, the oldest of its key, then handles those behind it.
  /// - Throws: a ``Refusal`` if it is not set aside or not the oldest.
  func skip(_ position: UInt64, _ by: Operator) async throws -> Outcome {
    let key = try await context.slice.write { transaction in
      guard let row = try ParkedTable.row(at: position, in: transaction) else {
        throw Refusal(
          .notFound, code: "not-parked", path: "position",
          message: "The event at position \(position) is not set aside.")
      }
      let oldest = try ParkedTable.oldest(of: row.key, in: transaction)?.position ?? position
      guard oldest == position else {
        throw Refusal(
          .state, code: "not-the-oldest", path: "position",
          message: "Events of \(row.key) are taken in order, and the one at position \(oldest) "
            + "comes first.")
      }
      try ParkedTable.remove(position, in: transaction)
      try by.audit("events.skip", "position \(position) of \(row.key)", in: transaction)
      return row.key
    }
    return try await advance(EventKey(parsing: key))
  }

  // MARK: In order, until one fails

  private enum Attempt {
    case handled
    /// Somebody else has dealt with it.
    case gone
    case failed
    case away
  }

  /// An event of a type that this program has no handler for (any more).
  private struct NoHandler: Error {}

  private func advance(_ key: EventKey) async throws -> Outcome {
    var outcome = Outcome()
    var missing: String?
    // While this goes on the inbox may set more of them aside, so it looks until there are none.
    while let first = try await oldest(of: key) {
      guard let events = try await fetch(key, from: first.position) else {
        outcome.isAway = true
        break
      }
      guard events.first?.position == first.position else {
        missing = "the log has no event at position \(first.position)"
        break
      }
      guard try await handle(events, &outcome) else { break }
    }
    let (left, error) = try await context.slice.read { reader in
      let name = key.description
      return (
        try ParkedTable.count(of: name, in: reader),
        try ParkedTable.oldest(of: name, in: reader)?.error
      )
    }
    outcome.left = left
    outcome.error = missing ?? error ?? ""
    return outcome
  }

  private func oldest(of key: EventKey) async throws -> ParkedTable.Row? {
    try await context.slice.read { try ParkedTable.oldest(of: key.description, in: $0) }
  }

  /// The events of a key from a position on, a batch at most; nil if the log is away.
  private func fetch(_ key: EventKey, from position: UInt64) async throws -> [LoggedEvent]? {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
    do {
      return try await log.readByKey(.with { $0.key = key.description }) { response in
        var events: [LoggedEvent] = []
        for try await page in response.messages {
          for logged in page.events where logged.position >= position {
            events.append(try LoggedEvent(logged))
            if events.count == Bounds.inboxBatchLimit { return events }
          }
        }
        return events
      }
    } catch let error as RPCError where Self.isAway(error) {
      try Task.checkCancellation()
      return nil
    }
  }

  private static func isAway(_ error: RPCError) -> Bool {
    [.unavailable, .deadlineExceeded].contains(error.code)
  }

  /// Tries events in turn; false if there is one that stays.
  private func handle(_ events: [LoggedEvent], _ outcome: inout Outcome) async throws -> Bool {
    for event in events {
      switch try await attempt(event) {
      case .handled: outcome.handled += 1
      case .gone: continue
      case .failed: return false
      case .away:
        outcome.isAway = true
        return false
      }
    }
    return true
  }

  private func attempt(_ event: LoggedEvent) async throws -> Attempt {
    let slice = context.slice
    // Counted before it begins, so that a crash while it is held counts.
    let before = try await slice.write { transaction -> ParkedTable.Row? in
      guard let row = try Self.own(event, in: transaction) else { return nil }
      try ParkedTable.keep(
        row.position, attempts: row.attempts + 1, error: Inbox.ended, in: transaction)
      return row
    }
    guard let before else { return .gone }
    do {
      guard let route = routes.first(where: { $0.type == event.type }) else { throw NoHandler() }
      let apply = try await route.prepare(event, context)
      return try await slice.write { transaction in
        guard try Self.own(event, in: transaction) != nil else { return .gone }
        try apply(transaction)
        try ParkedTable.remove(event.position, in: transaction)
        return .handled
      }
    } catch {
      if case SliceError.fenced = error { throw error }
      let isAway = (error as? RPCError).map(Self.isAway) ?? false
      if isAway || Task.isCancelled {
        // It does not count, and that is written down even if this process is leaving.
        try await toTheEnd {
          try await slice.write { transaction in
            try ParkedTable.keep(
              before.position, attempts: before.attempts, error: before.error,
              version: before.workerVersion, in: transaction)
          }
        }
        try Task.checkCancellation()
        return .away
      }
      // The kind of error only: its text may hold what must not leave the handler.
      let kind = String(describing: type(of: error))
      try await slice.write { transaction in
        try ParkedTable.keep(
          event.position, attempts: before.attempts + 1, error: kind, in: transaction)
      }
      context.logger.warning(
        "an event that was set aside failed again",
        metadata: event.metadata.merging(["error": "\(kind)"]) { $1 })
      return .failed
    }
  }

  /// The event's row if it is the oldest one of its key that is set aside.
  private static func own(
    _ event: LoggedEvent, in reader: SliceReader
  ) throws -> ParkedTable.Row? {
    let oldest = try ParkedTable.oldest(of: event.key.description, in: reader)
    return oldest?.position == event.position ? oldest : nil
  }
}
