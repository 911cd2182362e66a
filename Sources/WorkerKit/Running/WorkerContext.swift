public import Bus
public import Foundation
public import Logging
public import SwiftProtobuf
public import WebCalls

/// What a running worker's services and handlers get from the kit.
public struct WorkerContext: Sendable {
  /// The worker's own storage.
  public let slice: Slice
  /// Calls other workers, by their generated clients.
  public let client: BusClient
  /// The time; fixed or set by hand in demos and tests.
  public let clock: WorkerClock
  /// Never given personal data.
  public let logger: Logger
  /// Where the worker may put files for the outside world; nil where it has no such place.
  public let outputDirectory: URL?
  let progress: Progress
  /// Calls others by HTTP, within the bounds that are usual; costs nothing until it is used. An effect uses
  /// ``WebCalls/WebCaller/deliver(_:)``. A worker that needs other bounds, or a certificate authority of its own, makes
  /// a caller of its own.
  public let web = WebCaller()

  /// Waits until everything in the log up to a position is taken into account, for a query that must
  /// see what its caller did before.
  /// - Throws: a `tryAgain` refusal after ``Bounds/readWaitLimit``.
  public func waitUntil(_ position: UInt64) async throws {
    try await progress.waitUntilTaken(position)
  }

  /// Carries out a command once: the same idempotency key gives the first result again, however often
  /// it is asked; with another request under the same key it is refused (`idempotency-key-reused`).
  ///
  /// - Parameters:
  ///   - request: what tells this command from another one under the same key; without what may differ
  ///     between repetitions, such as the position that it waits for.
  ///   - name: the command's name; keys of different commands do not meet.
  ///   - body: runs in the write transaction.
  /// - Returns: the result, whether it is an earlier one, and the log position at which what the
  ///   command emitted is durable (0 if the log is away: it will be announced later).
  public func command<Request: Message, Response: Message & Sendable>(
    _ name: String, key: String, request: Request,
    _ body: @escaping @Sendable (SliceTransaction) throws -> Response
  ) async throws -> CommandResult<Response> {
    let digest = try CommandTable.digest(of: request)
    let written = try await slice.write { transaction -> (Response, UInt64?, Bool) in
      if let earlier = try CommandTable.result(
        command: name, key: key, digest: digest, in: transaction)
      {
        return (try Response(serializedBytes: earlier.response), earlier.sequence, true)
      }
      let response = try body(transaction)
      try CommandTable.keep(
        command: name, key: key, digest: digest, response: response.serializedBytes(),
        sequence: transaction.lastSequence, in: transaction)
      return (response, transaction.lastSequence, false)
    }
    let (response, sequence, repeated) = written
    let position = await progress.position(ofSequence: sequence)
    return CommandResult(response: response, repeated: repeated, logPosition: position)
  }
}

/// What came of a command.
public struct CommandResult<Response: Sendable>: Sendable {
  public let response: Response
  /// True if the command had been carried out before: this is its first result.
  public let repeated: Bool
  /// Where the log stands with what the command emitted in it; 0 if it emitted nothing or the log is away.
  public let logPosition: UInt64
}
