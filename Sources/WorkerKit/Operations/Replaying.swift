import Bus
import CaseModel
import Foundation
import GRPCCore
import Messages
import SwiftProtobuf

/// Hands events of the past again to those handlers that say that they may see them, each in a transaction
/// in which nothing is announced, intended or set. What the inbox knows stays as it is.
struct Replaying: Sendable {
  /// Which events.
  enum Start: Sendable, Hashable {
    /// From this position on.
    case position(UInt64)
    /// Those that the log recorded at this time or later.
    case time(Date)
    /// All of a key.
    case key(EventKey)
  }

  struct Progress: Sendable, Hashable {
    /// Up to here the log has been looked at.
    var position: UInt64 = 0
    var handled = 0
    /// Events whose handlers must not see them again, and those that are set aside.
    var refused = 0
  }

  let routes: [Route]
  let context: WorkerContext

  /// Replays up to what the inbox has taken into account when this begins, and tells how far it is after
  /// each page of the log.
  /// - Throws: a ``Refusal`` if no handler may see events again, if there is nothing yet from there on, or if a
  ///   handler fails.
  func replay(
    _ start: Start, _ by: Operator, tell: @escaping @Sendable (Progress) async throws -> Void
  ) async throws {
    guard routes.contains(where: \.replays) else {
      throw Refusal(
        .state, code: "no-replay",
        message: "No handler of this worker may see events again that it has seen.")
    }
    let taken = try await context.slice.write { transaction in
      let taken = try InboxTable.taken(in: transaction)
      if case .position(let position) = start, position > taken {
        throw Refusal(
          .input, code: "beyond", path: "start",
          message:
            "This worker has taken the log into account up to position \(taken): there is nothing to "
            + "see again from \(position) on. Name an earlier position.")
      }
      try by.audit("events.replay", start.description, in: transaction)
      return taken
    }
    do {
      try await read(start) { response in
        var progress = Progress()
        for try await page in response.messages {
          for logged in page.events where logged.position <= taken && start.includes(logged) {
            try await handle(LoggedEvent(logged), &progress)
          }
          progress.position = min(page.scannedPosition, taken)
          try await tell(progress)
          if page.scannedPosition >= taken { break }
        }
      }
    } catch let error as RPCError where error.code == .unavailable {
      throw Refusal(
        .tryAgain, code: "away", message: "The log is away, and the replay has stopped.")
    }
  }

  private func read(
    _ start: Start,
    _ body:
      @escaping @Sendable (
        StreamingClientResponse<Recourse_Bus_V1_ReadResponse>
      ) async throws -> Void
  ) async throws {
    let log = Recourse_Bus_V1_EventLog.Stub(wrapping: context.client)
    if case .key(let key) = start {
      return try await log.readByKey(.with { $0.key = key.description }, onResponse: body)
    }
    var request = Recourse_Bus_V1_ReadRequest()
    request.types = routes.map(\.type)
    if case .position(let position) = start, position > 0 { request.afterPosition = position - 1 }
    try await log.read(request, onResponse: body)
  }

  private func handle(_ event: LoggedEvent, _ progress: inout Progress) async throws {
    guard let route = routes.first(where: { $0.type == event.type }) else { return }
    guard route.replays else {
      progress.refused += 1
      return
    }
    var event = event
    event.isReplay = true
    do {
      let apply = try await route.prepare(event, context)
      let isHandled = try await context.slice.write { [position = event.position] transaction in
        // One that is set aside has not been seen yet.
        guard try ParkedTable.row(at: position, in: transaction) == nil else { return false }
        transaction.isReplay = true
        try apply(transaction)
        return true
      }
      if isHandled { progress.handled += 1 } else { progress.refused += 1 }
    } catch {
      if case SliceError.fenced = error { throw error }
      try Task.checkCancellation()
      throw Self.refusal(of: event, error)
    }
  }

  private static func refusal(of event: LoggedEvent, _ error: any Error) -> Refusal {
    if let error = error as? RPCError, [.unavailable, .deadlineExceeded].contains(error.code) {
      return Refusal(
        .tryAgain, code: "away",
        message: "Another worker is away: the replay has stopped before position "
          + "\(event.position). Try again from there.")
    }
    // The kind of error only: its text may hold what must not leave the handler.
    let kind =
      if case SliceError.inReplay(let what) = error { "\(what) in a replay" } else {
        "\(type(of: error))"
      }
    return Refusal(
      .state, code: "replay-failed",
      message: "The handler of \(event.type) failed at position \(event.position) (\(kind)): the "
        + "replay has stopped before it.")
  }
}

extension Replaying.Start {
  /// As the audit names it.
  fileprivate var description: String {
    switch self {
    case .position(let position): "from position \(position)"
    case .time(let time): "from time \(time.ISO8601Format())"
    case .key(let key): "key \(key)"
    }
  }

  fileprivate func includes(_ logged: Recourse_Bus_V1_LoggedEvent) -> Bool {
    switch self {
    case .position(let position): logged.position >= position
    case .time(let time): logged.recordedAt.date >= time
    case .key(let key): logged.event.key == key.description
    }
  }
}
