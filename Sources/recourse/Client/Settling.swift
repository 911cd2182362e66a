import Bus
import GRPCCore
import Messages

/// Waiting until the workers have drawn every consequence of what is in the log.
enum Settling {
  /// The longest wait.
  static let waitLimit: Duration = .seconds(10)
  /// Rounds of asking; each one ends with the log where it was, or with something new in it.
  static let roundsLimit = 100

  /// Where the log stood at the end, and which workers had not got there.
  struct Outcome: Sendable, Hashable {
    let position: UInt64
    let behind: [String]

    var isSettled: Bool { behind.isEmpty }

    /// A sentence for a person, if something is missing.
    var note: String? {
      guard !isSettled else { return nil }
      return "Not yet taken into account by: " + behind.joined(separator: ", ") + "."
    }
  }

  /// Waits until every worker has taken in everything and the log has stopped growing. Workers that
  /// are away, or too late, are named in the outcome.
  static func settle(
    _ connection: Connection, within limit: Duration = waitLimit
  ) async throws -> Outcome {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: limit)
    var head = try await connection.head()
    for _ in 0..<roundsLimit {
      let remaining = clock.now.duration(to: end)
      guard remaining > .zero else { break }
      let behind = try await waitForAll(head, connection, within: remaining)
      let newHead = try await connection.head()
      if newHead == head || !behind.isEmpty { return Outcome(position: newHead, behind: behind) }
      head = newHead
    }
    return Outcome(position: head, behind: WorkerCatalogue.names)
  }

  /// The workers that did not get to the position, in the catalogue's order.
  private static func waitForAll(
    _ position: UInt64, _ connection: Connection, within limit: Duration
  ) async throws -> [String] {
    let arrived = try await withThrowingTaskGroup(of: String?.self) { group in
      for name in WorkerCatalogue.names {
        group.addTask {
          try await hasTaken(position, name, connection, within: limit) ? name : nil
        }
      }
      var names: Set<String> = []
      for try await name in group {
        if let name { names.insert(name) }
      }
      return names
    }
    return WorkerCatalogue.names.filter { !arrived.contains($0) }
  }

  private static func hasTaken(
    _ position: UInt64, _ name: String, _ connection: Connection, within limit: Duration
  ) async throws -> Bool {
    var request = Recourse_Worker_V1_AwaitRequest()
    request.position = position
    do {
      _ = try await connection.worker.await(
        request, metadata: Connection.target(name), options: Connection.limit(limit))
      return true
    } catch let error as RPCError
      where [.unavailable, .deadlineExceeded, .unimplemented].contains(error.code)
    {
      try Task.checkCancellation()
      return false
    }
  }
}
