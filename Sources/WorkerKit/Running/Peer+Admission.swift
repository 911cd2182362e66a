import Bus
import Logging

/// A worker's way in: it asks the broker before it touches what it keeps.
extension Peer {
  /// Asks the broker whether this worker may do all that it asks for, offers nothing yet, and leaves again: returns
  /// when it was let in, however long an operator takes for that.
  ///
  /// There is no session afterwards, so a worker that opens its slice for long looks to others like one that is not
  /// there yet.
  /// - Throws: ``BrokerRefusal``; `CancellationError`.
  func admit(_ logger: Logger) async throws {
    try await start()
    try await connect(logger)
    leave()
  }

  /// Returns when there is a session with the broker, and says to the log what it waits for.
  /// - Throws: ``BrokerRefusal`` if there will be none; `CancellationError`.
  func connect(_ logger: Logger) async throws {
    let backOff = BackOff()
    while true {
      do {
        return try await waitUntilReady()
      } catch {
        try Task.checkCancellation()
        if let refusal { throw BrokerRefusal(message: refusal) }
        logger.warning("no session with the broker", metadata: ["why": "\(denial ?? "\(error)")"])
        try await backOff.pause()
      }
    }
  }
}
